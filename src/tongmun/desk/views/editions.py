"""Which editions there are, and how far each has come."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from tongmun.campaigns.models import Edition
from tongmun.counts.queries import totals_of, unlogged_of
from tongmun.desk.brought import brought_in
from tongmun.desk.door import organisers_only
from tongmun.desk.missing import missing
from tongmun.desk.page import desk_page, edition_page, page_language
from tongmun.desk.scope import edition_for, editions_for
from tongmun.desk.standing import standing_of
from tongmun.kit.text import in_language
from tongmun.people.models import User


@organisers_only
@require_safe
def show_overview(request: HttpRequest, by: User) -> HttpResponse:
    """List the editions, drafts included."""
    editions = editions_for(by).latest_first()
    rows = [(edition, in_language(edition.names, page_language())) for edition in editions]
    return render(request, "desk/house/overview.html", {**desk_page(request), "rows": rows})


def _public_url(edition: Edition) -> str:
    """Give the page everybody may read, in the language of the desk if the edition speaks it; "" for a draft."""
    if edition.state == Edition.State.DRAFT or not edition.languages:
        return ""
    spoken = page_language() if page_language() in edition.languages else edition.languages[0]
    with override(spoken):
        return reverse("web:call", args=[edition.slug])


@organisers_only
@require_safe
def show_edition(request: HttpRequest, by: User, edition: str) -> HttpResponse:
    """Show the counts, what is missing, what each organisation brought, and every city with its missions."""
    found = edition_for(by, edition)
    standing = standing_of(found, page_language())
    public_url = _public_url(found)
    context = {
        **edition_page(request, found),
        "standing": standing,
        "gaps": missing(standing),
        "totals": totals_of(found),
        "unlogged": unlogged_of(found),
        "brought": brought_in(found, language=page_language(), page=public_url),
        "public_url": public_url,
    }
    return render(request, "desk/edition/overview.html", context)
