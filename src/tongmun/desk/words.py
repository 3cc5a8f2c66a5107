"""Words for what the database keeps as codes; a code without words is shown as it is."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tongmun.people.models import JournalEntry
from tongmun.signatures.emails import CONFIRMATION, RECEIPT
from tongmun.signons.emails import ASKED, INVITED, REFUSED, STANDS

DEEDS = {
    "bundle.loaded": _("Loaded a bundle"),
    "call.changed": _("Changed a call"),
    "edition.frozen": _("Froze an edition for the gate"),
    "freeze.names-ended": _("Erased the names of a freeze, because their time was over"),
    "claim.added": _("Added a claim of the letter"),
    "claim.changed": _("Changed a claim of the letter"),
    "claim.checked": _("Checked a claim against its source"),
    "claim.removed": _("Took a claim out of the register"),
    "fact.begun": _("Wrote down a fact about a mission"),
    "fact.ended": _("Ended a fact about a mission"),
    "hold.released": _("Let held signatures be counted"),
    "hold.voided": _("Took held signatures out as invented"),
    "holiday.added": _("Wrote down a holiday"),
    "import.cancelled": _("Cancelled an import"),
    "import.done": _("Finished an import"),
    "import.mapped": _("Chose the columns of an import"),
    "import.started": _("Started an import"),
    "import.uploaded": _("Uploaded a file to import"),
    "letter.translation-checked": _("Said that a translation is still right"),
    "letter.version-written": _("Wrote a version of a letter"),
    "mail.let-go": _("Let a mail go"),
    "mail.sent-again": _("Sent a mail again"),
    "mission.added": _("Added a mission"),
    "mission.checked": _("Checked a mission"),
    "mission.corrected": _("Corrected a mission"),
    "missions.imported": _("Imported a table of missions"),
    "organiser-link.made": _("Made a link that opens the desk"),
    "organiser-link.used": _("Opened the desk with a link"),
    "paper.batch-corrected": _("Corrected a batch of paper sheets"),
    "paper.batch-counted": _("Counted a batch of paper sheets"),
    "paper.batch-opened": _("Opened a batch of paper sheets"),
    "paper.cover-recounted": _("Counted the cover of a batch again"),
    "paper.number-vouched": _("Wrote down a vouched number"),
    "paper.sheet-read": _("Read a paper sheet"),
    "paper.sheet-read-anew": _("Let a paper sheet be read anew"),
    "paper.sheet-taken-out": _("Took a paper sheet out of a batch"),
    "paper.sheets-printed": _("Printed paper sheets"),
    "paper.sheets-put-in": _("Put paper sheets into a batch"),
    "sign-on.admitted": _("Let an organisation’s sign-on stand"),
    "sign-on.confirmed": _("Signed on"),
    "sign-on.deadline-lifted": _("Lifted the deadline for sign-ons"),
    "sign-on.deadline-set": _("Set the deadline for sign-ons"),
    "sign-on.held": _("Signed on, to be looked at"),
    "sign-on.invited": _("Invited an organisation to sign on"),
    "sign-on.logo-removed": _("Took a logo away"),
    "sign-on.logo-shown": _("Added a logo"),
    "sign-on.refused": _("Refused a sign-on"),
    "sign-on.withdrawn": _("Withdrew a sign-on"),
    "signature.name-refused": _("Kept a name hidden"),
    "signature.name-shown": _("Let a name be shown"),
    "signature.taken-out": _("Took signatures out of the count"),
}
MAIL_KINDS = {
    CONFIRMATION: _("Asks a signer to confirm"),
    RECEIPT: _("Gives a signer their own link"),
    INVITED: _("Invites an organisation to sign on"),
    ASKED: _("Gives an organisation the link to sign on"),
    STANDS: _("Gives an organisation its own link"),
    REFUSED: _("Says that a sign-on was not taken"),
}


def deed_name(deed: str) -> str:
    """Name a deed of the journal in the language of the page."""
    return str(DEEDS.get(deed, deed))


def doer_name(entry: JournalEntry) -> str:
    """Name who did it; what an organisation did by its own link was done by no account. Reads entry.by."""
    if entry.by:
        return entry.by.name or gettext("Account %(number)s") % {"number": entry.by.pk}
    return gettext("The organisation") if entry.deed.startswith("sign-on.") else gettext("Command line")


def subject_name(subject: str) -> str:
    """Name what a deed of the journal was done to; all but accounts are slugs, numbers and codes."""
    kind, _space, number = subject.partition(" ")
    return gettext("Account %(number)s") % {"number": number} if kind == "account" else subject


def mail_kind_name(kind: str) -> str:
    """Name a kind of mail in the language of the page."""
    return str(MAIL_KINDS.get(kind, kind))
