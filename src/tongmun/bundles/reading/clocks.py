"""Times of day in a text, given on the 24-hour clock; what can be read two ways is left open."""

from dataclasses import dataclass, replace
from re import Match

from tongmun.bundles.reading.dates import longest_matches
from tongmun.bundles.reading.draft import Notebook
from tongmun.bundles.reading.vocabulary import Vocabulary

NOON = 12
MIDNIGHT = 24
LAST_MINUTE = 59
TWO_WAYS = "This can be read two ways, in the morning or in the afternoon."


@dataclass(frozen=True)
class TimeMention:
    """A time, or beginning and end, as HH:MM; `reason` where the beginning is inferred, `fault` where it is open."""

    start: int
    words: str
    value: str = ""
    ends: str = ""
    reason: str = ""
    fault: str = ""

    @property
    def stop(self) -> int:
        """Give the position after the mention."""
        return self.start + len(self.words)


def times_in(text: str, words: Vocabulary, *, on_24_hours: bool = False) -> list[TimeMention]:
    """Find every time of day in a passage.

    "11:00" alone can be read two ways; it is on the 24-hour clock beside "14:30", or where the times around are.
    """
    matches = _matches(text, words)
    mentions = [_mention(match, words) for match in matches]
    if not on_24_hours and not _any_past_noon(matches):
        return mentions
    return [_on_24_hours(match, mention) for match, mention in zip(matches, mentions, strict=True)]


def note_time(notes: Notebook, name: str, mention: TimeMention) -> None:
    """Write down a time under the field `name`, its end under ends_time, and what is wrong with it."""
    notes.found(name, mention.value, mention.words, reason=mention.reason)
    notes.found(name.removesuffix("time") + "ends_time", mention.ends, mention.words)
    if mention.fault:
        notes.wrong(name, mention.words, mention.fault)


def are_on_24_hours(text: str, words: Vocabulary) -> bool:
    """Tell whether a passage has a time that only a 24-hour clock shows."""
    return _any_past_noon(_matches(text, words))


def _any_past_noon(matches: list[Match[str]]) -> bool:
    return any(_plainly_24_hour(match.groupdict()) for match in matches)


def _matches(text: str, words: Vocabulary) -> list[Match[str]]:
    return longest_matches([match for shape in words.times for match in shape.finditer(text)])


def _on_24_hours(match: Match[str], mention: TimeMention) -> TimeMention:
    """Settle a time with minutes that was left open between morning and afternoon."""
    parts = match.groupdict()
    if mention.fault != TWO_WAYS or not parts.get("minute") or (parts.get("end_hour") and not parts.get("end_minute")):
        return mention
    begin = f"{int(parts['hour']):02d}:{parts['minute']}"
    end = f"{int(parts['end_hour']):02d}:{parts['end_minute']}" if parts.get("end_hour") else ""
    if end and end <= begin:
        return mention
    return replace(mention, value=begin, ends=end, fault="", reason="the times beside it are on the 24-hour clock")


def _mention(match: Match[str], words: Vocabulary) -> TimeMention:
    parts = match.groupdict()
    half, end_half = parts.get("half"), parts.get("end_half")
    begin, fault = _moment(match, "", half, words)
    if not parts.get("end_hour"):
        return TimeMention(match.start(), match.group(), _written(begin), fault=fault)
    # Korean gives the half of the day once, before the beginning; English once, after the end.
    end, end_fault = _moment(match, "end_", end_half or half, words)
    reason = ""
    if half is None and end_half and not parts.get("word"):
        begin, fault, reason = _begin_before(match, end, end_half, words)
    elif begin is None and half is None and end is not None and end >= NOON * 60 and int(parts["hour"]) < NOON:
        # "10:00-14:00" is on the 24-hour clock, and before an end at noon there is only the morning.
        begin, fault = int(parts["hour"]) * 60 + int(parts.get("minute") or 0), ""
    fault = fault or end_fault
    if begin is not None and end is not None and end <= begin:
        return TimeMention(
            match.start(),
            match.group(),
            _written(begin),
            fault="This range ends before it begins, or runs past midnight.",
        )
    return TimeMention(match.start(), match.group(), _written(begin), _written(end), reason, fault)


def _begin_before(match: Match[str], end: int | None, half: str, words: Vocabulary) -> tuple[int | None, str, str]:
    """Give the beginning of "7-9 p.m.": in the half of the day of its end, or in the other where that comes first."""
    begin, fault = _moment(match, "", half, words)
    if begin is None or end is None or begin < end:
        return begin, fault, ""
    other, other_fault = _moment(match, "", "am" if _half(half) == "pm" else "pm", words)
    if other is None or other >= end:
        return begin, fault, ""
    return other, other_fault, "the half of the day that comes before the end of the range"


def _moment(match: Match[str], prefix: str, half: str | None, words: Vocabulary) -> tuple[int | None, str]:
    """Give minutes since midnight, or None and why the time is open; both together mean: read, but look."""
    parts = match.groupdict()
    word = parts.get("word") if not prefix else None
    if word:
        hour = int(words.raw["hours"][word.casefold()])
        return (None, "Midnight belongs to two days; say which.") if hour == MIDNIGHT else (hour * 60, "")
    hour = int(parts[f"{prefix}hour"])
    minute = 30 if parts.get(f"{prefix}half_past") else int(parts.get(f"{prefix}minute") or 0)
    if hour > MIDNIGHT or minute > LAST_MINUTE:
        return None, "No clock shows this time."
    if half:
        return _in_half(hour, minute, _half(half), words)
    if hour == MIDNIGHT:
        return None, "Midnight belongs to two days; say which."
    if _is_24_hour(match, prefix, hour) or (prefix and _plainly_24_hour(parts)):
        return hour * 60 + minute, ""
    return None, TWO_WAYS


def _is_24_hour(match: Match[str], prefix: str, hour: int) -> bool:
    """Tell whether an hour is written as only a 24-hour clock writes it: past noon, 0, with a leading 0, or 12:00."""
    with_minutes = match.groupdict().get(f"{prefix}minute")
    return hour > NOON or hour == 0 or match.group().startswith("0") or (hour == NOON and bool(with_minutes))


def _plainly_24_hour(parts: dict[str, str | None]) -> bool:
    return parts.get("half") is None and int(parts.get("hour") or 0) > NOON


def _in_half(hour: int, minute: int, half: str, words: Vocabulary) -> tuple[int | None, str]:
    window = words.raw["halves"][half]
    hours = [
        hour % NOON + shift for shift in (0, NOON, MIDNIGHT) if window["from"] <= hour % NOON + shift <= window["to"]
    ]
    if not hours or (hour > NOON and hour not in hours):
        return None, "The hour and the half of the day do not go together."
    if hours[0] >= MIDNIGHT:
        return None, "This is after midnight; say which day."
    note = (
        "12 a.m. is midnight, at the beginning of the day; some write it for noon."
        if hours[0] == 0 and hour == NOON
        else ""
    )
    return hours[0] * 60 + minute, note


def _half(marker: str) -> str:
    return "".join(c for c in marker.casefold() if c.isalpha())


def _written(minutes: int | None) -> str:
    return "" if minutes is None else f"{minutes // 60:02d}:{minutes % 60:02d}"
