"""The cities: the wave, the list, and each city's own page."""

from collections.abc import Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tongmun.campaigns.country_words import country_name
from tongmun.campaigns.models import Edition, EditionCity
from tongmun.campaigns.nearest import KnownPlace, distance_km, find_cities
from tongmun.campaigns.queries import cities_by_instant
from tongmun.campaigns.region_words import region_name
from tongmun.events.models import Event
from tongmun.kit.clock import utc_offset
from tongmun.kit.text import in_language
from tongmun.letters.mission_copies import letter_day
from tongmun.letters.queries import letters_of
from tongmun.look.wave import LightState, WavePlace, wave_of
from tongmun.missions.queries import FactsOnDay, facts_on, regions_on
from tongmun.web.page import edition_page, page_language, public_edition

LONGEST_QUESTION = 100


@require_safe
def list_cities(request: HttpRequest, edition: str) -> HttpResponse:
    """Show where the moment is now and where it comes next; find one's own city by name, country or a place nearby."""
    found = public_edition(edition)
    now = timezone.now()
    page = edition_page(request, found)
    places = cities_by_instant(found)
    events = _chief_events(found)
    words = request.GET.get("q", "")[:LONGEST_QUESTION].strip()
    result = find_cities(places, words, page_language(), _districts(found, places) if words else None)
    context = {
        **page,
        "wave": wave_of([_light(place, now, page["onward"]) for place in places], now),
        "rows": [
            {**_row(place, now, result.near), "event": events.get(place.pk), "reason": reason and reason.name}
            for place, reason in zip_longest(result.cities, result.reasons)
        ],
        "claims": result.claims,
        "comes_first": min(result.reasons).name if result.reasons else "",
        "words": words,
        "near": result.near,
        "is_known": result.is_known,
        "total": len(places),
    }
    return render(request, "web/cities/cities.html", context)


def _districts(edition: Edition, places: Sequence[EditionCity]) -> dict[str, set[str]]:
    """Give the regions that the missions of each city look after on the day of the edition, by the slug of the city."""
    missions = {place.city.slug: [mission.pk for mission in place.missions.all()] for place in places}
    regions = regions_on({pk for of_city in missions.values() for pk in of_city}, edition.day)
    return {slug: {code for pk in of_city for code in regions[pk]} for slug, of_city in missions.items()}


def _light(place: EditionCity, now: datetime, onward: str) -> WavePlace:
    return WavePlace(
        slug=place.city.slug,
        name=in_language(place.city.names, page_language()),
        latitude=place.city.latitude,
        longitude=place.city.longitude,
        instant=place.starts_at(),
        state=state_of(place.starts_at(), now),
        url=reverse("web:city", args=[place.edition.slug, place.city.slug]) + onward,
    )


def state_of(starts_at: datetime, now: datetime) -> LightState:
    """Tell whether a city's day is to come, is today by its own calendar, or is past."""
    today = now.astimezone(starts_at.tzinfo).date()
    if today == starts_at.date():
        return LightState.TODAY
    return LightState.PAST if today > starts_at.date() else LightState.PLANNED


def _chief_events(edition: Edition) -> dict[int, Event]:
    """Give the event that speaks for each city, by the key of its place: the first that is on, else one called off."""
    events = sorted(Event.objects.filter(edition=edition).with_place(), key=lambda one: (one.starts_at(), one.slug))
    chief = {event.place_id: event for event in reversed(events) if event.is_cancelled}
    return chief | {event.place_id: event for event in reversed(events) if not event.is_cancelled}


def _row(place: EditionCity, now: datetime, near: KnownPlace | None) -> dict[str, Any]:
    starts_at = place.starts_at()
    return {
        "place": place,
        "name": in_language(place.city.names, page_language()),
        "country": country_name(place.city.country, page_language()),
        "starts_at": starts_at,
        "offset": utc_offset(starts_at),
        "state": state_of(starts_at, now),
        "url": reverse("web:city", args=[place.edition.slug, place.city.slug]),
        "is_solidarity": not place.missions.all(),
        "distance": distance_km(place, near) if near and not near.is_rough else None,
    }


@require_safe
def show_city(request: HttpRequest, edition: str, city: str) -> HttpResponse:
    """Show one city: when, where, which mission, how to get there, what is known and who checked it when."""
    found = public_edition(edition)
    place = get_object_or_404(
        EditionCity.objects.select_related("city", "edition").prefetch_related("missions"),
        edition=found,
        city__slug=city,
    )
    language = page_language()
    events = Event.objects.filter(place=place).with_place()
    context = {
        **edition_page(request, found),
        **_row(place, timezone.now(), None),
        "transit": in_language(place.transit, language),
        "note": in_language(place.note, language),
        "missions": _missions(found, place),
        "events": sorted(
            ({"event": event, **event_words(event)} for event in events), key=lambda row: row["starts_at"]
        ),
        "letter_languages": list(letters_of(found)),
    }
    return render(request, "web/cities/city.html", context)


def _missions(edition: Edition, place: EditionCity) -> list[dict[str, Any]]:
    language = page_language()
    letters = list(letters_of(edition).values())
    day = letter_day(letters[0]) if letters else edition.day
    facts = facts_on(place.missions.all(), day)
    sending = in_language(edition.campaign.sending_state_names, language)
    return [
        {
            "mission": mission,
            "kind": mission.get_kind_display(),
            "sending": sending,
            "address": _address(facts[mission.pk], language),
            "head": _head(facts[mission.pk], language),
            "chancery": facts[mission.pk].chancery,
            "head_fact": facts[mission.pk].head,
            "regions": [region_name(code, language) for code in sorted(facts[mission.pk].regions)],
            "holidays": [in_language(holiday.names, language) for holiday in facts[mission.pk].holidays],
            "day": day,
        }
        for mission in place.missions.all()
    ]


def _address(facts: FactsOnDay, language: str) -> list[str]:
    return in_language(facts.chancery.lines, language).splitlines() if facts.chancery else []


def _head(facts: FactsOnDay, language: str) -> str:
    return f"{in_language(facts.head.names, language)}, {facts.head.get_rank_display()}" if facts.head else ""


def event_words(event: Event) -> dict[str, Any]:
    """Give an event in the words of the page."""
    language = page_language()
    starts_at = event.starts_at()
    return {
        "title": in_language(event.titles, language),
        "where": in_language(event.places, language),
        "event_transit": in_language(event.transit, language),
        "event_note": in_language(event.note, language),
        "starts_at": starts_at,
        "ends_at": event.ends_at(),
        "offset": utc_offset(starts_at),
    }
