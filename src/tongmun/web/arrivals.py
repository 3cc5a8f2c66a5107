"""What is looked at when something arrives: from our own page, and from which internet address. Neither is kept."""

import time
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from tongmun.signatures.brakes import brakes
from tongmun.signatures.entry import Entry


def is_flood(entry: Entry, environ: Mapping[str, Any]) -> bool:
    """Count a checked signature by where it comes from; tell whether its mail can wait."""
    domain = entry.email.rpartition("@")[2]
    return brakes.is_flood(address=address_of(environ), domain=domain, now=time.monotonic())


def is_from_elsewhere(environ: Mapping[str, Any]) -> bool:
    """Tell whether a browser says that the form it sends stood on somebody else's page.

    Signing needs no cookie, so there is nothing a foreign page could borrow; it still shall not sign for its readers.
    """
    if environ.get("HTTP_SEC_FETCH_SITE", "same-origin") in {"cross-site", "same-site"}:
        return True
    origin = environ.get("HTTP_ORIGIN", "null")
    # HTTP/1.0 names no host.
    return bool(origin != "null" and origin.partition("://")[2] != environ.get("HTTP_HOST", environ.get("SERVER_NAME")))


def address_of(environ: Mapping[str, Any]) -> str:
    """Give the internet address something came from, as the nearest server saw it."""
    if settings.BEHIND_PROXY:
        return str(environ.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    return str(environ.get("REMOTE_ADDR", ""))
