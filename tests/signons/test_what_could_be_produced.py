"""What a court or a thief would get of those who sign on for organisations."""

import datetime as dt
import threading

import pytest
from django.apps import apps
from django.db import models
from sign_on_steps import AT, MINA, a_letter, an_edition, asked, last_secret, signed

from tongmun.config.rewriting import PERSONAL
from tongmun.config.seizure import holdings, seizure_table
from tongmun.config.worker import _erase
from tongmun.signons.actions.withdraw import withdraw
from tongmun.signons.drill import drill_sign_ons
from tongmun.signons.models import Invitation

pytestmark = pytest.mark.django_db


@pytest.fixture
def rivers():
    return an_edition()


def test_drill_finds_a_link_a_sign_on_that_waits_and_one_by_its_domain(rivers):
    letter = a_letter(rivers)
    asked(rivers, "office@lakes.example")
    signed(rivers, letter, "Waiting", address="mina@gmail.com")
    signed(rivers, letter, "Standing", address="mina@rivers.example")
    who = f"rivers: {MINA.name}, {MINA.position}, {MINA.authority}"

    assert drill_sign_ons("Office@lakes.example", editions=[rivers]) == {"link to sign on": "rivers, until 2027-08-13"}
    assert drill_sign_ons("m.i.n.a@gmail.com", editions=[rivers]) == {"sign-on that waits": who}
    assert drill_sign_ons("anybody@rivers.example", editions=[rivers]) == {"sign-ons from its domain": who}
    assert drill_sign_ons("suzie@gmail.com", editions=[rivers]) == {}
    assert drill_sign_ons("office@lakes.example", editions=[]) == {}


def test_drill_finds_nobody_once_a_sign_on_is_withdrawn(rivers):
    signed(rivers, a_letter(rivers), address="mina@rivers.example")

    withdraw(secret=last_secret(), at=AT)

    assert drill_sign_ons("mina@rivers.example", editions=[rivers]) == {}


def test_seizure_names_addresses_and_who_confirmed(rivers):
    letter = a_letter(rivers)
    asked(rivers, "office@lakes.example")
    signed(rivers, letter, "Waiting", address="mina@gmail.com")
    signed(rivers, letter, "Standing", address="mina@rivers.example")

    row = next(row for row in seizure_table(holdings(at=AT)) if row.who == "database and keys")

    assert "2 who confirmed for organisations" in row.private_names
    assert "2 of organisations that were sent a link or wait" in row.addresses


@pytest.mark.django_db(transaction=True)
def test_worker_erases_links_that_nobody_has_used():
    asked(an_edition(), "office@lakes.example")

    _erase(AT + dt.timedelta(days=2), threading.Event())
    assert Invitation.objects.exists()
    _erase(AT + dt.timedelta(days=3), threading.Event())

    assert not Invitation.objects.exists()


def test_every_table_with_a_box_is_written_anew_on_postgresql():
    rooms = [apps.get_app_config(room) for room in ("signons", "signatures", "outbox")]
    boxed = {
        model
        for room in rooms
        for model in room.get_models()
        if any(isinstance(field, models.BinaryField) and "box" in field.name for field in model._meta.get_fields())
    }

    assert len(boxed) == 5
    assert boxed <= set(PERSONAL)
