"""The words of a packet as data: sheets in the folder `sheets`, sentences for the gate in the folder `phrases`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from babel.core import get_global

SHEETS = Path(__file__).parent / "sheets"
PHRASES = Path(__file__).parent / "phrases"
# What there is when there is nothing else.
LAST_RESORT = "en"


@dataclass(frozen=True)
class Phrases:
    """Sentences for the gate in one language; `checked_by` is "" while no native reader has looked at them."""

    language: str
    title: str
    checked_by: str
    sentences: dict[str, str]


def sheet_languages() -> frozenset[str]:
    """Give the languages that have words for sheets, as BCP 47 codes."""
    return frozenset(path.stem for path in SHEETS.glob("*.toml"))


def phrase_languages() -> frozenset[str]:
    """Give the languages that have sentences for the gate, as BCP 47 codes."""
    return frozenset(path.stem for path in PHRASES.glob("*.toml"))


def sheet_language(language: str) -> str:
    """Give the language in which a sheet is written for readers of another: its base language, else English."""
    return _nearest(language, sheet_languages())


@cache
def sheet_words(language: str) -> dict[str, Any]:
    """Read the words of sheets in a language of `sheet_language`."""
    return tomllib.loads((SHEETS / f"{language}.toml").read_text(encoding="utf-8"))


@cache
def phrases_in(language: str) -> Phrases:
    """Read the sentences in a language, else in its base language, else in English."""
    found = _nearest(language, phrase_languages())
    rows = tomllib.loads((PHRASES / f"{found}.toml").read_text(encoding="utf-8"))
    return Phrases(found, rows["title"], rows["checked_by"], rows["sentences"])


def main_language(state: str) -> str:
    """Give the language most spoken of those that are official in all of a state (CLDR), else English."""
    spoken = get_global("territory_languages").get(state, {})
    whole = {"official", "de_facto_official"}
    official = {code: row for code, row in spoken.items() if row["official_status"] in whole}
    if not official:
        return LAST_RESORT
    most = max(official, key=lambda code: (official[code]["population_percent"], code))
    return str(most).replace("_", "-")


def _nearest(language: str, known: frozenset[str]) -> str:
    for code in (language, language.split("-", maxsplit=1)[0]):
        if code in known:
            return code
    return LAST_RESORT
