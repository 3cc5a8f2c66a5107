"""What countries are called: by CLDR, and in a search by the other names and abbreviations that people write."""

import csv
import re
from functools import cache
from importlib import resources

from babel import Locale
from django.conf import settings

from tongmun.kit.text import searchable

_CODE = re.compile("[A-Z]{2}")


@cache
def words_by_country() -> dict[str, frozenset[str]]:
    """Give the names of each country by its ISO 3166-1 alpha-2 code, in all languages of the site, as `searchable`.

    A reader of the Korean page may well type "Korea", so the language of the page plays no part.
    """
    names: dict[str, set[str]] = {}
    for language, _name in settings.LANGUAGES:
        for code, name in Locale.parse(language, sep="-").territories.items():
            if _CODE.fullmatch(str(code)):
                names.setdefault(str(code), set()).add(searchable(str(name)))
    table = resources.files(__package__).joinpath("data/country_words.csv").read_text("utf-8")
    for row in csv.DictReader(table.splitlines()):
        others = ";".join(row[language] for language in ("en", "ko", "ar")).split(";")
        names[row["country"]].update(searchable(other) for other in others)
    return {code: frozenset(filter(None, of)) for code, of in names.items()}


def country_name(code: str, language: str) -> str:
    """Give the name of a country in a language, from CLDR; the code itself when CLDR has none."""
    return str(Locale.parse(language, sep="-").territories.get(code, code))


def countries_called(wanted: str) -> list[str]:
    """Give the codes of the countries that have exactly this name; two share "Korea"."""
    return [code for code, names in words_by_country().items() if wanted in names]
