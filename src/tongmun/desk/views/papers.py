"""Paper sheets: print them, and list the batches in which they come back."""

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from tongmun.campaigns.models import Edition
from tongmun.desk.door import organisers_only
from tongmun.desk.page import edition_page
from tongmun.desk.paper_forms import BatchForm, PrintAgainForm, PrintForm
from tongmun.desk.paper_words import next_step, place_name
from tongmun.desk.scope import edition_for
from tongmun.kit.pdf import MissingGlyph
from tongmun.letters.queries import letters_of
from tongmun.papers.actions.number_sheets import number_sheets
from tongmun.papers.actions.open_batch import open_batch
from tongmun.papers.models import PaperSheet
from tongmun.papers.numbers import sheet_label
from tongmun.papers.printing import sheet_text, sheets_pdf, text_of_sheet
from tongmun.papers.queries import batches_of, has_second_reader, highest_sheet
from tongmun.papers.wording import NoSheetWording, sheet_wording
from tongmun.people.models import User


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def list_batches(request: HttpRequest, by: User, edition: str) -> HttpResponse:
    """List the batches, and open one for sheets that have come back."""
    found = edition_for(by, edition)
    form = BatchForm(found, request.POST if request.method == "POST" else None)
    if form.is_valid():
        batch = open_batch(edition=found, by=by, at=timezone.now(), **form.cleaned_data)
        return redirect("desk:paper-batch", edition=found.slug, batch=batch.number)
    rows = [(standing, next_step(standing, by.pk), place_name(standing.batch.place)) for standing in batches_of(found)]
    context = {
        **edition_page(request, found),
        "form": form,
        "rows": rows,
        "highest": highest_sheet(found),
        "has_second_reader": has_second_reader(),
    }
    return render(request, "desk/papers/batches.html", context)


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def print_sheets(request: HttpRequest, by: User, edition: str) -> HttpResponse:
    """Give new sheets their numbers and answer with their PDF."""
    found, now = edition_for(by, edition), timezone.now()
    letters = {code: letter for code, letter in letters_of(found).items() if _is_worded(code)}
    form = PrintForm(found, letters, now.date(), request.POST if request.method == "POST" else None)
    if form.is_valid():
        values = form.cleaned_data
        letter, place, destroy_by = letters[values["language"]], values["place"], values["destroy_by"]
        text = sheet_text(letter=letter, place=place, destroy_by=destroy_by, address=_address(found, letter.language))
        try:
            # Before any number is given out: a text that cannot be printed would leave a gap.
            sheets_pdf(text, [0], day=now.date())
        except MissingGlyph as error:
            form.add_error("language", _unprintable(error))
        else:
            sheets = number_sheets(
                edition=found,
                letter=letter,
                place=place,
                amount=values["amount"],
                destroy_by=destroy_by,
                by=by,
                at=now,
            )
            numbers = [sheet.number for sheet in sheets]
            return _pdf(sheets_pdf(text, numbers, day=now.date()), numbers)
    context = {**edition_page(request, found), "form": form, "has_letter": bool(letters)}
    return render(request, "desk/papers/print.html", context)


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def print_sheets_again(request: HttpRequest, by: User, edition: str) -> HttpResponse:
    """Answer with the PDF of sheets that have their numbers, as it was at first."""
    found = edition_for(by, edition)
    form = PrintAgainForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        numbers = form.cleaned_data["sheets"]
        sheets = list(
            PaperSheet.objects.filter(edition=found, number__in=numbers)
            .select_related("letter__edition", "place__city")
            .order_by("number")
        )
        kinds = {(sheet.letter_id, sheet.place_id, sheet.destroy_by, sheet.printed_on) for sheet in sheets}
        if len(sheets) < len(numbers):
            form.add_error(
                "sheets",
                _("Not all of these sheets have been printed. The highest number is %(highest)s.")
                % {"highest": highest_sheet(found)},
            )
        elif len(kinds) > 1:
            form.add_error(
                "sheets", _("These sheets differ in city, language or day. Print those of one kind at a time.")
            )
        else:
            text = text_of_sheet(sheets[0], address=_address(found, sheets[0].letter.language))
            return _pdf(sheets_pdf(text, numbers, day=sheets[0].printed_on), numbers)
    return render(request, "desk/papers/again.html", {**edition_page(request, found), "form": form})


def _pdf(content: bytes, numbers: Sequence[int]) -> HttpResponse:
    name = f"sheets-{sheet_label(numbers[0])}-{sheet_label(numbers[-1])}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _address(edition: Edition, language: str) -> str:
    """Give the public address of the letter in a language."""
    with override(language):
        return settings.PUBLIC_URL + reverse("web:letter", args=[edition.slug])


def _is_worded(language: str) -> bool:
    try:
        sheet_wording(language)
    except NoSheetWording:
        return False
    return True


def _unprintable(error: MissingGlyph) -> str:
    return _("No font can draw these characters: %(texts)s. Change them in the letter or the name of the city.") % {
        "texts": " ".join(error.texts)
    }
