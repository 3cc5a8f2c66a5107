"""The pages behind the links that signers get by mail. Following a link changes nothing; a button does."""

import time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tongmun.campaigns.country_words import country_name
from tongmun.counts.actions.receipt import make_receipt
from tongmun.kit.text import in_language
from tongmun.signatures.actions.confirm import confirm, find_pending
from tongmun.signatures.actions.disclose import NameNeeded, change_disclosure
from tongmun.signatures.actions.withdraw import commitment_of, erase, find_own, opening_of, withdraw
from tongmun.signatures.brakes import brakes
from tongmun.signatures.forms import OwnForm
from tongmun.signatures.links import UnknownLink
from tongmun.signatures.models import Signature

# 410 Gone: it may have been there, it is not now, and which of these it was is nobody's business.
GONE = 410
ENDINGS = {"withdraw": (withdraw, "web:withdrawn"), "erase": (erase, "web:erased")}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_signature(request: HttpRequest, secret: str) -> HttpResponse:
    """Show what will be counted, with the button that counts it."""
    try:
        found = find_pending(secret=secret, at=timezone.now())
        if request.method == "POST":
            confirm(secret=secret, at=timezone.now())
            brakes.confirm(domain=found.entry.email.rpartition("@")[2], now=time.monotonic())
    except UnknownLink:
        return render(request, "web/signing/unknown_link.html", status=GONE)
    language = found.entry.language
    with override(language):
        if request.method == "POST":
            return redirect("web:counted", edition=found.pending.edition.slug)
        context = {
            "edition_name": in_language(found.pending.edition.names, language),
            "entry": found.entry,
            "country": country_name(found.entry.country, language) if found.entry.country else "",
        }
        return render(request, "web/signing/confirm.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show_own(request: HttpRequest, secret: str) -> HttpResponse:
    """Show a signer what is kept and who learns what, with the buttons that change or end it."""
    deed = request.POST.get("do") if request.method == "POST" else None
    try:
        signature = find_own(secret=secret)
        with override(signature.language):
            if deed in ENDINGS:
                end, page = ENDINGS[deed]
                end(secret=secret)
                return redirect(page, edition=signature.edition.slug)
            if deed == "receipt" and signature.opening_box and not signature.hold_id:
                return _receipt(request, signature)
            form = OwnForm(signature, request.POST if deed == "change" else None)
            if form.is_valid() and _change(secret, form):
                return redirect(f"{request.path}?changed=yes")
            return _own_page(request, signature, form)
    except UnknownLink:
        return render(request, "web/signing/nothing_kept.html", status=GONE)


def _change(secret: str, form: OwnForm) -> bool:
    """Change who learns what; gives False when a name has to be typed for that, which the form then says."""
    data = form.cleaned_data
    try:
        change_disclosure(
            secret=secret,
            disclosure=form.disclosure(),
            name=data["name"],
            chosen=data["chosen"],
            keeps_news=data["keeps_news"],
        )
    except NameNeeded as needed:
        form.ask_for(needed.fields)
        return False
    return True


def _receipt(request: HttpRequest, signature: Signature) -> HttpResponse:
    edition = signature.edition
    receipt = make_receipt(
        edition=edition, commitment=commitment_of(signature), opening=opening_of(signature), at=timezone.now()
    )
    return render(request, "web/signing/receipt.html", {"edition": edition, "receipt": receipt})


def _own_page(request: HttpRequest, signature: Signature, form: OwnForm) -> HttpResponse:
    language = signature.language
    context = {
        "edition_name": in_language(signature.edition.names, language),
        "signature": signature,
        "country": country_name(signature.country, language) if signature.country else "",
        "form": form,
        "is_changed": "changed" in request.GET and not form.is_bound,
    }
    return render(request, "web/signing/own.html", context)
