"""The letter on the page and on paper."""

import re
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from babel.numbers import format_decimal
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tongmun.campaigns.models import EditionCity
from tongmun.campaigns.queries import cities_by_instant
from tongmun.kit.text import direction, in_language
from tongmun.letters.anchors import Anchor, in_reading_order, pieces_of
from tongmun.letters.copies import LetterCopy
from tongmun.letters.mission_copies import copy_for_mission, general_copy, letter_day
from tongmun.letters.models import Claim, LetterVersion
from tongmun.letters.printing import letter_pdf
from tongmun.letters.queries import letter_in, letters_of
from tongmun.letters.sources import source_pieces
from tongmun.look.templatetags.look import page_locale
from tongmun.missions.models import Mission
from tongmun.missions.queries import facts_on
from tongmun.web.page import edition_page, page_language, public_edition

LARGE_NUMBER = re.compile(r"[0-9]{5,}|[0-9]{1,3}(,[0-9]{3})+")
QUALIFIED = {
    "over": _("over %(figure)s"),
    "about": _("about %(figure)s"),
    "at least": _("at least %(figure)s"),
    "up to": _("up to %(figure)s"),
}


@require_safe
def show_letter(request: HttpRequest, edition: str) -> HttpResponse:
    """Show the letter as a letter, with the sources of what it asserts, and the copies for each mission."""
    found = public_edition(edition)
    language = page_language()
    letter = letter_in(found, language)
    placed = in_reading_order(Claim.objects.filter(edition=found), letter) if letter else []
    context = {
        **edition_page(request, found),
        "letter": letter,
        "pieces": pieces_of(letter, [anchor for _claim, anchor in placed]) if letter else [],
        "copy": general_copy(letter) if letter else None,
        "letter_direction": direction(letter.language) if letter else "",
        "is_translated": bool(letter and letter.language == language),
        "claims": [_source(number, *one, language) for number, one in enumerate(placed, 1)],
        "places": [place for place in cities_by_instant(found) if place.missions.all()],
    }
    return render(request, "web/letter/letter.html", context)


@require_safe
def show_version(request: HttpRequest, edition: str, language: str, number: int) -> HttpResponse:
    """Show one version of the letter as it stood, for ever, and whether there is a newer one."""
    found = public_edition(edition)
    versions = LetterVersion.objects.filter(edition=found, language=language).order_by("-number")
    letter = next((version for version in versions if version.number == number), None)
    if letter is None:
        raise Http404
    newest = versions[0]
    context = {
        **edition_page(request, found),
        "letter": letter,
        "copy": _as_signed(letter),
        "letter_direction": direction(letter.language),
        "newest": newest if newest != letter else None,
        "others": [version for version in versions if version != letter],
    }
    return render(request, "web/letter/version.html", context)


def _as_signed(letter: LetterVersion) -> LetterCopy:
    """Give what the digest of a version stands for: a date of the edition, which can move, is no part of it."""
    copy = general_copy(letter)
    return copy if letter.dated else replace(copy, date_line="")


def _source(number: int, claim: Claim, anchor: Anchor, language: str) -> dict[str, Any]:
    return {
        "number": number,
        "claim": claim,
        "anchor": anchor,
        "text": in_language(claim.texts, language),
        "figure": _figure(claim),
        "source": source_pieces(claim.source),
    }


def _figure(claim: Claim) -> str:
    """Write a figure with its qualifier; a qualifier we have no words for stands as it was written."""
    figure = _grouped(claim.figure)
    if not figure or not claim.qualifier:
        return figure
    words = QUALIFIED.get(claim.qualifier)
    return words % {"figure": figure} if words else f"{claim.qualifier} {figure}"


def _grouped(figure: str) -> str:
    """Group the digits as the language of the page does; what is no whole number, or may be a year, stays as it is."""
    if not LARGE_NUMBER.fullmatch(figure):
        return figure
    return format_decimal(int(figure.replace(",", "")), locale=page_locale())


@require_safe
def print_letter(request: HttpRequest, edition: str) -> HttpResponse:
    """Give the letter to the addressee alone, as PDF."""
    found = public_edition(edition)
    letter = letter_in(found, page_language())
    if letter is None:
        raise Http404
    return _pdf(letter, general_copy(letter), f"letter-{found.slug}-{letter.language}.pdf")


@require_safe
def print_copy(request: HttpRequest, edition: str, mission: str) -> HttpResponse:
    """Give the copy handed over at one mission, as PDF; `?language=` asks for another language of the letter.

    Whoever asks for a language wants no other: raises Http404 when the letter is not written in it.
    """
    found = public_edition(edition)
    place = get_object_or_404(EditionCity.objects.select_related("city"), edition=found, missions__slug=mission)
    asked = request.GET.get("language")
    letter = letters_of(found).get(asked) if asked is not None else letter_in(found, page_language())
    if letter is None:
        raise Http404
    row = get_object_or_404(Mission, slug=mission)
    facts = facts_on([row], letter_day(letter))[row.pk]
    return _pdf(
        letter, copy_for_mission(letter, facts, place.city), f"letter-{found.slug}-{mission}-{letter.language}.pdf"
    )


def _pdf(letter: LetterVersion, copy: LetterCopy, name: str) -> HttpResponse:
    day = letter_day(letter)
    key = sha256(repr((copy, day)).encode()).hexdigest()
    content = kept(key, lambda: letter_pdf(copy, day=day))
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )


def kept(key: str, make: Callable[[], bytes]) -> bytes:
    """Make a file once: the same copy has the same bytes for ever, so it is kept under the hash of what is on it."""
    path: Path = settings.CACHED_PDFS / f"{key}.pdf"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        content = make()
        with NamedTemporaryFile(dir=path.parent, suffix=".draft", delete=False) as draft:
            draft.write(content)
        Path(draft.name).replace(path)
    return path.read_bytes()
