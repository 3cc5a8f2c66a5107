"""Dates in a text: found, given the year they leave out when the letter says it, and checked against the calendar."""

from dataclasses import dataclass
from datetime import date
from re import Match

from tongmun.bundles.reading.draft import Notebook
from tongmun.bundles.reading.vocabulary import Vocabulary

LAST_MONTH = 12


@dataclass(frozen=True)
class DateMention:
    """A day, or a first and last day, as the text writes it. `fault` says why it cannot be read, "" where it can."""

    start: int
    words: str
    year: int | None
    month: int
    day: int
    weekday: int | None = None
    end: tuple[int | None, int, int] | None = None
    fault: str = ""

    @property
    def stop(self) -> int:
        """Give the position after the mention."""
        return self.start + len(self.words)


@dataclass(frozen=True)
class YearSource:
    """The year a text is of, and how that is known."""

    year: int
    reason: str


def longest_matches(matches: list[Match[str]]) -> list[Match[str]]:
    """Keep, of matches that overlap, the one that begins first and of these the longest; in the order of the text."""
    kept: list[Match[str]] = []
    for match in sorted(matches, key=lambda m: (m.start(), -m.end())):
        if not kept or match.start() >= kept[-1].end():
            kept.append(match)
    return kept


def dates_in(text: str, words: Vocabulary) -> list[DateMention]:
    """Find every day and range of days in a passage."""
    matches = longest_matches([match for shape in words.dates for match in shape.finditer(text)])
    return [_mention(match, words) for match in matches]


def settled(mention: DateMention, source: YearSource | None) -> tuple[date | None, date | None, str]:
    """Give the first day, the last day (None for a single one) and what is wrong with them, "" where nothing is.

    The year is the mention's own, else that of the source. A day that does not exist, a year nobody says and a range
    that runs backwards give no days at all.
    """
    if mention.fault:
        return None, None, mention.fault
    year = mention.year or (source.year if source else None)
    if year is None:
        return None, None, "No year is given, and no dated letter says which year it is."
    first = _day(year, mention.month, mention.day)
    if first is None:
        return None, None, "This day does not exist."
    if mention.end is None:
        return first, None, ""
    last = _day(mention.end[0] or year, mention.end[1], mention.end[2])
    if last is None or last < first:
        fault = "The last day of this range does not exist." if last is None else "This range ends before it begins."
        return None, None, fault
    return first, last, ""


def note_date(
    notes: Notebook, name: str, mention: DateMention, source: YearSource | None, words: Vocabulary
) -> date | None:
    """Write down a date under the field `name`, the last day under ends_date, and what is wrong with it."""
    first, last, fault = settled(mention, source)
    if fault:
        notes.wrong(name, mention.words, fault)
    if first is None:
        if not mention.fault and mention.year is None and source is None and _day(2000, mention.month, mention.day):
            notes.found(f"{name}_without_year", f"{mention.month:02d}-{mention.day:02d}", mention.words)
        return None
    reason = source.reason if source and mention.year is None else ""
    notes.found(name, first.isoformat(), mention.words, reason=reason)
    if last:
        notes.found(name.removesuffix("date") + "ends_date", last.isoformat(), mention.words, reason=reason)
    _note_weekday(notes, name, mention, first, words)
    return first


def _note_weekday(notes: Notebook, name: str, mention: DateMention, day: date, words: Vocabulary) -> None:
    if mention.weekday is None:
        return
    if mention.weekday == day.weekday():
        agreed = f"agrees with the calendar: {day.isoformat()} is that day of the week"
        notes.checked(
            name.removesuffix("date") + "weekday", _weekday(mention.weekday, words), mention.words, how=agreed
        )
        return
    said, is_really = _weekday(mention.weekday, words), _weekday(day.weekday(), words)
    message = f"The text says {said}, but {day.isoformat()} is a {is_really}."
    notes.wrong(name, mention.words, message)


def _weekday(number: int, words: Vocabulary) -> str:
    return next(name for name, of in words.weekdays.items() if of == number)


def _mention(match: Match[str], words: Vocabulary) -> DateMention:
    parts = match.groupdict()
    if "first" in parts:
        return _in_figures(match)
    weekday = parts.get("weekday") or parts.get("weekday_after")
    month = _month(parts["month"], words)
    end = None
    if parts.get("end_day"):
        end_month = _month(parts["end_month"], words) if parts.get("end_month") else month
        end = (_number(parts.get("end_year")), end_month, int(parts["end_day"]))
    return DateMention(
        start=match.start(),
        words=match.group(),
        year=_number(parts.get("year")),
        month=month,
        day=int(parts["day"]),
        weekday=words.weekdays[weekday] if weekday else None,
        end=end,
    )


def _in_figures(match: Match[str]) -> DateMention:
    first, second, year = (int(match[part]) for part in ("first", "second", "year"))
    fault = ""
    if len(match["year"]) != len("2012"):
        fault = "The year has two figures; which number is the year, the month and the day cannot be told."
    elif first <= LAST_MONTH and second <= LAST_MONTH and first != second:
        fault = "This can be read two ways, day first or month first."
    day, month = (first, second) if second <= LAST_MONTH else (second, first)
    return DateMention(start=match.start(), words=match.group(), year=year, month=month, day=day, fault=fault)


def _month(name: str, words: Vocabulary) -> int:
    return int(name) if name.isdigit() else words.months[name]


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
