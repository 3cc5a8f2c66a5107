"""Finding one's way to a city: by its name, else the city of the mission whose consular district one lives in."""

import csv
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache
from importlib import resources
from math import asin, cos, radians, sin, sqrt

from babel import Locale
from babel.dates import get_timezone_location

from tongmun.campaigns.country_words import countries_called, country_name, words_by_country
from tongmun.campaigns.models import EditionCity
from tongmun.campaigns.region_words import cities_of_region, region_called, region_name
from tongmun.kit.text import in_language, searchable

NORTH_POLE, DATE_LINE = 90, 180
EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG
NEAREST = 3
_COORDINATES = re.compile(r"\s*([+-]?\d{1,2}(?:\.\d+)?)\s*[,;\s]\s*([+-]?\d{1,3}(?:\.\d+)?)\s*")
_ISO_6709 = re.compile(r"([+-])(\d{2})(\d{2})(\d{2})?([+-])(\d{3})(\d{2})(\d{2})?")


@dataclass(frozen=True)
class KnownPlace:
    """A place that is not in the edition but has a name and coordinates: a city that names an IANA zone, or a country.

    A country is measured from the first of its cities in the tz database. `region` is the part of the country that it
    lies in, by ISO 3166-2, where data/regions.csv has it.
    """

    name: str
    country: str
    latitude: float
    longitude: float
    is_country: bool = False
    region: str = ""
    # Distances from it mean little: it stands for something larger.
    is_rough: bool = False


class Reason(IntEnum):
    """Why a city is offered to somebody from another place, the best reason first."""

    DISTRICT = 1
    COUNTRY_IN_DISTRICT = 2
    COUNTRY = 3
    DISTANCE = 4


@dataclass(frozen=True)
class Found:
    """What a search gives: the cities, and where they were measured from (None when they matched by name).

    `reasons` are those of the cities, in their order, when they were measured. When the place is not known all cities
    are given, so that nobody is left with an empty page.
    """

    cities: tuple[EditionCity, ...]
    near: KnownPlace | None = None
    is_known: bool = True
    reasons: tuple[Reason, ...] = ()

    @property
    def claims(self) -> int:
        """The number of cities whose missions say that they look after the very place."""
        return self.reasons.count(Reason.DISTRICT)


def find_cities(
    places: Sequence[EditionCity], words: str, language: str, districts: Mapping[str, Collection[str]] | None = None
) -> Found:
    """Find cities by name or country in any language of the site; else at least three for the place that is named.

    Those come first whose mission has the place in its consular district, by its part of the country before the whole
    country; then those in its country, then the nearest. `districts` are codes of ISO 3166 by the slug of the city.

    Whole words are looked for first, then the beginnings of words, so that "UK" is neither Ukraine nor in Nukuʻalofa.
    Places known beside the edition's own are countries, the large cities of data/large_cities.csv, the cities of the
    tz database, by their CLDR names, the regions and cities of data/regions.csv, and coordinates as "35.18, 129.08".
    """
    if not words.strip():
        return Found(tuple(places))
    wanted = searchable(words)
    own = _named(places, wanted) if wanted else ()
    if own:
        return Found(own)
    near = _coordinates(words) or _place(words, wanted, language)
    if near is None:
        begun = _begun(places, wanted) if wanted else ()
        return Found(begun) if begun else Found(tuple(places), is_known=False)
    return _ranked(places, near, districts or {})


def _place(words: str, wanted: str, language: str) -> KnownPlace | None:
    """Give the place of this name, and the region it lies in where that is known."""
    region = region_called(wanted)
    known = large_city(words, language) or _known(wanted, language)
    if known is None:
        return _region(region, language) if region else None
    return replace(known, region=region) if region.startswith(f"{known.country}-") and not known.is_country else known


def _region(code: str, language: str) -> KnownPlace | None:
    """Give a part of a country at the first of its cities that is known, else at its country."""
    cities = (large_city(name, language) or _known(searchable(name), language) for name in cities_of_region(code))
    inside = next((city for city in cities if city and city.country == code[:2]), None)
    place = inside or _country(code[:2], _gazetteer(language), language)
    return place and replace(
        place, name=region_name(code, language), is_country=False, is_rough=inside is None, region=code
    )


def _ranked(places: Sequence[EditionCity], near: KnownPlace, districts: Mapping[str, Collection[str]]) -> Found:
    ranked = sorted(
        ((_reason(place, near, districts.get(place.city.slug, ())), _distance(place, near), place) for place in places),
        key=lambda one: one[:2],
    )
    claimed = sum(reason <= Reason.COUNTRY_IN_DISTRICT for reason, _km, _place in ranked)
    first = ranked[: max(NEAREST, claimed)]
    return Found(tuple(place for _reason, _km, place in first), near, reasons=tuple(reason for reason, _km, _ in first))


def _reason(place: EditionCity, near: KnownPlace, regions: Collection[str]) -> Reason:
    if (near.region or near.country) and (near.region or near.country) in regions:
        return Reason.DISTRICT
    if near.country and near.country in regions:
        return Reason.COUNTRY_IN_DISTRICT
    return Reason.COUNTRY if near.country and near.country == place.city.country else Reason.DISTANCE


def distance_km(place: EditionCity, near: KnownPlace) -> int:
    """Give the great-circle distance in kilometres, rounded to ten."""
    return round(_distance(place, near) / 10) * 10


def _named(places: Sequence[EditionCity], wanted: str) -> tuple[EditionCity, ...]:
    """Give the cities in whose name, or whose country's, the words stand whole."""
    countries = countries_called(wanted)
    return tuple(
        place
        for place in places
        if place.city.country in countries or any(f" {wanted} " in f" {name} " for name in _names_of_city(place))
    )


def _begun(places: Sequence[EditionCity], wanted: str) -> tuple[EditionCity, ...]:
    """Give the cities in whose name, or whose country's, the words begin one."""
    return tuple(
        place
        for place in places
        if any(
            f" {wanted}" in f" {name}"
            for name in (*_names_of_city(place), *words_by_country().get(place.city.country, ()))
        )
    )


def _names_of_city(place: EditionCity) -> list[str]:
    return [searchable(name) for name in (*place.city.names.values(), place.city.slug)]


def _coordinates(words: str) -> KnownPlace | None:
    match = _COORDINATES.fullmatch(words)
    if not match:
        return None
    latitude, longitude = float(match[1]), float(match[2])
    if abs(latitude) > NORTH_POLE or abs(longitude) > DATE_LINE:
        return None
    return KnownPlace(words.strip(), "", latitude, longitude)


def large_city(words: str, language: str) -> KnownPlace | None:
    """Give the city of data/large_cities.csv that has this name in one of its languages."""
    found = _large_cities_by_name().get(searchable(words))
    if found is None:
        return None
    country, latitude, longitude, names = found
    return KnownPlace(in_language(names, language), country, latitude, longitude)


@cache
def _large_cities_by_name() -> dict[str, tuple[str, float, float, dict[str, str]]]:
    rows = reversed(_large_cities())  # of two cities with one name the first in the file is meant
    return {searchable(name): row for row in rows for name in row[3].values()}


@cache
def _large_cities() -> list[tuple[str, float, float, dict[str, str]]]:
    """Read the cities whose zone the tz database names after another city; positions to a hundredth of a degree."""
    table = resources.files(__package__).joinpath("data/large_cities.csv").read_text("utf-8")
    return [
        (row.pop("country"), float(row.pop("latitude")), float(row.pop("longitude")), row)
        for row in csv.DictReader(table.splitlines())
    ]


def _known(wanted: str, language: str) -> KnownPlace | None:
    # A city before a country of the same name.
    rows = _gazetteer(language)
    cities = (place for names, place in rows if wanted in names)
    countries = (_country(code, rows, language) for code in countries_called(wanted))
    return next(cities, None) or next(filter(None, countries), None)


def _country(code: str, rows: Sequence[tuple[frozenset[str], KnownPlace]], language: str) -> KnownPlace | None:
    """Give a country at the first city the tz database lists for it; None for one without a zone of its own."""
    for _names, place in rows:
        if place.country == code:
            return replace(place, name=country_name(code, language), is_country=True, is_rough=True)
    return None


@cache
def _gazetteer(language: str) -> list[tuple[frozenset[str], KnownPlace]]:
    locale = Locale.parse(language, sep="-")
    rows = []
    table = resources.files("tzdata").joinpath("zoneinfo/zone.tab").read_text("utf-8")
    for line in table.splitlines():
        if line.startswith("#"):
            continue
        country, position, zone = line.split("\t")[:3]
        english = zone.rsplit("/", 1)[-1].replace("_", " ")
        local = get_timezone_location(zone, locale=locale, return_city=True)
        place = KnownPlace(local or english, country, *_degrees(position))
        rows.append((frozenset({searchable(local), searchable(english)}), place))
    return rows


def _degrees(position: str) -> tuple[float, float]:
    match = _ISO_6709.fullmatch(position)
    if not match:
        raise ValueError(position)
    one, two = (
        (-1 if sign == "-" else 1) * (int(degrees) + int(minutes) / 60 + int(seconds or 0) / 3600)
        for sign, degrees, minutes, seconds in (match.group(1, 2, 3, 4), match.group(5, 6, 7, 8))
    )
    return one, two


def _distance(place: EditionCity, near: KnownPlace) -> float:
    """Haversine, in kilometres on a sphere."""
    one, two = radians(place.city.latitude), radians(near.latitude)
    across = radians(near.longitude - place.city.longitude)
    half = sin((two - one) / 2) ** 2 + cos(one) * cos(two) * sin(across / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(half))
