"""The words of a language as data: one TOML file per language in the folder `words`, calendar and states from CLDR."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from re import Pattern
from typing import Any

from babel import Locale
from babel.core import get_global

FOLDER = Path(__file__).parent / "words"
LANGUAGES = ("en", "ko")
# The same in every language: a date in ISO order, and one in figures whose order has to be found out.
ISO_DATE = r"(?<![0-9])(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})(?![0-9])"
FIGURES_DATE = r"(?<![0-9./-])(?P<first>[0-9]{1,2})[-/.](?P<second>[0-9]{1,2})[-/.](?P<year>[0-9]{4}|[0-9]{2})(?![0-9])"


@dataclass(frozen=True)
class Vocabulary:
    """Everything a reader knows of one language. Patterns are compiled; `raw` holds the words that are not patterns."""

    language: str
    months: dict[str, int]
    weekdays: dict[str, int]
    dates: tuple[Pattern[str], ...]
    times: tuple[Pattern[str], ...]
    label: Pattern[str]
    labels: dict[str, Pattern[str]]
    patterns: dict[str, dict[str, Pattern[str]]]
    raw: dict[str, Any]

    @property
    def abbreviations(self) -> tuple[str, ...]:
        """Give the words whose full stop ends no sentence."""
        return tuple(self.raw["abbreviations"])

    @property
    def keeps_its_stop(self) -> tuple[str, ...]:
        """Give the endings whose full stop belongs to the word."""
        return (*self.abbreviations, *self.raw["closing_abbreviations"])

    @property
    def ordinary_words(self) -> frozenset[str]:
        """Give words that tell the language from others, in lower case."""
        return frozenset(self.raw["ordinary_words"])

    @property
    def calendar_words(self) -> frozenset[str]:
        """Give the names of months and weekdays, in lower case."""
        return frozenset(name.casefold() for name in (*self.months, *self.weekdays))

    def pattern(self, part: str, name: str) -> Pattern[str]:
        """Give a pattern of a part such as "letter"."""
        return self.patterns[part][name]

    def ends_in_month(self, text: str) -> bool:
        """Tell whether a text ends in a shortened month, whose full stop ends no sentence."""
        last = text.rsplit(maxsplit=1)[-1:] or [""]
        return last[0].rstrip(".") in self.months

    def ends_sentence(self, text: str) -> bool:
        """Tell whether a passage is complete to the eye."""
        return re.search(self.raw["ends_sentence"], text.rstrip()) is not None


@cache
def vocabulary(language: str) -> Vocabulary:
    """Read the words of a language of LANGUAGES."""
    raw = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    months = _calendar(language, "months") | raw["months"]
    weekdays = _calendar(language, "days") | raw["weekdays"]
    fill = {
        "month": _one_of([*months, *(name.upper() for name in months)]),
        "weekday": _one_of([*weekdays, *(name.upper() for name in weekdays)]),
        "long_weekday": _one_of([name for name in weekdays if len(name) > 1]),
        "day": "[0-9]{1,2}",
        "half": raw["times"]["half"],
        "abbreviation": _one_of(raw["abbreviations"]),
        "closing": _one_of(raw["closing_abbreviations"]),
        "scale": "(?:[천백십]?[만억]|[천백십])",
        "number": _one_of(raw["numbers"]),
        "qualifier": _one_of(raw["qualifiers"]),
        "qualifier_after": _one_of(raw.get("qualifiers_after", {})),
    }
    return Vocabulary(
        language=language,
        months=months | {name.upper(): number for name, number in months.items()},
        weekdays=weekdays | {name.upper(): number for name, number in weekdays.items()},
        dates=tuple(re.compile(_filled(shape, fill)) for shape in [*raw["dates"]["shapes"], ISO_DATE, FIGURES_DATE]),
        times=tuple(re.compile(_filled(shape, fill)) for shape in raw["times"]["shapes"]),
        label=re.compile(
            r"^[\s>*•·○●▶■□◎☞※–-]*(?:[0-9]{1,2}[.)]\s*)?[*_]{0,2}(?P<label>"
            + "|".join(raw["labels"].values())
            + r")[*_]{0,2}(?:\s*:|\s+[-–—]\s)[*_]{0,2}[ \t]*(?P<value>.*)$",
            re.IGNORECASE,
        ),
        labels={role: re.compile(shape, re.IGNORECASE) for role, shape in raw["labels"].items()},
        patterns={
            part: {name: _compiled(shape, fill, part) for name, shape in raw[part].items() if isinstance(shape, str)}
            for part in (
                "table",
                "dates",
                "places",
                "missions",
                "ranks",
                "kinds",
                "clauses",
                "organisers",
                "languages",
                "letter",
                "counts",
            )
        },
        raw=raw,
    )


@cache
def states(language: str) -> dict[str, str]:
    """Give the codes of states by their names in a language, in CLDR and in the words of the language."""
    names = {name: code for code, name in Locale.parse(language).territories.items() if re.fullmatch("[A-Z]{2}", code)}
    known: dict[str, str] = names | vocabulary(language).raw["states"]
    return known


@cache
def languages_named(language: str) -> dict[str, str]:
    """Give the codes of languages by their names in a language."""
    return {name: code for code, name in Locale.parse(language).languages.items()}


@cache
def zone_cities(language: str) -> dict[str, str]:
    """Give IANA zones by the name, in a language, of the city each is named after."""
    own = {zone: names.get("city") for zone, names in Locale.parse(language).time_zones.items()}
    zones = [zone for zone, state in get_global("zone_territories").items() if state != "001"]
    named = {own.get(zone) or zone.rsplit("/", 1)[-1].replace("_", " "): zone for zone in zones}
    return {name: zone for name, zone in named.items() if name}


def state_of_zone(zone: str) -> str:
    """Give the state a zone belongs to, as its ISO 3166-1 code."""
    return str(get_global("zone_territories").get(zone, ""))


def only_zone(state: str) -> str:
    """Give the zone of a state that has one only, "" where there are several or none is known."""
    zones = get_global("territory_zones").get(state, [])
    return str(zones[0]) if len(zones) == 1 else ""


def _calendar(language: str, part: str) -> dict[str, int]:
    names = getattr(Locale.parse(language), part)["format"]
    return {name.rstrip("."): number for width in ("wide", "abbreviated") for number, name in names[width].items()}


def _compiled(shape: str, fill: dict[str, str], part: str) -> Pattern[str]:
    flags = re.IGNORECASE if part in {"table", "missions", "ranks", "kinds"} else re.NOFLAG
    return re.compile(_filled(shape, fill), flags)


def _filled(shape: str, fill: dict[str, str]) -> str:
    for name, words in fill.items():
        shape = shape.replace("{" + name + "}", words)
    return shape


def _one_of(names: Iterable[str]) -> str:
    longest_first = sorted(names, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(name) for name in longest_first) + ")" if longest_first else "(?!)"
