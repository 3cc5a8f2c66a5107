"""Whose mission is whose: by consular district, then by country, then by distance, with the reason."""

import datetime as dt

import pytest
from tests.web.site import load_examples

from tongmun.campaigns.country_words import words_by_country
from tongmun.campaigns.models import City, Edition, EditionCity
from tongmun.campaigns.nearest import Reason, find_cities
from tongmun.campaigns.region_words import _rows, region_called, region_name
from tongmun.kit.text import searchable
from tongmun.missions.models import ConsularDistrict, Holiday, Mission


def a_place(slug, country, latitude, longitude):
    city = City(
        slug=slug, names={"en": slug.title()}, country=country, zone="UTC", latitude=latitude, longitude=longitude
    )
    return EditionCity(edition=Edition(slug="trial"), city=city)


PLACES = (
    a_place("seoul", "KR", 37.57, 126.98),
    a_place("tokyo", "JP", 35.69, 139.69),
    a_place("osaka", "JP", 34.69, 135.50),
    a_place("washington", "US", 38.91, -77.04),
    a_place("chicago", "US", 41.88, -87.63),
    a_place("houston", "US", 29.76, -95.37),
    a_place("paris", "FR", 48.86, 2.35),
)
DISTRICTS = {
    "washington": {"US"},
    "houston": {"US-TX", "US-FL"},
    "chicago": {"US-IL"},
    "tokyo": {"JP"},
    "paris": {"AD"},
}
D, W, C, K = Reason.DISTRICT, Reason.COUNTRY_IN_DISTRICT, Reason.COUNTRY, Reason.DISTANCE


def found(words, districts=None, language="en"):
    result = find_cities(PLACES, words, language, DISTRICTS if districts is None else districts)
    return [(place.city.slug, reason) for place, reason in zip(result.cities, result.reasons, strict=True)]


@pytest.mark.parametrize("words", ["Dallas", "Texas", "텍사스", "تكساس", "El Paso", "Miami", "Florida", "플로리다"])
def test_mission_whose_district_has_the_region_comes_first(words):
    assert found(words)[:2] == [("houston", D), ("washington", W)]


def test_region_nobody_claims_goes_to_the_mission_of_the_whole_country_then_to_the_nearest_there():
    assert found("Denver") == [("washington", W), ("houston", C), ("chicago", C)]
    assert found("Denver", {}) == [("houston", C), ("chicago", C), ("washington", C)]


def test_country_without_a_city_goes_to_the_mission_that_looks_after_it():
    assert found("Andorra")[0] == ("paris", D)
    assert found("Andorra", {})[0] == ("paris", K)


def test_own_country_comes_before_a_nearer_city_abroad():
    # Fukuoka lies nearer to Seoul than to Tokyo.
    assert found("Fukuoka", {}) == [("osaka", C), ("tokyo", C), ("seoul", K)]


def test_district_comes_before_country_and_distance():
    assert found("Fukuoka", {"tokyo": {"JP-40"}, "seoul": {"JP"}})[:3] == [("tokyo", D), ("seoul", W), ("osaka", C)]


def test_two_missions_that_claim_one_region_are_both_given():
    result = find_cities(PLACES, "Dallas", "en", {**DISTRICTS, "chicago": {"US-TX"}, "paris": {"US-TX"}})

    assert result.claims == 3
    assert [place.city.slug for place in result.cities] == ["houston", "chicago", "paris", "washington"]


def test_coordinates_have_no_district():
    assert {reason for _slug, reason in found("32.8, -96.8")} == {K}


def test_city_on_the_list_is_found_by_its_name_whatever_the_districts():
    result = find_cities(PLACES, "Chicago", "en", {"houston": {"US-IL"}})

    assert ([place.city.slug for place in result.cities], result.reasons, result.near) == (["chicago"], (), None)


def test_region_is_measured_from_its_largest_known_city():
    near = find_cities(PLACES, "California", "en", {}).near
    rough = find_cities(PLACES, "Wyoming", "en", {}).near

    assert (near.name, near.region, near.is_rough, round(near.longitude)) == ("California", "US-CA", False, -118)
    assert (rough.name, rough.region, rough.is_rough) == ("Wyoming", "US-WY", True)


def test_regions_are_codes_with_names_that_no_country_has():
    for code, row in _rows().items():
        assert len(code) <= 6
        assert all(row[language] for language in ("en", "ko", "ar", "cities"))
        assert region_called(searchable(row["en"])) == code
        for language in ("en", "ko", "ar"):
            names = {searchable(name) for name in row[language].split(";")}
            for country, words in words_by_country().items():
                assert country == code[:2] or not names & words, (code, country)


def test_region_without_a_name_is_shown_as_its_code():
    assert [region_name(code, "ko") for code in ("KR-26", "KR", "BR-SP")] == ["부산", "대한민국", "BR-SP"]


@pytest.fixture
def edition(db):
    load_examples()
    return Edition.objects.get(slug="coming")


def claim(slug, region, **dates):
    mission = Mission.objects.get(slug=slug)
    return ConsularDistrict.objects.create(mission=mission, region=region, **dates)


def test_page_says_why_a_city_is_offered(edition, client):
    claim("prc-chicago", "US-TX")
    claim("prc-los-angeles", "US-TX", valid_to=edition.day)

    page = client.get("/en/coming/cities/?q=Dallas").content.decode()

    assert "The city whose mission looks after it stands first." in page
    assert page.count("Dallas is in the consular district of the mission here.") == 1
    assert "In the same country." in page


def test_page_says_when_two_missions_claim_one_place(edition, client):
    claim("prc-chicago", "US-TX")
    claim("prc-los-angeles", "US-TX", valid_from=edition.day)

    page = client.get("/en/coming/cities/?q=Dallas").content.decode()

    assert "More than one mission says that Dallas is in its consular district." in page
    assert page.count("Dallas is in the consular district of the mission here.") == 2


def test_city_page_shows_the_district_and_warns_of_a_holiday(edition, client):
    mission = Mission.objects.get(slug="prc-seoul")
    claim("prc-seoul", "KR-11")
    quiet = client.get("/en/coming/cities/seoul/").content.decode()
    Holiday.objects.create(state="CN", day=edition.day + dt.timedelta(days=400), names={"en": "Another day"})
    for day in {edition.day, *edition.campaign.editions.values_list("day", flat=True)}:
        Holiday.objects.create(state=mission.receiving, day=day, names={"en": "Day of rest"})

    page = client.get("/en/coming/cities/seoul/").content.decode()

    assert "Its consular district: Seoul." in page
    assert "Day of rest" in page
    assert "Another day" not in page
    assert "It may be closed" not in quiet
