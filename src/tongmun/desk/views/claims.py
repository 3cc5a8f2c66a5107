"""The register of claims: add, change, check against the source, take out."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tongmun.campaigns.models import Edition
from tongmun.desk.claim_forms import CheckForm, ClaimForm
from tongmun.desk.claim_words import doubt_words
from tongmun.desk.door import organisers_only
from tongmun.desk.page import edition_page, page_language
from tongmun.desk.scope import edition_for
from tongmun.kit.text import in_language
from tongmun.letters.actions.check_claim import ClaimHasNoSource, check_claim
from tongmun.letters.actions.remove_claim import remove_claim
from tongmun.letters.actions.write_claim import ClaimChangedMeanwhile, write_claim
from tongmun.letters.models import Claim
from tongmun.letters.queries import claims_to_settle, letters_of
from tongmun.people.models import User


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def list_claims(request: HttpRequest, by: User, edition: str) -> HttpResponse:
    """List the claims with what is in the way of each, and add one."""
    found = edition_for(by, edition)
    form = ClaimForm(found, letters_of(found), request.POST if request.method == "POST" else None)
    if form.is_valid():
        write_claim(edition=found, slug="", seen="", by=by, at=timezone.now(), **form.values())
        messages.success(request, _("The claim is added."))
        return redirect("desk:claims", edition=found.slug)
    doubts = {one.claim.pk: doubt_words(one) for one in claims_to_settle(found, timezone.now().date())}
    rows = [
        (claim, in_language(claim.texts, page_language()), doubts.get(claim.pk, []))
        for claim in Claim.objects.filter(edition=found).order_by("position", "pk")
    ]
    context = {**edition_page(request, found), "rows": rows, "form": form}
    return render(request, "desk/claims/list.html", context)


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit_claim(request: HttpRequest, by: User, edition: str, claim: str) -> HttpResponse:
    """Change, check or take out one claim, unless somebody else has done so since the page was opened."""
    found = edition_for(by, edition)
    stored = Claim.objects.filter(edition=found, slug=claim).first()
    if stored is None:
        raise Http404
    deed = request.POST.get("do") if request.method == "POST" else None
    form = ClaimForm(found, letters_of(found), request.POST if deed == "save" else None, claim=stored)
    check = CheckForm(request.POST if deed == "check" else None)
    seen = request.POST.get("seen", "") if request.method == "POST" else stored.digest
    context: dict[str, Any] = {"claim": stored, "form": form, "check": check}
    try:
        shared = {"edition": found, "slug": stored.slug, "seen": seen, "by": by, "at": timezone.now()}
        done = _do(deed, form, check, shared)
    except ClaimChangedMeanwhile as error:
        if error.current is None:
            messages.warning(request, _("Somebody else has taken this claim out of the register."))
            return redirect("desk:claims", edition=found.slug)
        context |= {"theirs": error.current, "theirs_text": in_language(error.current.texts, page_language())}
        seen = error.current.digest
    except ClaimHasNoSource:
        check.add_error("checked_by", _("There is nothing to check it against. Name the source first, and save."))
    else:
        if done:
            messages.success(request, done)
            return redirect("desk:claims", edition=found.slug)
    return _page(request, found, {**context, "seen": seen})


def _do(deed: str | None, form: ClaimForm, check: CheckForm, shared: dict[str, Any]) -> str:
    """Do what was asked for and say so; "" when nothing was, or a form has mistakes."""
    if deed == "save" and form.is_valid():
        write_claim(**shared, **form.values())
        return _("The claim is saved.")
    if deed == "check" and check.is_valid():
        check_claim(**shared, **check.cleaned_data)
        return _("The claim is checked as of today.")
    if deed == "remove":
        remove_claim(**shared)
        return _("The claim is taken out of the register.")
    return ""


def _page(request: HttpRequest, edition: Edition, context: dict[str, Any]) -> HttpResponse:
    to_settle = claims_to_settle(edition, timezone.now().date())
    doubts = next((doubt_words(one) for one in to_settle if one.claim == context["claim"]), [])
    return render(request, "desk/claims/claim.html", {**edition_page(request, edition), **context, "doubts": doubts})
