"""Events as iCalendar (RFC 5545, RFC 7986)."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, time, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Calendar, Timezone, vText
from icalendar import Event as Entry

from tongmun.campaigns.models import Edition
from tongmun.events.models import Event
from tongmun.events.timezones import vtimezone
from tongmun.kit.text import in_language

# RFC 5545 3.8.1.11 knows three; what was changed or moved is on again, and SEQUENCE says that it is new.
STATUS = {Event.Status.PLANNED: "TENTATIVE", Event.Status.CANCELLED: "CANCELLED"}


def calendar_of(edition: Edition, events: Iterable[Event], *, language: str, address: Callable[[Event], str]) -> bytes:
    """Write a calendar file, UTF-8, with the VTIMEZONE of each zone in it; `address` gives the page of an event.

    Cancelled events stay in, so that calendars that hold them learn of it.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Tongmun//Tongmun//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    # Given as text, or icalendar would write line breaks as they are.
    name = vText(in_language(edition.names, language))
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    events = list(events)
    for zone in _zones(events):
        calendar.add_component(zone)
    for event in events:
        calendar.add_component(_entry(event, language, address(event)))
    return bytes(calendar.to_ical())


def _zones(events: Iterable[Event]) -> list[Timezone]:
    """Write the rules of each zone there is an event in, from a year before its first to two after its last."""
    years = defaultdict(set)
    for event in events:
        years[event.place.city.zone].add(event.starts_at().year)
    return [
        vtimezone(zone, since=datetime(min(of) - 1, 1, 1, tzinfo=UTC), until=datetime(max(of) + 2, 12, 31, tzinfo=UTC))
        for zone, of in sorted(years.items())
    ]


def _entry(event: Event, language: str, url: str) -> Entry:
    starts_at = event.starts_at()
    entry = Entry()
    entry.add("uid", event.uid)
    entry.add("sequence", event.sequence)
    # RFC 5545 3.8.7.2: in a published calendar the moment of the last revision; known to the day.
    changed = datetime.combine(event.changed_on, time(), tzinfo=UTC)
    entry.add("dtstamp", changed)
    entry.add("last-modified", changed)
    entry.add("dtstart", starts_at)
    # RFC 5545 3.6.1 lets an event end nowhere; an end nobody has said would be taken for a promise.
    if ends_at := event.ends_at():
        entry.add("dtend", ends_at)
    entry.add("summary", _summary(event, language))
    entry.add("status", STATUS.get(Event.Status(event.status), "CONFIRMED"))
    entry.add("location", _where(event, language))
    entry.add(
        "description",
        "\n\n".join(filter(None, (in_language(event.transit, language), in_language(event.note, language)))),
    )
    entry.add("categories", [event.kind])
    entry.add("url", url)
    if event.latitude is not None:
        entry.add("geo", (event.latitude, event.longitude))
    return entry


def _summary(event: Event, language: str) -> str:
    """Give the title; not every calendar program shows the status of an entry that was called off."""
    title = in_language(event.titles, language)
    if not event.is_cancelled:
        return title
    with override(language):
        return _("Cancelled: %(title)s") % {"title": title}


def _where(event: Event, language: str) -> str:
    parts = (in_language(event.places, language), in_language(event.place.city.names, language))
    return ", ".join(part for part in parts if part)
