"""The page of a letter says which copies could not say everything as they should."""

import pytest
from desk_sample import carla, city, client_of, edition, letter

from tongmun.missions.models import HeadOfMission

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return carla()


def page_of(user, language: str) -> str:
    return " ".join(client_of(user).get(f"/desk/rivers/letter/{language}/").content.decode().split())


def test_copy_without_a_fitting_form_is_named_with_its_mission(user):
    rivers = edition()
    city(rivers, 1)
    city(rivers, 2, is_known=False)
    letter(rivers, user, "ar")

    page = page_of(user, "ar")

    assert "Before copies are handed over" in page
    assert (
        "<li> <bdi>City 1: embassy</bdi> <ul> <li>The sending state has no name in Arabic: it stands in another "
        "language.</li> <li>Arabic has a form of address for a woman and one for a man, and nobody has recorded which "
        "is right for this head of mission (ambassador): the office is addressed.</li> </ul> </li>"
    ) in page
    assert "<bdi>City 2: embassy</bdi> <ul> <li>The sending state has no name in Arabic" in page


def test_copies_that_say_everything_are_not_named(user):
    rivers = edition()
    city(rivers, 1)
    letter(rivers, user)

    page = page_of(user, "en")

    assert "could not say everything" not in page
    assert "forms of address in this language have been checked by no native reader" in page


def test_rank_that_has_no_form_is_named(user):
    rivers = edition()
    city(rivers, 1)
    HeadOfMission.objects.update(rank="nuncio")
    letter(rivers, user)

    assert (
        "English has no form of address for this head of mission (nuncio) at this kind of mission (embassy): the "
        "office is addressed."
    ) in page_of(user, "en")


@pytest.mark.parametrize("cities", [1, 5])
def test_letter_page_asks_the_database_as_often_for_five_cities_as_for_one(cities, user, django_assert_num_queries):
    rivers = edition()
    for number in range(cities):
        city(rivers, number)
    letter(rivers, user, "ko")
    client = client_of(user)

    with django_assert_num_queries(13):
        client.get("/desk/rivers/letter/ko/")
