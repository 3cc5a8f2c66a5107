"""Freeze an edition, and fetch the packets of what was frozen. Nothing here is public."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tongmun.campaigns.models import Edition
from tongmun.deliveries.actions.freeze import freeze_edition
from tongmun.deliveries.models import Freeze
from tongmun.deliveries.names import clear_names
from tongmun.deliveries.packing import Packing
from tongmun.deliveries.readiness import readiness_of
from tongmun.desk.door import organisers_only
from tongmun.desk.packet_forms import FreezeForm
from tongmun.desk.packet_words import blocked_rows, left_out_rows, mission_rows, spoken
from tongmun.desk.page import edition_page, page_language
from tongmun.desk.scope import edition_for
from tongmun.kit.packets import packed
from tongmun.kit.pdf import MissingGlyph
from tongmun.kit.text import in_language
from tongmun.people.models import User


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def freeze(request: HttpRequest, by: User, edition: str) -> HttpResponse:
    """Show what can be frozen and what not, freeze it, and list what was frozen before."""
    found, now = edition_for(by, edition), timezone.now()
    ready = readiness_of(found, on=now.date())
    form = FreezeForm(ready, request.POST if request.method == "POST" else None)
    if form.is_valid():
        frozen = freeze_edition(
            edition=found, despite_claims=form.cleaned_data.get("despite_claims", False), by=by, at=now
        )
        messages.success(request, _("The edition is frozen."))
        return redirect("desk:freeze", edition=found.slug, freeze=frozen.number)
    context = {
        **edition_page(request, found),
        "form": form,
        "ready": ready,
        "spoken": spoken(ready.letters),
        "unready": spoken(ready.unready),
        "claims": [in_language(claim.texts, page_language()) for claim in ready.claims],
        "blocked": blocked_rows(ready.blocked),
        "freezes": Freeze.objects.of(found),
    }
    return render(request, "desk/packets/packets.html", context)


@organisers_only
@require_safe
def show_freeze(request: HttpRequest, by: User, edition: str, freeze: int) -> HttpResponse:
    """Show what was frozen, with a packet for each mission and each city."""
    found = edition_for(by, edition)
    frozen = _freeze_of(found, freeze)
    rows = mission_rows(frozen)
    context = {
        **edition_page(request, found),
        "frozen": frozen,
        "spoken": spoken(frozen.letters.order_by("position").values_list("language", flat=True)),
        "missions": rows,
        "cities": {row["mission"].city: row["city"] for row in rows},
        "left_out": left_out_rows(frozen),
    }
    return render(request, "desk/packets/freeze.html", context)


@organisers_only
@require_safe
def download_all(request: HttpRequest, by: User, edition: str, freeze: int) -> HttpResponse:
    """Give one zip with the packet of each city, as the command writes them."""
    return _answer(request, edition_for(by, edition), freeze, name="packets")


@organisers_only
@require_safe
def download_city(request: HttpRequest, by: User, edition: str, freeze: int, city: str) -> HttpResponse:
    """Give the packet for the missions of a city."""
    return _answer(request, edition_for(by, edition), freeze, name=city, city=city)


@organisers_only
@require_safe
def download_mission(request: HttpRequest, by: User, edition: str, freeze: int, mission: str) -> HttpResponse:
    """Give the packet for one mission."""
    return _answer(request, edition_for(by, edition), freeze, name=mission, mission=mission)


def _freeze_of(edition: Edition, number: int) -> Freeze:
    found = Freeze.objects.of(edition).select_related("edition").filter(number=number).first()
    if found is None:
        raise Http404
    return found


def _answer(
    request: HttpRequest, edition: Edition, number: int, *, name: str, mission: str = "", city: str = ""
) -> HttpResponse:
    """Pack what is asked for; raises Http404 when it was not frozen."""
    frozen = _freeze_of(edition, number)
    packing = Packing(frozen, clear_names(frozen))
    cities = packing.chosen(mission=mission, city=city)
    if not cities:
        raise Http404
    try:
        if mission or city:
            [missions] = cities.values()
            content = packed(packing.packet(missions))
        else:
            content = packed(dict(packing.whole(cities.items())))
    except MissingGlyph as error:
        words = _("No font can draw these characters: %(characters)s. Put others there and freeze again.")
        messages.warning(request, words % {"characters": " ".join(error.texts)})
        return redirect("desk:freeze", edition=edition.slug, freeze=number)
    headers = {"Content-Disposition": f'attachment; filename="{edition.slug}-{number}-{name}.zip"'}
    return HttpResponse(content, content_type="application/zip", headers=headers)
