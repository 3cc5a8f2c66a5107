"""The pages behind the links that organisations get by mail. Following a link changes nothing; a button does."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tongmun.campaigns.country_words import country_name
from tongmun.kit.pictures import PictureRefused
from tongmun.kit.text import direction, in_language
from tongmun.letters.mission_copies import general_copy
from tongmun.letters.models import LetterVersion
from tongmun.letters.queries import letter_in
from tongmun.signons.actions.confirm import AlreadySignedOn, confirm, find_invitation
from tongmun.signons.actions.invite import SignOnsClosed
from tongmun.signons.actions.show_logo import remove_logo, show_logo
from tongmun.signons.actions.withdraw import find_own, withdraw
from tongmun.signons.links import UnknownLink
from tongmun.signons.models import Invitation, Logo, SignOn
from tongmun.signons.queries import deadline_of, takes_sign_ons
from tongmun.web.sign_on_forms import PICTURE_REMEDIES, LogoForm, SignOnForm
from tongmun.web.views.own import GONE


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_on(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the letter and the statement that is confirmed, with the form and the button that confirms it."""
    try:
        found = find_invitation(secret=secret, at=timezone.now())
        with override(found.language):
            return _sign_on(request, found, secret)
    except UnknownLink:
        return render(request, "web/organisations/unknown_link.html", status=GONE)


def _sign_on(request: HttpRequest, found: Invitation, secret: str) -> HttpResponse:
    edition, now = found.edition, timezone.now()
    letter, deadline = _letter_seen(request, found), deadline_of(edition)
    page = {"edition": edition, "edition_name": in_language(edition.names, found.language), "deadline": deadline}
    if letter is None or not takes_sign_ons(edition, deadline, now):
        return render(request, "web/organisations/closed.html", page)
    form = SignOnForm(edition, now.date(), request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = confirm(secret=secret, letter=letter, said=form.said(), at=now)
        except AlreadySignedOn:
            form.add_error(None, _("Your organisation has signed on already. Nothing was changed."))
        except SignOnsClosed:
            return render(request, "web/organisations/closed.html", page)
        else:
            what = "held" if made.state == SignOn.State.HELD else "confirmed"
            return redirect("web:sign-on-landing", edition=edition.slug, what=what)
    context = {
        **page,
        "form": form,
        "letter": letter,
        "letter_language": get_language_info(letter.language)["name_translated"],
        "copy": general_copy(letter),
        "letter_direction": direction(letter.language),
        "organisation": in_language(found.organisation.names, found.language) if found.organisation else "",
    }
    return render(request, "web/organisations/sign_on.html", context)


def _letter_seen(request: HttpRequest, found: Invitation) -> LetterVersion | None:
    """Give the version the form was made for, so that a sign-on belongs to the text that stood above its button."""
    digest = request.POST.get("letter", "")
    # PostgreSQL takes no NUL, and nothing but 64 hexadecimal digits can be a digest.
    versions = LetterVersion.objects.filter(edition=found.edition, digest=digest)
    return (versions.last() if digest.isalnum() else None) or letter_in(found.edition, found.language)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show_organisation(request: HttpRequest, secret: str) -> HttpResponse:
    """Show an organisation its sign-on, with the buttons that change its logo or withdraw."""
    deed = request.POST.get("do") if request.method == "POST" else None
    try:
        found = find_own(secret=secret)
        with override(found.language):
            if deed == "withdraw":
                withdraw(secret=secret, at=timezone.now())
                return redirect("web:sign-on-landing", edition=found.edition.slug, what="withdrawn")
            if deed == "remove-logo":
                remove_logo(sign_on=found, by=None, at=timezone.now())
                return redirect(request.path)
            form = LogoForm(request.POST, request.FILES) if deed == "logo" else LogoForm()
            if form.is_valid() and _logo(secret, form):
                return redirect(request.path)
            return _own_page(request, found, form)
    except UnknownLink:
        return render(request, "web/organisations/unknown_link.html", status=GONE)


def _logo(secret: str, form: LogoForm) -> bool:
    try:
        show_logo(secret=secret, content=form.cleaned_data["logo"].read(), at=timezone.now())
    except PictureRefused as refused:
        form.add_error("logo", str(PICTURE_REMEDIES[refused.reason]))
        return False
    return True


def _own_page(request: HttpRequest, found: SignOn, form: LogoForm) -> HttpResponse:
    language = found.language
    context = {
        "edition": found.edition,
        "edition_name": in_language(found.edition.names, language),
        "sign_on": found,
        "organisation": found.organisation,
        "names": sorted(found.names.items()),
        "country": country_name(found.country, language) if found.country else "",
        "letter_language": get_language_info(found.letter.language)["name_translated"],
        "has_logo": Logo.objects.filter(sign_on=found).exists(),
        "form": form,
    }
    return render(request, "web/organisations/own.html", context)
