"""Count a batch, and correct what was counted."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from tongmun.counts.models import CountEntry
from tongmun.counts.queries import SMALLEST_CELL
from tongmun.kit.text import in_language
from tongmun.papers.actions.open_batch import lock_open_batch
from tongmun.papers.models import PaperBatch, PaperCorrection
from tongmun.papers.numbers import sheet_spans
from tongmun.papers.queries import standing_of_batch
from tongmun.papers.standing import BatchStanding
from tongmun.papers.statements import batch_statement, canonical, digest
from tongmun.people.actions.record import record
from tongmun.people.models import User

# The words of an entry hold 300 characters; a batch of scattered sheets would need more.
LONGEST_SPANS = 150
LONGEST_PLACE = 100


class BatchDoesNotAgree(RuntimeError):
    """Cannot count a batch whose sheets are not all settled or differ from its cover."""


class NothingToCorrect(RuntimeError):
    """Cannot correct a batch that is not counted yet."""


class BelowNothing(ValueError):
    """Cannot take away more signatures than the batch has. `counted` is how many it has."""

    def __init__(self, counted: int) -> None:
        super().__init__(counted)
        self.counted = counted


@transaction.atomic
def close_batch(*, batch: PaperBatch, by: User, at: datetime) -> CountEntry:
    """Count an open batch whose settled sheets are those of its cover. Raises BatchIsClosed and BatchDoesNotAgree."""
    locked = lock_open_batch(batch.pk)
    standing = standing_of_batch(locked)
    if not standing.can_close:
        raise BatchDoesNotAgree
    statement = batch_statement(locked, (sheet.sheet for sheet in standing.sheets))
    entry = CountEntry.objects.create(
        edition=locked.edition,
        kind=CountEntry.Kind.PAPER,
        amount=standing.signatures,
        words=_words(standing),
        digest=digest(statement),
    )
    locked.closed_on, locked.entry, locked.counted = at.date(), entry, entry.amount
    locked.save(update_fields=["closed_on", "entry", "counted"])
    subject = f"{locked.edition.slug} batch {locked.number}: {entry.amount}"
    record(deed="paper.batch-counted", subject=subject, by=by, at=at)
    return entry


@transaction.atomic
def correct_batch(*, batch: PaperBatch, amount: int, reason: str, by: User, at: datetime) -> CountEntry:
    """Add `amount`, which may be below zero, to what a closed batch counts, with a reason for everybody to read.

    Raises NothingToCorrect for an open batch and BelowNothing.
    """
    locked = PaperBatch.objects.select_for_update(of=("self",)).select_related("edition").get(pk=batch.pk)
    if locked.counted is None:
        raise NothingToCorrect
    if locked.counted + amount < 0:
        raise BelowNothing(locked.counted)
    number = locked.corrections.count() + 1
    facts = {
        "kind": "paper-correction",
        "edition": locked.edition.slug,
        "batch": locked.number,
        "correction": number,
        "amount": amount,
        "reason": reason,
    }
    entry = CountEntry.objects.create(
        edition=locked.edition,
        kind=CountEntry.Kind.PAPER,
        amount=amount,
        words=f"Correction of batch {locked.number}: {reason}",
        digest=digest(canonical(facts)),
    )
    PaperCorrection.objects.create(batch=locked, number=number, amount=amount, reason=reason, entry=entry)
    PaperBatch.objects.filter(pk=locked.pk).update(counted=F("counted") + amount)
    subject = f"{locked.edition.slug} batch {locked.number}: {amount:+}"
    record(deed="paper.batch-corrected", subject=subject, by=by, at=at)
    return entry


def _words(standing: BatchStanding) -> str:
    """Name the batch for everybody, in English as the log is; its city only where that points at nobody."""
    numbers = [sheet.sheet.number for sheet in standing.sheets]
    spans = f"{'sheets' if len(numbers) > 1 else 'sheet'} {sheet_spans(numbers)}"
    if len(spans) > LONGEST_SPANS:
        spans = f"{len(numbers)} sheets between {numbers[0]} and {numbers[-1]}"
    words = f"Batch {standing.batch.number}, {spans}"
    place = standing.batch.place
    if place is None or standing.signatures < SMALLEST_CELL:
        return words
    return f"{words}, {in_language(place.city.names, 'en')[:LONGEST_PLACE]}"
