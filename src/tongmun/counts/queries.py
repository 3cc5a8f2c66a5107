"""The totals that pages show."""

from dataclasses import dataclass
from datetime import datetime

from tongmun.campaigns.models import Edition
from tongmun.counts.models import Reckoning, Tally

# Fewer signers than this in a country would point at people: they are counted as "elsewhere".
SMALLEST_CELL = 10


@dataclass(frozen=True)
class Totals:
    """How many are counted, by country where ten or more are, and up to when. `as_of` is None before the first pass."""

    counted: int
    by_country: tuple[tuple[str, int], ...]
    elsewhere: int
    as_of: datetime | None


def totals_of(edition: Edition) -> Totals:
    """Read the derived totals; two queries however many have signed."""
    tallies = list(Tally.objects.filter(edition=edition, counted__gt=0).values_list("country", "counted"))
    shown = sorted(
        ((country, counted) for country, counted in tallies if country and counted >= SMALLEST_CELL),
        key=lambda row: (-row[1], row[0]),
    )
    whole = sum(counted for _, counted in tallies)
    as_of = Reckoning.objects.filter(edition=edition).values_list("as_of", flat=True).first()
    return Totals(whole, tuple(shown), whole - sum(counted for _, counted in shown), as_of)
