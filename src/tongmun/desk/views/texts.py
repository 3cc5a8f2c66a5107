"""The call: write, look at it, save. Two editors cannot overwrite each other unseen."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tongmun.campaigns.actions.change_call import CallChangedMeanwhile, change_call
from tongmun.campaigns.models import Call, Edition
from tongmun.desk.door import organisers_only
from tongmun.desk.forms import CallForm
from tongmun.desk.page import edition_page
from tongmun.desk.scope import edition_for, language_of
from tongmun.kit.text import direction
from tongmun.letters.models import LetterVersion
from tongmun.look.templatetags.look import language_name
from tongmun.people.models import User

LONGEST_NUMBER = 9


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit_call(request: HttpRequest, by: User, edition: str, language: str) -> HttpResponse:
    """Change the call in one language, or look at it first."""
    found = edition_for(by, edition)
    spoken = language_of(found, language)
    call = Call.objects.filter(edition=found, language=spoken).first()
    form = CallForm(spoken, request.POST if request.method == "POST" else None, initial=values_of(call, CallForm))
    context: dict[str, Any] = {"form": form, "seen": seen_number(request, call.revision if call else 0)}
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
    return text_page(request, "desk/texts/call.html", found, spoken, context)


def text_page(
    request: HttpRequest, template: str, edition: Edition, language: str, context: dict[str, Any]
) -> HttpResponse:
    """Answer with a page about a text in one language."""
    around = {
        **edition_page(request, edition),
        "text_language": language,
        "text_direction": direction(language),
        "text_language_name": language_name(language),
    }
    return render(request, template, {**around, **context})


def values_of(row: Call | LetterVersion | None, form: type[forms.Form]) -> dict[str, Any]:
    """Give what a form begins with."""
    return {name: getattr(row, name) for name in form.base_fields} if row else {}


def seen_number(request: HttpRequest, stored: int, *, name: str = "seen") -> int:
    """Give the revision or version that the editor saw; one that makes no sense counts as none."""
    if request.method != "POST":
        return stored
    number = request.POST.get(name, "")
    return int(number) if number.isascii() and number.isdecimal() and len(number) <= LONGEST_NUMBER else 0
