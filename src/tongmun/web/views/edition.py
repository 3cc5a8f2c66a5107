"""The call and the count of an edition."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tongmun.campaigns.country_words import country_name
from tongmun.campaigns.queries import cities_by_instant, news_of
from tongmun.counts.queries import totals_of
from tongmun.kit.text import in_language
from tongmun.papers.queries import paper_totals, vouched_statements
from tongmun.signatures.endings import endings_of
from tongmun.signatures.queries import shown_lines
from tongmun.web.page import edition_page, page_language, public_edition

NAMES_ON_A_PAGE = 1_000
NEWS_ON_THE_CALL = 3


@require_safe
def show_call(request: HttpRequest, edition: str) -> HttpResponse:
    """Show when, where, what, and more."""
    found = public_edition(edition)
    language = page_language()
    places = cities_by_instant(found)
    context = {
        **edition_page(request, found),
        "call": get_object_or_404(found.calls, language=language),
        "first": places[0] if places else None,
        "last": places[-1] if places else None,
        "cities": len(places),
        "missions": sum(len(place.missions.all()) for place in places),
        "totals": totals_of(found),
        "is_past": found.has_passed(timezone.now()),
        "news": news_of(found, language)[:NEWS_ON_THE_CALL],
        "has_samples": found.memberships.filter(organisation__is_sample=True).exists(),
    }
    return render(request, "web/edition/call.html", context)


@require_safe
def show_signatures(request: HttpRequest, edition: str) -> HttpResponse:
    """Show how many are counted, in which countries, and the names of those who wanted theirs shown."""
    found = public_edition(edition)
    totals = totals_of(found)
    papers = paper_totals(found)
    language = page_language()
    context = {
        **edition_page(request, found),
        "totals": totals,
        "least": settings.COUNT_LEAST,
        "countries": [(country_name(code, language), counted) for code, counted in totals.by_country],
        "names": [
            {"line": one.line, "country": country_name(one.country, language) if one.country else ""}
            for one in shown_lines(found, limit=NAMES_ON_A_PAGE)
        ],
        "papers": papers,
        "paper_cities": [(in_language(city.names, language), counted) for city, counted in papers.by_city],
        "vouched": [(in_language(row.organisation.names, language), row) for row in vouched_statements(found)],
        "endings": endings_of(found),
    }
    return render(request, "web/edition/signatures.html", context)
