from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from tests.signatures.signing_steps import AT, an_edition

from tongmun.campaigns.models import Edition
from tongmun.counts.actions import count
from tongmun.counts.actions.count import count_all, count_waiting
from tongmun.counts.models import CountEntry, Tally
from tongmun.counts.queries import totals_of


def enter(edition: Edition, number: int, kind: str = "ADD", country: str = "KR", first: int = 0) -> None:
    CountEntry.objects.bulk_create(
        CountEntry(edition=edition, kind=kind, country=country, digest=f"{country}{first + index}".encode())
        for index in range(number)
    )


def positions(edition: Edition) -> list[int]:
    return list(CountEntry.objects.filter(edition=edition).order_by("pk").values_list("position", flat=True))


@pytest.mark.django_db
def test_total_is_what_was_added_less_what_was_voided():
    edition = an_edition()
    enter(edition, 30)
    enter(edition, 12, country="")
    enter(edition, 4, kind="VOID")

    taken = count_waiting(edition=edition, at=AT)

    totals = totals_of(edition)
    assert taken == 46
    assert (totals.counted, totals.as_of) == (38, AT)
    assert (totals.by_country, totals.elsewhere) == ((("KR", 26),), 12)


@pytest.mark.django_db
def test_counting_again_changes_nothing_but_the_time():
    edition = an_edition()
    enter(edition, 12)
    count_waiting(edition=edition, at=AT)
    before = positions(edition), totals_of(edition).counted

    assert count_waiting(edition=edition, at=AT + timedelta(minutes=1)) == 0

    assert (positions(edition), totals_of(edition).counted) == before
    assert totals_of(edition).as_of == AT + timedelta(minutes=1)


@pytest.mark.django_db
def test_places_are_the_numbers_from_one_and_shuffled():
    edition = an_edition()
    enter(edition, 40)
    count_waiting(edition=edition, at=AT)
    enter(edition, 40, first=40)
    count_waiting(edition=edition, at=AT)

    first, second = positions(edition)[:40], positions(edition)[40:]
    assert sorted(first) == list(range(1, 41))
    assert sorted(second) == list(range(41, 81))
    # One order in 40! is the sorted one.
    assert first != sorted(first)


@pytest.mark.django_db
def test_batches_take_the_oldest_first_so_that_no_total_falls_below_zero(monkeypatch):
    monkeypatch.setattr(count, "BATCH", 3)
    edition = an_edition()
    enter(edition, 4)
    enter(edition, 4, kind="VOID")

    seen = []
    while count_waiting(edition=edition, at=AT):
        seen.append(totals_of(edition).counted)

    assert seen == [3, 2, 0]


@pytest.mark.django_db
def test_editions_are_counted_apart_and_drafts_not_at_all():
    one, other, draft = an_edition("one"), an_edition("other"), an_edition("draft", state="draft")
    enter(one, 11)
    enter(other, 13, country="FR")
    enter(draft, 17)

    assert count_all(at=AT) == 24

    assert [totals_of(edition).counted for edition in (one, other, draft)] == [11, 13, 0]


@pytest.mark.django_db
def test_country_is_named_from_ten_on_the_largest_first():
    edition = an_edition()
    for country, number in (("KR", 10), ("FR", 9), ("US", 25), ("JP", 10), ("", 30)):
        enter(edition, number, country=country)
    count_waiting(edition=edition, at=AT)

    totals = totals_of(edition)

    assert totals.by_country == (("US", 25), ("JP", 10), ("KR", 10))
    assert totals.elsewhere == 9 + 30
    assert totals.counted == 84


@pytest.mark.django_db
def test_totals_take_two_queries(django_assert_num_queries):
    edition = an_edition()
    enter(edition, 20)
    count_waiting(edition=edition, at=AT)

    with django_assert_num_queries(2):
        totals_of(edition)


@pytest.mark.django_db(transaction=True)
def test_counting_in_eight_threads_counts_each_entry_once():
    edition = an_edition()
    enter(edition, 200)

    def one_pass(_number: int) -> int:
        try:
            return count_waiting(edition=edition, at=AT)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        taken = list(threads.map(one_pass, range(8)))

    assert sorted(taken) == [0] * 7 + [200]
    assert sorted(positions(edition)) == list(range(1, 201))
    assert Tally.objects.get().counted == 200
