"""Freezing and packets at the desk: what is left out and why, the button, the downloads; the public has none."""

import io
import re
import zipfile

import pytest
from desk_sample import AT, account, carla, city, client_of, edition, letter, translation
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tongmun.deliveries.actions.freeze import freeze_edition
from tongmun.deliveries.models import Freeze
from tongmun.kit.packets import found_wrong
from tongmun.letters.models import Claim
from tongmun.missions.models import Premises

pytestmark = pytest.mark.django_db

PAGE = "/desk/rivers/packets/"


@pytest.fixture(autouse=True)
def some_day(time_machine_at, settings, tmp_path):
    settings.KEYS = tmp_path / "keys"
    with time_machine_at(AT):
        yield


@pytest.fixture
def user():
    return carla()


@pytest.fixture
def client(user):
    return client_of(user)


@pytest.fixture
def rivers(user):
    made = edition()
    letter(made, user)
    city(made, 1)
    city(made, 2)
    return made


@pytest.fixture
def frozen(rivers, user) -> Freeze:
    return freeze_edition(edition=rivers, despite_claims=False, by=user, at=AT)


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def a_claim(of, **changes) -> Claim:
    return Claim.objects.create(edition=of, slug="f", position=1, texts={"en": "Many left."}, **changes)


def test_page_says_what_would_be_frozen_and_what_not(client, rivers):
    city(rivers, 3, is_known=False)
    Premises.objects.filter(mission__slug="xa-2").update(checked_on="2027-01-05")
    a_claim(rivers)

    page = text(client.get(PAGE))

    assert "1 mission, in these languages: English." in page
    assert (
        "Left out, because there is no letter in them that is up to date and can be addressed: Korean, Arabic." in page
    )
    assert "City 3: embassy</bdi></strong> Its address is not known." in page
    assert "City 2: embassy</bdi></strong> Address or head was checked too long ago." in page
    assert re.search("Last checked on .*5 January 2027", page)
    assert "Many left." in page


def test_freezing_leads_to_what_was_frozen(client, rivers):
    answer = client.post(PAGE, follow=True)

    assert answer.redirect_chain == [("/desk/rivers/packets/1/", 302)]
    assert "The edition is frozen." in text(answer)
    assert "City 2: embassy" in text(answer)
    assert "the one to carry" in text(client.get(PAGE))


def test_claims_have_to_be_accepted_beside_the_box(client, rivers):
    a_claim(rivers)

    refused = client.post(PAGE)
    assert "Give each claim a source first, or tick this box." in text(refused)
    assert not Freeze.objects.exists()

    assert client.post(PAGE, {"despite_claims": "on"}).status_code == 302
    assert "It was frozen although 1 claim was not settled." in text(client.get(f"{PAGE}1/"))


def test_nothing_to_freeze_is_said_and_refused(client, rivers):
    Premises.objects.all().delete()

    assert "Nothing can be frozen yet" in text(client.get(PAGE))
    assert client.post(PAGE).status_code == 200
    assert not Freeze.objects.exists()


def test_an_older_freeze_says_that_it_was_replaced(client, rivers, frozen):
    client.post(PAGE)

    assert "A later freeze has replaced this one" in text(client.get(f"{PAGE}1/"))
    assert "A later freeze has replaced this one" not in text(client.get(f"{PAGE}2/"))


def test_missions_that_were_left_out_are_named_with_the_reason(client, rivers):
    Premises.objects.filter(mission__slug="xa-2").delete()
    client.post(PAGE)

    assert "<bdi>City 2: embassy</bdi></strong> Its address is not known." in text(client.get(f"{PAGE}1/"))


@pytest.mark.parametrize(
    ("address", "name"),
    [("city/city-1", "rivers-1-city-1.zip"), ("mission/xa-1", "rivers-1-xa-1.zip"), ("all", "rivers-1-packets.zip")],
)
def test_each_download_is_a_sound_packet(address, name, client, frozen, tmp_path):
    answer = client.get(f"{PAGE}1/{address}.zip")

    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["Content-Type"] == "application/zip"
    (tmp_path / name).write_bytes(answer.content)
    assert found_wrong(tmp_path / name) == []


def test_all_packets_are_those_of_the_cities(client, frozen):
    whole = zipfile.ZipFile(io.BytesIO(client.get(f"{PAGE}1/all.zip").content))

    assert whole.namelist() == ["SHA256SUMS", "city-1.zip", "city-2.zip", "manifest.json"]
    assert whole.read("city-2.zip") == client.get(f"{PAGE}1/city/city-2.zip").content


@pytest.mark.parametrize("address", ["7/", "7/all.zip", "1/city/city-9.zip", "1/mission/xa-9.zip"])
def test_what_was_not_frozen_is_not_found(address, client, frozen):
    assert client.get(PAGE + address).status_code == 404


def test_a_freeze_of_another_edition_is_not_found(client, frozen):
    edition("lakes")

    assert client.get("/desk/lakes/packets/1/").status_code == 404


def test_a_packet_that_cannot_be_set_says_which_characters(client, rivers, user):
    translation(rivers, user, "ko", subject="བོད")
    client.post(PAGE)

    answer = client.get(f"{PAGE}1/city/city-1.zip", follow=True)

    assert "No font can draw these characters" in text(answer)


@pytest.mark.parametrize("address", ["", "1/", "1/all.zip", "1/city/city-1.zip", "1/mission/xa-1.zip"])
def test_nobody_but_an_organiser_gets_a_packet(address, frozen):
    eve = client_of(account("eve@example.org", is_organiser=False))

    assert Client().get(PAGE + address).status_code == 302
    assert eve.get(PAGE + address).status_code == 403


@pytest.mark.parametrize("address", ["", "1/"])
def test_pages_take_as_many_queries_for_many_missions_as_for_few(address, client, rivers, user):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(PAGE + address)
        return len(seen)

    freeze_edition(edition=rivers, despite_claims=False, by=user, at=AT)
    queries()
    few = queries()
    for number in range(3, 9):
        city(rivers, number)
    Freeze.objects.all().delete()
    freeze_edition(edition=rivers, despite_claims=False, by=user, at=AT)

    assert queries() == few
