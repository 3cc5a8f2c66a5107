"""Signing, and the pages one lands on afterwards. They have clean addresses: no token stays in the address bar."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from tongmun.campaigns.models import Edition
from tongmun.kit.keyring import coalition_private_key_is_here
from tongmun.letters.models import LetterVersion
from tongmun.letters.queries import letter_in
from tongmun.signatures.actions.sign import sign
from tongmun.signatures.forms import SignForm
from tongmun.signatures.intake import NotRecorded
from tongmun.web.arrivals import is_flood, is_from_elsewhere
from tongmun.web.page import edition_page, page_language, public_edition, via_of
from tongmun.web.views.errors import SECONDS_TO_RETRY, UNAVAILABLE, csrf_failure


# Signing needs no cookie and no account: what stands in for Django's token is the stamp, and where the form came from.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_letter(request: HttpRequest, edition: str) -> HttpResponse:
    """Take a signature in; everybody who sends a valid form gets the same answer."""
    found = public_edition(edition)
    letter = _letter_seen(request, found)
    page = edition_page(request, found)
    if not page["takes_signatures"] or letter is None:
        return render(request, "web/signing/closed.html", page)
    if request.method == "POST" and is_from_elsewhere(request.META):
        return csrf_failure(request)
    now = timezone.now()
    form = SignForm(found.slug, now, request.POST if request.method == "POST" else None)
    is_refused = False
    if form.is_valid():
        try:
            entry, via = form.entry(), via_of(request, found)
            slowly = is_flood(entry, request.META)
            sign(edition=found, letter=letter, entry=entry, at=now, via=via, slowly=slowly)
        except NotRecorded:
            is_refused = True
        else:
            return redirect("web:sent", edition=found.slug)
    context = {
        **page,
        "form": form,
        "letter": letter,
        "hours": settings.PENDING_HOURS,
        "controller": settings.CONTROLLER,
        "key_is_here": coalition_private_key_is_here(settings.KEYS),
        "is_refused": is_refused,
    }
    response = render(request, "web/signing/sign.html", context, status=UNAVAILABLE if is_refused else None)
    if is_refused:
        response.headers["Retry-After"] = str(SECONDS_TO_RETRY)
    return response


def _letter_seen(request: HttpRequest, edition: Edition) -> LetterVersion | None:
    """Give the version the form was made for, so that a signature stays with the text its signer could read."""
    digest = request.POST.get("letter", "")
    # PostgreSQL takes no NUL, and nothing but 64 hexadecimal digits can be a digest.
    seen = LetterVersion.objects.filter(edition=edition, digest=digest).last() if digest.isalnum() else None
    if seen is not None:
        return seen
    return letter_in(edition, page_language())


def _landing(template: str, request: HttpRequest, edition: str) -> HttpResponse:
    return render(request, f"web/signing/{template}.html", edition_page(request, public_edition(edition)))


@require_safe
def show_sent(request: HttpRequest, edition: str) -> HttpResponse:
    """Say that a mail is on its way."""
    return _landing("sent", request, edition)


@require_safe
def show_counted(request: HttpRequest, edition: str) -> HttpResponse:
    """Say that the signature is counted, and what one can do next."""
    return _landing("counted", request, edition)


@require_safe
def show_withdrawn(request: HttpRequest, edition: str) -> HttpResponse:
    """Say that the signature is taken back and everything about it erased."""
    return _landing("withdrawn", request, edition)


@require_safe
def show_erased(request: HttpRequest, edition: str) -> HttpResponse:
    """Say that everything about the signer is erased and the number stays."""
    return _landing("erased", request, edition)
