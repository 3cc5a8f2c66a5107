"""The names that go with a frozen edition: those that are clear, and with the private key those that are sealed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tongmun.deliveries.models import Freeze, FrozenName
from tongmun.signatures.disclosure import Audience, Learned
from tongmun.signatures.models import Signature
from tongmun.signatures.opening import CHUNK, open_names
from tongmun.signatures.querysets import SignatureQuerySet


class Source(StrEnum):
    """Where the names of an annex are from."""

    CLEAR = "clear"
    OPENED = "opened"
    ERASED = "erased"


@dataclass(frozen=True)
class Names:
    """The names to print, in order of the lines. `closed`: how many are sealed to yet another key."""

    source: Source
    lines: tuple[Learned, ...]
    closed: int = 0


def clear_names(freeze: Freeze) -> Names:
    """Give the names that everybody could read when it was frozen; none once they were erased."""
    if freeze.names_erased_on:
        return Names(Source.ERASED, ())
    return Names(Source.CLEAR, tuple(_clear(freeze)))


def all_names(
    freeze: Freeze,
    *,
    private_keys: Sequence[bytes],
    track: Callable[[Iterable[Signature], int], Iterable[Signature]],
) -> Names:
    """Open the sealed names as well, of those who have not taken theirs back since.

    `track` is handed what is to be opened and how many there are. Raises signatures.opening.WrongKey.
    """
    if freeze.names_erased_on:
        return Names(Source.ERASED, ())
    signatures = sealed_signatures(freeze)
    opened = open_names(
        track(signatures.iterator(CHUNK), signatures.count()), private_keys=private_keys, audience=Audience.ADDRESSEE
    )
    # Whoever lets the addressee learn only a country now is counted, and not printed.
    lines = [*_clear(freeze), *(one for one in opened.lines if one.line)]
    return Names(Source.OPENED, tuple(sorted(lines, key=lambda one: (one.line, one.country))), opened.closed)


def sealed_signatures(freeze: Freeze) -> SignatureQuerySet:
    """Give the signatures whose sealed names go with a freeze and may still be printed."""
    frozen = freeze.signers.values("signature")
    return Signature.objects.filter(pk__in=frozen, hold=None).exclude(moderation=Signature.Moderation.REFUSED)


def _clear(freeze: Freeze) -> list[Learned]:
    rows = FrozenName.objects.filter(freeze=freeze).order_by("line", "country", "pk").values_list("line", "country")
    return [Learned(line, country) for line, country in rows]
