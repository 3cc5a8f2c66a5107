"""The door: all but the way in is for organisers."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from tongmun.desk.claim_forms import ClaimForm, sentence_label, text_label
from tongmun.desk.forms import CallForm
from tongmun.desk.letter_forms import LetterForm, paragraph_label
from tongmun.desk.page import desk_page
from tongmun.desk.paper_forms import CorrectionForm, VouchedForm
from tongmun.people.models import User
from tongmun.people.rules import may_work_at_desk

P = ParamSpec("P")
# Fields whose names depend on the letter: what stands before the mark, and what names the rest.
MADE = {"paragraph": paragraph_label, "text": text_label, "sentence": sentence_label}


def organisers_only(
    view: Callable[Concatenate[HttpRequest, User, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let organisers in, and hand the view who it is; send the others to the sign-in page or tell them no."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        user = request.user
        if isinstance(user, User) and may_work_at_desk(user):
            return view(request, user, *args, **kwargs)
        if user.is_authenticated:
            return render(request, "desk/door/refused.html", desk_page(request), status=403)
        if request.method == "POST":
            return _signed_out(request)
        return redirect_to_login(request.path)

    return guarded


def _signed_out(request: HttpRequest) -> HttpResponse:
    """Give back what somebody typed while their session ended; nothing of it was saved."""
    forms = (CallForm, LetterForm, ClaimForm, CorrectionForm, VouchedForm)
    fields = {name: field for form in forms for name, field in form.base_fields.items() if not field.widget.is_hidden}
    typed = [(field.label, request.POST[name]) for name, field in fields.items() if request.POST.get(name)]
    for name, value in request.POST.items():
        kind, _mark, rest = name.partition("_")
        if kind in MADE and rest and value:
            typed.append((MADE[kind](rest), str(value)))
    context = {**desk_page(request), "typed": typed, "next": request.path}
    return render(request, "desk/door/signed_out.html", context, status=403)
