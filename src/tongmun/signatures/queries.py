"""The names that pages show, and those that go with the letter."""

from collections.abc import Iterator

from tongmun.campaigns.models import Edition
from tongmun.signatures.disclosure import NAMING, Audience, Disclosure, Learned, Level, Person, learned
from tongmun.signatures.models import Signature
from tongmun.signatures.querysets import SignatureQuerySet

CHUNK = 2_000
# Not the boxes, which are most of a row; and no rows as objects, which cost more than the whole page beside them.
PUBLIC_COLUMNS = ("shown_name", "country", "to_public", "to_addressee", "to_coalition", "to_organisers")


def shown_lines(edition: Edition, *, limit: int) -> list[Learned]:
    """Give what everybody may read of signers a moderator let through, in order of the letters, not of signing."""
    rows = Signature.objects.shown().filter(edition=edition).order_by("shown_name").values_list(*PUBLIC_COLUMNS)[:limit]
    return [_public_line(*row) for row in rows]


def _public_line(line: str, country: str, *levels: str) -> Learned:
    # The line that was let through is all that is clear of a name, whichever name it was.
    return learned(Person(line, line, country), Disclosure(*map(Level, levels)), Audience.PUBLIC)


def clear_for_addressee(edition: Edition) -> Iterator[Learned]:
    """Give the names for the letter that this server can read: let through by a moderator, printed by consent."""
    rows = _named_to_addressee(edition).shown().values_list(*PUBLIC_COLUMNS)
    for line, country, *levels in rows.iterator(CHUNK):
        disclosure = Disclosure(*map(Level, levels))
        if _is_clear(disclosure):
            yield learned(Person(line, line, country), disclosure, Audience.ADDRESSEE)


def sealed_for_addressee(edition: Edition) -> Iterator[int]:
    """Give the numbers of the signatures whose name for the letter only the private key opens."""
    columns = ("pk", "moderation", "to_public", "to_addressee", "to_coalition", "to_organisers")
    rows = _named_to_addressee(edition).with_sealed_names().order_by("pk").values_list(*columns)
    for number, moderation, *levels in rows.iterator(CHUNK):
        if moderation != Signature.Moderation.SHOWN or not _is_clear(Disclosure(*map(Level, levels))):
            yield number


def _named_to_addressee(edition: Edition) -> SignatureQuerySet:
    """Give the signatures that count and are to be printed by a name no moderator has refused."""
    named = Signature.objects.filter(edition=edition, hold=None, to_addressee__in=NAMING)
    return named.exclude(moderation=Signature.Moderation.REFUSED)


def _is_clear(disclosure: Disclosure) -> bool:
    """Tell whether the line the public reads gives the one for the addressee: a pseudonym gives no name."""
    public, addressee = disclosure.public, disclosure.addressee
    return addressee == public or (public == Level.NAME and addressee == Level.INITIALS)
