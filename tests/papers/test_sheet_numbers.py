from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_steps import DESTROY_BY, at_once, letter_of, organiser, printed, rivers, seoul
from tests.desk.desk_sample import AT, edition

from tongmun.papers.actions.number_sheets import number_sheets
from tongmun.papers.models import PaperSheet
from tongmun.papers.numbers import (
    NotSheetNumbers,
    TooManySheets,
    read_sheet_numbers,
    sheet_label,
    sheet_spans,
)
from tongmun.people.models import JournalEntry


@pytest.mark.parametrize(("number", "label"), [(1, "001"), (42, "042"), (1234, "1234")])
def test_sheet_label_has_three_digits_at_least(number, label):
    assert sheet_label(number) == label


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("42", [42]),
        ("042", [42]),
        ("1-3, 7", [1, 2, 3, 7]),
        (" 7 ,1 – 3,", [1, 2, 3, 7]),
        ("5،6", [5, 6]),
        ("٤٢", [42]),
        ("3, 3, 2-4", [2, 3, 4]),
        ("1-200", list(range(1, 201))),
    ],
)
def test_sheet_numbers_are_read_as_people_write_them(typed, numbers):
    assert read_sheet_numbers(typed) == numbers


@pytest.mark.parametrize("typed", ["x", "0", "3-1", "1-", "-1", "1 2", "1.5", "12345678", "1-2-3"])
def test_what_is_no_sheet_number_is_named(typed):
    with pytest.raises(NotSheetNumbers) as caught:
        read_sheet_numbers(f"7, {typed}")

    assert caught.value.part == typed


@pytest.mark.parametrize("typed", ["1-201", "1-9999999", "1-150, 300-351"])
def test_more_sheets_than_fit_are_refused(typed):
    with pytest.raises(TooManySheets):
        read_sheet_numbers(typed)


def test_spans_draw_together_what_follows_on_each_other():
    assert sheet_spans([5, 1, 2, 3, 9, 8]) == "1-3, 5, 8-9"


@given(st.sets(st.integers(1, 999), min_size=1, max_size=30))
def test_spans_can_be_read_back(numbers):
    assert read_sheet_numbers(sheet_spans(numbers)) == sorted(numbers)


@pytest.mark.django_db
def test_sheets_go_on_from_the_highest_number_of_their_edition():
    here = rivers()
    place = seoul(here)

    first, second = printed(here, 3), printed(here, 2, place)

    assert [sheet.number for sheet in [*first, *second]] == [1, 2, 3, 4, 5]
    assert [sheet.place for sheet in second] == [place, place]
    assert [entry.subject for entry in JournalEntry.objects.filter(deed="paper.sheets-printed")] == [
        "rivers sheets 1-3",
        "rivers sheets 4-5",
    ]


@pytest.mark.django_db
def test_sheets_are_numbered_in_each_edition_by_itself():
    here = rivers()
    printed(here, 3)
    lakes = edition("lakes")
    seen = letter_of(here)

    with pytest.raises(ValueError, match="another edition"):
        number_sheets(
            edition=lakes, letter=seen, place=None, amount=1, destroy_by=DESTROY_BY, by=organiser("carla"), at=AT
        )
    with pytest.raises(ValueError, match="another edition"):
        printed(here, 1, seoul(lakes))

    assert PaperSheet.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_sheets_printed_at_once_have_no_gap_and_no_double():
    here = rivers()

    at_once([partial(printed, here, amount) for amount in (1, 7, 3, 5)])

    numbers = list(PaperSheet.objects.order_by("pk").values_list("number", flat=True))
    assert sorted(numbers) == list(range(1, 17))
    assert JournalEntry.objects.filter(deed="paper.sheets-printed").count() == 4
