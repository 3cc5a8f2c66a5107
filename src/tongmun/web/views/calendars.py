"""Calendar files."""

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from tongmun.campaigns.models import Edition
from tongmun.events.calendars import calendar_of
from tongmun.events.models import Event
from tongmun.web.page import page_language, public_edition


@require_safe
def event_calendar(request: HttpRequest, edition: str, event: str) -> HttpResponse:
    """Give one event."""
    found = public_edition(edition)
    row = get_object_or_404(Event.objects.with_place(), edition=found, slug=event)
    return _calendar(found, [row], f"{row.slug}.ics")


@require_safe
def edition_calendar(request: HttpRequest, edition: str) -> HttpResponse:
    """Give all events of an edition, to subscribe to."""
    found = public_edition(edition)
    events = sorted(Event.objects.filter(edition=found).with_place(), key=lambda event: (event.starts_at(), event.slug))
    return _calendar(found, events, f"{found.slug}.ics")


def _calendar(edition: Edition, events: Iterable[Event], name: str) -> HttpResponse:
    content = calendar_of(edition, events, language=page_language(), address=_address)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


def _address(event: Event) -> str:
    return settings.PUBLIC_URL + reverse("web:event", args=[event.edition.slug, event.slug])
