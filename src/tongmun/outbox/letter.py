"""A mail as it goes over the wire."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, parseaddr
from typing import Literal

from django.conf import settings

# Seven bits, because not every server on the way takes eight (RFC 6152).
SEVEN_BITS = SMTP.clone(cte_type="7bit")
LONGEST_LINE = 998  # octets, RFC 5322 2.1.1


@dataclass(frozen=True)
class Letter:
    """One plain-text mail. `key` is its row's; `hour` is the full hour, in UTC, at which it is sent."""

    key: str
    to: str
    subject: str
    body: str
    language: str
    hour: datetime

    @classmethod
    def from_fields(cls, key: str, fields: dict[str, str], *, at: datetime) -> Letter:
        """Write the letter from what was in a mail's box."""
        # The header is needed (RFC 5322 3.6); the minute of signing is nobody's business.
        hour = at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        return cls(key, fields["to"], fields["subject"], fields["body"], fields["language"], hour)

    @property
    def needs_utf8(self) -> bool:
        """Whether the part before the @ is not ASCII, so that only servers with RFC 6531 can take the mail."""
        return not self.to.isascii()

    def as_bytes(self, *, eight_bits: bool = False) -> bytes:
        """Give the mail with its headers (RFC 5322), the same bytes for the same letter.

        In `eight_bits` the words stand as they are, so that whoever opens a file in an editor can read them.
        """
        headers = {
            "Message-ID": f"<{self.key}@{settings.PUBLIC_HOST}>",
            "Date": format_datetime(self.hour),
            "From": formataddr(parseaddr(settings.MAIL_FROM)),
            "To": self.to,
            "Subject": _encoded(self.subject),
            "Auto-Submitted": "auto-generated",
            "Content-Language": self.language,
        }
        # Not by way of EmailMessage: it decodes what looks encoded, and before Python 3.11.10 wrote the line breaks in
        # it out as they are (CVE-2024-6923).
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        text = EmailMessage(policy=SMTP if eight_bits else SEVEN_BITS)
        text.set_content(self.body, cte=_encoding(self.body, eight_bits=eight_bits))
        return lines.encode() + text.as_bytes()


def _encoding(body: str, *, eight_bits: bool) -> Literal["7bit", "8bit"] | None:
    """Choose an encoding that breaks no link in two; None, when there is none, leaves the choice to `email`."""
    if max(map(len, body.encode().splitlines()), default=0) > LONGEST_LINE or "\0" in body:
        return None
    if body.isascii():
        return "7bit"
    return "8bit" if eight_bits else None


def _encoded(subject: str) -> str:
    """Write a subject in ASCII (RFC 2047), folded where it is long."""
    plain = subject.isascii() and "=?" not in subject
    return Header(subject, "us-ascii" if plain else "utf-8", header_name="Subject").encode(linesep="\r\n")
