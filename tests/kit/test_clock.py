"""Noon is noon: in every zone, on every day the clocks are moved, and where they skip or repeat an hour."""

import zoneinfo
from datetime import UTC, date, datetime, time, timedelta
from importlib import resources
from zoneinfo import ZoneInfo

import pytest

from tongmun.kit.clock import (
    AmbiguousLocalTime,
    CivilTime,
    NoSuchLocalTime,
    is_zone,
    next_yearly,
    utc_offset,
    zones,
)

NOON = time(12)
FIRST, LAST = date(2024, 1, 1), date(2034, 12, 31)
NOONS = [datetime.combine(FIRST + timedelta(days=n), NOON) for n in range((LAST - FIRST).days + 1)]


def distinct_zones() -> list[str]:
    """Give one name for each different content: an alias is the same file under another name."""
    root = resources.files("tzdata").joinpath("zoneinfo")
    by_content = {root.joinpath(*name.split("/")).read_bytes(): name for name in sorted(zones())}
    return sorted(by_content.values())


def days_around_changes(zone: str) -> set[date]:
    offsets = list(map(ZoneInfo(zone).utcoffset, NOONS))
    changes = [n for n in range(1, len(NOONS)) if offsets[n] != offsets[n - 1]]
    return {NOONS[n + step].date() for n in changes for step in (-2, -1, 0, 1, 2) if 0 <= n + step < len(NOONS)}


def test_noon_is_noon_around_every_change_of_every_zone():
    checked = 0
    for zone in distinct_zones():
        tz = ZoneInfo(zone)
        for day in days_around_changes(zone):
            civil = CivilTime(day, NOON, zone)

            local, instant = civil.local(), civil.instant()

            assert local.replace(tzinfo=None) == datetime.combine(day, NOON), (zone, day)
            assert instant.tzinfo is UTC
            assert instant.astimezone(tz).replace(tzinfo=None) == datetime.combine(day, NOON), (zone, day)
            checked += 1
    # Fewer would mean that the changes were not found: half the zones of Europe and America alone have 22 each.
    assert checked > 10_000


def test_every_zone_has_noon_on_the_day_itself():
    for zone in zones():
        assert CivilTime(date(2027, 9, 22), NOON, zone).local().hour == 12, zone


def test_zones_come_from_the_pinned_package_alone():
    listed = resources.files("tzdata").joinpath("zones").read_text("utf-8").split()

    assert zoneinfo.TZPATH == ()
    assert zones() == frozenset(listed) - {"Factory"}


@pytest.mark.parametrize(
    ("name", "known"),
    [("Asia/Seoul", True), ("UTC", True), ("Factory", False), ("localtime", False), ("asia/seoul", False), ("", False)],
)
def test_is_zone_knows_iana_names_as_they_are_written(name, known):
    assert is_zone(name) is known


@pytest.mark.parametrize(
    ("day", "at", "zone", "before", "after"),
    [
        (date(2027, 3, 28), time(2, 30), "Europe/Berlin", "2027-03-28T01:30:00+01:00", "2027-03-28T03:30:00+02:00"),
        # Half an hour is skipped, not a whole one.
        (
            date(2027, 10, 3),
            time(2, 15),
            "Australia/Lord_Howe",
            "2027-10-03T01:45:00+10:30",
            "2027-10-03T02:45:00+11:00",
        ),
        # Samoa went over the date line and had no 30 December in 2011.
        (date(2011, 12, 30), NOON, "Pacific/Apia", "2011-12-29T12:00:00-10:00", "2011-12-31T12:00:00+14:00"),
    ],
)
def test_a_skipped_time_is_refused_with_the_readings_on_both_sides(day, at, zone, before, after):
    with pytest.raises(NoSuchLocalTime) as refused:
        CivilTime(day, at, zone).local()

    assert refused.value.before.isoformat() == before
    assert refused.value.after.isoformat() == after
    assert str(refused.value) == f"{before} or {after}"


@pytest.mark.parametrize("later", [True, False])
def test_a_skipped_time_is_refused_whichever_reading_was_chosen(later):
    with pytest.raises(NoSuchLocalTime):
        CivilTime(date(2027, 3, 28), time(2, 30), "Europe/Berlin", later=later).local()


REPEATED = [
    (date(2027, 10, 31), time(2, 30), "Europe/Berlin", "2027-10-31T02:30:00+02:00", "2027-10-31T02:30:00+01:00"),
    (date(2027, 4, 4), time(1, 45), "Australia/Lord_Howe", "2027-04-04T01:45:00+11:00", "2027-04-04T01:45:00+10:30"),
]


@pytest.mark.parametrize(("day", "at", "zone", "earlier", "later"), REPEATED)
def test_a_repeated_time_is_refused_until_somebody_says_which(day, at, zone, earlier, later):
    with pytest.raises(AmbiguousLocalTime) as refused:
        CivilTime(day, at, zone).local()

    assert refused.value.earlier.isoformat() == earlier
    assert refused.value.later.isoformat() == later
    assert str(refused.value) == f"{earlier} or {later}"


@pytest.mark.parametrize(("day", "at", "zone", "earlier", "later"), REPEATED)
def test_a_repeated_time_is_read_as_chosen(day, at, zone, earlier, later):
    first = CivilTime(day, at, zone, later=False)
    second = CivilTime(day, at, zone, later=True)

    assert first.local().isoformat() == earlier
    assert second.local().isoformat() == later
    assert first.instant() == datetime.fromisoformat(earlier)
    assert second.instant() == datetime.fromisoformat(later)


def test_an_ordinary_time_has_two_equal_readings():
    first, second = CivilTime(date(2027, 9, 22), NOON, "Asia/Seoul", later=True).readings()

    assert first.utcoffset() == second.utcoffset() == timedelta(hours=9)


@pytest.mark.parametrize(
    ("month", "day", "after", "expected"),
    [
        (9, 22, date(2027, 9, 21), date(2027, 9, 22)),
        (9, 22, date(2027, 9, 22), date(2027, 9, 22)),
        (9, 22, date(2027, 9, 23), date(2028, 9, 22)),
        (2, 29, date(2027, 1, 1), date(2028, 2, 29)),
        (2, 29, date(2028, 2, 29), date(2028, 2, 29)),
        (2, 29, date(2028, 3, 1), date(2032, 2, 29)),
        # 2100 is no leap year: eight years lie between two of them.
        (2, 29, date(2096, 3, 1), date(2104, 2, 29)),
    ],
)
def test_next_yearly_gives_the_first_such_date_from_then_on(month, day, after, expected):
    assert next_yearly(month=month, day=day, after=after) == expected


@pytest.mark.parametrize(("month", "day"), [(2, 30), (13, 1), (4, 31), (1, 0)])
def test_next_yearly_refuses_a_day_no_year_has(month, day):
    with pytest.raises(ValueError, match=f"no year has day {day} in month {month}"):
        next_yearly(month=month, day=day, after=date(2027, 1, 1))


@pytest.mark.parametrize(
    ("zone", "written"),
    [
        ("Asia/Seoul", "UTC+09:00"),
        ("UTC", "UTC+00:00"),
        ("Asia/Kolkata", "UTC+05:30"),
        ("Asia/Kathmandu", "UTC+05:45"),
        ("America/Los_Angeles", "UTC−07:00"),
        ("America/St_Johns", "UTC−02:30"),
        ("Pacific/Marquesas", "UTC−09:30"),
        ("Pacific/Kiritimati", "UTC+14:00"),
    ],
)
def test_utc_offset_is_written_with_sign_hours_and_minutes(zone, written):
    assert utc_offset(CivilTime(date(2027, 9, 22), NOON, zone).local()) == written
