from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.web.site import load_examples

from tongmun.campaigns.models import City, Edition, EditionCity
from tongmun.campaigns.nearest import KnownPlace, _distance, _gazetteer, _large_cities, distance_km, find_cities
from tongmun.campaigns.queries import cities_by_instant, coalition_of, news_of

SEOUL = {"en": "Seoul", "ko": "서울", "ar": "سيول"}
LANGUAGES = ("en", "ko", "ar")


def a_place(slug, names, country, latitude, longitude):
    city = City(slug=slug, names=names, country=country, zone="UTC", latitude=latitude, longitude=longitude)
    return EditionCity(edition=Edition(slug="trial"), city=city)


PLACES = (
    a_place("seoul", SEOUL, "KR", 37.5667, 126.9783),
    a_place("tokyo", {"en": "Tokyo", "ko": "도쿄", "ar": "طوكيو"}, "JP", 35.6895, 139.6917),
    a_place("osaka", {"en": "Osaka", "ko": "오사카"}, "JP", 34.6937, 135.5022),
    a_place("paris", {"en": "Paris", "ko": "파리", "ar": "باريس"}, "FR", 48.8566, 2.3522),
    a_place("reykjavik", {"en": "Reykjavík"}, "IS", 64.1466, -21.9426),
    a_place("suva", {"en": "Suva"}, "FJ", -18.1416, 178.4419),
    a_place("st-johns", {"en": "St. John's, Newfoundland"}, "CA", 47.5615, -52.7126),
    a_place("nukualofa", {"en": "Nukuʻalofa"}, "TO", -21.1393, -175.2049),
)


def spots_of_countries():
    """Give the positions the tz database has for each country."""
    spots = defaultdict(list)
    for _names, place in _gazetteer("en"):
        spots[place.country].append((place.latitude, place.longitude))
    return spots


SPOTS = spots_of_countries()


def slugs(words, language="en"):
    return [place.city.slug for place in find_cities(PLACES, words, language).cities]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", ["Seoul", "서울", "سيول", "  seoul ", "SEOUL", "Ｓｅｏｕｌ", "Seo"])
def test_city_is_found_by_each_of_its_names_in_any_writing(words, language):
    found = find_cities(PLACES, words, language)

    assert [place.city.slug for place in found.cities] == ["seoul"]
    assert found.near is None


@pytest.mark.parametrize(("words", "slug"), [("reykjavik", "reykjavik"), ("Reykjavík", "reykjavik"), ("파리", "paris")])
def test_city_is_found_without_its_accents(words, slug):
    assert slugs(words) == [slug]


@pytest.mark.parametrize(
    ("words", "language", "expected"),
    [("Japan", "en", ["tokyo", "osaka"]), ("일본", "ko", ["tokyo", "osaka"]), ("فرنسا", "ar", ["paris"])],
)
def test_country_gives_all_of_its_cities(words, language, expected):
    assert slugs(words, language) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("nukualofa", "nukualofa"),
        ("Nukuʻalofa", "nukualofa"),
        ("nuku'alofa", "nukualofa"),
        ("st johns", "st-johns"),
        ("St. John's", "st-johns"),
        ("St John’s, Newfoundland", "st-johns"),
        ("newfound", "st-johns"),
    ],
)
def test_city_is_found_by_what_people_type_for_its_name(words, expected):
    assert slugs(words) == [expected]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("korea", ["seoul"]),
        ("한국", ["seoul"]),
        ("South Korea", ["seoul"]),
        ("كوريا", ["seoul"]),
        ("iceland", ["reykjavik"]),
        ("일본", ["tokyo", "osaka"]),
        ("Jap", ["tokyo", "osaka"]),
    ],
)
def test_country_is_found_by_its_common_names_in_any_language_of_the_page(words, expected, language):
    assert slugs(words, language) == expected


@pytest.mark.parametrize(("words", "slug"), [("UK", "nukualofa"), ("aris", "paris"), ("울", "seoul"), ("yo", "osaka")])
def test_words_are_not_found_in_the_middle_of_a_name(words, slug):
    found = find_cities(PLACES, words, "en")

    assert found.near or not found.is_known or slug not in [place.city.slug for place in found.cities]


def test_country_without_a_city_is_not_taken_for_one_of_its_cities():
    country, city = find_cities(PLACES, "중국", "ko").near, find_cities(PLACES, "상하이", "ko").near

    assert (country.name, country.is_country) == ("중국", True)
    assert (city.name, city.is_country) == ("상하이", False)


@pytest.mark.parametrize(
    ("words", "language", "name", "first"),
    [
        ("Pyongyang", "en", "Pyongyang", "seoul"),
        ("평양", "ko", "평양", "seoul"),
        ("london", "en", "London", "paris"),
        ("New York", "en", "New York", "st-johns"),
        ("Auckland", "en", "Auckland", "nukualofa"),
        ("Germany", "en", "Germany", "paris"),
        ("UK", "en", "United Kingdom", "paris"),
        ("England", "ko", "영국", "paris"),
        ("America", "en", "United States", "st-johns"),
        ("북한", "ko", "북한", "seoul"),
        ("DPRK", "ar", "كوريا الشمالية", "seoul"),
        ("중국", "ko", "중국", "seoul"),
        ("China", "ar", "الصين", "seoul"),
        ("لندن", "ar", "لندن", "paris"),
        ("Busan", "en", "Busan", "seoul"),
        ("부산", "ko", "부산", "seoul"),
        ("بوسان", "ar", "بوسان", "seoul"),
    ],
)
def test_place_that_is_not_on_the_list_gives_the_three_nearest(words, language, name, first):
    found = find_cities(PLACES, words, language)

    assert found.near
    assert found.near.name == name
    assert len(found.cities) == 3
    assert found.cities[0].city.slug == first


@pytest.mark.parametrize("words", ["35.18, 129.08", "35.18,129.08", "+35.18 129.08", "35.18; 129.08", "٣٥.١٨, ١٢٩.٠٨"])
def test_coordinates_give_the_three_nearest(words):
    assert slugs(words) == ["seoul", "osaka", "tokyo"]


@pytest.mark.parametrize("words", ["91, 0", "0, 181", "-90.01, 0", "1e5, 2", "35.18", "nan, nan", "infinity, 0"])
def test_coordinates_off_the_earth_are_not_known(words):
    assert not find_cities(PLACES, words, "en").is_known


def test_distance_goes_over_the_date_line():
    suva, nukualofa = PLACES[5], PLACES[-1]
    near = KnownPlace("Nukuʻalofa", "TO", nukualofa.city.latitude, nukualofa.city.longitude)

    # 754 km along the great circle, by the geodesic on WGS 84.
    assert distance_km(suva, near) == pytest.approx(750, abs=10)
    assert distance_km(nukualofa, near) == 0


@pytest.mark.parametrize("words", ["Nowhere in particular", "xyzzy", "??", "서울서울", "🕯"])
def test_nonsense_is_said_to_be_unknown_and_gives_every_city(words):
    found = find_cities(PLACES, words, "en")

    assert (found.cities, found.near, found.is_known) == (PLACES, None, False)


@pytest.mark.parametrize("words", ["", "   ", "\u3000"])
def test_no_words_give_every_city(words):
    found = find_cities(PLACES, words, "ko")

    assert (found.cities, found.is_known) == (PLACES, True)


@given(words=st.text(st.characters(), max_size=200), language=st.sampled_from(LANGUAGES))
def test_any_words_are_answered(words, language):
    assert set(slugs(words, language)) <= {place.city.slug for place in PLACES}


@given(latitude=st.floats(-90, 90), longitude=st.floats(-180, 180))
def test_every_point_on_earth_has_a_nearest_city(latitude, longitude):
    words = f"{latitude:.4f}, {longitude:.4f}"

    found = find_cities(PLACES, words, "en")

    assert len(found.cities) == 3
    distances = [distance_km(place, found.near) for place in found.cities]
    assert distances == sorted(distances)
    assert 0 <= distances[0] <= 20_020


def test_large_cities_are_named_in_three_languages_and_lie_in_their_country():
    rows = _large_cities()

    names = [name for row in rows for name in row[3].values()]
    assert len(rows) > 100
    assert all(names)
    assert len(set(names)) == len(names)
    for country, latitude, longitude, of in rows:
        assert set(of) == set(LANGUAGES)
        # 2,600 km is as far as a city here is from the place after which the tz database names its country's zones.
        assert min(_km(latitude, longitude, *spot) for spot in SPOTS[country]) < 2_600, of["en"]


def _km(latitude, longitude, *other):
    return _distance(a_place("here", {}, "", latitude, longitude), KnownPlace("there", "", *other))


@pytest.mark.django_db
def test_cities_stand_in_the_order_in_which_noon_reaches_them():
    load_examples()

    places = cities_by_instant(Edition.objects.get(slug="coming"))

    instants = [place.starts_at() for place in places]
    assert instants == sorted(instants)
    assert len(places) == 41
    assert (places[0].city.slug, places[-1].city.slug) == ("nukualofa", "honolulu")


@pytest.mark.django_db
def test_coalition_is_in_the_order_of_the_slugs_and_news_the_newest_first():
    load_examples()
    edition = Edition.objects.get(slug="coming")

    names = [one.organisation.slug for one in coalition_of(edition)]
    days = [post.published_on for post in news_of(edition, "ko")]

    assert names == sorted(names)
    assert days == sorted(days, reverse=True)
    assert {post.language for post in news_of(edition, "ko")} == {"ko"}
    assert news_of(edition, "fr") == []
