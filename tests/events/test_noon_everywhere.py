"""Noon is noon: for every zone and every day its clocks are changed, on the page, in the calendar and in the data."""

import json
from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.utils.translation import override
from tests.events.edition_in_memory import an_event
from tests.signatures.signing_steps import an_edition

from tongmun.campaigns.models import City, EditionCity
from tongmun.events.calendars import calendar_of
from tongmun.events.models import Event
from tongmun.events.structured import event_data
from tongmun.kit.clock import zones
from tongmun.look.templatetags.look import civil_time

FIRST, LAST = datetime(2024, 1, 1, tzinfo=UTC), datetime(2035, 1, 1, tzinfo=UTC)
SAMPLE = (
    "Asia/Seoul",
    "Europe/Berlin",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "Pacific/Chatham",
    "America/Santiago",
    "Antarctica/Troll",
)


@cache
def changes_of(zone: str) -> tuple[date, ...]:
    """Give the local days between FIRST and LAST on which a zone's offset from UTC changes, with their neighbours."""
    tz = ZoneInfo(zone)
    found = []
    moment, before = FIRST, FIRST.astimezone(tz).utcoffset()
    while moment < LAST:
        after = (moment + timedelta(days=1)).astimezone(tz).utcoffset()
        if after != before:
            found += [moment.astimezone(tz).date() + timedelta(days=step) for step in (-1, 0, 1, 2)]
        moment, before = moment + timedelta(days=1), after
    return tuple(sorted(set(found)))


def rules(zone: str) -> bytes:
    """Give the compiled rules of a zone; names for one and the same rules have equal bytes."""
    return resources.files("tzdata").joinpath("zoneinfo", *zone.split("/")).read_bytes()


def kinds_of_zones() -> list[list[str]]:
    """Group the zones by their rules."""
    groups = defaultdict(list)
    for zone in sorted(zones()):
        groups[rules(zone)].append(zone)
    return list(groups.values())


def days(zone: str) -> tuple[date, ...]:
    return changes_of(zone) or (date(2024, 2, 29), date(2030, 9, 22))


@pytest.mark.slow
def test_noon_is_noon_in_every_zone_on_every_day_its_clocks_change():
    groups = kinds_of_zones()
    seen = 0

    with override("en"):
        for names in groups:
            zone = names[0]
            for day in days(zone):
                event = an_event(zone, day)
                noon = datetime.combine(day, time(12), tzinfo=ZoneInfo(zone))
                data = event_data(event, language="en", url="http://testserver/")
                assert civil_time(event.place.starts_at()) == "12:00", (zone, day)
                assert event.starts_at().date() == day
                assert data["startDate"] == noon.isoformat(), (zone, day)
                assert datetime.fromisoformat(data["startDate"]).astimezone(UTC) == noon.astimezone(UTC)
                seen += 1

    assert len(groups) > 250
    assert seen > 5_000
    assert sum(len(names) for names in groups) == len(zones()) > 580


@pytest.mark.slow
def test_calendar_of_every_zone_carries_rules_that_give_the_same_instant():
    for zone, *_same in kinds_of_zones():
        events = [an_event(zone, day, slug=f"on-{day}") for day in days(zone)]
        content = calendar_of(events[0].edition, events, language="en", address=lambda _: "http://testserver/")
        calendar = icalendar.Calendar.from_ical(content)

        entries = calendar.walk("VEVENT")
        in_file = {str(one["TZID"]): one.to_tz(lookup_tzid=False) for one in calendar.walk("VTIMEZONE")}
        assert len(entries) == len(events)
        for event, entry in zip(events, entries, strict=True):
            assert entry["DTSTART"].to_ical().decode().startswith(f"{event.edition.day:%Y%m%d}T120000"), zone
            assert read_alone(entry, in_file) == event.starts_at().astimezone(UTC), (zone, event.slug)


def read_alone(entry, in_file):
    """Read the start with the rules that stand in the file, as a program does that has no list of zones."""
    start = entry["DTSTART"]
    if "TZID" not in start.params:
        assert start.to_ical().endswith(b"Z")
        return start.dt.astimezone(UTC)
    return start.dt.replace(tzinfo=in_file[start.params["TZID"]]).astimezone(UTC)


def test_calendar_of_berlin_names_its_zone_and_brings_its_rules():
    event = an_event("Europe/Berlin", date(2030, 9, 22))

    content = calendar_of(event.edition, [event], language="en", address=lambda _: "http://testserver/").decode()

    assert "DTSTART;TZID=Europe/Berlin:20300922T120000" in content
    assert "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin" in content
    # The clocks go from 02:00 CET to 03:00 CEST and from 03:00 CEST to 02:00 CET; RFC 5545 names the time before.
    assert "DTSTART:20290325T020000\r\nRDATE:20300331T020000,20310330T020000,20320328T020000\r\nTZNAME:CEST" in content
    assert "DTSTART:20291028T030000\r\nRDATE:20301027T030000,20311026T030000,20321031T030000\r\nTZNAME:CET" in content
    assert icalendar.Calendar.from_ical(content).walk("VEVENT")[0]["DTSTART"].dt.utcoffset() == timedelta(hours=2)


@pytest.mark.django_db
@pytest.mark.parametrize("zone", SAMPLE)
def test_noon_reaches_the_reader_on_every_way(client, zone):
    day = days(zone)[-2]
    noon = datetime.combine(day, time(12), tzinfo=ZoneInfo(zone))
    edition = an_edition()
    edition.day = day
    edition.save()
    city = City.objects.create(slug="town", names={"en": "Town"}, country="KR", zone=zone, latitude=1.5, longitude=2.5)
    place = EditionCity.objects.create(edition=edition, city=city, changed_on=day)
    Event.objects.create(edition=edition, place=place, slug="noon", kind="rally", titles={"en": "Noon"}, changed_on=day)

    page = client.get("/en/trial/cities/town/").content.decode()
    listed = client.get("/en/trial/cities/").content.decode()
    event = client.get("/en/trial/events/noon/").content.decode()
    calendar = icalendar.Calendar.from_ical(client.get("/en/trial/events/noon.ics").content)

    written = f'<time datetime="{noon.isoformat()}">'
    assert written in page
    assert "12:00" in page.split(written)[1].split("</time>")[0]
    assert f'datetime="{noon.isoformat()}"' in listed
    data = json.loads(event.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert data["startDate"] == noon.isoformat()
    [entry] = calendar.walk("VEVENT")
    in_file = {str(one["TZID"]): one.to_tz(lookup_tzid=False) for one in calendar.walk("VTIMEZONE")}
    assert read_alone(entry, in_file) == noon.astimezone(UTC)
