"""The link that opens the desk: once, for two days, and for one person even when two are quick."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.db import connection

from tongmun.kit.sealing import link_hash
from tongmun.people.actions.make_link import make_organiser_link
from tongmun.people.actions.redeem_link import UnknownLink, find_link, redeem_organiser_link
from tongmun.people.models import JournalEntry, OrganiserLink, User

AT = datetime(2027, 9, 1, 10, tzinfo=UTC)
PASSWORD = "seven slow circular letters"


def redeem(secret: str, *, email: str = "carla@example.org", at: datetime = AT, **changes: str) -> User:
    given = {"name": "Carla", "password": PASSWORD} | changes
    return redeem_organiser_link(secret=secret, email=email, at=at, **given)


@pytest.mark.django_db
def test_a_link_makes_an_organiser_who_can_sign_in():
    user = redeem(make_organiser_link(at=AT))

    kept = User.objects.get()
    assert (kept, kept.email, kept.name) == (user, "carla@example.org", "Carla")
    assert kept.is_organiser
    assert kept.is_active
    assert kept.check_password(PASSWORD)


@pytest.mark.django_db
def test_only_the_hash_of_a_link_is_kept():
    secret = make_organiser_link(at=AT)

    link = OrganiserLink.objects.get()
    assert secret.encode() not in bytes(link.secret_hash)
    assert len(bytes(link.secret_hash)) == 32
    assert find_link(secret=secret, at=AT) == link


@pytest.mark.django_db
def test_a_link_lasts_as_long_as_it_was_made_for():
    short = make_organiser_link(at=AT, lasts=timedelta(hours=1))
    with pytest.raises(UnknownLink):
        redeem(short, at=AT + timedelta(hours=1))

    usual = make_organiser_link(at=AT)
    with pytest.raises(UnknownLink):
        redeem(usual, at=AT + timedelta(hours=48))
    redeem(usual, at=AT + timedelta(hours=47, minutes=59))

    assert User.objects.count() == 1


@pytest.mark.django_db
def test_used_expired_and_invented_links_are_refused_alike_and_change_nothing():
    used = make_organiser_link(at=AT)
    redeem(used)
    expired = make_organiser_link(at=AT - timedelta(days=3))

    for secret in (used, expired, "invented", ""):
        with pytest.raises(UnknownLink) as refused:
            redeem(secret, email="eve@example.org", password="another password of eve")
        assert str(refused.value) == ""

    assert [user.email for user in User.objects.all()] == ["carla@example.org"]


@pytest.mark.django_db
def test_an_existing_account_gets_the_new_password_whatever_the_case_of_its_address():
    before = User.objects.create(email="Carla@example.org", name="Carla", is_active=False)

    redeem(make_organiser_link(at=AT), email="carla@example.org", name="")

    after = User.objects.get()
    assert (after.pk, after.email, after.name) == (before.pk, "Carla@example.org", "Carla")
    assert after.is_organiser
    assert after.is_active
    assert after.check_password(PASSWORD)


@pytest.mark.django_db
def test_making_and_using_a_link_are_written_down_without_the_address():
    user = redeem(make_organiser_link(at=AT), at=AT + timedelta(minutes=5))

    made, used = JournalEntry.objects.order_by("pk")
    assert (made.deed, made.by, made.at) == ("organiser-link.made", None, AT)
    assert (used.deed, used.by, used.at) == ("organiser-link.used", user, AT + timedelta(minutes=5))
    assert "carla" not in f"{made} {used}".lower()
    link = OrganiserLink.objects.get()
    assert (link.used_by, link.used_at) == (user, AT + timedelta(minutes=5))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("emails", [["carla@example.org"] * 2, ["carla@example.org", "eve@example.org"]])
def test_of_two_who_use_one_link_at_once_one_gets_in(emails):
    for _ in range(5):
        secret = make_organiser_link(at=AT)
        User.objects.exclude(pk__in=OrganiserLink.objects.values("used_by")).delete()
        known = User.objects.count()

        outcomes = at_once([partial(redeem, secret, email=email) for email in emails])

        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["UnknownLink", "User"]
        assert User.objects.count() <= known + 1


@pytest.mark.django_db
def test_only_the_newest_link_works():
    earlier = [make_organiser_link(at=AT) for _ in range(3)]
    newest = make_organiser_link(at=AT + timedelta(minutes=1))

    for secret in earlier:
        with pytest.raises(UnknownLink):
            redeem(secret, email="eve@example.org", at=AT + timedelta(minutes=2))
    redeem(newest, at=AT + timedelta(minutes=2))

    assert [user.email for user in User.objects.all()] == ["carla@example.org"]


@pytest.mark.django_db
def test_opening_the_desk_ends_every_other_link_but_keeps_what_was_used():
    first = redeem(make_organiser_link(at=AT))
    second = make_organiser_link(at=AT)
    # As two servers may do that start at the same moment.
    OrganiserLink.objects.create(secret_hash=link_hash("left over"), made_at=AT, expires_at=AT + timedelta(hours=48))

    redeem(second)

    with pytest.raises(UnknownLink):
        find_link(secret="left over", at=AT)
    assert [link.used_by for link in OrganiserLink.objects.all()] == [first, first]


def at_once(deeds: list[Callable[[], User]]) -> list[User | UnknownLink]:
    """Do all of them in threads that start together; gives what each returned, or that it was refused."""
    start = threading.Barrier(len(deeds))

    def do(deed: Callable[[], User]) -> User | UnknownLink:
        try:
            start.wait()
            return deed()
        except UnknownLink as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))
