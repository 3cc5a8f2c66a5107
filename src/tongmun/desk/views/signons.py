"""Organisations that sign on: invite them, set the deadline, decide about those that wait."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tongmun.campaigns.country_words import country_name
from tongmun.campaigns.models import Edition
from tongmun.desk.door import organisers_only
from tongmun.desk.page import edition_page, page_language
from tongmun.desk.scope import edition_for
from tongmun.desk.sign_on_forms import DeadlineForm, DecisionForm, InviteForm
from tongmun.kit.collation import collation_key
from tongmun.kit.text import in_language
from tongmun.people.models import User
from tongmun.signons.actions.confirm import AlreadySignedOn
from tongmun.signons.actions.invite import SignOnsClosed, invite
from tongmun.signons.actions.set_deadline import lift_deadline, set_deadline
from tongmun.signons.actions.settle import admit, refuse
from tongmun.signons.actions.show_logo import remove_logo
from tongmun.signons.actions.withdraw import withdraw_for
from tongmun.signons.boxes import person_in
from tongmun.signons.models import SignOn
from tongmun.signons.queries import deadline_of, held_sign_ons, standing_sign_ons, takes_sign_ons


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def invite_organisation(request: HttpRequest, by: User, edition: str) -> HttpResponse:
    """List the sign-ons of an edition, and send an invitation."""
    found, now = edition_for(by, edition), timezone.now()
    form = InviteForm(found, request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            invite(
                edition=found,
                address=given["email"],
                organisation=given["organisation"],
                language=given["language"],
                by=by,
                at=now,
            )
        except SignOnsClosed:
            form.add_error(None, _("Organisations cannot sign on now: open the edition or move the deadline first."))
        else:
            messages.success(request, _("The invitation is on its way. An earlier link to this mailbox is void."))
            return redirect("desk:sign-ons", edition=found.slug)
    deadline = deadline_of(found)
    context = {
        **edition_page(request, found),
        "form": form,
        "held": _named(held_sign_ons(found)),
        "standing": _named(standing_sign_ons(found)),
        "waiting": found.invitations.alive(now).count(),
        "deadline": deadline,
        "takes_sign_ons": takes_sign_ons(found, deadline, now),
    }
    return render(request, "desk/signons/list.html", context)


def _named(sign_ons: list[SignOn]) -> list[tuple[str, SignOn]]:
    language = page_language()
    place = collation_key(language)
    named = [(in_language(one.names, language), one) for one in sign_ons]
    return sorted(named, key=lambda pair: place(pair[0]))


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def change_deadline(request: HttpRequest, by: User, edition: str) -> HttpResponse:
    """Set, move or lift the deadline for sign-ons."""
    found, now = edition_for(by, edition), timezone.now()
    if request.POST.get("do") == "lift":
        if not lift_deadline(edition=found, by=by, at=now):
            messages.warning(request, _("There is no deadline any more."))
        return redirect("desk:sign-ons", edition=found.slug)
    deadline = deadline_of(found)
    form = DeadlineForm(deadline, request.POST if request.method == "POST" else None)
    if form.is_valid():
        set_deadline(edition=found, by=by, at=now, **form.cleaned_data)
        messages.success(request, _("The deadline is set."))
        return redirect("desk:sign-ons", edition=found.slug)
    context = {**edition_page(request, found), "form": form, "deadline": deadline}
    return render(request, "desk/signons/deadline.html", context)


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def decide_sign_on(request: HttpRequest, by: User, edition: str, sign_on: int) -> HttpResponse:
    """Show one sign-on with who confirmed it, and admit, refuse or withdraw it."""
    found = edition_for(by, edition)
    one = found.sign_ons.select_related("edition", "organisation", "letter").filter(pk=sign_on).first()
    if one is None:
        raise Http404
    form = DecisionForm(one, request.POST if request.POST.get("do") == "admit" else None)
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        try:
            if not _decide(one, request.POST.get("do", ""), form, by):
                messages.warning(request, _("That is not possible any more: somebody else was faster."))
        except AlreadySignedOn:
            form.add_error("organisation", _("This organisation has signed on already."))
        else:
            return redirect("desk:sign-ons", edition=found.slug)
    return render(request, "desk/signons/sign_on.html", _around(request, found, one, form))


def _decide(one: SignOn, deed: str, form: DecisionForm, by: User) -> bool:
    """Do one deed; gives False when there was nothing to do it to."""
    now = timezone.now()
    match deed:
        case "admit":
            return admit(sign_on=one, organisation=form.cleaned_data["organisation"], by=by, at=now)
        case "refuse":
            return refuse(sign_on=one, by=by, at=now)
        case "withdraw":
            return withdraw_for(sign_on=one, by=by, at=now)
        case "remove-logo":
            return remove_logo(sign_on=one, by=by, at=now)
    return False


def _around(request: HttpRequest, edition: Edition, one: SignOn, form: DecisionForm) -> dict[str, Any]:
    language = page_language()
    return {
        **edition_page(request, edition),
        "sign_on": one,
        "name": in_language(one.names, language),
        "names": sorted(one.names.items()),
        "country": country_name(one.country, language) if one.country else "",
        "letter_language": get_language_info(one.letter.language)["name_translated"],
        "person": person_in(one.person_box),
        "has_logo": hasattr(one, "logo"),
        "form": form,
    }
