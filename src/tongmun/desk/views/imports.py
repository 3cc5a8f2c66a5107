"""Imports: upload a file, choose its columns, start, watch, and fetch what was rejected."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from tongmun.campaigns.models import Edition
from tongmun.desk.door import organisers_only
from tongmun.desk.import_forms import MappingForm, UploadForm
from tongmun.desk.page import edition_page, page_language
from tongmun.desk.scope import edition_for
from tongmun.desk.uploads import FIELD, LockedUpload, locks_uploads
from tongmun.imports.actions.decide import cancel, map_columns, start
from tongmun.imports.actions.receive import receive
from tongmun.imports.locked_files import LockedFileBroken
from tongmun.imports.models import Import
from tongmun.imports.preview import Outlook, Preview, outlook, preview
from tongmun.imports.reading import FileRefused
from tongmun.imports.refusals import REASONS, REFUSALS
from tongmun.imports.rejected import as_csv, kept, kept_headings
from tongmun.kit.text import in_language
from tongmun.letters.models import LetterVersion
from tongmun.people.models import User

AT_A_TIME = 50


@csrf_exempt
@locks_uploads
@organisers_only
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def upload_file(request: HttpRequest, by: User, edition: str) -> HttpResponse:
    """List the imports of an edition and take in another file.

    The token of the form is looked at by the inner decorator: the outer one has to settle first where the file goes.
    """
    found = edition_for(by, edition)
    form = UploadForm(found, request.POST or None, request.FILES or None)
    is_closed = found.state == Edition.State.CLOSED
    made = _received(form, found, by) if form.is_valid() and not is_closed else None
    if made:
        return redirect("desk:import", edition=found.slug, number=made.pk)
    upload = request.FILES.get(FIELD)
    if isinstance(upload, LockedUpload):
        # A browser never sends the same file again by itself.
        upload.inbox.discard()
    imports = found.imports.select_related("organisation").order_by("-pk")[:AT_A_TIME]
    rows = [(one, in_language(one.organisation.names, page_language())) for one in imports]
    can_be_filled = found.memberships.exists() and LetterVersion.objects.filter(edition=found).exists()
    context = {
        **edition_page(request, found),
        "form": form,
        "rows": rows,
        "is_closed": is_closed,
        "can_be_filled": can_be_filled,
    }
    return render(request, "desk/imports/list.html", context)


def _received(form: UploadForm, edition: Edition, by: User) -> Import | None:
    given = form.cleaned_data
    try:
        return receive(
            key=given["file"].inbox.key,
            edition=edition,
            organisation=given["organisation"],
            letter=given["letter"],
            statement=given["statement"],
            by=by,
            at=timezone.now(),
        )
    except FileRefused as refused:
        form.add_error(FIELD, REFUSALS[refused.reason])
        return None


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def decide_import(request: HttpRequest, by: User, edition: str, number: int) -> HttpResponse:
    """Choose the columns, start, stop, or see how far it has come."""
    found = edition_for(by, edition)
    of = _import_for(found, number)
    decision = request.POST.get("decision", "")
    if decision in {"start", "cancel"}:
        decide = start if decision == "start" else cancel
        if not decide(of=of, by=by, at=timezone.now()):
            messages.warning(request, _("That is not possible any more: somebody else was faster, or signing is over."))
        return redirect("desk:import", edition=found.slug, number=of.pk)
    if not of.is_in_preparation:
        return render(request, "desk/imports/progress.html", _around(request, found, of))
    try:
        seen = preview(of)
        expected = outlook(of, today=timezone.now().date()) if of.mapping else None
    except (FileNotFoundError, LockedFileBroken):
        return render(request, "desk/imports/progress.html", _around(request, found, of) | {"is_lost": True})
    form = MappingForm(seen.names, seen.mapping, request.POST if request.method == "POST" else None)
    if form.is_valid():
        if not map_columns(of=of, mapping=form.mapping, by=by, at=timezone.now()):
            messages.warning(request, _("That is not possible any more: somebody else was faster, or signing is over."))
        return redirect("desk:import", edition=found.slug, number=of.pk)
    return render(request, "desk/imports/columns.html", _around(request, found, of) | _seen(form, seen, expected))


@organisers_only
@require_safe
def download_rejected(request: HttpRequest, by: User, edition: str, number: int) -> HttpResponseBase:
    """Give the rows that were not imported, with the reason, as long as they are kept."""
    of = _import_for(edition_for(by, edition), number)
    if not of.has_rejected_rows:
        raise Http404
    lines = as_csv(kept_headings(of.key), kept(of.key, before=of.offset))
    return StreamingHttpResponse(
        lines,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="not-imported-{of.pk}.csv"'},
    )


def _import_for(edition: Edition, number: int) -> Import:
    found = edition.imports.select_related("edition", "letter", "organisation").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _around(request: HttpRequest, edition: Edition, of: Import) -> dict[str, Any]:
    return {
        **edition_page(request, edition),
        "of": of,
        "organisation": in_language(of.organisation.names, page_language()) or of.organisation.slug,
        "waiting": of.rows - of.done,
    }


def _seen(form: MappingForm, seen: Preview, expected: Outlook | None) -> dict[str, Any]:
    problems = [(REASONS[reason], count) for reason, count in expected.problems] if expected else []
    words = [(part.label, words) for part, words in seen.words.items()]
    return {"form": form, "seen": seen, "words": words, "outlook": expected, "problems": problems}
