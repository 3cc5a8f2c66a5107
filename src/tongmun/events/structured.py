"""An event as schema.org data."""

from typing import Any

from tongmun.events.models import Event
from tongmun.kit.text import in_language

# schema.org/EventStatusType; a changed event still takes place as it is described.
STATUS = {
    Event.Status.CANCELLED: "https://schema.org/EventCancelled",
    Event.Status.MOVED: "https://schema.org/EventRescheduled",
}


def event_data(event: Event, *, language: str, url: str, host: str = "") -> dict[str, Any]:
    """Give the JSON-LD object (schema.org/Event): times carry the city's offset. Reads event.place and its city."""
    ends_at = event.ends_at()
    data = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": url,
        "url": url,
        "name": in_language(event.titles, language),
        "description": in_language(event.note, language),
        "startDate": event.starts_at().isoformat(),
        "endDate": ends_at.isoformat() if ends_at else "",
        "eventStatus": STATUS.get(Event.Status(event.status), "https://schema.org/EventScheduled"),
        "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode"
        if event.kind == Event.Kind.ONLINE
        else "https://schema.org/OfflineEventAttendanceMode",
        "location": _location(event, language, url),
        "organizer": {"@type": "Organization", "name": host} if host else {},
        "superEvent": {"@type": "Event", "name": in_language(event.edition.names, language)},
        "inLanguage": language,
    }
    return {name: value for name, value in data.items() if value}


def _location(event: Event, language: str, url: str) -> dict[str, Any]:
    if event.kind == Event.Kind.ONLINE:
        return {"@type": "VirtualLocation", "url": url}
    city = event.place.city
    place: dict[str, Any] = {
        "@type": "Place",
        "name": in_language(event.places, language) or in_language(city.names, language),
        "address": {
            "@type": "PostalAddress",
            "addressLocality": in_language(city.names, language),
            "addressCountry": city.country,
        },
    }
    if event.latitude is not None:
        place["geo"] = {"@type": "GeoCoordinates", "latitude": event.latitude, "longitude": event.longitude}
    return place
