"""The rules of a zone as a VTIMEZONE (RFC 5545, 3.6.5)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

STEP = timedelta(days=1)
# As precise as TZOFFSETFROM can be.
SECOND = timedelta(seconds=1)


def vtimezone(zone: str, *, since: datetime, until: datetime) -> Timezone:
    """Write the rules of an IANA zone between two aware instants, one observance for each kind of change.

    An onset is local time by the offset before the change; the generator of icalendar 7 writes it by the one after.
    """
    tz = ZoneInfo(zone)
    begins = since.astimezone(tz)
    onsets = defaultdict(list)
    onsets[_observance(begins, begins)].append(begins.replace(tzinfo=None))
    for before, after in _changes(tz, since, until):
        onsets[_observance(before, after)].append((before + SECOND).replace(tzinfo=None))
    rules = Timezone()
    rules.add("tzid", zone)
    for (offset_from, offset_to, name, is_daylight), moments in onsets.items():
        part = TimezoneDaylight() if is_daylight else TimezoneStandard()
        part.add("dtstart", moments[0])
        if moments[1:]:
            part.add("rdate", moments[1:])
        part.add("tzname", name)
        part.add("tzoffsetfrom", offset_from)
        part.add("tzoffsetto", offset_to)
        rules.add_component(part)
    return rules


def _observance(before: datetime, after: datetime) -> tuple[timedelta, timedelta, str, bool]:
    nothing = timedelta()
    return before.utcoffset() or nothing, after.utcoffset() or nothing, after.tzname() or "", bool(after.dst())


def _changes(tz: ZoneInfo, since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Give the last second before each change of the clocks and the first one after; no day has two changes."""
    moment, offset = since.astimezone(UTC), since.astimezone(tz).utcoffset()
    while moment < until:
        following = (moment + STEP).astimezone(tz).utcoffset()
        if following != offset:
            last = _last_second_before(tz, moment)
            yield last.astimezone(tz), (last + SECOND).astimezone(tz)
        moment, offset = moment + STEP, following


def _last_second_before(tz: ZoneInfo, moment: datetime) -> datetime:
    """Halve the day after a moment until the change is found."""
    offset, low, high = moment.astimezone(tz).utcoffset(), 0, STEP // SECOND
    while high - low > 1:
        middle = (low + high) // 2
        if (moment + middle * SECOND).astimezone(tz).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return moment + low * SECOND
