"""A batch that agrees with its cover is one entry of the count, and is corrected by further entries."""

import hashlib
import json
from functools import partial

import pytest
from paper_steps import at_once, batch_of, filled, organiser, printed, read, read_twice, rivers, seoul
from tests.desk.desk_sample import AT

from tongmun.counts.models import CountEntry
from tongmun.papers.actions.close_batch import (
    BatchDoesNotAgree,
    BelowNothing,
    NothingToCorrect,
    close_batch,
    correct_batch,
)
from tongmun.papers.actions.fill_batch import put_in
from tongmun.papers.actions.open_batch import recount_cover
from tongmun.papers.actions.read_sheet import read_anew
from tongmun.papers.models import PaperBatch, SheetReading
from tongmun.papers.queries import standing_of_batch
from tongmun.people.models import JournalEntry


def close(batch: PaperBatch) -> CountEntry:
    return close_batch(batch=batch, by=organiser("carla"), at=AT)


def correct(batch: PaperBatch, amount: int, reason: str = "A sheet was read twice") -> CountEntry:
    return correct_batch(batch=batch, amount=amount, reason=reason, by=organiser("carla"), at=AT)


def counted(signatures: int = 15) -> PaperBatch:
    batch = filled(rivers(), 2, signatures)
    read_twice(batch, [signatures - 5, 5])
    close(batch)
    return batch


@pytest.mark.django_db
def test_batch_that_agrees_is_one_entry_of_the_count():
    here = rivers()
    batch = filled(here, 2, 15, seoul(here))
    read_twice(batch, [10, 5])

    entry = close(batch)

    assert CountEntry.objects.get() == entry
    assert (entry.kind, entry.amount, entry.words) == ("PAPER", 15, "Batch 1, sheets 1-2, City 1")
    assert (entry.country, entry.via, entry.is_held, entry.position) == ("", None, False, None)
    batch.refresh_from_db()
    assert (batch.entry, batch.counted, batch.closed_on) == (entry, 15, AT.date())
    journal = JournalEntry.objects.get(deed="paper.batch-counted")
    assert (journal.by, journal.subject) == (organiser("carla"), "rivers batch 1: 15")


@pytest.mark.django_db
def test_digest_of_a_batch_is_that_of_its_readings_and_names_no_reader():
    here = rivers()
    batch = filled(here, 2, 15, seoul(here))
    first, second = batch.sheets.order_by("number")
    read(first, "carla", 10, 1)
    read(first, "minho", 9, 1)
    read(first, "carla", 10, 1)
    read(second, "minho", 5)
    read(second, "carla", 5)

    entry = close(batch)

    statement = {
        "batch": 1,
        "city": "city-1",
        "cover": [2, 15],
        "edition": "rivers",
        "kind": "paper-batch",
        "sheets": [
            {"number": 1, "readings": [[10, 1], [9, 1], [10, 1]]},
            {"number": 2, "readings": [[5, 0], [5, 0]]},
        ],
    }
    canonical = json.dumps(statement, separators=(",", ":")).encode()
    assert bytes(entry.digest) == hashlib.sha256(canonical).digest()


@pytest.mark.django_db
@pytest.mark.parametrize(("signatures", "words"), [(9, "Batch 1, sheet 1"), (10, "Batch 1, sheet 1, City 1")])
def test_city_of_few_signatures_is_not_named_in_the_log(signatures, words):
    here = rivers()
    batch = filled(here, 1, signatures, seoul(here))
    read_twice(batch, [signatures])

    assert close(batch).words == words


@pytest.mark.django_db
def test_words_of_scattered_sheets_fit_the_log():
    here = rivers()
    numbers = [sheet.number for sheet in printed(here, 119)][::2]
    batch = batch_of(here, 60, 720)
    put_in(batch=batch, numbers=numbers, by=organiser("carla"), at=AT)
    SheetReading.objects.bulk_create(
        SheetReading(sheet=sheet, number=number, by=organiser(name), signatures=12, struck=0)
        for sheet in batch.sheets.all()
        for number, name in ((1, "carla"), (2, "minho"))
    )

    assert close(batch).words == "Batch 1, 60 sheets between 1 and 119"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cover", "readings"),
    [
        ((2, 14), [10, 5]),
        ((2, 16), [10, 5]),
        ((3, 15), [10, 5]),
        ((2, 10), [10]),
    ],
    ids=["more-than-the-cover", "less-than-the-cover", "sheet-missing", "sheet-unread"],
)
def test_batch_that_does_not_agree_is_not_counted(cover, readings):
    batch = filled(rivers(), 2, 15)
    recount_cover(batch=batch, cover_sheets=cover[0], cover_signatures=cover[1], by=organiser("carla"), at=AT)
    for sheet, valid in zip(batch.sheets.order_by("number"), readings, strict=False):
        read(sheet, "carla", valid)
        read(sheet, "minho", valid)

    with pytest.raises(BatchDoesNotAgree):
        close(batch)

    assert not CountEntry.objects.exists()
    batch.refresh_from_db()
    assert not batch.is_closed


@pytest.mark.django_db
def test_batch_says_by_how_much_it_differs_and_which_sheets_are_suspect():
    batch = filled(rivers(), 3, 15)
    first, second, third = batch.sheets.order_by("number")
    for reader, valid in (("carla", 5), ("minho", 4), ("carla", 4)):
        read(first, reader, valid)
    for reader in ("carla", "minho"):
        read(second, reader, 5)
        read(third, reader, 5, 1)

    standing = standing_of_batch(batch)

    assert (standing.signatures, standing.missing_signatures, standing.all_settled) == (14, 1, True)
    assert [one.sheet for one in standing.suspects] == [first, third]


@pytest.mark.django_db(transaction=True)
def test_batch_counted_by_two_at_once_counts_once():
    batch = filled(rivers(), 2, 15)
    read_twice(batch, [10, 5])

    outcomes = at_once([partial(close, batch)] * 3)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["BatchIsClosed", "BatchIsClosed", "CountEntry"]
    assert CountEntry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_batch_counted_while_a_sheet_is_read_anew_counts_what_stands_on_its_sheets():
    here = rivers()
    for _ in range(3):
        batch = filled(here, 1, 5)
        read_twice(batch, [5])
        sheet = batch.sheets.get()

        at_once([partial(close, batch), partial(read_anew, sheet=sheet, batch=batch, by=organiser("carla"), at=AT)])

        batch.refresh_from_db()
        assert batch.is_closed == (sheet.readings.count() == 2)


@pytest.mark.django_db
def test_correction_is_an_entry_with_its_reason():
    batch = counted()

    down, up = correct(batch, -4), correct(batch, 2, "A page was overlooked")

    assert [(one.kind, one.amount, one.words) for one in (down, up)] == [
        ("PAPER", -4, "Correction of batch 1: A sheet was read twice"),
        ("PAPER", 2, "Correction of batch 1: A page was overlooked"),
    ]
    batch.refresh_from_db()
    assert batch.counted == 13
    assert [(one.number, one.amount) for one in batch.corrections.order_by("number")] == [(1, -4), (2, 2)]
    assert JournalEntry.objects.filter(deed="paper.batch-corrected").first().subject == "rivers batch 1: -4"


@pytest.mark.django_db
def test_equal_corrections_are_two_entries():
    batch = counted()

    assert bytes(correct(batch, -1).digest) != bytes(correct(batch, -1).digest)


@pytest.mark.django_db
def test_correction_never_takes_more_than_was_counted():
    batch = counted()
    correct(batch, -10)

    with pytest.raises(BelowNothing) as caught:
        correct(batch, -6)
    correct(batch, -5)

    batch.refresh_from_db()
    assert (caught.value.counted, batch.counted) == (5, 0)
    assert sum(CountEntry.objects.values_list("amount", flat=True)) == 0


@pytest.mark.django_db(transaction=True)
def test_corrections_at_once_do_not_go_below_nothing_together():
    batch = counted()

    outcomes = at_once([partial(correct, batch, -6)] * 4)

    assert sorted(type(one).__name__ for one in outcomes) == ["BelowNothing"] * 2 + ["CountEntry"] * 2
    batch.refresh_from_db()
    assert batch.counted == sum(CountEntry.objects.values_list("amount", flat=True)) == 3


@pytest.mark.django_db
def test_open_batch_has_nothing_to_correct():
    batch = filled(rivers(), 1, 5)

    with pytest.raises(NothingToCorrect):
        correct(batch, 1)
