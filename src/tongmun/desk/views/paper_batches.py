"""A batch of paper sheets: what is in it, two readings of each sheet, and its way into the count."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tongmun.campaigns.models import Edition
from tongmun.desk.door import organisers_only
from tongmun.desk.page import edition_page
from tongmun.desk.paper_forms import CorrectionForm, CoverForm, PutInForm, ReadingForm
from tongmun.desk.paper_words import next_step, place_name, refusal_words
from tongmun.desk.scope import edition_for
from tongmun.papers.actions.close_batch import (
    BatchDoesNotAgree,
    BelowNothing,
    NothingToCorrect,
    close_batch,
    correct_batch,
)
from tongmun.papers.actions.fill_batch import SheetsRefused, put_in, take_out
from tongmun.papers.actions.open_batch import BatchIsClosed, recount_cover
from tongmun.papers.actions.read_sheet import DecidesForNeither, ReadBySamePerson, ReadMeanwhile, read_anew, read_sheet
from tongmun.papers.models import PaperBatch, PaperSheet
from tongmun.papers.queries import has_second_reader, standing_of_batch
from tongmun.papers.standing import standing_of_sheet
from tongmun.papers.statements import batch_statement
from tongmun.people.models import User


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def show_batch(request: HttpRequest, by: User, edition: str, batch: int) -> HttpResponse:
    """Show how far a batch has come, and put sheets into it."""
    found = _batch(edition_for(by, edition), batch)
    form = PutInForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            put_in(batch=found, numbers=form.cleaned_data["sheets"], by=by, at=timezone.now())
        except SheetsRefused as error:
            for words in refusal_words(found, error.refused):
                form.add_error("sheets", words)
        except BatchIsClosed:
            return _closed(request, found)
        else:
            return _to(found)
    return render(request, "desk/papers/batch.html", _batch_context(request, by, found, form))


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def read_one_sheet(request: HttpRequest, by: User, edition: str, batch: int, sheet: int) -> HttpResponse:
    """Type in what stands on a sheet; the second reader is not shown what the first has read."""
    found = _batch(edition_for(by, edition), batch)
    paper = _sheet(found, sheet)
    standing = standing_of_sheet(paper)
    form = ReadingForm(
        request.POST if request.method == "POST" else None, initial={"reading": len(standing.readings) + 1}
    )
    if form.is_valid():
        values = form.cleaned_data
        try:
            read_sheet(
                sheet=paper,
                batch=found,
                number=values["reading"],
                signatures=values["signatures"],
                struck=values["struck"],
                by=by,
                at=timezone.now(),
            )
        except BatchIsClosed:
            return _closed(request, found)
        except ReadMeanwhile:
            messages.warning(
                request, _("Somebody else has read this sheet meanwhile. Your numbers have not been taken.")
            )
            return redirect("desk:read-sheet", edition=found.edition.slug, batch=found.number, sheet=paper.number)
        except ReadBySamePerson:
            form.add_error(None, _("You have read this sheet yourself. A second person has to read it too."))
        except DecidesForNeither:
            form.add_error(
                "signatures", _("This is neither of the two readings. If both are wrong, let the sheet be read anew.")
            )
        else:
            messages.success(request, _("Sheet %(sheet)s is noted.") % {"sheet": paper.label})
            return _to_next_sheet(found, by)
    context = {
        **edition_page(request, found.edition),
        "batch": found,
        "standing": standing,
        "form": form,
        "may_read": standing.may_be_read_by(by.pk) and not found.is_closed,
        "has_second_reader": has_second_reader(),
    }
    return render(request, "desk/papers/sheet.html", context)


@organisers_only
@require_POST
def read_sheet_anew(request: HttpRequest, by: User, edition: str, batch: int, sheet: int) -> HttpResponse:
    """Forget the readings of a sheet."""
    found = _batch(edition_for(by, edition), batch)
    try:
        if read_anew(sheet=_sheet(found, sheet), batch=found, by=by, at=timezone.now()):
            messages.success(request, _("The readings are forgotten. Two people have to read the sheet again."))
    except BatchIsClosed:
        return _closed(request, found)
    return _to(found)


@organisers_only
@require_POST
def take_sheet_out(request: HttpRequest, by: User, edition: str, batch: int, sheet: int) -> HttpResponse:
    """Take a sheet out of a batch."""
    found = _batch(edition_for(by, edition), batch)
    try:
        if take_out(sheet=_sheet(found, sheet), batch=found, by=by, at=timezone.now()):
            messages.success(request, _("The sheet is out of this batch and can be put into another."))
    except BatchIsClosed:
        return _closed(request, found)
    return _to(found)


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def recount_batch(request: HttpRequest, by: User, edition: str, batch: int) -> HttpResponse:
    """Change what the cover of a batch says, after counting by hand again."""
    found = _batch(edition_for(by, edition), batch)
    before = {"cover_sheets": found.cover_sheets, "cover_signatures": found.cover_signatures}
    form = CoverForm(request.POST if request.method == "POST" else None, initial=before)
    if form.is_valid():
        try:
            recount_cover(batch=found, by=by, at=timezone.now(), **form.cleaned_data)
        except BatchIsClosed:
            return _closed(request, found)
        return _to(found)
    context = {**edition_page(request, found.edition), "batch": found, "form": form}
    return render(request, "desk/papers/recount.html", context)


@organisers_only
@require_POST
def count_batch(request: HttpRequest, by: User, edition: str, batch: int) -> HttpResponse:
    """Count a batch whose sheets agree with its cover."""
    found = _batch(edition_for(by, edition), batch)
    try:
        close_batch(batch=found, by=by, at=timezone.now())
    except BatchDoesNotAgree:
        messages.warning(request, _("Nothing has been counted: the sheets do not agree with the cover."))
    except BatchIsClosed:
        return _closed(request, found)
    else:
        messages.success(request, _("The batch is counted."))
    return _to(found)


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def correct_counted_batch(request: HttpRequest, by: User, edition: str, batch: int) -> HttpResponse:
    """Correct what a counted batch counts."""
    found = _batch(edition_for(by, edition), batch)
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            correct_batch(batch=found, by=by, at=timezone.now(), **form.cleaned_data)
        except NothingToCorrect:
            form.add_error(None, _("This batch is not counted yet. Change its sheets or its cover instead."))
        except BelowNothing as error:
            form.add_error(
                "amount",
                _("The batch counts %(counted)s signatures. No more can be taken away.") % {"counted": error.counted},
            )
        else:
            messages.success(request, _("The correction is counted."))
            return _to(found)
    context = {**edition_page(request, found.edition), "batch": found, "form": form}
    return render(request, "desk/papers/correct.html", context)


def _batch(edition: Edition, number: int) -> PaperBatch:
    """Get one batch of an edition; raises Http404."""
    rows = PaperBatch.objects.filter(edition=edition, number=number)
    batch = rows.select_related("edition__campaign", "place__city", "entry").first()
    if batch is None:
        raise Http404
    return batch


def _sheet(batch: PaperBatch, number: int) -> PaperSheet:
    """Get one sheet that is in a batch; raises Http404."""
    sheet = PaperSheet.objects.filter(batch=batch, number=number).prefetch_related("readings").first()
    if sheet is None:
        raise Http404
    return sheet


def _batch_context(request: HttpRequest, by: User, batch: PaperBatch, form: PutInForm) -> dict[str, Any]:
    standing = standing_of_batch(batch)
    context: dict[str, Any] = {
        **edition_page(request, batch.edition),
        "batch": batch,
        "place_name": place_name(batch.place),
        "standing": standing,
        "step": next_step(standing, by.pk),
        "next": standing.next_for(by.pk),
        "form": form,
        "has_second_reader": has_second_reader(),
        "destroy_by": min((sheet.sheet.destroy_by for sheet in standing.sheets), default=None),
    }
    if batch.entry:
        context |= {
            "statement": batch_statement(batch, (sheet.sheet for sheet in standing.sheets)),
            "digest": bytes(batch.entry.digest).hex(),
            "corrections": batch.corrections.order_by("number"),
        }
    return context


def _to(batch: PaperBatch) -> HttpResponse:
    return redirect("desk:paper-batch", edition=batch.edition.slug, batch=batch.number)


def _to_next_sheet(batch: PaperBatch, by: User) -> HttpResponse:
    following = standing_of_batch(batch).next_for(by.pk)
    if following is None:
        return _to(batch)
    return redirect("desk:read-sheet", edition=batch.edition.slug, batch=batch.number, sheet=following.sheet.number)


def _closed(request: HttpRequest, batch: PaperBatch) -> HttpResponse:
    messages.warning(request, _("This batch is counted, and nothing in it can change. A correction can."))
    return _to(batch)
