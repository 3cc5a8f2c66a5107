"""Words for what the database keeps as codes; a code without words is shown as it is."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tongmun.signatures.emails import CONFIRMATION, RECEIPT

DEEDS = {
    "bundle.loaded": _("Loaded a bundle"),
    "call.changed": _("Changed a call"),
    "letter.version-written": _("Wrote a version of a letter"),
    "mail.let-go": _("Let a mail go"),
    "mail.sent-again": _("Sent a mail again"),
    "organiser-link.made": _("Made a link that opens the desk"),
    "organiser-link.used": _("Opened the desk with a link"),
    "signature.name-refused": _("Kept a name hidden"),
    "signature.name-shown": _("Let a name be shown"),
}
MAIL_KINDS = {CONFIRMATION: _("Asks a signer to confirm"), RECEIPT: _("Gives a signer their own link")}


def deed_name(deed: str) -> str:
    """Name a deed of the journal in the language of the page."""
    return str(DEEDS.get(deed, deed))


def subject_name(subject: str) -> str:
    """Name what a deed of the journal was done to; all but accounts are slugs, numbers and codes."""
    kind, _space, number = subject.partition(" ")
    return gettext("Account %(number)s") % {"number": number} if kind == "account" else subject


def mail_kind_name(kind: str) -> str:
    """Name a kind of mail in the language of the page."""
    return str(MAIL_KINDS.get(kind, kind))
