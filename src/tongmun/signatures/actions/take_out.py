"""Take signatures that have something in common out of the count, with a public reason."""

from datetime import date, datetime
from typing import TypedDict

from django.db import transaction

from tongmun.campaigns.models import Edition
from tongmun.counts.models import CountEntry
from tongmun.people.actions.record import record
from tongmun.people.models import User
from tongmun.signatures.actions.hold import void_signatures
from tongmun.signatures.models import Signature


class Traits(TypedDict):
    """What signatures have in common; "" and None leave something open."""

    country: str
    language: str
    via: int | None
    day: date | None


class NumberChanged(RuntimeError):
    """Cannot take out: there are more or fewer than the organiser was shown."""


@transaction.atomic
def take_out(
    *, edition: Edition, traits: Traits, reason: CountEntry.Reason, number: int, by: User, at: datetime
) -> int:
    """Void and erase every signature of an edition that has all traits; gives how many. Raises NumberChanged.

    `number` is what the organiser saw before deciding. What a hold keeps is decided there, and not touched.
    """
    found = Signature.objects.filter(edition=edition, hold__isnull=True).like(**traits)
    rows = list(found.select_for_update(of=("self",)).select_related("edition", "via"))
    if len(rows) != number:
        raise NumberChanged
    voided = void_signatures(rows, reason=reason)
    record(deed="signature.taken-out", subject=f"{edition.slug}: {voided}", by=by, at=at)
    return voided
