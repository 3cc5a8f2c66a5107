"""Derive the totals from the entries of the count."""

import random
from collections import Counter
from datetime import datetime

from django.db import transaction
from django.db.models import F

from tongmun.campaigns.models import Edition
from tongmun.counts.models import CountEntry, Reckoning, Tally

BATCH = 5_000


def count_all(*, at: datetime) -> int:
    """Bring the totals of every public edition up to now; gives how many entries were taken."""
    return sum(count_waiting(edition=edition, at=at) for edition in Edition.objects.public())


@transaction.atomic
def count_waiting(*, edition: Edition, at: datetime) -> int:
    """Give waiting entries of one edition their places, shuffled, and add them to the tallies; gives how many.

    Places are handed out here and not by the clock or the row's id: on PostgreSQL a lower id can be committed later.
    The time is written at every pass, with entries or without, so that it does not tell when somebody signed.
    """
    Reckoning.objects.get_or_create(edition=edition, defaults={"as_of": at})
    reckoning = Reckoning.objects.select_for_update().get(edition=edition)
    # In order: a batch that held a VOID without its ADD could take a total below zero.
    entries = list(CountEntry.objects.waiting().filter(edition=edition).order_by("pk")[:BATCH])
    random.SystemRandom().shuffle(entries)
    for position, entry in enumerate(entries, start=reckoning.upto + 1):
        entry.position = position
    CountEntry.objects.bulk_update(entries, ["position"], batch_size=500)
    _add_to_tallies(edition, entries)
    reckoning.upto += len(entries)
    reckoning.as_of = at
    reckoning.save(update_fields=["upto", "as_of"])
    return len(entries)


def _add_to_tallies(edition: Edition, entries: list[CountEntry]) -> None:
    steps: Counter[str] = Counter()
    for entry in entries:
        steps[entry.country] += entry.amount
    for country, step in steps.items():
        if step:
            Tally.objects.get_or_create(edition=edition, country=country)
            Tally.objects.filter(edition=edition, country=country).update(counted=F("counted") + step)
