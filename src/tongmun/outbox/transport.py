"""The two ways a mail leaves: as a file in a folder, or to a mail server."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from smtplib import SMTP, SMTPException, SMTPResponseException, SMTPServerDisconnected
from typing import Protocol

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend

from tongmun.outbox.letter import Letter

# RFC 5321 4.2.1: replies that begin with 2 are done, with 5 are final; 4.2.2: 421 closes the line.
DONE = range(200, 300)
FINAL = range(500, 600)
CLOSING = 421


class MailRefused(RuntimeError):
    """Cannot deliver this mail, now or later: the other side refuses it."""


class MailDeferred(RuntimeError):
    """Cannot deliver this mail yet: the other side asks to try it later. Other mail may go."""


class MailUncertain(RuntimeError):
    """Cannot tell whether this mail went: the line broke while it was handed over."""


class WayOutClosed(RuntimeError):
    """Cannot deliver any mail just now: no server answers, or no file can be written. Nothing was handed over."""


class WayOut(Protocol):
    """Takes mail away."""

    def hand_over(self, letter: Letter) -> None:
        """Take one mail; raises MailRefused, MailDeferred, MailUncertain or WayOutClosed."""


@contextmanager
def way_out() -> Iterator[WayOut]:
    """Give the way that is set, open for as many mails as are handed over."""
    if is_file_transport():
        yield MailFolder(Path(settings.MAIL_FOLDER))
        return
    server = MailServer()
    try:
        yield server
    finally:
        server.hang_up()


def is_file_transport() -> bool:
    """Tell whether mail is written into a folder: the default until a mail server is set."""
    return not settings.MAIL_URL


class MailFolder:
    """Writes mail into a folder. A file is named by the mail's key, so a second writing is the same file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def has(self, key: str) -> bool:
        """Tell whether a mail was written."""
        return self._file(key).exists()

    def hand_over(self, letter: Letter) -> None:
        """Write one mail whole or not at all; raises WayOutClosed."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft = self._file(letter.key).with_suffix(".draft")
            with draft.open("wb") as file:
                file.write(letter.as_bytes(eight_bits=True))
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self._file(letter.key))
            self._sync()
        except OSError as error:
            raise WayOutClosed from error

    def _file(self, key: str) -> Path:
        return self.folder / f"{key}.eml"

    def _sync(self) -> None:
        descriptor = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


class MailServer:
    """Hands mail to the server in TONGMUN_MAIL_URL, one after the other over one line."""

    def __init__(self) -> None:
        self._backend = EmailBackend()

    def hand_over(self, letter: Letter) -> None:
        """Hand over one mail; raises MailRefused, MailDeferred, MailUncertain or WayOutClosed."""
        handed_over = False
        try:
            _transfer(self._line(), letter)
            handed_over = True
        finally:
            if not handed_over:
                self.hang_up()

    def hang_up(self) -> None:
        """Close the line if it is open."""
        try:
            self._backend.close()
        except (OSError, SMTPException):
            # The line was broken already; Django forgets it either way.
            return

    def _line(self) -> SMTP:
        try:
            self._backend.open()
            line = self._backend.connection
            if line is None:
                raise WayOutClosed
            line.ehlo_or_helo_if_needed()
        except (OSError, SMTPException) as error:
            raise WayOutClosed from error
        return line


def _transfer(line: SMTP, letter: Letter) -> None:
    """Go through the dialogue of RFC 5321 3.3. Before its text is sent a mail has certainly not gone."""
    if letter.needs_utf8 and not line.has_extn("smtputf8"):
        raise MailRefused
    try:
        sender_code, _ = line.mail(settings.MAIL_FROM, ["SMTPUTF8", "BODY=8BITMIME"] if letter.needs_utf8 else [])
        # Whom the server does not let send, it lets send nothing: that is the installation's trouble, not the mail's.
        if sender_code not in DONE:
            raise WayOutClosed
        recipient_code, _ = line.rcpt(letter.to)
    except (OSError, SMTPException) as error:
        raise WayOutClosed from error
    _judge(recipient_code)
    try:
        text_code, _ = line.data(letter.as_bytes())
    except SMTPResponseException as error:
        text_code = error.smtp_code
    except (OSError, SMTPServerDisconnected) as error:
        raise MailUncertain from error
    _judge(text_code)


def _judge(code: int) -> None:
    """Raise what a reply means for this mail."""
    if code == CLOSING:
        raise WayOutClosed
    if code in FINAL:
        raise MailRefused
    if code not in DONE:
        raise MailDeferred
