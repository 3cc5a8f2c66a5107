"""Surges that wait for a person, and signatures that are taken out again."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tongmun.campaigns.country_words import country_name
from tongmun.campaigns.models import Edition
from tongmun.counts.models import CountEntry
from tongmun.desk.door import organisers_only
from tongmun.desk.forms import HoldDecision, TakeOutForm
from tongmun.desk.page import edition_page, page_language
from tongmun.desk.scope import edition_for
from tongmun.people.models import User
from tongmun.signatures.actions.hold import release, void_hold
from tongmun.signatures.actions.take_out import NumberChanged, take_out
from tongmun.signatures.models import Hold, Signature


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def decide_floods(request: HttpRequest, by: User, edition: str) -> HttpResponse:
    """Decide about what is held back, or take out counted signatures that have something in common."""
    found = edition_for(by, edition)
    deed = request.POST.get("do", "")
    if deed in {"release", "void"}:
        _decide(request, found, by)
        return redirect("desk:floods", edition=found.slug)
    form = TakeOutForm(found, request.POST if request.method == "POST" else None)
    number = None
    if form.is_valid():
        number = Signature.objects.filter(edition=found, hold__isnull=True).like(**form.traits()).count()
        if deed == "take-out" and _take_out(request, found, form, by):
            return redirect("desk:floods", edition=found.slug)
    context = {**edition_page(request, found), "holds": _rows(found), "form": form, "number": number}
    return render(request, "desk/edition/floods.html", context)


def _decide(request: HttpRequest, edition: Edition, by: User) -> None:
    form = HoldDecision(edition, request.POST)
    if form.is_valid():
        hold, now = form.cleaned_data["hold"], timezone.now()
        if form.cleaned_data["do"] == "release":
            is_done = release(hold=hold, by=by, at=now)
        else:
            is_done = void_hold(hold=hold, reason=CountEntry.Reason.FRAUD, by=by, at=now)
        if is_done:
            messages.success(request, _("Decided. The count follows with the next batch."))
            return
    messages.warning(request, _("Somebody else has already decided about this."))


def _take_out(request: HttpRequest, edition: Edition, form: TakeOutForm, by: User) -> bool:
    data = form.cleaned_data
    try:
        number = take_out(
            edition=edition,
            traits=form.traits(),
            reason=CountEntry.Reason(data["reason"]),
            number=data["number"] or 0,
            by=by,
            at=timezone.now(),
        )
    except NumberChanged:
        messages.warning(request, _("The number has changed meanwhile. Please look at it once more."))
        return False
    words = ngettext("%(number)s signature is taken out.", "%(number)s signatures are taken out.", number)
    messages.success(request, words % {"number": number})
    return True


def _rows(edition: Edition) -> list[dict[str, Any]]:
    language = page_language()
    holds = edition.holds.filter(state=Hold.State.OPEN).annotate(number=Count("signatures")).order_by("pk")
    return [
        {
            "pk": hold.pk,
            "kind": hold.get_kind_display(),
            "value": _value(hold, language),
            "number": hold.number,
            "began_on": hold.began_on,
        }
        for hold in holds
    ]


def _value(hold: Hold, language: str) -> str:
    if hold.kind == Hold.Kind.COUNTRY:
        return country_name(hold.value, language)
    if hold.kind == Hold.Kind.LANGUAGE:
        return str(get_language_info(hold.value)["name_translated"])
    return hold.value
