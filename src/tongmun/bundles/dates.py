"""Dates and times as people write them in a bundle."""

import calendar
import datetime as dt
import re
from collections.abc import Callable

from django.utils.translation import gettext as _

from tongmun.bundles.problems import Unreadable
from tongmun.kit.clock import next_yearly

# Beyond these years the offset of a zone can push an instant out of what Python can count.
FIRST_YEAR, LAST_YEAR = 1000, 9000
ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
YEAR = re.compile(r"[1-9]\d{3}", re.ASCII)
COMING = re.compile(r"coming (\d{2})-(\d{2})", re.ASCII)
THREE_NUMBERS = re.compile(r"(\d{1,4})[./\s-]+(\d{1,2})[./\s-]+(\d{1,4})\.?", re.ASCII)
CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?(?::\d{2})?\s*([ap])?\.?(?:m\.?)?", re.ASCII | re.IGNORECASE)


def read_date(text: str) -> dt.date:
    """Read YYYY-MM-DD. Raises Unreadable, which says how to write what was probably meant."""
    if not ISO.fullmatch(text):
        raise Unreadable(_("“%(text)s” is not a date written as YYYY-MM-DD.") % {"text": text}, date_remedy(text))
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise Unreadable(_("There is no day %(date)s.") % {"date": text}, date_remedy(text)) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Unreadable(
            _("The year %(year)s cannot be meant.") % {"year": f"{day.year:04}"},
            _("Write a year from %(first)s to %(last)s.") % {"first": FIRST_YEAR, "last": LAST_YEAR},
        )
    return day


def edition_date(on: dt.date) -> Callable[[str], dt.date]:
    """Make the reader of an edition's date, which may be "coming MM-DD": the first such day from `on`."""

    def read(text: str) -> dt.date:
        coming = COMING.fullmatch(text)
        if not coming:
            return read_date(text)
        try:
            return next_yearly(month=int(coming[1]), day=int(coming[2]), after=on)
        except ValueError:
            raise Unreadable(
                _("No year has the day %(date)s.") % {"date": text.removeprefix("coming ")},
                _("Write “coming” and then month and day, for example “coming 09-22”."),
            ) from None

    return read


def read_time(text: str) -> dt.time:
    """Read HH:MM on a clock of 24 hours. Raises Unreadable."""
    if re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text, re.ASCII):
        return dt.time.fromisoformat(text)
    meant = _meant_time(text)
    remedy = (
        _("Write %(time)s.") % {"time": meant}
        if meant
        else _("Write hours and minutes of a 24-hour clock, for example 09:30 or 21:00.")
    )
    raise Unreadable(_("“%(text)s” is not a time written as HH:MM.") % {"text": text}, remedy)


def date_remedy(text: str) -> str:
    """Say how to write the date or dates a text can be read as, or a day that exists for one that does not."""
    if ISO.fullmatch(text):
        return _existing(text)
    readings = _readings(text)
    if len(readings) == 1:
        return _("Write %(date)s.") % {"date": readings[0]}
    if readings:
        return _("Write %(one)s or %(other)s, whichever is meant.") % {"one": readings[0], "other": readings[1]}
    return _("Write year, month and day as YYYY-MM-DD, for example 2012-09-22.")


def _readings(text: str) -> list[str]:
    """Give the ISO dates that three numbers can stand for when one of them is clearly the year."""
    numbers = THREE_NUMBERS.fullmatch(text)
    if not numbers:
        return []
    first, second, third = numbers.groups()
    year_is_first = YEAR.fullmatch(first) is not None
    year = first if year_is_first else third
    pairs = [(second, third)] if year_is_first else [(first, second), (second, first)]
    days = [f"{year}-{int(month):02}-{int(day):02}" for month, day in pairs if _is_day(year, month, day)]
    return list(dict.fromkeys(days))


def _is_day(year: str, month: str, day: str) -> bool:
    if not YEAR.fullmatch(year):
        return False
    try:
        dt.date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True


def _existing(text: str) -> str:
    """Advise on a date in the right form whose month or day does not exist."""
    year, month, day = text.split("-")
    if _is_day(year, day, month):
        return _("Write %(date)s.") % {"date": f"{year}-{day}-{month}"}
    if _is_day(year, month, "01"):
        last = calendar.monthrange(int(year), int(month))[1]
        return _("The last day of that month is %(date)s.") % {"date": f"{year}-{month}-{last:02}"}
    return _("Write a month from 01 to 12 and a day that this month has.")


def _meant_time(text: str) -> str:
    clock = CLOCK.fullmatch(text)
    if not clock or not (clock[2] or clock[3]):
        return ""
    hour, minute, half = int(clock[1]), int(clock[2] or 0), (clock[3] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return f"{dt.time(hour, minute):%H:%M}"
    except ValueError:
        return ""
