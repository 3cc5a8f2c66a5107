"""What there is to do next with a batch, and why a sheet cannot be put into it, in words."""

from collections.abc import Iterable
from enum import StrEnum

from django.utils.translation import gettext as _

from tongmun.campaigns.models import EditionCity
from tongmun.desk.page import page_language
from tongmun.kit.text import in_language
from tongmun.papers.actions.fill_batch import Obstacle, RefusedSheet
from tongmun.papers.models import PaperBatch
from tongmun.papers.numbers import sheet_label
from tongmun.papers.queries import highest_sheet
from tongmun.papers.standing import BatchStanding


class Step(StrEnum):
    """The next step with a batch."""

    PUT_IN = "put-in"
    TOO_MANY = "too-many"
    READ = "read"
    SECOND_PERSON = "second-person"
    SUM_DIFFERS = "sum-differs"
    COUNT = "count"
    COUNTED = "counted"


def next_step(standing: BatchStanding, user_id: int) -> Step:
    """Give what this person can do next, or what the batch waits for."""
    if standing.batch.is_closed:
        return Step.COUNTED
    if standing.missing_sheets:
        return Step.PUT_IN if standing.missing_sheets > 0 else Step.TOO_MANY
    if not standing.all_settled:
        return Step.READ if standing.next_for(user_id) else Step.SECOND_PERSON
    return Step.COUNT if standing.can_close else Step.SUM_DIFFERS


def place_name(place: EditionCity | None) -> str:
    """Name a city in the language of the page, "" for none. Reads place.city."""
    return in_language(place.city.names, page_language()) if place else ""


def refusal_words(batch: PaperBatch, refused: Iterable[RefusedSheet]) -> list[str]:
    """Say of each sheet why it cannot be put into a batch, and what to do."""
    places = EditionCity.objects.filter(edition=batch.edition_id).select_related("city")
    names = {place.pk: place_name(place) for place in places}
    highest = highest_sheet(batch.edition)
    return [_words(batch, one, names.get(one.place_id or 0, ""), highest) for one in refused]


def _words(batch: PaperBatch, refused: RefusedSheet, place: str, highest: int) -> str:
    sheet = sheet_label(refused.number)
    if refused.obstacle == Obstacle.UNKNOWN:
        return _("There is no sheet %(sheet)s. The highest number printed is %(highest)s.") % {
            "sheet": sheet,
            "highest": sheet_label(highest),
        }
    if refused.obstacle == Obstacle.OTHER_CITY:
        return _("Sheet %(sheet)s was printed for %(city)s. Put it into a batch of that city.") % {
            "sheet": sheet,
            "city": place,
        }
    if refused.batch == batch.number:
        return _("Sheet %(sheet)s is in this batch already.") % {"sheet": sheet}
    return _("Sheet %(sheet)s is in batch %(batch)s already. Look at the number again, or take it out there first.") % {
        "sheet": sheet,
        "batch": refused.batch,
    }
