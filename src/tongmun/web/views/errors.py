"""Pages for what went wrong, in the reader's language."""

import logging
import sys
import traceback

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseNotFound, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string

from tongmun.web.page import plain_page

log = logging.getLogger("tongmun.web")

UNAVAILABLE = 503
SECONDS_TO_RETRY = 5
# What a database raises that is full, gone or restarting; all else is a mistake of ours.
OUTAGES = (OperationalError, InterfaceError)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page, and where to go on, in this language or another."""
    return HttpResponseNotFound(render_to_string("404.html", plain_page("web:campaigns"), request=request))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form was too old or came from elsewhere, and how to send it again."""
    return HttpResponseForbidden(render_to_string("403_csrf.html", request=request))


def broken(request: HttpRequest) -> HttpResponse:
    """Say that it is our fault, and log where it broke: never the address, the form or the message of the error.

    While the database is out, say that it is worth trying again.
    """
    kind, _, trace = sys.exc_info()
    if kind is not None:
        places = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(trace)]
        log.error("%s at %s", kind.__name__, " < ".join(reversed(places[-6:])))
        if issubclass(kind, OUTAGES):
            headers = {"Retry-After": str(SECONDS_TO_RETRY), "Cache-Control": "no-store"}
            return HttpResponse(render(request, "503.html").content, status=UNAVAILABLE, headers=headers)
    return HttpResponseServerError(render(request, "500.html").content)
