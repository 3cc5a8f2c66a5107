"""Put sheets into a batch, and take one out again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from tongmun.papers.actions.open_batch import lock_open_batch
from tongmun.papers.models import PaperBatch, PaperSheet, SheetReading
from tongmun.papers.numbers import sheet_spans
from tongmun.people.actions.record import record
from tongmun.people.models import User


class Obstacle(StrEnum):
    """Why a sheet cannot be put into a batch."""

    UNKNOWN = "unknown"
    TAKEN = "taken"
    OTHER_CITY = "other-city"


@dataclass(frozen=True)
class RefusedSheet:
    """A number that cannot be put in; `batch` has a taken sheet, `place_id` is the city a sheet of another was for."""

    number: int
    obstacle: Obstacle
    batch: int | None = None
    place_id: int | None = None


class SheetsRefused(ValueError):
    """Cannot put these sheets into the batch; none was put in. `refused` says which and why."""

    def __init__(self, refused: Sequence[RefusedSheet]) -> None:
        super().__init__()
        self.refused = tuple(refused)


@transaction.atomic
def put_in(*, batch: PaperBatch, numbers: Sequence[int], by: User, at: datetime) -> None:
    """Put all of these sheets into an open batch, or none. Raises SheetsRefused and BatchIsClosed."""
    locked = lock_open_batch(batch.pk)
    # Locked in the order of their numbers, so that two who put the same sheets into two batches wait for each other.
    # Without a join: PostgreSQL would give a row as it is after the wait, and what is joined to it as it was before.
    sheets = PaperSheet.objects.select_for_update().filter(edition=locked.edition, number__in=numbers)
    found = {sheet.number: sheet for sheet in sheets.order_by("number")}
    holders = PaperBatch.objects.in_bulk({sheet.batch_id for sheet in found.values() if sheet.batch_id})
    obstacles = (_obstacle(locked, number, found.get(number), holders) for number in numbers)
    refused = [obstacle for obstacle in obstacles if obstacle]
    if refused:
        raise SheetsRefused(refused)
    PaperSheet.objects.filter(pk__in=[sheet.pk for sheet in found.values()]).update(batch=locked)
    subject = f"{locked.edition.slug} batch {locked.number}: {sheet_spans(numbers)}"[:200]
    record(deed="paper.sheets-put-in", subject=subject, by=by, at=at)


def _obstacle(
    batch: PaperBatch, number: int, sheet: PaperSheet | None, holders: Mapping[int, PaperBatch]
) -> RefusedSheet | None:
    if sheet is None:
        return RefusedSheet(number, Obstacle.UNKNOWN)
    if sheet.batch_id:
        return RefusedSheet(number, Obstacle.TAKEN, batch=holders[sheet.batch_id].number)
    if sheet.place_id not in {None, batch.place_id}:
        return RefusedSheet(number, Obstacle.OTHER_CITY, place_id=sheet.place_id)
    return None


@transaction.atomic
def take_out(*, sheet: PaperSheet, batch: PaperBatch, by: User, at: datetime) -> bool:
    """Take a sheet out of an open batch and forget its readings; gives False when it is not in there.

    Raises BatchIsClosed.
    """
    locked = lock_open_batch(batch.pk)
    if not PaperSheet.objects.filter(pk=sheet.pk, batch=locked).update(batch=None):
        return False
    SheetReading.objects.filter(sheet=sheet).delete()
    subject = f"{locked.edition.slug} batch {locked.number}: sheet {sheet.number}"
    record(deed="paper.sheet-taken-out", subject=subject, by=by, at=at)
    return True
