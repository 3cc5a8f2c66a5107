"""The coalition as a ring and a list, and the way in for organisations."""

import time
from datetime import datetime
from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from tongmun.campaigns.country_words import country_name
from tongmun.campaigns.models import Edition
from tongmun.kit.ring import Ring
from tongmun.signatures.brakes import brakes
from tongmun.signons.actions.invite import SignOnsClosed, ask
from tongmun.signons.coalition import Partner, in_alphabet, partners_of, ring_of
from tongmun.signons.models import Logo
from tongmun.signons.printing import ring_pdf
from tongmun.signons.queries import deadline_of, takes_sign_ons
from tongmun.web.arrivals import address_of, is_from_elsewhere
from tongmun.web.page import edition_page, page_language, public_edition
from tongmun.web.sign_on_forms import AskForm
from tongmun.web.views.errors import csrf_failure
from tongmun.web.views.letter import kept

LANDINGS = {"sent", "confirmed", "held", "withdrawn"}


@require_safe
def show_organisations(request: HttpRequest, edition: str) -> HttpResponse:
    """Show the coalition as a ring, and as a list with what each does."""
    found = public_edition(edition)
    language, partners, deadline = page_language(), partners_of(found), deadline_of(found)
    context = {
        **edition_page(request, found),
        "ring": ring_of(found, partners, language),
        "rows": [_row(name, one, language) for name, one in in_alphabet(partners, language)],
        "has_samples": any(one.is_sample for one in partners),
        "deadline": deadline,
        "takes_sign_ons": takes_sign_ons(found, deadline, timezone.now()),
    }
    return render(request, "web/edition/organisations.html", context)


def _row(name: str, partner: Partner, language: str) -> dict[str, object]:
    sign_on = partner.sign_on
    return {
        "slug": partner.slug,
        "name": name,
        "others": partner.others(name),
        "country": country_name(partner.country, language) if partner.country else "",
        "role": partner.member.get_role_display() if partner.member else "",
        "sign_on": sign_on,
        "has_logo": hasattr(sign_on, "logo"),
        "is_sample": partner.is_sample,
    }


@require_safe
def show_logo(request: HttpRequest, edition: str, organisation: str) -> HttpResponse:
    """Give the logo of an organisation that has signed on."""
    found = public_edition(edition)
    standing = found.sign_ons.standing().filter(organisation__slug=organisation)
    logo = get_object_or_404(Logo, sign_on__in=standing)
    return HttpResponse(bytes(logo.picture), content_type="image/png")


@require_safe
def draw_ring(request: HttpRequest, edition: str) -> HttpResponse:
    """Give the ring as a picture of its own."""
    found = public_edition(edition)
    context = {"ring": _ring(found), "edition": found, "language": page_language(), "title": _ring_title(found)}
    return render(request, "web/edition/ring.svg", context, content_type="image/svg+xml")


@require_safe
def print_ring(request: HttpRequest, edition: str) -> HttpResponse:
    """Give the ring on paper, with the same names as a list behind it."""
    found, language = public_edition(edition), page_language()
    partners, title = partners_of(found), _ring_title(found)
    if not partners:
        raise Http404
    ring, names = ring_of(found, partners, language), [name for name, _one in in_alphabet(partners, language)]
    key = sha256(repr((ring, names, title, language, found.day)).encode()).hexdigest()
    words = _("The order was drawn by lot and stays the same for this edition. Nobody comes first.")
    content = kept(key, lambda: ring_pdf(ring, names=names, title=title, words=words, language=language, day=found.day))
    name = f"organisations-{found.slug}-{language}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _ring(edition: Edition) -> Ring:
    return ring_of(edition, partners_of(edition), page_language())


def _ring_title(edition: Edition) -> str:
    return _("Organisations that stand behind the letter")


# Made as the form for signers is: it needs no cookie, and its stamp stands in for Django's token.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_link(request: HttpRequest, edition: str) -> HttpResponse:
    """Send a link to the mailbox of an organisation; everybody who sends a valid form gets the same answer."""
    found, now = public_edition(edition), timezone.now()
    deadline = deadline_of(found)
    page = {**edition_page(request, found), "deadline": deadline}
    if not takes_sign_ons(found, deadline, now):
        return render(request, "web/organisations/closed.html", page)
    if request.method == "POST" and is_from_elsewhere(request.META):
        return csrf_failure(request)
    form = AskForm(found.slug, now, request.POST if request.method == "POST" else None)
    if form.is_valid() and _asked(request, found, form.cleaned_data["email"], now):
        return redirect("web:sign-on-landing", edition=found.slug, what="sent")
    return render(request, "web/organisations/ask.html", {**page, "form": form})


def _asked(request: HttpRequest, edition: Edition, address: str, now: datetime) -> bool:
    domain = address.rpartition("@")[2]
    slowly = brakes.is_flood(address=address_of(request.META), domain=domain, now=time.monotonic())
    try:
        ask(edition=edition, address=address, language=page_language(), at=now, slowly=slowly)
    except SignOnsClosed:
        return False
    return True


@require_safe
def show_landing(request: HttpRequest, edition: str, what: str) -> HttpResponse:
    """Say what has become of a sign-on; the address has no secret in it."""
    found = public_edition(edition)
    if what not in LANDINGS:
        raise Http404
    return render(request, f"web/organisations/{what}.html", edition_page(request, found))
