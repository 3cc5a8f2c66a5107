"""Batches: when one is taken, in which order, and what the totals are afterwards."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import permutations

import pytest
from django.db import IntegrityError, connection, transaction
from tests.signatures.signing_steps import AT, an_edition

from tongmun.campaigns.models import Edition, Organisation
from tongmun.counts.actions import count
from tongmun.counts.actions.count import count_all, count_waiting
from tongmun.counts.guard import LogBroken
from tongmun.counts.leaves import leaf_text
from tongmun.counts.models import Checkpoint, CountEntry, Reckoning, Referral, Tally
from tongmun.counts.queries import totals_of
from tongmun.kit.merkle import leaf_hash, root_of

HOUR, DAY = timedelta(hours=1), timedelta(hours=24)
# Six orders of three: a fair shuffle exceeds this once in a million times.
CHI_SQUARE_5 = 35.9


def digest(*mark: object) -> bytes:
    return sha256(repr(mark).encode()).digest()


def enter(edition: Edition, number: int, kind: str = "ADD", country: str = "KR", first: int = 0, **fields) -> None:
    usual = {"ADD": {"amount": 1}, "VOID": {"amount": -1, "reason": "WITHDRAWN"}, "NOTE": {"amount": 0, "words": "x"}}
    fields = usual.get(kind, {"words": "x"}) | fields
    CountEntry.objects.bulk_create(
        CountEntry(edition=edition, kind=kind, country=country, digest=digest(country, first + index), **fields)
        for index in range(number)
    )


def positions(edition: Edition) -> list[int]:
    return list(CountEntry.objects.filter(edition=edition).order_by("pk").values_list("position", flat=True))


def root_of_rows(edition: Edition) -> bytes:
    rows = CountEntry.objects.logged().filter(edition=edition)
    origin = f"testserver/{edition.slug}"
    return root_of(
        leaf_hash(
            leaf_text(
                origin=origin,
                kind=row.kind,
                amount=row.amount,
                digest=bytes(row.digest),
                reason=row.reason,
                words=row.words,
            )
        )
        for row in rows
    )


# Totals


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
def test_paper_and_vouched_stand_apart_and_in_the_sum():
    edition = an_edition()
    enter(edition, 6)
    enter(edition, 1, kind="PAPER", amount=40)
    enter(edition, 1, kind="PAPER", amount=-3, first=1)
    enter(edition, 1, kind="VOUCHED", amount=1_200)
    enter(edition, 1, kind="NOTE")
    count_waiting(edition=edition, at=AT)

    totals = totals_of(edition)

    assert (totals.counted, totals.paper, totals.vouched, totals.together) == (6, 37, 1_200, 1_243)
    assert Tally.objects.get(edition=edition).counted == 6


@pytest.mark.django_db
def test_signatures_through_an_organisation_are_its_referrals():
    edition = an_edition()
    one = Organisation.objects.create(slug="one", names={"en": "One"})
    other = Organisation.objects.create(slug="other", names={"en": "Other"})
    enter(edition, 7, via=one)
    enter(edition, 3, country="FR", via=other)
    enter(edition, 1, kind="VOUCHED", amount=50, via=other)
    count_waiting(edition=edition, at=AT)
    enter(edition, 5, kind="VOID", via=one)
    count_waiting(edition=edition, at=AT)

    assert dict(Referral.objects.values_list("organisation__slug", "counted")) == {"one": 2, "other": 3}


@pytest.mark.django_db
def test_counting_again_changes_nothing_but_the_time():
    edition = an_edition()
    enter(edition, 12)
    count_waiting(edition=edition, at=AT)
    before = positions(edition), totals_of(edition).counted

    assert count_waiting(edition=edition, at=AT + HOUR) == 0

    assert (positions(edition), totals_of(edition).counted) == before
    assert totals_of(edition).as_of == AT + HOUR
    assert Checkpoint.objects.count() == 1


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
def test_who_hid_a_country_and_withdrew_is_taken_from_the_largest():
    edition = an_edition()
    enter(edition, 20)
    enter(edition, 6, country="FR")
    count_waiting(edition=edition, at=AT)
    enter(edition, 8, kind="VOID", country="FR")
    count_waiting(edition=edition, at=AT)

    assert dict(Tally.objects.values_list("country", "counted")) == {"KR": 18, "FR": 0}
    assert totals_of(edition).counted == 18


@pytest.mark.django_db
def test_totals_take_two_queries(django_assert_num_queries):
    edition = an_edition()
    enter(edition, 20)
    count_waiting(edition=edition, at=AT)

    with django_assert_num_queries(2):
        totals_of(edition)


# When


@pytest.mark.django_db
def test_nothing_is_taken_before_five_wait():
    edition = an_edition()
    for number in range(4):
        enter(edition, 1, first=number)
        assert count_waiting(edition=edition, at=AT + number * HOUR) == 0
    assert not Checkpoint.objects.exists()
    assert totals_of(edition).as_of == AT + 3 * HOUR

    enter(edition, 1, first=4)

    assert count_waiting(edition=edition, at=AT + 4 * HOUR) == 5
    assert Reckoning.objects.get().waiting_since is None


@pytest.mark.django_db
@pytest.mark.parametrize("least", [1, 3])
def test_how_many_have_to_wait_can_be_set(settings, least):
    settings.COUNT_LEAST = least
    edition = an_edition()
    enter(edition, least - 1)
    assert count_waiting(edition=edition, at=AT) == 0

    enter(edition, 1, first=50)

    assert count_waiting(edition=edition, at=AT) == least


@pytest.mark.django_db
@pytest.mark.parametrize("minute", [0, 17, 59])
def test_nobody_waits_longer_than_a_day_with_a_pass_every_hour(minute):
    edition = an_edition()
    first_pass = AT.replace(minute=minute, second=58)
    count_waiting(edition=edition, at=first_pass)
    # Written just after a pass, and so waiting longest for the next.
    written = first_pass + timedelta(seconds=1)
    enter(edition, 1)

    at, passes = first_pass, 0
    while not CountEntry.objects.filter(position__isnull=False).exists():
        at, passes = at + HOUR, passes + 1
        count_waiting(edition=edition, at=at)

    assert at - written <= DAY
    assert passes >= 22
    assert Reckoning.objects.get().waiting_since is None


@pytest.mark.django_db
def test_the_wait_is_reckoned_anew_after_a_batch():
    edition = an_edition()
    enter(edition, 2)
    count_waiting(edition=edition, at=AT)
    enter(edition, 3, first=2)
    count_waiting(edition=edition, at=AT + 20 * HOUR)
    enter(edition, 1, first=5)

    assert count_waiting(edition=edition, at=AT + 21 * HOUR) == 0
    assert count_waiting(edition=edition, at=AT + 25 * HOUR) == 0
    assert count_waiting(edition=edition, at=AT + 44 * HOUR) == 1


@pytest.mark.django_db
def test_what_waits_since_is_a_full_hour():
    edition = an_edition()
    enter(edition, 1)
    count_waiting(edition=edition, at=AT)

    assert Reckoning.objects.get().waiting_since == AT.replace(minute=0, second=0)


@pytest.mark.django_db
def test_what_is_held_waits_for_a_person():
    edition = an_edition()
    enter(edition, 6)
    enter(edition, 3, first=6, is_held=True)

    assert count_waiting(edition=edition, at=AT) == 6
    assert count_waiting(edition=edition, at=AT + 2 * DAY) == 0

    CountEntry.objects.filter(is_held=True).update(is_held=False)
    assert count_waiting(edition=edition, at=AT + 2 * DAY) == 0
    assert count_waiting(edition=edition, at=AT + 3 * DAY) == 3


@pytest.mark.django_db
def test_an_edition_without_entries_has_no_checkpoint():
    edition = an_edition()

    assert count_waiting(edition=edition, at=AT) == 0
    assert count_waiting(edition=edition, at=AT + 2 * DAY) == 0

    assert not Checkpoint.objects.exists()
    assert totals_of(edition).as_of == AT + 2 * DAY


# Order


@pytest.mark.django_db
def test_places_are_the_numbers_from_nought_and_shuffled():
    edition = an_edition()
    enter(edition, 40)
    count_waiting(edition=edition, at=AT)
    enter(edition, 40, first=40)
    count_waiting(edition=edition, at=AT)

    first, second = positions(edition)[:40], positions(edition)[40:]
    assert sorted(first) == list(range(40))
    assert sorted(second) == list(range(40, 80))
    # One order in 40! is the sorted one.
    assert first != sorted(first)


@pytest.mark.django_db
def test_every_order_inside_a_batch_is_as_likely_as_any_other(settings):
    settings.COUNT_LEAST = 3
    edition, rounds = an_edition(), 60
    orders: Counter[tuple[int, ...]] = Counter()
    for number in range(rounds):
        enter(edition, 3, first=3 * number)
        count_waiting(edition=edition, at=AT)
        orders[tuple(place - 3 * number for place in positions(edition)[-3:])] += 1

    expected = rounds / 6
    seen = [orders[order] for order in permutations(range(3))]
    assert sum(seen) == rounds
    assert sum((number - expected) ** 2 / expected for number in seen) < CHI_SQUARE_5


@pytest.mark.django_db
def test_batches_take_the_oldest_first_so_that_no_total_falls_below_zero(monkeypatch, settings):
    monkeypatch.setattr(count, "MOST", 3)
    settings.COUNT_LEAST = 1
    edition = an_edition()
    enter(edition, 4)
    enter(edition, 4, kind="VOID")

    seen = []
    while count_waiting(edition=edition, at=AT):
        seen.append(totals_of(edition).counted)

    assert seen == [3, 2, 0]


@pytest.mark.django_db
def test_a_full_batch_is_followed_by_the_rest_at_once(monkeypatch):
    monkeypatch.setattr(count, "MOST", 6)
    edition = an_edition()
    enter(edition, 17)

    assert count_all(at=AT) == 17

    assert sorted(positions(edition)) == list(range(17))
    assert list(Checkpoint.objects.order_by("size").values_list("size", flat=True)) == [6, 12, 17]


@pytest.mark.django_db
def test_more_taken_out_than_put_in_stops_the_log_and_not_the_others(caplog):
    one, other = an_edition("one"), an_edition("other")
    enter(one, 6, kind="VOID")
    enter(other, 6)

    with pytest.raises(LogBroken):
        count_waiting(edition=one, at=AT)
    assert count_all(at=AT) == 6

    assert totals_of(one).counted == 0
    assert set(positions(one)) == {None}


# The log


@pytest.mark.django_db
def test_each_batch_ends_in_a_checkpoint_over_all_that_was_logged():
    edition = an_edition()
    for number in (5, 251, 1, 300):
        enter(edition, max(number, 5), first=1_000 * number)
        count_waiting(edition=edition, at=AT)

        newest = Checkpoint.objects.order_by("-size").first()
        assert newest.size == Reckoning.objects.get().upto
        assert bytes(newest.root) == root_of_rows(edition)
    assert Checkpoint.objects.count() == 4


@pytest.mark.django_db
def test_the_origin_stays_when_the_public_address_changes(settings):
    edition = an_edition()
    enter(edition, 6)
    count_waiting(edition=edition, at=AT)
    settings.PUBLIC_HOST = "elsewhere.example"
    enter(edition, 6, first=6)
    count_waiting(edition=edition, at=AT)

    assert {note.split("\n")[0] for note in Checkpoint.objects.values_list("note", flat=True)} == {"testserver/trial"}
    assert bytes(Checkpoint.objects.get(size=12).root) == root_of_rows(edition)


@pytest.mark.django_db(transaction=True)
def test_counting_in_eight_threads_counts_each_entry_once_and_never_forks():
    edition = an_edition()
    enter(edition, 200)

    def one_pass(number: int) -> int:
        try:
            enter(edition, 6, country="FR", first=1_000 * (number + 1))
            return count_waiting(edition=edition, at=AT)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        taken = list(threads.map(one_pass, range(8)))

    assert sum(taken) + count_waiting(edition=edition, at=AT + 2 * DAY) == 248
    assert sorted(positions(edition)) == list(range(248))
    assert dict(Tally.objects.values_list("country", "counted")) == {"KR": 200, "FR": 48}
    sizes = list(Checkpoint.objects.order_by("size").values_list("size", flat=True))
    assert sizes == sorted(set(sizes))
    assert bytes(Checkpoint.objects.get(size=248).root) == root_of_rows(edition)


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["_place", "_add_up", "_sign"])
def test_a_batch_that_is_interrupted_leaves_nothing_behind(monkeypatch, where):
    edition = an_edition()
    enter(edition, 6)
    count_waiting(edition=edition, at=AT)
    enter(edition, 6, first=6)
    real = getattr(count, where)

    def killed(*arguments: object, **named: object) -> None:
        real(*arguments, **named)
        raise Killed

    monkeypatch.setattr(count, where, killed)
    with pytest.raises(Killed):
        count_waiting(edition=edition, at=AT)
    monkeypatch.undo()

    assert (Reckoning.objects.get().upto, Checkpoint.objects.count(), totals_of(edition).counted) == (6, 1, 6)
    assert positions(edition)[6:] == [None] * 6
    assert count_waiting(edition=edition, at=AT) == 6
    assert bytes(Checkpoint.objects.get(size=12).root) == root_of_rows(edition)


# What the database itself refuses


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "ADD", "amount": 2},
        {"kind": "ADD", "amount": 1, "words": "Suzie"},
        {"kind": "ADD", "amount": 1, "reason": "FRAUD"},
        {"kind": "VOID", "amount": -1},
        {"kind": "VOID", "amount": -1, "reason": "FRAUD", "words": "Suzie"},
        {"kind": "PAPER", "amount": 0, "words": "x"},
        {"kind": "PAPER", "amount": 5},
        {"kind": "NOTE", "amount": 0},
        {"kind": "ADD", "amount": 1, "is_held": True, "position": 0},
        {"kind": "ADD", "amount": 1, "digest": b"short"},
    ],
)
def test_an_entry_that_no_verifier_would_take_is_refused(fields):
    edition = an_edition()

    with pytest.raises(IntegrityError), transaction.atomic():
        CountEntry.objects.create(**({"edition": edition, "digest": digest("x")} | fields))


@pytest.mark.django_db
def test_a_second_head_of_one_size_is_refused():
    edition = an_edition()
    enter(edition, 5)
    count_waiting(edition=edition, at=AT)

    with pytest.raises(IntegrityError), transaction.atomic():
        Checkpoint.objects.create(
            edition=edition, size=5, root=bytes(32), note="x", made_at=datetime(2030, 1, 1, tzinfo=AT.tzinfo)
        )
