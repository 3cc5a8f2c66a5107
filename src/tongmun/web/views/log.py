"""The log of the count: a page for people, and files for programs, the same in every language."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from tongmun.counts.actions.cosign import UnknownCheckpoint, UnknownWitness, take_cosignature
from tongmun.counts.models import Reckoning
from tongmun.counts.queries import head_of, totals_of
from tongmun.counts.tiles import NoSuchTile, Place, entry_bundle, hash_tile, read_place
from tongmun.kit import verify_count
from tongmun.kit.notes import NoteRefused
from tongmun.web.page import edition_page, public_edition

TEXT = "text/plain; charset=utf-8"
BYTES = "application/octet-stream"
# In seconds: what grows is asked for again after a minute, what is full never changes.
SHORT, LONG = "public, max-age=60", "public, max-age=31536000, immutable"
COSIGNATURE_BYTES = 2_048


@require_safe
def show_log(request: HttpRequest, edition: str) -> HttpResponse:
    """Show what the log proves and what not, its head, and how to check it."""
    found = public_edition(edition)
    context = {
        **edition_page(request, found),
        "totals": totals_of(found),
        "head": head_of(found),
        "least": settings.COUNT_LEAST,
    }
    return render(request, "web/log/log.html", context)


@require_safe
def checkpoint(request: HttpRequest, edition: str) -> HttpResponse:
    """Give the newest signed head with its cosignatures (C2SP tlog-checkpoint)."""
    head = head_of(public_edition(edition))
    if head is None:
        raise Http404
    return HttpResponse(head.text, content_type=TEXT, headers={"Cache-Control": SHORT})


@require_safe
def numbers(request: HttpRequest, edition: str) -> HttpResponse:
    """Give the published numbers that a verifier compares with the log."""
    found = public_edition(edition)
    head = head_of(found)
    reckoning = head.reckoning if head else Reckoning(edition=found)
    content = {
        "origin": reckoning.origin,
        "key": head.key if head else "",
        "witnesses": list(head.witness_keys) if head else [],
        "size": reckoning.upto,
        "added": reckoning.added,
        "voided": reckoning.voided,
        "counted": reckoning.added - reckoning.voided,
        "paper": reckoning.paper,
        "vouched": reckoning.vouched,
        "as_of": f"{reckoning.as_of:%Y-%m-%dT%H:%M:%SZ}" if head else None,
    }
    return JsonResponse(content, headers={"Cache-Control": SHORT})


@require_safe
def tile(request: HttpRequest, edition: str, level: int, place: str) -> HttpResponse:
    """Give up to 256 hashes of one level of the tree (C2SP tlog-tiles)."""
    reckoning = _reckoning(edition)
    try:
        where = read_place(place)
        return _tile(where, hash_tile(reckoning, level, where))
    except NoSuchTile as error:
        raise Http404 from error


@require_safe
def entries(request: HttpRequest, edition: str, place: str) -> HttpResponse:
    """Give up to 256 entries (C2SP tlog-tiles)."""
    reckoning = _reckoning(edition)
    try:
        where = read_place(place)
        return _tile(where, entry_bundle(reckoning, where))
    except NoSuchTile as error:
        raise Http404 from error


def _reckoning(edition: str) -> Reckoning:
    reckoning = Reckoning.objects.filter(edition=public_edition(edition)).first()
    if reckoning is None:
        raise Http404
    return reckoning


def _tile(where: Place, content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type=BYTES, headers={"Cache-Control": LONG if where.is_full else SHORT})


@require_safe
def verifier(request: HttpRequest, edition: str) -> HttpResponse:
    """Give the program that checks the log, as one file."""
    public_edition(edition)
    headers = {"Content-Disposition": 'attachment; filename="verify_count.py"', "Cache-Control": SHORT}
    return HttpResponse(verify_count.source(), content_type="text/x-python; charset=utf-8", headers=headers)


@csrf_exempt
@require_POST
def cosign(request: HttpRequest, edition: str) -> HttpResponse:
    """Take the cosignature of a registered witness; anything else is refused with the reason."""
    found = public_edition(edition)
    note = request.read(COSIGNATURE_BYTES + 1)
    if len(note) > COSIGNATURE_BYTES:
        return _refused(413, f"A cosignature has {COSIGNATURE_BYTES} bytes at most.")
    try:
        is_new = take_cosignature(edition=found, note=note.decode())
    except (NoteRefused, UnicodeDecodeError):
        return _refused(400, "Send the three lines of the checkpoint, an empty line, and your signature line.")
    except UnknownWitness:
        return _refused(403, "This witness is not registered. Send your verifier key to the organisers first.")
    except UnknownCheckpoint:
        return _refused(409, "This is not a checkpoint of this log.")
    return HttpResponse("Thank you.\n", content_type=TEXT, status=201 if is_new else 200)


def _refused(status: int, reason: str) -> HttpResponse:
    return HttpResponse(reason + "\n", content_type=TEXT, status=status)
