"""The names that pages show."""

from tongmun.campaigns.models import Edition
from tongmun.signatures.disclosure import Audience, Learned, Person, learned
from tongmun.signatures.models import Signature

# Without the boxes, which are most of a row.
PUBLIC_COLUMNS = ("shown_name", "country", "to_public", "to_addressee", "to_coalition", "to_organisers")


def shown_lines(edition: Edition, *, limit: int) -> list[Learned]:
    """Give what everybody may read of signers a moderator let through, in order of the letters, not of signing."""
    rows = Signature.objects.shown().filter(edition=edition).order_by("shown_name").only(*PUBLIC_COLUMNS)[:limit]
    return [_public_line(row) for row in rows]


def _public_line(row: Signature) -> Learned:
    # The line that was let through is all that is clear of a name, whichever name it was.
    return learned(Person(row.shown_name, row.shown_name, row.country), row.disclosure, Audience.PUBLIC)
