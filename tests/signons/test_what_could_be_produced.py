"""What a court or a thief would get of those who sign on for organisations."""

import pytest
from sign_on_steps import AT, MINA, a_letter, an_edition, asked, last_secret, signed

from tongmun.config.seizure import holdings, seizure_table
from tongmun.signons.actions.withdraw import withdraw
from tongmun.signons.drill import drill_sign_ons

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
