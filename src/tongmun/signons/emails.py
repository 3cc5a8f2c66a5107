"""The mails to organisations. Nothing that a stranger has typed stands in them: anybody can have one sent."""

from typing import TypedDict

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from tongmun.campaigns.models import Edition
from tongmun.kit.text import in_language
from tongmun.signons.links import own_url, sign_on_url

INVITED = "sign-on-invited"
ASKED = "sign-on-asked"
STANDS = "sign-on-stands"
REFUSED = "sign-on-refused"


class MailText(TypedDict):
    """The arguments of outbox.enqueue."""

    kind: str
    to: str
    subject: str
    body: str
    language: str


def invited(edition: Edition, *, to: str, language: str, secret: str, days: int) -> MailText:
    """Compose the invitation of the organisers."""
    with override(language):
        subject = _("Will your organisation sign on to our letter?")
    return _mail(INVITED, subject, edition, to, language, link=sign_on_url(secret), days=days)


def asked(edition: Edition, *, to: str, language: str, secret: str, days: int) -> MailText:
    """Compose what a mailbox gets that was typed into the form."""
    with override(language):
        subject = _("Signing on as an organisation")
    return _mail(ASKED, subject, edition, to, language, link=sign_on_url(secret), days=days)


def stands(edition: Edition, *, to: str, language: str, secret: str) -> MailText:
    """Compose the mail with the organisation's own link."""
    with override(language):
        subject = _("Your organisation has signed on")
    return _mail(STANDS, subject, edition, to, language, link=own_url(secret))


def refused(edition: Edition, *, to: str, language: str) -> MailText:
    """Compose the mail that says no."""
    with override(language):
        subject = _("Your sign-on")
    return _mail(REFUSED, subject, edition, to, language)


def _mail(kind: str, subject: str, edition: Edition, to: str, language: str, **parts: object) -> MailText:
    words = {"edition": in_language(edition.names, language), **parts}
    with override(language):
        body = render_to_string(f"signons/email/{kind}.txt", words)
    return MailText(kind=kind, to=to, subject=subject, body=body.strip() + "\n", language=language)
