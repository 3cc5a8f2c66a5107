"""Reads of paper sheets and vouched numbers: for the desk, and for the public page."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, OuterRef, Prefetch, Q, QuerySet, Subquery

from tongmun.campaigns.models import City, Edition, Membership, Organisation
from tongmun.counts.models import CountEntry
from tongmun.counts.queries import SMALLEST_CELL
from tongmun.papers.models import PaperBatch, PaperSheet, SheetReading, VouchedNumber
from tongmun.papers.standing import BatchStanding, standing_of_sheets
from tongmun.people.models import User

TWO = 2


@dataclass(frozen=True)
class PaperTotals:
    """Signatures on paper that stand in the log: by city where ten or more are, the rest, and the sum."""

    by_city: tuple[tuple[City, int], ...]
    elsewhere: int
    counted: int


def paper_totals(edition: Edition) -> PaperTotals:
    """Read what the log counts on paper, by city, largest first; two queries however many batches there are."""
    logged = CountEntry.objects.filter(edition=edition, kind=CountEntry.Kind.PAPER).logged()
    counted: Counter[City | None] = Counter()
    whole = dict(logged.order_by().values_list("pk", "amount"))
    batches = PaperBatch.objects.filter(edition=edition, closed_on__isnull=False).select_related("place__city")
    for batch in batches.prefetch_related("corrections"):
        city = batch.place.city if batch.place else None
        entries = [batch.entry_id, *(correction.entry_id for correction in batch.corrections.all())]
        counted[city] += sum(whole.get(entry, 0) for entry in entries if entry)
    shown = [(city, number) for city, number in counted.items() if city and number >= SMALLEST_CELL]
    total = sum(whole.values())
    shown.sort(key=lambda row: (-row[1], row[0].slug))
    return PaperTotals(tuple(shown), total - sum(number for _, number in shown), total)


@dataclass(frozen=True)
class VouchedStatement:
    """What an organisation vouches for, in its own words."""

    organisation: Organisation
    signatures: int
    statement: str
    language: str
    stated_on: date


def vouched_statements(edition: Edition) -> list[VouchedStatement]:
    """Give the statement of each organisation that stands in the log, the largest number first; one query."""
    standing = _last(VouchedNumber.objects.filter(entry__position__isnull=False)).filter(
        membership__edition=edition, signatures__gt=0
    )
    return [
        VouchedStatement(row.membership.organisation, row.signatures, row.statement, row.language, row.stated_on)
        for row in standing.select_related("membership__organisation").order_by(
            "-signatures", "membership__organisation__slug"
        )
    ]


def current_statements(edition: Edition) -> dict[int, VouchedNumber]:
    """Give the last statement of each member by the member's id, in the log or not yet; one query."""
    rows = _last(VouchedNumber.objects.all()).filter(membership__edition=edition)
    rows = rows.select_related("membership__organisation")
    return {row.membership_id: row for row in rows}


def _last(statements: QuerySet[VouchedNumber]) -> QuerySet[VouchedNumber]:
    highest = statements.filter(membership=OuterRef("membership")).order_by("-number").values("number")[:1]
    return statements.filter(number=Subquery(highest))


def members_of(edition: Edition) -> QuerySet[Membership]:
    """Give the organisations that can vouch for a number in an edition."""
    return Membership.objects.filter(edition=edition).select_related("organisation").order_by("organisation__slug")


def batches_of(edition: Edition) -> list[BatchStanding]:
    """Give the batches of an edition, the newest first; three queries however many there are."""
    batches = (
        PaperBatch.objects.filter(edition=edition)
        .select_related("edition", "place__city")
        .prefetch_related(Prefetch("sheets__readings", SheetReading.objects.order_by("number")))
        .order_by("-number")
    )
    return [standing_of_sheets(batch, batch.sheets.all()) for batch in batches]


def standing_of_batch(batch: PaperBatch) -> BatchStanding:
    """Read how far a batch has come; two queries."""
    return standing_of_sheets(batch, PaperSheet.objects.filter(batch=batch).prefetch_related("readings"))


def highest_sheet(edition: Edition) -> int:
    """Give the highest number of a sheet of an edition, 0 before the first."""
    highest: int | None = PaperSheet.objects.filter(edition=edition).aggregate(highest=Max("number"))["highest"]
    return highest or 0


def has_second_reader() -> bool:
    """Tell whether there are two people who can read a sheet."""
    return User.objects.filter(Q(is_organiser=True) & Q(is_active=True))[:TWO].count() == TWO
