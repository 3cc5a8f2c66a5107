"""The first pages: which language, which campaign."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import override
from django.utils.translation.trans_real import get_supported_language_variant, parse_accept_lang_header
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from tongmun.campaigns.models import Call, Edition
from tongmun.kit.text import in_language
from tongmun.web.page import alternates, page_language, plain_page


@require_safe
@vary_on_headers("Accept-Language")
def choose_language(request: HttpRequest) -> HttpResponse:
    """Send readers on to the first language their browser asks for that we speak; let the others choose."""
    for code, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if code == "*":
            break
        try:
            language = get_supported_language_variant(code)
        except LookupError:
            continue
        with override(language):
            return redirect("web:campaigns")
    pages = alternates("web:campaigns", [code for code, _name in settings.LANGUAGES])
    return render(request, "web/home/choose_language.html", {"languages": pages})


@require_safe
def list_campaigns(request: HttpRequest) -> HttpResponse:
    """Show the editions there are in this language, the coming one first."""
    language = page_language()
    editions = Edition.objects.public().in_language(language).latest_first()
    calls = {call.edition_id: call for call in Call.objects.filter(language=language)}
    rows: list[dict[str, Any]] = [
        {
            "edition": edition,
            "takes_signatures": edition.takes_signatures(timezone.now()),
            "name": in_language(edition.names, language),
            "call": calls[edition.pk],
        }
        for edition in editions
    ]
    changed_on = max((day for row in rows for day in (row["edition"].changed_on, row["call"].changed_on)), default=None)
    context = {**plain_page("web:campaigns"), "rows": rows, "changed_on": changed_on}
    return render(request, "web/home/campaigns.html", context)
