"""The two mails a signer gets. Subjects are neutral: a mailbox may be read by others."""

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


def confirmation(edition: Edition, entry: Entry, secret: str) -> MailText:
    """Compose the mail with the link to the button that confirms, in the signer's language."""
    with override(entry.language):
        return _mail(CONFIRMATION, _("Please confirm"), edition, entry, confirm_url(secret))


def receipt(edition: Edition, entry: Entry, secret: str) -> MailText:
    """Compose the mail with the signer's own link, in the signer's language."""
    with override(entry.language):
        return _mail(RECEIPT, _("Your link"), edition, entry, own_url(secret))


def _mail(kind: str, subject: str, edition: Edition, entry: Entry, link: str) -> MailText:
    words = {"edition": in_language(edition.names, entry.language), "link": link}
    body = render_to_string(f"signatures/email/{kind}.txt", words).strip() + "\n"
    return MailText(kind=kind, to=entry.email, subject=subject, body=body, language=entry.language)
