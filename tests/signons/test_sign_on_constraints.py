"""What the database itself refuses."""

import datetime as dt
import secrets

import pytest
from django.db import IntegrityError, transaction
from sign_on_steps import AT, a_letter, an_edition

from tongmun.campaigns.models import Organisation
from tongmun.signons.models import Deadline, Invitation, Logo, SignOn

pytestmark = pytest.mark.django_db


@pytest.fixture
def rivers():
    return an_edition()


@pytest.fixture
def make(rivers):
    letter = a_letter(rivers)
    friends = Organisation.objects.create(slug="river-friends", names={"en": "River Friends"})

    def make(**changes: object) -> SignOn:
        values = {
            "edition": rivers,
            "organisation": friends,
            "letter": letter,
            "state": "STANDING",
            "names": {"en": "River Friends"},
            "language": "en",
            "confirmed_on": AT.date(),
            "link_hash": secrets.token_bytes(32),
        }
        return SignOn.objects.create(**{**values, **changes})

    return make


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "LOST"},
        {"organisation": None},
        {"held_for": "FREE_MAIL"},
        {"state": "HELD", "address_box": b"box"},
        {"state": "HELD", "held_for": "FREE_MAIL"},
        {"address_box": b"box"},
        {"state": "REFUSED", "person_box": b"box"},
        {"state": "WITHDRAWN"},
        {"withdrawn_on": AT.date()},
        {"state": "WITHDRAWN", "withdrawn_on": AT.date() - dt.timedelta(days=1)},
        {"members": 5},
        {"members_as_of": AT.date()},
        {"members": 0, "members_as_of": AT.date()},
    ],
)
def test_sign_on_that_makes_no_sense_is_refused(changes, make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"state": "HELD", "held_for": "FREE_MAIL", "address_box": b"box", "organisation": None},
        {"state": "REFUSED", "organisation": None},
        {"state": "WITHDRAWN", "withdrawn_on": AT.date()},
        {"members": 5, "members_as_of": AT.date(), "person_box": b"box"},
    ],
)
def test_sign_on_that_makes_sense_is_taken(changes, make):
    assert make(**changes).pk


def test_organisation_stands_once_in_an_edition(make):
    make()
    make(state="WITHDRAWN", withdrawn_on=AT.date())

    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_domain_vouches_for_one_organisation_in_an_edition(make):
    other = Organisation.objects.create(slug="lake-friends", names={"en": "Lake Friends"})
    third = Organisation.objects.create(slug="sea-friends", names={"en": "Sea Friends"})
    make(domain="rivers.example")
    make(domain="", organisation=third)

    with pytest.raises(IntegrityError), transaction.atomic():
        make(domain="rivers.example", organisation=other)
    make(domain="", organisation=other)


def test_invitation_needs_an_address_and_names_only_whom_the_desk_means(rivers):
    friends = Organisation.objects.create(slug="river-friends", names={"en": "River Friends"})

    def make(**changes: object) -> Invitation:
        values = {
            "edition": rivers,
            "is_from_desk": True,
            "language": "en",
            "link_hash": secrets.token_bytes(32),
            "mailbox": secrets.token_bytes(16),
            "box": b"box",
            "expires_on": AT.date(),
        }
        return Invitation.objects.create(**{**values, **changes})

    for wrong in ({"box": b""}, {"is_from_desk": False, "organisation": friends}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make(**wrong)
    make(organisation=friends, mailbox=b"a" * 16)
    with pytest.raises(IntegrityError), transaction.atomic():
        make(mailbox=b"a" * 16)


def test_deadline_has_a_zone_and_a_logo_a_picture(rivers, make):
    made = make()

    with pytest.raises(IntegrityError), transaction.atomic():
        Deadline.objects.create(edition=rivers, day=AT.date(), time=dt.time(12), zone="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Logo.objects.create(sign_on=made, picture=b"")
