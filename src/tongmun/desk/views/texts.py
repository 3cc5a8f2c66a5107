"""The call and the letter: write, look at it, save. Two editors cannot overwrite each other unseen."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tongmun.campaigns.actions.change_call import CallChangedMeanwhile, change_call
from tongmun.campaigns.models import Call, Edition
from tongmun.desk.copy_notes import copy_notes, unchecked_forms
from tongmun.desk.door import organisers_only
from tongmun.desk.forms import CallForm, LetterForm
from tongmun.desk.page import edition_page, page_language
from tongmun.desk.scope import edition_for, language_of
from tongmun.kit.text import direction
from tongmun.letters.actions.write_version import LetterChangedMeanwhile, write_version
from tongmun.letters.mission_copies import general_copy
from tongmun.letters.models import LetterVersion
from tongmun.letters.wording import NoFormsOfAddress, wording
from tongmun.people.models import User

LONGEST_NUMBER = 9


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit_call(request: HttpRequest, by: User, edition: str, language: str) -> HttpResponse:
    """Change the call in one language, or look at it first."""
    found = edition_for(by, edition)
    spoken = language_of(found, language)
    call = Call.objects.filter(edition=found, language=spoken).first()
    form = CallForm(spoken, request.POST if request.method == "POST" else None, initial=_values(call, CallForm))
    context: dict[str, Any] = {"form": form, "seen": _seen(request, call.revision if call else 0)}
    if form.is_valid() and "save" in request.POST:
        try:
            change_call(
                edition=found, language=spoken, revision=context["seen"], by=by, at=timezone.now(), **form.cleaned_data
            )
        except CallChangedMeanwhile as error:
            context |= {
                "theirs": error.current,
                "is_conflict": True,
                "seen": error.current.revision if error.current else 0,
            }
        else:
            messages.success(request, _("The call is saved."))
            return redirect("desk:edit-call", edition=found.slug, language=spoken)
    elif form.is_valid():
        context["preview"] = Call(edition=found, language=spoken, **form.cleaned_data)
    return _page(request, "desk/texts/call.html", found, spoken, context)


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit_letter(request: HttpRequest, by: User, edition: str, language: str) -> HttpResponse:
    """Write the next version of the letter in one language, or look at it first."""
    found = edition_for(by, edition)
    spoken = language_of(found, language)
    if not _is_worded(spoken):
        return _page(request, "desk/texts/unworded.html", found, spoken, {})
    written = LetterVersion.objects.filter(edition=found, language=spoken).select_related("edition__campaign")
    letter = written.order_by("-number").first()
    form = LetterForm(spoken, request.POST if request.method == "POST" else None, initial=_values(letter, LetterForm))
    context: dict[str, Any] = {
        "form": form,
        "seen": _seen(request, letter.number if letter else 0),
        "letter": letter,
        "noted": copy_notes(letter, page_language()) if letter else [],
        "unchecked": unchecked_forms(spoken),
    }
    if form.is_valid():
        texts = form.cleaned_data
        if "save" not in request.POST:
            context["copy"] = general_copy(LetterVersion(edition=found, language=spoken, **texts))
            return _page(request, "desk/texts/letter.html", found, spoken, context)
        try:
            write_version(edition=found, language=spoken, based_on=context["seen"], by=by, at=timezone.now(), **texts)
        except LetterChangedMeanwhile as error:
            theirs = general_copy(error.current) if error.current else None
            context |= {"theirs": theirs, "is_conflict": True, "seen": error.current.number if error.current else 0}
        else:
            messages.success(request, _("The letter is saved."))
            return redirect("desk:edit-letter", edition=found.slug, language=spoken)
    return _page(request, "desk/texts/letter.html", found, spoken, context)


def _page(
    request: HttpRequest, template: str, edition: Edition, language: str, context: dict[str, Any]
) -> HttpResponse:
    around = {
        **edition_page(request, edition),
        "text_language": language,
        "text_direction": direction(language),
        "text_language_name": get_language_info(language)["name_translated"],
    }
    return render(request, template, {**around, **context})


def _values(row: Call | LetterVersion | None, form: type[forms.Form]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in form.base_fields} if row else {}


def _seen(request: HttpRequest, stored: int) -> int:
    """Give the revision or version that the editor saw; one that makes no sense counts as none."""
    if request.method != "POST":
        return stored
    number = request.POST.get("seen", "")
    return int(number) if number.isascii() and number.isdecimal() and len(number) <= LONGEST_NUMBER else 0


def _is_worded(language: str) -> bool:
    try:
        wording(language)
    except NoFormsOfAddress:
        return False
    return True
