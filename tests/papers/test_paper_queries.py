"""What the public page and the desk read of paper: only what stands in the log, and no small cells."""

import pytest
from paper_steps import batch_of, filled, member, organiser, read_twice, rivers, seoul
from test_vouched_numbers import state
from tests.desk.desk_sample import AT, account

from tongmun.counts.models import CountEntry
from tongmun.papers.actions.close_batch import close_batch, correct_batch
from tongmun.papers.models import PaperBatch
from tongmun.papers.queries import batches_of, has_second_reader, paper_totals, vouched_statements

pytestmark = pytest.mark.django_db


def counted(of, signatures: int, place=None) -> PaperBatch:
    batch = filled(of, 2, signatures, place)
    read_twice(batch, [signatures - signatures // 2, signatures // 2])
    close_batch(batch=batch, by=organiser("carla"), at=AT)
    return batch


def log_all() -> None:
    highest = CountEntry.objects.filter(position__isnull=False).count()
    for position, entry in enumerate(CountEntry.objects.waiting().order_by("pk"), start=highest):
        CountEntry.objects.filter(pk=entry.pk).update(position=position)


def test_paper_is_summed_by_city_and_a_city_of_few_is_not_named():
    here = rivers()
    one, two, three = (seoul(here, number) for number in (1, 2, 3))
    for place, signatures in ((one, 12), (one, 8), (two, 9), (three, 10), (None, 15)):
        counted(here, signatures, place)
    log_all()

    totals = paper_totals(here)

    assert [(city.slug, number) for city, number in totals.by_city] == [("city-1", 20), ("city-3", 10)]
    assert (totals.elsewhere, totals.counted) == (24, 54)


def test_paper_counts_what_stands_in_the_log_alone():
    here = rivers()
    batch = counted(here, 20, seoul(here))
    batch_of(here, 1, 12)
    before = paper_totals(here)
    log_all()
    correct_batch(batch=batch, amount=-5, reason="Read twice over", by=organiser("carla"), at=AT)
    waiting = paper_totals(here)
    log_all()

    assert [one.counted for one in (before, waiting, paper_totals(here))] == [0, 20, 15]
    assert [number for _, number in paper_totals(here).by_city] == [15]


@pytest.mark.parametrize("item_count", [1, 3])
def test_paper_takes_three_queries(item_count, django_assert_num_queries):
    here = rivers()
    for number in range(item_count):
        counted(here, 12, seoul(here, number))
    log_all()

    with django_assert_num_queries(3):
        assert len(paper_totals(here).by_city) == item_count


def test_vouched_statement_is_shown_once_it_stands_in_the_log():
    here = rivers()
    friends = member(here)
    state(friends, 300)
    before = vouched_statements(here)
    log_all()
    state(friends, 450, follows=1, statement="Counted again after the rain had stopped.")
    waiting = vouched_statements(here)
    log_all()
    after = vouched_statements(here)

    assert [[row.signatures for row in rows] for rows in (before, waiting, after)] == [[], [300], [450]]
    assert (after[0].organisation, after[0].statement) == (
        friends.organisation,
        "Counted again after the rain had stopped.",
    )


def test_number_that_was_taken_back_is_not_shown():
    here = rivers()
    friends = member(here)
    state(friends, 300)
    state(friends, 0, follows=1)
    log_all()

    assert vouched_statements(here) == []


@pytest.mark.parametrize("item_count", [1, 3])
def test_vouched_statements_take_one_query_the_largest_first(item_count, django_assert_num_queries):
    here = rivers()
    for number in range(item_count):
        state(member(here, f"friends-{number}"), 100 + number)
    log_all()

    with django_assert_num_queries(1):
        shown = [row.signatures for row in vouched_statements(here)]
        assert shown == sorted(range(100, 100 + item_count), reverse=True)


@pytest.mark.parametrize("item_count", [1, 3])
def test_batches_take_three_queries(item_count, django_assert_num_queries):
    here = rivers()
    for number in range(item_count):
        read_twice(filled(here, 2, 10, seoul(here, number)), [5, 5])

    with django_assert_num_queries(3):
        rows = [(one.batch.number, one.signatures, one.batch.place.city.slug) for one in batches_of(here)]

    assert rows == [(number + 1, 10, f"city-{number}") for number in reversed(range(item_count))]


def test_second_reader_is_a_second_organiser_whose_account_is_open():
    organiser("carla")
    account("eve@example.org", is_organiser=False)
    closed = organiser("minho")
    closed.is_active = False
    closed.save(update_fields=["is_active"])
    alone = has_second_reader()
    organiser("suzie")

    assert (alone, has_second_reader()) == (False, True)
