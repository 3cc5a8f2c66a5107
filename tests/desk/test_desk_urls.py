"""docs/reference/desk-urls.md is true: who gets what at every address of the desk."""

import re
from pathlib import Path

import pytest
from desk_sample import (
    EVE,
    a_sign_on,
    account,
    an_import,
    call,
    carla,
    city,
    client_of,
    edition,
    letter,
    sheets_in_batch,
)
from django.urls import URLPattern, reverse
from django.utils import timezone

from tongmun.deliveries.actions.freeze import freeze_edition
from tongmun.desk.urls import urlpatterns
from tongmun.imports.models import Import
from tongmun.letters.models import Claim
from tongmun.people.actions.make_link import make_organiser_link
from tongmun.signons.models import SignOn

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "desk-urls.md"
WHO = ("nobody", "eve", "carla")
METHODS = ("get", "post")
ROW = re.compile(r"\| `(?P<address>[^`]*)` \| (?P<name>[a-z-]+) \|(?P<cells>.*)\|")


def table() -> dict[str, tuple[str, list[int]]]:
    rows = [match for match in map(ROW.fullmatch, PAGE.read_text(encoding="utf-8").splitlines()) if match]
    return {row["name"]: (row["address"], [int(cell) for cell in re.findall(r"\d{3}", row["cells"])]) for row in rows}


def address_of(pattern: URLPattern) -> str:
    secret = make_organiser_link(at=timezone.now())
    arguments = {
        "batch": 1,
        "claim": "claim-1",
        "freeze": 1,
        "city": "city-1",
        "mission": "xa-1",
        "sheet": 1,
        "secret": secret,
        "edition": "rivers",
        "language": "en",
        "sign_on": SignOn.objects.values_list("pk", flat=True).first(),
        "number": Import.objects.values_list("pk", flat=True).first(),
    }
    names = pattern.pattern.converters
    return reverse(f"desk:{pattern.name}", kwargs={name: arguments[name] for name in names})


@pytest.fixture
def desk(db):
    organiser = carla()
    rivers, today = edition(), timezone.now().date()
    edition("lakes")
    call(rivers)
    city(rivers, 1)
    version = letter(rivers, organiser)
    sheets_in_batch(rivers, version, 1)
    Claim.objects.create(
        edition=rivers, slug="claim-1", position=1, texts={"en": "Rivers are long."}, source="A map", checked_on=today
    )
    an_import(rivers, version, organiser)
    a_sign_on(rivers, version)
    freeze_edition(edition=rivers, despite_claims=False, by=organiser, at=timezone.now())
    return {"nobody": None, "eve": account(EVE, is_organiser=False), "carla": organiser}


def test_desk_urls_are_those_of_the_table():
    listed = {name: address for name, (address, _cells) in table().items()}

    assert listed == {pattern.name: f"/desk/{pattern.pattern}" for pattern in urlpatterns}


@pytest.mark.parametrize("pattern", urlpatterns, ids=lambda pattern: pattern.name)
def test_desk_url_answers_everybody_as_the_table_says(pattern, desk):
    expected = table()[pattern.name][1]

    answers = [
        getattr(client_of(desk[who]), method)(address_of(pattern)).status_code for who in WHO for method in METHODS
    ]

    assert answers == expected


@pytest.mark.parametrize("pattern", urlpatterns, ids=lambda pattern: pattern.name)
def test_desk_answer_is_kept_in_no_cache(pattern, desk):
    answers = [getattr(client_of(user), method)(address_of(pattern)) for user in desk.values() for method in METHODS]

    assert {answer.headers.get("Cache-Control") for answer in answers} == {"no-store"}


@pytest.mark.parametrize("who", ["nobody", "eve"])
def test_edition_is_named_to_nobody_but_organisers(who, desk):
    addresses = [address_of(pattern) for pattern in urlpatterns]

    pages = [client_of(desk[who]).get(address).content.decode() for address in addresses]

    assert "Day of the rivers" in client_of(desk["carla"]).get("/desk/").content.decode()
    assert not [page for page in pages if "Day of the rivers" in page or "Noon at the rivers" in page]
    assert not [page for page in pages if 'href="/desk/journal/"' in page]


def test_unknown_edition_is_not_found(desk):
    answer = client_of(desk["carla"]).get("/desk/mountains/")

    assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-store")


@pytest.mark.parametrize("page", ["call/fr", "letter/fr"])
def test_language_the_edition_does_not_speak_is_not_found(page, desk):
    answer = client_of(desk["carla"]).get(f"/desk/rivers/{page}/")

    assert answer.status_code == 404


def test_organiser_whose_account_was_closed_is_out_at_once(desk):
    client = client_of(desk["carla"])
    desk["carla"].is_active = False
    desk["carla"].save(update_fields=["is_active"])

    answer = client.get("/desk/rivers/")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/desk/sign-in/?next=/desk/rivers/")
