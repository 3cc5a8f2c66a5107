"""Sheets come back into batches and are read twice, by two people."""

from functools import partial

import pytest
from paper_steps import at_once, batch_of, filled, organiser, printed, read, read_twice, rivers, seoul
from tests.desk.desk_sample import AT

from tongmun.papers.actions.close_batch import close_batch
from tongmun.papers.actions.fill_batch import Obstacle, RefusedSheet, SheetsRefused, put_in, take_out
from tongmun.papers.actions.open_batch import BatchIsClosed, open_batch, recount_cover
from tongmun.papers.actions.read_sheet import DecidesForNeither, ReadBySamePerson, ReadMeanwhile, read_anew
from tongmun.papers.models import PaperBatch, PaperSheet, SheetReading
from tongmun.papers.queries import standing_of_batch
from tongmun.papers.standing import SheetState, standing_of_sheet
from tongmun.people.models import JournalEntry


def one_sheet() -> PaperSheet:
    return filled(rivers(), 1, 5).sheets.get()


def put(batch: PaperBatch, *numbers: int) -> None:
    put_in(batch=batch, numbers=numbers, by=organiser("carla"), at=AT)


@pytest.mark.django_db
def test_batches_of_an_edition_are_numbered_from_one():
    here = rivers()

    assert [batch_of(here, 1, 1).number for _ in range(3)] == [1, 2, 3]
    assert JournalEntry.objects.filter(deed="paper.batch-opened").last().subject == "rivers batch 3"


@pytest.mark.django_db(transaction=True)
def test_batches_opened_at_once_have_numbers_of_their_own():
    here = rivers()

    at_once([partial(batch_of, here, 1, 1)] * 4)

    assert sorted(PaperBatch.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


@pytest.mark.django_db
def test_batch_of_a_foreign_city_is_refused():
    here = rivers()
    place = seoul(here)
    place.edition_id += 1

    with pytest.raises(ValueError, match="another edition"):
        open_batch(edition=here, place=place, cover_sheets=1, cover_signatures=1, by=organiser("carla"), at=AT)


@pytest.mark.django_db
def test_sheets_that_cannot_be_put_in_are_all_named_and_none_is_put_in():
    here = rivers()
    here_place, other = seoul(here, 1), seoul(here, 2)
    printed(here, 2, here_place)
    printed(here, 1, other)
    printed(here, 1)
    put(batch_of(here, 1, 1, here_place), 2)
    batch = batch_of(here, 3, 1, here_place)

    with pytest.raises(SheetsRefused) as caught:
        put(batch, 1, 2, 3, 4, 77)

    assert caught.value.refused == (
        RefusedSheet(2, Obstacle.TAKEN, batch=1),
        RefusedSheet(3, Obstacle.OTHER_CITY, place_id=other.pk),
        RefusedSheet(77, Obstacle.UNKNOWN),
    )
    assert not batch.sheets.exists()


@pytest.mark.django_db
def test_sheet_of_no_city_goes_into_the_batch_of_any():
    here = rivers()
    printed(here, 1)
    batch = batch_of(here, 1, 1, seoul(here))

    put(batch, 1)

    assert [sheet.number for sheet in batch.sheets.all()] == [1]
    assert JournalEntry.objects.get(deed="paper.sheets-put-in").subject == "rivers batch 1: 1"


@pytest.mark.django_db(transaction=True)
def test_sheet_put_into_two_batches_at_once_is_in_one():
    here = rivers()
    printed(here, 3)
    batches = [batch_of(here, 3, 1) for _ in range(3)]

    outcomes = at_once([partial(put, batch, 1, 2, 3) for batch in batches])

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", "SheetsRefused", "SheetsRefused"]
    assert len(set(PaperSheet.objects.values_list("batch", flat=True))) == 1


@pytest.mark.django_db
def test_two_people_who_agree_settle_a_sheet():
    sheet = one_sheet()

    read(sheet, "carla", 5, 2)
    once = standing_of_sheet(sheet)
    read(sheet, "minho", 5, 2)

    assert (once.state, once.shown, once.signatures) == (SheetState.ONCE, (), 0)
    standing = standing_of_sheet(sheet)
    assert (standing.state, standing.signatures, standing.struck) == (SheetState.SETTLED, 5, 2)
    assert [entry.by.name for entry in JournalEntry.objects.filter(deed="paper.sheet-read")] == ["Carla", "Minho"]


@pytest.mark.django_db
def test_one_person_cannot_give_both_readings():
    sheet = one_sheet()
    read(sheet, "carla", 5)

    with pytest.raises(ReadBySamePerson):
        read(sheet, "carla", 5)

    assert SheetReading.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("second", [(6, 0), (5, 1)])
def test_two_people_who_differ_wait_for_a_third_reading_by_anybody(second):
    sheet = one_sheet()
    read(sheet, "carla", 5)
    read(sheet, "minho", *second)

    differ = standing_of_sheet(sheet)
    read(sheet, "carla", *second)

    assert (differ.state, differ.shown) == (SheetState.DIFFER, ((5, 0), second))
    standing = standing_of_sheet(sheet)
    assert (standing.is_settled, standing.was_decided) == (True, True)
    assert (standing.signatures, standing.struck) == second


@pytest.mark.django_db
def test_third_reading_decides_for_one_of_the_two():
    sheet = one_sheet()
    read(sheet, "carla", 5)
    read(sheet, "minho", 6)

    with pytest.raises(DecidesForNeither):
        read(sheet, "eve", 7)

    assert SheetReading.objects.count() == 2


@pytest.mark.django_db
def test_reading_that_is_not_the_next_is_refused():
    sheet = one_sheet()
    read(sheet, "carla", 5)

    # Both meant to read a second time; the slower must not decide.
    read(sheet, "minho", 6, number=2)
    with pytest.raises(ReadMeanwhile):
        read(sheet, "eve", 6, number=2)
    read(sheet, "eve", 6, number=3)
    with pytest.raises(ReadMeanwhile):
        read(sheet, "eve", 6, number=4)

    assert SheetReading.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_of_three_who_read_first_at_once_one_is_the_first():
    sheet = one_sheet()
    people = [organiser(name) for name in ("carla", "minho", "eve")]

    outcomes = at_once([partial(read, sheet, person.name.lower(), 5, number=1) for person in people])

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["ReadMeanwhile", "ReadMeanwhile", "SheetStanding"]
    assert SheetReading.objects.count() == 1


@pytest.mark.django_db
def test_sheet_that_is_read_anew_forgets_what_was_read():
    sheet = one_sheet()
    read(sheet, "carla", 5)
    read(sheet, "minho", 6)

    assert read_anew(sheet=sheet, batch=sheet.batch, by=organiser("eve"), at=AT)

    assert standing_of_sheet(sheet).state == SheetState.UNREAD
    assert not read_anew(sheet=sheet, batch=sheet.batch, by=organiser("eve"), at=AT)
    assert JournalEntry.objects.filter(deed="paper.sheet-read-anew").count() == 1


@pytest.mark.django_db
def test_sheet_that_is_taken_out_can_go_into_another_batch_unread():
    sheet = one_sheet()
    read(sheet, "carla", 5)
    other = batch_of(sheet.edition, 1, 1)

    assert take_out(sheet=sheet, batch=sheet.batch, by=organiser("carla"), at=AT)
    assert not take_out(sheet=sheet, batch=sheet.batch, by=organiser("carla"), at=AT)
    put(other, 1)

    assert standing_of_sheet(other.sheets.get()).state == SheetState.UNREAD


@pytest.mark.django_db
def test_nothing_changes_in_a_counted_batch():
    batch = filled(rivers(), 1, 5)
    sheet = batch.sheets.get()
    read_twice(batch, [5])
    close_batch(batch=batch, by=organiser("carla"), at=AT)
    who = {"by": organiser("carla"), "at": AT}

    for deed in (
        partial(put, batch, 1),
        partial(read, sheet, "eve", 5, number=3),
        partial(read_anew, sheet=sheet, batch=batch, **who),
        partial(take_out, sheet=sheet, batch=batch, **who),
        partial(recount_cover, batch=batch, cover_sheets=2, cover_signatures=2, **who),
        partial(close_batch, batch=batch, **who),
    ):
        with pytest.raises(BatchIsClosed):
            deed()

    batch.refresh_from_db()
    assert (batch.cover_sheets, batch.cover_signatures, batch.sheets.count()) == (1, 5, 1)
    assert SheetReading.objects.count() == 2


@pytest.mark.django_db
def test_next_sheet_for_a_reader_is_one_they_have_not_read_and_what_differs_comes_last():
    batch = filled(rivers(), 3, 5)
    first, second, third = batch.sheets.order_by("number")
    read(first, "carla", 5)
    read(first, "minho", 6)
    read(second, "carla", 5)

    standing = standing_of_batch(batch)

    carla, minho = organiser("carla"), organiser("minho")
    assert (standing.next_for(carla.pk).sheet, standing.next_for(minho.pk).sheet) == (third, second)
    read(third, "carla", 5)
    assert standing_of_batch(batch).next_for(carla.pk).sheet == first
