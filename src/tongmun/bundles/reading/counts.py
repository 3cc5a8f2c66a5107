"""Figures and dates that a text claims, each with its sentence; an anniversary is checked by arithmetic."""

import re
from dataclasses import dataclass
from datetime import date
from re import Match

from tongmun.bundles.reading.dates import dates_in
from tongmun.bundles.reading.draft import Notebook
from tongmun.bundles.reading.paper import joined, sentences
from tongmun.bundles.reading.vocabulary import Vocabulary

_KOREAN_UNITS = {"십": 10, "백": 100, "천": 1_000, "만": 10_000, "억": 100_000_000}
_SCALES = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
# Figures below this, with no word such as "over" before them, are ordinary counting in a sentence.
SMALLEST_BARE = 10

MONTHS = 12


@dataclass(frozen=True)
class Passage:
    """A paragraph in which claims are looked for; `paragraph` counts the letter's body from 1, 0 is outside it."""

    text: str
    paragraph: int = 0


def read_claims(notes: Notebook, passages: list[Passage], words: Vocabulary, *, day: date | None) -> None:
    """Write down as claim.1 ... every figure and every year or day that a sentence claims. `day` is the edition's."""
    number = 0
    for passage in passages:
        for sentence in sentences(passage.text, words):
            for match in words.pattern("counts", "figure").finditer(sentence):
                number += _note_figure(notes, f"claim.{number + 1}", match, words) and _note_sentence(
                    notes, f"claim.{number + 1}", sentence, passage
                )
            if _note_claimed_date(notes, f"claim.{number + 1}", sentence, words, day):
                number += _note_sentence(notes, f"claim.{number + 1}", sentence, passage)


def _note_sentence(notes: Notebook, prefix: str, sentence: str, passage: Passage) -> int:
    notes.found(f"{prefix}.text", joined(sentence), sentence.strip())
    if passage.paragraph:
        notes.found(f"{prefix}.paragraph", str(passage.paragraph), sentence.strip())
    return 1


def _note_figure(notes: Notebook, prefix: str, match: Match[str], words: Vocabulary) -> bool:
    parts = match.groupdict()
    figure = figure_of(parts["number"], words) * _SCALES.get((parts.get("scale") or "").strip().casefold(), 1)
    qualifier, marker = _qualifier(parts, words)
    unit = parts["unit"].strip()
    if unit.split()[-1] in words.raw["counts"]["not_counted"] or figure != int(figure) or figure == 0:
        return False
    if not qualifier and (
        figure < SMALLEST_BARE or _looks_like_year(parts["number"]) or not _has_digits(parts["number"])
    ):
        return False
    notes.found(f"{prefix}.figure", str(int(figure)), match.group().strip())
    notes.found(f"{prefix}.qualifier", qualifier, marker)
    notes.found(f"{prefix}.of", joined(unit), unit)
    return True


def figure_of(text: str, words: Vocabulary) -> float:
    """Give the number that figures and words such as "27,500", "twenty-five" or "2만 7,500" stand for."""
    numbers = words.raw["numbers"]
    total, group, last = 0.0, 0.0, 0.0
    for token in re.findall(r"[0-9][0-9,]*(?:\.[0-9]+)?|[만억천백십]|[^\W\d_]+", text.casefold()):
        if token in _KOREAN_UNITS and words.language == "ko":
            unit = _KOREAN_UNITS[token]
            group, last = (group + (last or 1) * unit, 0.0) if unit < _KOREAN_UNITS["만"] else (group + last, 0.0)
            if unit >= _KOREAN_UNITS["만"]:
                total, group = total + (group or 1) * unit, 0.0
        elif token[0].isdigit():
            last = float(token.replace(",", ""))
        elif numbers.get(token, 0) >= _SCALES["thousand"]:
            total, group, last = total + (group + last or 1) * numbers[token], 0.0, 0.0
        elif numbers.get(token) == _KOREAN_UNITS["백"]:
            group, last = (group + last or 1) * numbers[token], 0.0
        else:
            last += numbers.get(token, 0)
    return total + group + last


def _qualifier(parts: dict[str, str | None], words: Vocabulary) -> tuple[str, str]:
    """Give the qualifier as the bundle writes it, and the words it came from."""
    before = parts.get("qualifier") or ""
    if before and (meaning := words.raw["qualifiers"].get(before.casefold(), "")):
        return meaning, before
    after = words.raw.get("qualifiers_after", {})
    for marker in (parts.get("after"), parts.get("more")):
        if marker:
            return after.get(marker, ""), marker
    return "", ""


def _looks_like_year(number: str) -> bool:
    return re.fullmatch("(?:1[5-9]|20)[0-9]{2}", number) is not None


def _has_digits(number: str) -> bool:
    return re.search("[0-9]", number) is not None


def _note_claimed_date(notes: Notebook, prefix: str, sentence: str, words: Vocabulary, day: date | None) -> bool:
    anniversary = words.pattern("counts", "anniversary").search(sentence)
    year = words.pattern("counts", "claimed_year").search(sentence)
    if year and anniversary and day:
        return _note_anniversary(
            notes, prefix, (anniversary, year), words.pattern("counts", "same_day_in").search(sentence), day
        )
    whole = [m for m in dates_in(sentence, words) if m.year and not m.fault and not (day and m.year == day.year)]
    if whole and whole[0].end is None and 1 <= whole[0].month <= MONTHS:
        mention = whole[0]
        notes.found(f"{prefix}.date", f"{mention.year:04d}-{mention.month:02d}-{mention.day:02d}", mention.words)
        return True
    if year:
        notes.found(f"{prefix}.date", year["year"], year.group())
    return year is not None


def _note_anniversary(
    notes: Notebook, prefix: str, found: tuple[Match[str], Match[str]], same_day: Match[str] | None, day: date
) -> bool:
    """Check that the years between are as many as the text says, and give the day the anniversary is of."""
    anniversary, year = found
    between = day.year - int(year["year"])
    if between != int(anniversary["count"]):
        message = f"From {year['year']} to {day.year} is {between} years, not {anniversary['count']}."
        notes.wrong(f"{prefix}.date", anniversary.group(), message)
    elif same_day:
        reason = "the text makes the edition's day its anniversary"
        notes.found(f"{prefix}.date", f"{year['year']}-{day:%m-%d}", year.group(), reason=reason)
        return True
    notes.found(f"{prefix}.date", year["year"], year.group())
    return True
