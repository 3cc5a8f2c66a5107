"""Civil time in a zone, and the instants derived from it."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones, reset_tzpath

# Only the tzdata package counts: a machine whose own time zones are older would put noon at another instant.
reset_tzpath(())


class NoSuchLocalTime(ValueError):
    """Cannot place a wall-clock time: the clocks of the zone skip it on that day.

    `before` and `after` are the two nearest readings, one on each side of the jump.
    """

    def __init__(self, *, before: datetime, after: datetime) -> None:
        super().__init__(f"{before.isoformat()} or {after.isoformat()}")
        self.before = before
        self.after = after


class AmbiguousLocalTime(ValueError):
    """Cannot choose between two instants: the clocks of the zone show this time twice on that day."""

    def __init__(self, *, earlier: datetime, later: datetime) -> None:
        super().__init__(f"{earlier.isoformat()} or {later.isoformat()}")
        self.earlier = earlier
        self.later = later


@dataclass(frozen=True)
class CivilTime:
    """A date and a wall-clock time in an IANA zone.

    `later` says which of two readings is meant when the clocks show this time twice; None means nobody has said.
    """

    day: date
    at: time
    zone: str
    later: bool | None = None

    def readings(self) -> tuple[datetime, datetime]:
        """Give the aware local datetimes of both readings (PEP 495); they are equal instants on an ordinary day."""
        tz = ZoneInfo(self.zone)
        naive = datetime.combine(self.day, self.at)
        return naive.replace(tzinfo=tz, fold=0), naive.replace(tzinfo=tz, fold=1)

    def local(self) -> datetime:
        """Give the one aware local datetime.

        Raises NoSuchLocalTime when the clocks skip it, AmbiguousLocalTime when they show it twice and `later` is None.
        """
        first, second = self.readings()
        if first.utcoffset() == second.utcoffset():
            return first
        if first.astimezone(UTC).astimezone(first.tzinfo).replace(tzinfo=None) != first.replace(tzinfo=None):
            raise NoSuchLocalTime(before=_settled(second), after=_settled(first))
        if self.later is None:
            raise AmbiguousLocalTime(earlier=first, later=second)
        return second if self.later else first

    def instant(self) -> datetime:
        """Give the instant in UTC; raises as `local` does."""
        return self.local().astimezone(UTC)


def _settled(moment: datetime) -> datetime:
    """Read a skipped time the way a clock that was not moved would: through UTC and back."""
    return moment.astimezone(UTC).astimezone(moment.tzinfo)


@cache
def zones() -> frozenset[str]:
    """Give the names of all IANA zones of the pinned tzdata package, without the placeholder "Factory"."""
    return frozenset(available_timezones() - {"Factory"})


def is_zone(name: str) -> bool:
    """Tell whether a name is an IANA zone."""
    return name in zones()


def next_yearly(*, month: int, day: int, after: date) -> date:
    """Give the first date with this month and day on or after a date; 29 February waits for its next leap year."""
    for year in range(after.year, after.year + 9):
        try:
            candidate = date(year, month, day)
        except ValueError:
            continue
        if candidate >= after:
            return candidate
    msg = f"no year has day {day} in month {month}"
    raise ValueError(msg)


def months_after(day: date, months: int) -> date:
    """Give the same day so many calendar months later, or the last of that month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def utc_offset(moment: datetime) -> str:
    """Write the offset of an aware datetime from UTC as "UTC+09:00"."""
    offset = moment.utcoffset() or timedelta()
    sign = "−" if offset < timedelta() else "+"
    minutes = abs(offset) // timedelta(minutes=1)
    return f"UTC{sign}{minutes // 60:02}:{minutes % 60:02}"
