from datetime import timedelta

import pytest
from tests.signatures.signing_steps import AT, an_edition, an_entry, counted

from tongmun.counts.models import CountEntry
from tongmun.people.models import JournalEntry, User
from tongmun.signatures.actions import hold as module
from tongmun.signatures.actions.end import end_recognition
from tongmun.signatures.actions.hold import hold_surges, release, void_hold
from tongmun.signatures.actions.take_out import NumberChanged, Traits, take_out
from tongmun.signatures.actions.withdraw import erase, withdraw
from tongmun.signatures.models import Hold, Pulse, Signature

pytestmark = pytest.mark.django_db
ANYTHING = Traits(country="", language="", via=None, day=None)


@pytest.fixture(autouse=True)
def small_numbers(monkeypatch):
    """Fifty mailboxes make a slow test; six make the same point."""
    monkeypatch.setattr(module, "MOST_IN_AN_HOUR", 5)
    monkeypatch.setattr(module, "FEWEST_REMEMBERED", 1)


@pytest.fixture
def carla():
    return User.objects.create(email="carla@example.org")


def come(edition, number: int, *, country: str = "KR", domain: str = "flood.example", first: int = 0) -> list[str]:
    return [counted(edition, an_entry(f"p{first + n}@{domain}", country=country)) for n in range(number)]


def counts() -> tuple[int, int]:
    """Give how many entries the next batch may take, and how many are held."""
    return CountEntry.objects.waiting().count(), CountEntry.objects.filter(is_held=True).count()


def test_what_is_no_surge_is_counted_and_its_domain_forgotten():
    edition = an_edition()
    come(edition, 5)

    assert hold_surges(edition=edition, at=AT) == 0

    assert counts() == (5, 0)
    assert {bytes(box) for box in Signature.objects.values_list("domain_box", flat=True)} == {b""}
    assert not Signature.objects.new().exists()


def test_surge_from_a_domain_is_held_and_others_are_counted():
    edition = an_edition()
    come(edition, 6)
    come(edition, 3, domain="other.example", country="FR", first=10)
    Pulse.objects.create(edition=edition, kind="LANGUAGE", value="en", hour=AT, count=1)

    module.MOST_IN_AN_HOUR = 5
    held = hold_surges(edition=edition, at=AT)

    kinds = set(edition.holds.values_list("kind", "value"))
    assert ("DOMAIN", "flood.example") in kinds
    assert held == 9 if ("LANGUAGE", "en") in kinds else 6


def test_surge_in_large_mailboxes_is_seen_by_its_country():
    edition = an_edition()
    come(edition, 6, domain="gmail.com")

    hold_surges(edition=edition, at=AT)

    assert not edition.holds.filter(kind="DOMAIN").exists()
    assert edition.holds.filter(kind="COUNTRY", value="KR").exists()
    assert counts() == (0, 6)


def test_those_who_come_after_a_surge_are_held_until_somebody_decides():
    edition = an_edition()
    come(edition, 6)
    hold_surges(edition=edition, at=AT)
    come(edition, 1, first=20)

    hold_surges(edition=edition, at=AT + timedelta(hours=1))

    assert counts() == (0, 7)


def test_many_where_many_are_usual_are_no_surge():
    edition = an_edition()
    for hour in range(module.HOURS):
        for kind, value in (("COUNTRY", "KR"), ("LANGUAGE", "en"), ("DOMAIN", "flood.example")):
            Pulse.objects.create(edition=edition, kind=kind, value=value, hour=AT - timedelta(hours=hour), count=2)
    come(edition, 10)

    assert hold_surges(edition=edition, at=AT) == 0


def test_released_surge_is_counted(carla):
    edition = an_edition()
    come(edition, 6)
    hold_surges(edition=edition, at=AT)
    open_holds = list(edition.holds.filter(state="OPEN"))

    assert all(release(hold=hold, by=carla, at=AT) for hold in open_holds)
    assert not release(hold=open_holds[0], by=carla, at=AT)

    assert counts() == (6, 0)
    assert not Signature.objects.filter(hold__isnull=False).exists()
    assert JournalEntry.objects.filter(deed="hold.released", by=carla).count() == len(open_holds)


def test_voided_surge_is_in_the_log_and_out_of_the_count(carla):
    edition = an_edition()
    come(edition, 6)
    hold_surges(edition=edition, at=AT)

    for hold in edition.holds.filter(state="OPEN"):
        void_hold(hold=hold, reason=CountEntry.Reason.FRAUD, by=carla, at=AT)

    assert counts() == (12, 0)
    assert sum(CountEntry.objects.values_list("amount", flat=True)) == 0
    assert set(CountEntry.objects.filter(kind="VOID").values_list("reason", flat=True)) == {"FRAUD"}
    assert not Signature.objects.exists()


def test_held_signer_who_withdraws_leaves_both_entries_and_no_hold():
    edition = an_edition()
    secrets = come(edition, 6)
    hold_surges(edition=edition, at=AT)

    withdraw(secret=secrets[0])

    assert counts() == (2, 5)
    assert list(CountEntry.objects.waiting().order_by("pk").values_list("kind", flat=True)) == ["ADD", "VOID"]


def test_held_signer_who_erases_is_not_counted():
    edition = an_edition()
    secrets = come(edition, 6)
    hold_surges(edition=edition, at=AT)

    erase(secret=secrets[0])

    assert counts() == (0, 5)


def test_what_nobody_decided_about_lapses_with_the_data_of_the_edition(carla):
    edition = an_edition("lapsing")
    come(edition, 6)
    hold_surges(edition=edition, at=AT)
    counted(edition, an_entry("other@gmail.com", country="", language="ko"))

    end_recognition(edition=edition, at=AT + timedelta(days=90))

    assert counts() == (1, 0)
    assert set(edition.holds.values_list("state", flat=True)) == {"LAPSED"}
    assert not any(release(hold=hold, by=carla, at=AT) for hold in edition.holds.all())


def test_small_numbers_are_not_remembered_by_the_hour(monkeypatch):
    monkeypatch.setattr(module, "FEWEST_REMEMBERED", 10)
    edition = an_edition()
    come(edition, 3)

    hold_surges(edition=edition, at=AT)

    assert not Pulse.objects.exists()


def test_hours_are_remembered_for_a_week():
    edition = an_edition()
    come(edition, 2)
    hold_surges(edition=edition, at=AT)

    hold_surges(edition=edition, at=AT + timedelta(days=8))

    assert not Pulse.objects.exists()


def test_taking_out_needs_the_number_that_was_seen(carla):
    edition = an_edition()
    come(edition, 3)
    come(edition, 2, country="FR", first=10)
    french = {**ANYTHING, "country": "FR"}

    with pytest.raises(NumberChanged):
        take_out(edition=edition, traits=french, reason=CountEntry.Reason.DUPLICATE, number=3, by=carla, at=AT)
    taken = take_out(edition=edition, traits=french, reason=CountEntry.Reason.DUPLICATE, number=2, by=carla, at=AT)

    assert taken == 2
    assert Signature.objects.count() == 3
    assert CountEntry.objects.filter(kind="VOID", reason="DUPLICATE", country="FR").count() == 2
    assert JournalEntry.objects.get(deed="signature.taken-out").subject == "trial: 2"


def test_taking_out_leaves_held_ones_to_their_own_decision(carla):
    edition = an_edition()
    come(edition, 6)
    hold_surges(edition=edition, at=AT)

    with pytest.raises(NumberChanged):
        take_out(
            edition=edition,
            traits={**ANYTHING, "country": "KR"},
            reason=CountEntry.Reason.FRAUD,
            number=6,
            by=carla,
            at=AT,
        )


def test_one_surge_has_one_open_hold():
    edition = an_edition()
    come(edition, 6)
    hold_surges(edition=edition, at=AT)
    come(edition, 6, first=20)
    hold_surges(edition=edition, at=AT + timedelta(hours=1))

    assert Hold.objects.filter(kind="DOMAIN", value="flood.example", state="OPEN").count() == 1
