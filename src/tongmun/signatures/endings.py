"""What of an edition was erased because its time was over, and when."""

from dataclasses import dataclass
from datetime import date

from tongmun.campaigns.models import Edition
from tongmun.signatures.models import Ended


@dataclass(frozen=True)
class Endings:
    """The days in UTC on which data ended; None for what has not ended."""

    recognition_ended_on: date | None = None
    names_ended_on: date | None = None


def endings_of(edition: Edition) -> Endings:
    """Read what has ended, in one query."""
    days = dict(Ended.objects.filter(edition=edition).values_list("what", "on"))
    return Endings(days.get(Ended.What.RECOGNITION), days.get(Ended.What.NAMES))
