"""Queue a mail in the transaction that makes it necessary."""

import unicodedata
import uuid

from django.conf import settings

from tongmun.kit.keyring import server_key
from tongmun.kit.sealing import lock
from tongmun.outbox.models import Mail

PURPOSE = "mail"
# Controls, lone surrogates and the separators of lines and paragraphs: Python's mail library breaks lines at most.
NO_HEADER = {"Cc", "Cs", "Zl", "Zp"}


class HeaderRefused(ValueError):
    """Cannot put a line break or another control character into a header. The value is not in the message."""


def enqueue(*, kind: str, to: str, subject: str, body: str, language: str) -> Mail:
    """Queue one plain-text mail; it leaves only if the caller's transaction is kept. Raises HeaderRefused."""
    mail = queued(kind=kind, to=to, subject=subject, body=body, language=language)
    mail.save(force_insert=True)
    return mail


def queued(*, kind: str, to: str, subject: str, body: str, language: str, slowly: bool = False) -> Mail:
    """Make a mail for the caller to write with others. Raises HeaderRefused.

    `slowly` puts it among the mail that is tried again later, so that a flood does not hold up everybody else's.
    """
    headers = to + subject + language
    # What Python prints as it is holds none of them, and that is quicker to know.
    if not headers.isprintable() and any(unicodedata.category(sign) in NO_HEADER for sign in headers):
        raise HeaderRefused
    fields = {"to": to, "subject": subject, "body": body, "language": language}
    box = lock(fields, key=server_key(settings.KEYS), purpose=PURPOSE)
    return Mail(key=uuid.uuid4(), kind=kind, box=box, tries=1 if slowly else 0)


def forget_unsent(mail: Mail) -> None:
    """Turn a mail that was made and is not to go into a row that nobody gets.

    Whoever made it has done all the work of one that goes: an answer must not tell by its time that none is sent.
    """
    mail.box, mail.state = b"", Mail.State.SENT
