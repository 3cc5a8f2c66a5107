"""The names that pages show."""

from tongmun.campaigns.models import Edition
from tongmun.signatures.disclosure import Audience, Disclosure, Learned, Level, Person, learned
from tongmun.signatures.models import Signature

# Not the boxes, which are most of a row; and no rows as objects, which cost more than the whole page beside them.
PUBLIC_COLUMNS = ("shown_name", "country", "to_public", "to_addressee", "to_coalition", "to_organisers")


def shown_lines(edition: Edition, *, limit: int) -> list[Learned]:
    """Give what everybody may read of signers a moderator let through, in order of the letters, not of signing."""
    rows = Signature.objects.shown().filter(edition=edition).order_by("shown_name").values_list(*PUBLIC_COLUMNS)[:limit]
    return [_public_line(*row) for row in rows]


def _public_line(line: str, country: str, *levels: str) -> Learned:
    # The line that was let through is all that is clear of a name, whichever name it was.
    return learned(Person(line, line, country), Disclosure(*map(Level, levels)), Audience.PUBLIC)
