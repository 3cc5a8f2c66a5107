"""What the parts of countries are called, and which larger cities lie in them: data/regions.csv, by ISO 3166-2."""

import csv
from functools import cache
from importlib import resources

from tongmun.campaigns.country_words import country_name
from tongmun.kit.text import searchable

LANGUAGES = ("en", "ko", "ar")


@cache
def _rows() -> dict[str, dict[str, str]]:
    table = resources.files(__package__).joinpath("data/regions.csv").read_text("utf-8")
    return {row["code"]: row for row in csv.DictReader(table.splitlines())}


@cache
def _codes() -> dict[str, str]:
    """Give codes by what regions and cities are called, as `searchable`; a region before a city of the same name."""
    cities = {searchable(name): code for code, row in _rows().items() for name in row["cities"].split(";")}
    regions = {
        searchable(name): code
        for code, row in _rows().items()
        for language in LANGUAGES
        for name in row[language].split(";")
    }
    return {**cities, **regions}


def region_called(wanted: str) -> str:
    """Give the code of the region that has this name, or in which the city of this name lies; "" when none is known."""
    return _codes().get(wanted, "")


def cities_of_region(code: str) -> list[str]:
    """Give the English names of cities in a region, the largest first."""
    return _rows()[code]["cities"].split(";")


def region_name(code: str, language: str) -> str:
    """Name a region or a country in a language; the code itself where no name is known."""
    row = _rows().get(code)
    if row is None:
        return country_name(code, language)
    return row.get(language, row["en"]).split(";")[0]
