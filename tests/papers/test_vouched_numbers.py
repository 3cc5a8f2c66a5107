import datetime as dt
import hashlib
import json
from functools import partial

import pytest
from paper_steps import at_once, member, organiser, rivers
from tests.desk.desk_sample import AT

from tongmun.campaigns.models import Membership
from tongmun.counts.models import CountEntry
from tongmun.papers.actions.vouch import SameNumber, StatedMeanwhile, vouch
from tongmun.papers.models import VouchedNumber
from tongmun.papers.queries import current_statements
from tongmun.people.models import JournalEntry

STATEMENT = "Collected at our door in July; two of us counted the lists."


def state(by: Membership, signatures: int, *, follows: int = 0, **changes: object) -> VouchedNumber:
    values = {"statement": STATEMENT, "language": "en", "stated_on": dt.date(2027, 8, 9), **changes}
    return vouch(membership=by, signatures=signatures, follows=follows, by=organiser("carla"), at=AT, **values)


@pytest.mark.django_db
def test_first_statement_is_an_entry_of_its_number():
    friends = member(rivers())

    vouched = state(friends, 300)

    entry = CountEntry.objects.get()
    assert vouched.entry == entry
    assert (entry.kind, entry.amount, entry.words) == ("VOUCHED", 300, "River Friends: vouches for 300 in all")
    # `via` is for signatures that came through a link.
    assert (entry.via, entry.country) == (None, "")
    journal = JournalEntry.objects.get(deed="paper.number-vouched")
    assert (journal.by, journal.subject) == (organiser("carla"), "rivers river-friends: 300")


@pytest.mark.django_db
def test_digest_of_a_statement_is_that_of_its_words():
    state(member(rivers()), 300)

    facts = {
        "edition": "rivers",
        "kind": "vouched",
        "language": "en",
        "number": 1,
        "organisation": "river-friends",
        "signatures": 300,
        "stated_on": "2027-08-09",
        "statement": STATEMENT,
    }
    canonical = json.dumps(facts, separators=(",", ":")).encode()
    assert bytes(CountEntry.objects.get().digest) == hashlib.sha256(canonical).digest()


@pytest.mark.django_db
def test_later_statement_replaces_the_former_and_enters_the_difference():
    friends = member(rivers())
    for follows, signatures in enumerate((300, 450, 420)):
        state(friends, signatures, follows=follows)

    assert list(CountEntry.objects.order_by("pk").values_list("amount", flat=True)) == [300, 150, -30]
    assert current_statements(friends.edition)[friends.pk].signatures == 420


@pytest.mark.django_db
def test_same_number_again_is_refused_and_enters_nothing():
    friends = member(rivers())
    state(friends, 300)

    with pytest.raises(SameNumber):
        state(friends, 300, follows=1, statement=STATEMENT + " Again.")

    assert (CountEntry.objects.count(), VouchedNumber.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_number_can_be_taken_back_once_there_is_one():
    friends = member(rivers())
    with pytest.raises(SameNumber):
        state(friends, 0)
    state(friends, 300)

    state(friends, 0, follows=1)

    assert sum(CountEntry.objects.values_list("amount", flat=True)) == 0


@pytest.mark.django_db
def test_statement_that_follows_no_longer_the_last_is_refused():
    friends = member(rivers())
    state(friends, 300)

    for follows in (0, 2):
        with pytest.raises(StatedMeanwhile):
            state(friends, 400, follows=follows)

    assert VouchedNumber.objects.count() == 1


@pytest.mark.django_db
def test_organisations_vouch_apart_from_each_other():
    here = rivers()
    friends, lakes = member(here), member(here, "lake-friends")

    state(friends, 300)
    state(lakes, 300)

    assert {row.signatures for row in current_statements(here).values()} == {300}
    assert CountEntry.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_statements_made_at_once_enter_one_number():
    friends = member(rivers())

    outcomes = at_once([partial(state, friends, 300 + number) for number in range(4)])

    stated = [one for one in outcomes if isinstance(one, VouchedNumber)]
    assert len(stated) == 1
    assert CountEntry.objects.get().amount == stated[0].signatures
