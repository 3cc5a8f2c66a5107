"""The page of one event."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tongmun.events.models import Event
from tongmun.events.queries import Host, host_of
from tongmun.events.structured import event_data
from tongmun.kit.text import in_language
from tongmun.web.page import edition_page, page_language, public_edition
from tongmun.web.views.cities import event_words


@require_safe
def show_event(request: HttpRequest, edition: str, event: str) -> HttpResponse:
    """Show an event, for people and for machines (schema.org Event)."""
    found = public_edition(edition)
    row = get_object_or_404(Event.objects.with_place(), edition=found, slug=event)
    language = page_language()
    host = host_of(row, language)
    page: dict[str, Any] = {
        **edition_page(request, found),
        **event_words(row),
        "event": row,
        "host": host,
        "city_name": in_language(row.place.city.names, language),
        "kind": row.get_kind_display(),
    }
    url = settings.PUBLIC_URL + request.path
    page["data"] = script_json(event_data(row, language=language, url=url, host=_host_for_machines(host)))
    return render(request, "web/events/event.html", page)


def _host_for_machines(host: Host | None) -> str:
    """Name the host, and mark there too what is invented."""
    if host is None:
        return ""
    return f"{host.name} ({_('Sample')})" if host.is_sample else host.name


def script_json(data: dict[str, Any]) -> SafeString:
    """Write JSON that stays data inside a script element, whatever text is in it."""
    text = json.dumps(data, ensure_ascii=False, indent=1)
    escaped = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return mark_safe(escaped)  # noqa: S308 -- the three characters that could end the element are escaped above
