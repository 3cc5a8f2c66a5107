"""Give new sheets their numbers."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from tongmun.campaigns.models import Edition, EditionCity
from tongmun.letters.models import LetterVersion
from tongmun.papers.models import PaperSheet
from tongmun.papers.numbers import sheet_spans
from tongmun.people.actions.record import record
from tongmun.people.models import User


@transaction.atomic
def number_sheets(
    *,
    edition: Edition,
    letter: LetterVersion,
    place: EditionCity | None,
    amount: int,
    destroy_by: date,
    by: User,
    at: datetime,
) -> list[PaperSheet]:
    """Make `amount` sheets under the next numbers of the edition, without a gap however many ask at once.

    Raises ValueError for a letter or a city of another edition.
    """
    if letter.edition_id != edition.pk or (place and place.edition_id != edition.pk):
        raise ValueError("letter and city belong to another edition")
    # Whoever asks at the same time waits here; signing does not, for it only needs the edition to stay.
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    highest = PaperSheet.objects.filter(edition=edition).aggregate(highest=Max("number"))["highest"] or 0
    sheets = PaperSheet.objects.bulk_create(
        PaperSheet(
            edition=edition, number=number, place=place, letter=letter, printed_on=at.date(), destroy_by=destroy_by
        )
        for number in range(highest + 1, highest + 1 + amount)
    )
    spans = sheet_spans(sheet.number for sheet in sheets)
    record(deed="paper.sheets-printed", subject=f"{edition.slug} sheets {spans}", by=by, at=at)
    return sheets
