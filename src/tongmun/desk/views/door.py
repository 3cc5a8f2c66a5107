"""The way in and out: the one-time link, signing in and out, the language of the desk."""

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from tongmun.desk import brake
from tongmun.desk.page import desk_page, safe_target
from tongmun.people.actions.redeem_link import UnknownLink, find_link, redeem_organiser_link
from tongmun.people.forms import OpenDeskForm, SignInForm

# 410 Gone: it may have been there, it is not now, and which of these it was is nobody's business.
GONE = 410


@require_http_methods(["GET", "HEAD", "POST"])
def open_desk(request: HttpRequest, secret: str) -> HttpResponse:
    """Make the account of whoever holds a one-time link, and sign them in."""
    now = timezone.now()
    form = OpenDeskForm(request.POST if request.method == "POST" else None)
    try:
        find_link(secret=secret, at=now)
        if form.is_valid():
            auth.login(request, redeem_organiser_link(secret=secret, at=now, **form.cleaned_data))
            brake.forget(form.cleaned_data["email"])
            return redirect("desk:overview")
    except UnknownLink:
        return render(request, "desk/door/unknown_link.html", desk_page(request), status=GONE)
    return render(request, "desk/door/open.html", {**desk_page(request), "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign somebody in. The answer is the same whether the address or the password is wrong."""
    address = request.POST.get("username", "")
    if request.method == "POST" and not brake.may_try(address):
        return render(request, "desk/door/braked.html", desk_page(request), status=429)
    form = SignInForm(request, request.POST if request.method == "POST" else None)
    if form.is_valid():
        brake.forget(address)
        auth.login(request, form.get_user())
        return HttpResponseRedirect(safe_target(request))
    return render(request, "desk/door/sign_in.html", {**desk_page(request), "form": form, "next": safe_target(request)})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, here and in the database."""
    auth.logout(request)
    return redirect("desk:sign-in")


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember the language of the desk in a cookie that is sent to the desk alone."""
    response = HttpResponseRedirect(safe_target(request))
    code = request.POST.get("language", "")
    if code in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            path=settings.LANGUAGE_COOKIE_PATH,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )
    return response
