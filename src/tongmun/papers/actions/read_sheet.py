"""Type in what stands on a sheet: twice, by two people, and a third time where they differ."""

from datetime import datetime

from django.db import transaction

from tongmun.papers.actions.open_batch import lock_open_batch
from tongmun.papers.models import PaperBatch, PaperSheet, SheetReading
from tongmun.papers.standing import SheetStanding, SheetState, standing_of_sheet
from tongmun.people.actions.record import record
from tongmun.people.models import User


class ReadMeanwhile(RuntimeError):
    """Cannot take a reading that is no longer the next one: somebody else has typed in theirs."""


class ReadBySamePerson(PermissionError):
    """Cannot take the second reading from whoever gave the first."""


class DecidesForNeither(ValueError):
    """Cannot settle a sheet by a third reading that is equal to neither of the two."""


@transaction.atomic
def read_sheet(
    *, sheet: PaperSheet, batch: PaperBatch, number: int, signatures: int, struck: int, by: User, at: datetime
) -> SheetStanding:
    """Write reading `number` of a sheet and give its standing.

    Raises ReadMeanwhile when this is not the next reading or the sheet is not in the batch, ReadBySamePerson,
    DecidesForNeither, and BatchIsClosed.
    """
    locked = lock_open_batch(batch.pk)
    found = PaperSheet.objects.filter(pk=sheet.pk, batch=locked).first()
    before = standing_of_sheet(found) if found else None
    if found is None or before is None or before.is_settled or number != len(before.readings) + 1:
        raise ReadMeanwhile
    if not before.may_be_read_by(by.pk):
        raise ReadBySamePerson
    if before.state == SheetState.DIFFER and (signatures, struck) not in before.readings:
        raise DecidesForNeither
    SheetReading.objects.create(sheet=found, number=number, by=by, signatures=signatures, struck=struck)
    record(deed="paper.sheet-read", subject=f"{locked.edition.slug} sheet {found.number}", by=by, at=at)
    return standing_of_sheet(found)


@transaction.atomic
def read_anew(*, sheet: PaperSheet, batch: PaperBatch, by: User, at: datetime) -> bool:
    """Forget the readings of a sheet, so that two people read it again; gives False when there are none.

    Raises BatchIsClosed.
    """
    locked = lock_open_batch(batch.pk)
    forgotten, _ = SheetReading.objects.filter(sheet=sheet, sheet__batch=locked).delete()
    if forgotten:
        record(deed="paper.sheet-read-anew", subject=f"{locked.edition.slug} sheet {sheet.number}", by=by, at=at)
    return bool(forgotten)
