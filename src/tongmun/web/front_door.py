"""A door before Django for the one thing a flood does: sending a well-filled form.

It validates with the same functions as the page, hands over to the same action, and gives the same answer. Everything
else, every form with a mistake in it included, goes on to Django as it came.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from threading import Lock
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings
from django.db import Error as DatabaseFailure
from django.db import connection
from django.http.request import split_domain_port, validate_host
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from tongmun.campaigns.models import Edition
from tongmun.campaigns.queries import organisations_by_slug
from tongmun.letters.models import LetterVersion
from tongmun.signatures.actions.sign import Intended, intend, sign_if_good
from tongmun.signatures.admission import refusal
from tongmun.signatures.checking import check
from tongmun.signatures.intake import NotRecorded
from tongmun.web.arrivals import is_flood, is_from_elsewhere
from tongmun.web.middleware import POLICY

Environ = dict[str, Any]
App = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

FORM = "application/x-www-form-urlencoded"
# No form of ours that is rightly filled in is longer, in bytes.
LONGEST_FORM = 16 * 1024
MOST_FIELDS = 40
# A closed edition is signed for at most so many seconds more.
SECONDS_TO_REMEMBER = 2.0


@dataclass(frozen=True)
class Known:
    """What the door knows of an edition, read anew every two seconds."""

    edition: Edition
    letters: dict[str, LetterVersion]
    organisations: dict[str, int]
    addresses: dict[str, str]
    read_at: float

    @property
    def is_fresh(self) -> bool:
        """Whether it need not be read again yet."""
        return time.monotonic() - self.read_at <= SECONDS_TO_REMEMBER


class FrontDoor:
    """A WSGI application before another one."""

    def __init__(self, django: App) -> None:
        self._django = django
        self._known: dict[str, Known] = {}
        self._reading = Lock()

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a good form; hand on everything else."""
        if environ["REQUEST_METHOD"] == "POST" and environ["PATH_INFO"].endswith("/sign/"):
            landing = self._sign(environ)
            if landing:
                start_response("302 Found", _headers(landing))
                return [b""]
        return self._django(environ, start_response)

    def _sign(self, environ: Environ) -> str:
        """Take a signature in and give the address to go on to; "" leaves it to Django, with the form unread."""
        body = _body(environ) if _is_welcome(environ) else None
        language, _, slug = environ["PATH_INFO"].strip("/").removesuffix("/sign").partition("/")
        if body is None or not _is_slug(slug):
            return ""
        known = self._edition(slug)
        if known is None or language not in known.addresses:
            return ""
        try:
            is_taken = sign_if_good(partial(_intended, body, known, language, environ))
        except NotRecorded:
            # Django tries once more, and says so in the reader's language when that fails too.
            return ""
        return known.addresses[language] if is_taken else ""

    def _edition(self, slug: str) -> Known | None:
        known = self._known.get(slug)
        if known and known.is_fresh:
            return known
        with self._reading:
            known = self._known.get(slug)
            # Whoever was first has read it for those who waited.
            if not (known and known.is_fresh):
                known = _read_if_possible(slug)
                if known is None:
                    self._known.pop(slug, None)
                else:
                    self._known[slug] = known
        return known


def _read_if_possible(slug: str) -> Known | None:
    try:
        return _read(slug)
    except DatabaseFailure:
        # Django says so to the reader. Only requests that it sees make it look after its connections.
        connection.close()
        return None


def _read(slug: str) -> Known | None:
    edition = Edition.objects.public().filter(slug=slug).first()
    if edition is None or not edition.takes_signatures(timezone.now()):
        return None
    addresses = {}
    for language in edition.languages:
        with override(language):
            addresses[language] = reverse("web:sent", args=[slug])
    return Known(
        edition=edition,
        letters={letter.digest: letter for letter in edition.letters.all()},
        organisations=organisations_by_slug(edition),
        addresses=addresses,
        read_at=time.monotonic(),
    )


def _intended(body: bytes, known: Known, language: str, environ: Environ) -> Intended | None:
    """Read a form for an edition; None for one that has a mistake in it, which Django will explain."""
    typed = _typed(body)
    letter = known.letters.get(typed.get("letter", ""))
    now = datetime.now(tz=UTC)
    if letter is None or refusal(typed, edition=known.edition.slug, at=now):
        return None
    entry = check(typed, language=language).entry
    if entry is None:
        return None
    via = known.organisations.get(typed.get("via", ""))
    slowly = is_flood(entry, environ)
    return intend(edition=known.edition, letter=letter, entry=entry, at=now, via=via, slowly=slowly)


def _body(environ: Environ) -> bytes | None:
    """Read a form and put its bytes back for Django; None for what is not one, or too long to be a good one."""
    length = environ.get("CONTENT_LENGTH", "")
    if not (length.isascii() and length.isdecimal()) or int(length) > LONGEST_FORM:
        return None
    if environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower() != FORM:
        return None
    body: bytes = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = BytesIO(body)
    return body


def _typed(body: bytes) -> dict[str, str]:
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError:
        return {}
    # As in Django, the last of several values of a field is the one that counts.
    return dict(pairs)


def _is_welcome(environ: Environ) -> bool:
    """Tell whether Django would take the form: from our own page, for our host, and over HTTPS where that is wanted."""
    host, _port = split_domain_port(str(environ.get("HTTP_HOST", environ.get("SERVER_NAME", ""))))
    if is_from_elsewhere(environ) or not validate_host(host, settings.ALLOWED_HOSTS):
        return False
    header, secure = settings.SECURE_PROXY_SSL_HEADER or ("", "")
    is_secure = environ.get("wsgi.url_scheme") == "https" or (bool(header) and environ.get(header) == secure)
    return is_secure or not settings.SECURE_SSL_REDIRECT


def _is_slug(slug: str) -> bool:
    return bool(slug) and "/" not in slug


def _headers(landing: str) -> list[tuple[str, str]]:
    """Give the headers Django's own answer would have, as far as a redirection needs them."""
    headers = [
        ("Location", landing),
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Length", "0"),
        ("Cache-Control", "max-age=0, no-cache, no-store, must-revalidate, private"),
        ("Content-Security-Policy", POLICY),
        ("Referrer-Policy", settings.SECURE_REFERRER_POLICY),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", settings.X_FRAME_OPTIONS),
    ]
    if settings.HTTPS:
        headers.append(("Strict-Transport-Security", f"max-age={settings.SECURE_HSTS_SECONDS}"))
    return headers
