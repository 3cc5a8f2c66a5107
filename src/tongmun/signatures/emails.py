"""The two mails a signer gets. Subjects are neutral: a mailbox may be read by others."""

from functools import lru_cache
from typing import TypedDict

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from tongmun.campaigns.models import Edition
from tongmun.kit.text import in_language
from tongmun.signatures.entry import Entry
from tongmun.signatures.links import confirm_url, own_url

CONFIRMATION = "confirmation"
RECEIPT = "receipt"


class MailText(TypedDict):
    """The arguments of outbox.enqueue."""

    kind: str
    to: str
    subject: str
    body: str
    language: str


# No link of ours looks like this, and no name of an edition holds a NUL.
_LINK = "\0link\0"


def confirmation(edition: Edition, entry: Entry, secret: str) -> MailText:
    """Compose the mail with the link to the button that confirms, in the signer's language."""
    return _mail(CONFIRMATION, edition, entry, confirm_url(secret))


def receipt(edition: Edition, entry: Entry, secret: str) -> MailText:
    """Compose the mail with the signer's own link, in the signer's language."""
    return _mail(RECEIPT, edition, entry, own_url(secret))


def _mail(kind: str, edition: Edition, entry: Entry, link: str) -> MailText:
    subject, body = _words(kind, in_language(edition.names, entry.language), entry.language)
    return MailText(kind=kind, to=entry.email, subject=subject, body=body.replace(_LINK, link), language=entry.language)


@lru_cache(maxsize=256)
def _words(kind: str, edition: str, language: str) -> tuple[str, str]:
    """Give the subject and the body with a place for the link: the same for everybody, so rendered once."""
    with override(language):
        subject = _("Please confirm") if kind == CONFIRMATION else _("Your link")
        body = render_to_string(f"signatures/email/{kind}.txt", {"edition": edition, "link": _LINK})
    return subject, body.strip() + "\n"
