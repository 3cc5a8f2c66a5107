"""The two ways a mail leaves: as a file in a folder, or by SMTP."""

import os
from datetime import datetime
from email.message import EmailMessage as StandardMessage
from email.utils import format_datetime
from pathlib import Path
from smtplib import SMTPConnectError, SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

# RFC 5321 4.2.1: replies that begin with 5 are final.
FINAL = 500


class MailRefused(RuntimeError):
    """Cannot deliver this mail, now or later: the other side refuses it."""


class WayOutClosed(RuntimeError):
    """Cannot deliver any mail just now: the server does not answer. Nothing was handed over."""


def is_file_transport() -> bool:
    """Tell whether mail is written into a folder: the default until a mail server is set."""
    return not settings.MAIL_URL


def mail_file(key: str) -> Path:
    """Give the file a mail is written to; its name is the mail's key, so a second writing is the same file."""
    return Path(settings.MAIL_FOLDER) / f"{key}.eml"


def hand_over(*, key: str, fields: dict[str, str], at: datetime) -> None:
    """Write or send one mail. Raises MailRefused or WayOutClosed; any other end leaves open whether it went."""
    message = _message(key, fields, at)
    if is_file_transport():
        _write(mail_file(key), message.message())
    else:
        _send(message)


def _message(key: str, fields: dict[str, str], at: datetime) -> EmailMessage:
    hour = at.replace(minute=0, second=0, microsecond=0)
    headers = {
        "Message-ID": f"<{key}@{settings.PUBLIC_HOST}>",
        # The full hour: the header is needed (RFC 5322 3.6), the minute of signing is nobody's business.
        "Date": format_datetime(hour),
        "Auto-Submitted": "auto-generated",
        "Content-Language": fields["language"],
    }
    return EmailMessage(fields["subject"], fields["body"], settings.MAIL_FROM, [fields["to"]], headers=headers)


def _write(path: Path, message: StandardMessage) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    with draft.open("wb") as file:
        file.write(message.as_bytes())
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _send(message: EmailMessage) -> None:
    connection = get_connection()
    try:
        connection.open()
    except (OSError, SMTPException) as error:
        raise WayOutClosed from error
    try:
        connection.send_messages([message])
    except SMTPRecipientsRefused as error:
        codes = [code for code, _text in error.recipients.values()]
        raise (MailRefused if min(codes) >= FINAL else WayOutClosed) from error
    except (SMTPServerDisconnected, SMTPConnectError):
        # The line broke after the mail was on its way: it may have arrived.
        raise
    except SMTPResponseException as error:
        raise (MailRefused if error.smtp_code >= FINAL else WayOutClosed) from error
    finally:
        connection.close()
