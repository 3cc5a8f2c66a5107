"""The pages behind the links that signers get by mail. Following a link changes nothing; a button does."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tongmun.campaigns.country_words import country_name
from tongmun.kit.text import in_language
from tongmun.signatures.actions.confirm import confirm, find_pending
from tongmun.signatures.actions.withdraw import erase, find_own, withdraw
from tongmun.signatures.links import UnknownLink

# 410 Gone: it may have been there, it is not now, and which of these it was is nobody's business.
GONE = 410


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_signature(request: HttpRequest, secret: str) -> HttpResponse:
    """Show what will be counted, with the button that counts it."""
    try:
        found = find_pending(secret=secret, at=timezone.now())
        if request.method == "POST":
            confirm(secret=secret, at=timezone.now())
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
    """Show a signer what is kept, with the two buttons that end it."""
    try:
        signature = find_own(secret=secret)
        if request.method == "POST" and request.POST.get("do") == "withdraw":
            withdraw(secret=secret)
        elif request.method == "POST" and request.POST.get("do") == "erase":
            erase(secret=secret)
    except UnknownLink:
        return render(request, "web/signing/nothing_kept.html", status=GONE)
    language = signature.language
    with override(language):
        if request.method == "POST" and request.POST.get("do") in {"withdraw", "erase"}:
            page = "web:withdrawn" if request.POST["do"] == "withdraw" else "web:erased"
            return redirect(page, edition=signature.edition.slug)
        context = {
            "edition_name": in_language(signature.edition.names, language),
            "signature": signature,
            "country": country_name(signature.country, language) if signature.country else "",
        }
        return render(request, "web/signing/own.html", context)
