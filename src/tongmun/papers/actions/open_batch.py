"""Open a batch for sheets that have come back."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from tongmun.campaigns.models import Edition, EditionCity
from tongmun.papers.models import PaperBatch
from tongmun.people.actions.record import record
from tongmun.people.models import User


class BatchIsClosed(RuntimeError):
    """Cannot change a batch that is counted."""


@transaction.atomic
def open_batch(
    *,
    edition: Edition,
    place: EditionCity | None,
    cover_sheets: int,
    cover_signatures: int,
    by: User,
    at: datetime,
) -> PaperBatch:
    """Open the next batch of the edition with what was counted by hand. Raises ValueError for a foreign city."""
    if place and place.edition_id != edition.pk:
        raise ValueError("the city belongs to another edition")
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    highest = PaperBatch.objects.filter(edition=edition).aggregate(highest=Max("number"))["highest"] or 0
    batch = PaperBatch.objects.create(
        edition=edition,
        number=highest + 1,
        place=place,
        cover_sheets=cover_sheets,
        cover_signatures=cover_signatures,
    )
    record(deed="paper.batch-opened", subject=f"{edition.slug} batch {batch.number}", by=by, at=at)
    return batch


@transaction.atomic
def recount_cover(*, batch: PaperBatch, cover_sheets: int, cover_signatures: int, by: User, at: datetime) -> None:
    """Write what a second count by hand has given. Raises BatchIsClosed."""
    still_open = PaperBatch.objects.filter(pk=batch.pk, closed_on__isnull=True)
    if not still_open.update(cover_sheets=cover_sheets, cover_signatures=cover_signatures):
        raise BatchIsClosed
    subject = f"{batch.edition.slug} batch {batch.number}: {cover_sheets} sheets, {cover_signatures} signatures"
    record(deed="paper.cover-recounted", subject=subject, by=by, at=at)


def lock_open_batch(batch_id: int) -> PaperBatch:
    """Lock a batch for a change, inside a transaction; gives it as it is now. Raises BatchIsClosed."""
    batch = PaperBatch.objects.select_for_update(of=("self",)).select_related("edition").get(pk=batch_id)
    if batch.is_closed:
        raise BatchIsClosed
    return batch
