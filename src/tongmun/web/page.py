"""What every public page of an edition has around it: the edition itself, the way to its pages, its other languages."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, get_language_info, override
from django.utils.translation import gettext as _

from tongmun.campaigns.models import Edition
from tongmun.campaigns.queries import organisations_by_slug
from tongmun.kit.text import in_language


def public_edition(slug: str) -> Edition:
    """Get a published edition that speaks the language of the page; raises Http404."""
    edition = Edition.objects.public().filter(slug=slug).select_related("campaign__cause").first()
    if edition is None or page_language() not in edition.languages:
        raise Http404
    return edition


def via_of(request: HttpRequest, edition: Edition) -> int | None:
    """Give the number of the organisation whose link was followed, if it belongs to the edition."""
    slug = _via_slug(request, edition)
    return organisations_by_slug(edition)[slug] if slug else None


def page_language() -> str:
    """Give the language of the page, BCP 47."""
    return get_language() or settings.LANGUAGE_CODE


def alternates(name: str, languages: list[str], **arguments: str) -> list[dict[str, str]]:
    """Give the address of a page in each of its languages, with the language's own name."""
    pages = []
    for code in languages:
        with override(code):
            pages.append(
                {"code": code, "name": get_language_info(code)["name_local"], "url": reverse(name, kwargs=arguments)}
            )
    return pages


def edition_page(request: HttpRequest, edition: Edition, *, languages: list[str] | None = None) -> dict[str, Any]:
    """Give the context every page of an edition begins with."""
    match = request.resolver_match
    via = _via_slug(request, edition)
    # After every address that leads on, so that an organisation sees what it brought without a cookie.
    onward = f"?via={via}" if via else ""
    name, arguments = (match.view_name, match.kwargs) if match else ("web:campaigns", {})
    return {
        "edition": edition,
        "takes_signatures": edition.takes_signatures(timezone.now()),
        "edition_name": in_language(edition.names, page_language()),
        "edition_url": reverse("web:call", args=[edition.slug]) + onward,
        "home_url": reverse("web:campaigns"),
        "alternates": [
            {**page, "url": page["url"] + onward}
            for page in alternates(name, languages or edition.languages, **arguments)
        ],
        "nav": _navigation(request, edition, onward),
        "via": via,
        "onward": onward,
        "page_url": settings.PUBLIC_URL + request.path,
    }


def _via_slug(request: HttpRequest, edition: Edition) -> str:
    slug = request.POST.get("via") or request.GET.get("via", "")
    return slug if slug and slug in organisations_by_slug(edition) else ""


def plain_page(name: str) -> dict[str, Any]:
    """Give the context of a page that belongs to no edition."""
    return {
        "home_url": reverse("web:campaigns"),
        "alternates": alternates(name, [code for code, _name in settings.LANGUAGES]),
    }


def _navigation(request: HttpRequest, edition: Edition, onward: str) -> list[dict[str, Any]]:
    pages = [
        ("web:call", _("The call")),
        ("web:letter", _("The letter")),
        ("web:cities", _("Cities")),
        *([("web:sign", _("Sign"))] if edition.takes_signatures(timezone.now()) else []),
        ("web:signatures", _("Signatures")),
        ("web:organisations", _("Organisations")),
        ("web:news", _("News")),
    ]
    urls = [(reverse(name, args=[edition.slug]), words) for name, words in pages]
    return [{"url": url + onward, "name": words, "is_current": url == request.path} for url, words in urls]
