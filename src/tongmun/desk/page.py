"""What every page of the desk has around it."""

from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from tongmun.campaigns.models import Edition
from tongmun.kit.text import in_language
from tongmun.people.rules import may_work_at_desk


def page_language() -> str:
    """Give the language of the page, BCP 47."""
    return get_language() or settings.LANGUAGE_CODE


def safe_target(request: HttpRequest) -> str:
    """Give the page of the desk that a form names as the one to go on to, else the overview."""
    home, target = reverse("desk:overview"), request.POST.get("next", "") or request.GET.get("next", "")
    # What begins with the path of the desk can name no other host.
    return target if target.startswith(home) else home


def desk_page(request: HttpRequest) -> dict[str, Any]:
    """Give the context every page begins with; the way to other pages only to those who may go there."""
    is_inside = may_work_at_desk(request.user)
    return {
        "home_url": reverse("desk:overview"),
        "here": request.path,
        "languages": [(code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES],
        "messages": get_messages(request),
        "is_signed_in": request.user.is_authenticated,
        "nav": _links(request, _house_pages()) if is_inside else [],
    }


def edition_page(request: HttpRequest, edition: Edition) -> dict[str, Any]:
    """Give the context of a page of one edition, with the way to its other pages."""
    return {
        **desk_page(request),
        "edition": edition,
        "edition_name": in_language(edition.names, page_language()),
        "edition_url": reverse("desk:edition", args=[edition.slug]),
        "pages": _links(request, _edition_pages(edition)),
    }


def _house_pages() -> list[tuple[str, str]]:
    return [
        (reverse("desk:overview"), _("Editions")),
        (reverse("desk:missions"), _("Missions")),
        (reverse("desk:mail"), _("Mail")),
        (reverse("desk:journal"), _("Journal")),
        (reverse("desk:forms-of-address"), _("Forms of address")),
    ]


def _edition_pages(edition: Edition) -> list[tuple[str, str]]:
    spoken = [(code, get_language_info(code)["name_translated"]) for code in edition.languages]
    slug = edition.slug
    return [
        (reverse("desk:edition", args=[slug]), _("Overview")),
        *(
            (reverse("desk:edit-call", args=[slug, code]), _("Call: %(language)s") % {"language": name})
            for code, name in spoken
        ),
        *(
            (reverse("desk:edit-letter", args=[slug, code]), _("Letter: %(language)s") % {"language": name})
            for code, name in spoken
        ),
        (reverse("desk:letter-standing", args=[slug]), _("What the letter lacks")),
        (reverse("desk:claims", args=[slug]), _("Claims")),
        (reverse("desk:edition-missions", args=[slug]), _("Missions")),
        (reverse("desk:names", args=[slug]), _("Names to look at")),
        (reverse("desk:floods", args=[slug]), _("Floods")),
        (reverse("desk:papers", args=[slug]), _("Paper sheets")),
        (reverse("desk:vouched", args=[slug]), _("Vouched numbers")),
        (reverse("desk:sign-ons", args=[slug]), _("Sign-ons")),
        (reverse("desk:imports", args=[slug]), _("Imports")),
        (reverse("desk:packets", args=[slug]), _("Packets")),
    ]


def _links(request: HttpRequest, pages: list[tuple[str, str]]) -> list[dict[str, Any]]:
    return [{"url": url, "name": name, "is_current": url == request.path} for url, name in pages]
