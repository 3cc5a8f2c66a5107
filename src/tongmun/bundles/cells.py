"""What a single value may be: every reader turns text into a value or raises Unreadable with a remedy."""

import re
from collections.abc import Callable
from functools import cache

from babel import Locale
from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from tongmun.bundles.problems import Unreadable, choice_remedy, guesses
from tongmun.kit.clock import is_zone, zones
from tongmun.kit.text import hidden_characters, tidy

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
NUMBER = re.compile(r"-?\d{1,20}(?:\.\d{1,20})?(?:e[-+]?\d{1,3})?", re.ASCII)
# ISO 3166-1 leaves these to whoever needs a code of their own, as invented examples do.
USER_ASSIGNED = re.compile(r"AA|Q[M-Z]|X[A-Z]|ZZ")
DIGEST = re.compile(r"[0-9a-f]{64}")
# Stands for the paragraph of the master that a paragraph renders when nobody has said which.
UNKNOWN = "none"
LONGEST_SLUG = 60
# The column that holds a language, in every table that has one.
LONGEST_CODE = 20
LONGEST_NAME = 200
LONGEST_TEXT = 10_000
LARGEST_COUNT = 999_999_999


def limit_of(model: type[models.Model], field: str) -> int:
    """Give the number of characters that a column of a table takes."""
    return getattr(model._meta.get_field(field), "max_length", None) or LONGEST_TEXT  # noqa: SLF001  # Django's own way


def text(limit: int = LONGEST_TEXT, *, lines: bool = False) -> Callable[[str], str]:
    """Make the reader of a text of at most `limit` characters, on one line unless `lines`."""

    def read(value: str) -> str:
        _refuse_hidden(value, lines=lines)
        clean = tidy(value)
        if len(clean) > limit:
            raise Unreadable(
                _("The text has %(length)s characters, and at most %(limit)s fit.")
                % {"length": len(clean), "limit": limit},
                _("Shorten it to %(limit)s characters.") % {"limit": limit},
            )
        return clean

    return read


def read_lines(value: str) -> str:
    """Read lines such as those of an address; empty ones fall away."""
    return "\n".join(line for line in text(lines=True)(value).split("\n") if line)


def read_digests(value: str) -> str:
    """Read the SHA-256 of a paragraph of the master on each line, or "none"."""
    for line in value.split("\n"):
        if line != UNKNOWN and not DIGEST.fullmatch(line):
            raise Unreadable(
                _("“%(text)s” is not the SHA-256 of a paragraph.") % {"text": line},
                _("Write what an export wrote, or delete the whole field “translates”."),
            )
    return value


def read_markdown(value: str) -> str:
    """Read Markdown, whose spaces at the beginning and end of a line have a meaning."""
    _refuse_hidden(value, lines=True)
    return value.strip("\n")


def read_slug(value: str) -> str:
    """Read 1 to 60 lower-case letters a-z, digits and single hyphens between them."""
    if SLUG.fullmatch(value) and len(value) <= LONGEST_SLUG:
        return value
    likely = re.sub(r"[^a-z0-9]+", "-", value.lower()).strip("-")[:LONGEST_SLUG].strip("-")
    remedy = (
        _("Write “%(slug)s”, for example.") % {"slug": likely}
        if likely
        else _("Write 1 to 60 lower-case letters a-z, digits and single hyphens between them.")
    )
    raise Unreadable(_("“%(text)s” is not a slug.") % {"text": value}, remedy)


def choice(choices: type[models.TextChoices]) -> Callable[[str], str]:
    """Make the reader of one of a table's choices."""
    return one_of(*choices.values)


def one_of(*values: str) -> Callable[[str], str]:
    """Make the reader of one of several words."""

    def read(value: str) -> str:
        if value not in values:
            raise Unreadable(
                _("“%(text)s” is not one of the words that can stand here.") % {"text": value},
                choice_remedy(value, values),
            )
        return value

    return read


def read_state(value: str) -> str:
    """Read an ISO 3166-1 alpha-2 code, user-assigned ones included."""
    if USER_ASSIGNED.fullmatch(value) or (re.fullmatch(r"[A-Z]{2}", value) and value in _territories()):
        return value
    likely = value.upper() if value.upper() in _territories() else {"UK": "GB"}.get(value.upper(), "")
    remedy = (
        _("Write “%(code)s”.") % {"code": likely}
        if likely
        else _("Write the two capital letters of ISO 3166-1, for example KR.")
    )
    raise Unreadable(_("“%(text)s” is not the code of a state.") % {"text": value}, remedy)


def read_region(value: str) -> str:
    """Read a code of ISO 3166-2, or of ISO 3166-1 for a whole state."""
    state, hyphen, part = value.partition("-")
    if not hyphen:
        return read_state(value)
    if re.fullmatch(r"[A-Z0-9]{1,3}", part, re.ASCII):
        return f"{read_state(state)}-{part}"
    raise Unreadable(
        _("“%(text)s” is not the code of a region.") % {"text": value},
        _("Write a state such as KR, or a part of it by ISO 3166-2, such as KR-26."),
    )


def read_regions(value: str) -> tuple[str, ...]:
    """Read different codes of regions, one on each line."""
    codes = tuple(read_region(code) for code in read_lines(value).split("\n"))
    if len(set(codes)) < len(codes):
        raise Unreadable(_("A region is listed twice."), _("List each region once."))
    return codes


def read_zone(value: str) -> str:
    """Read the name of an IANA zone."""
    if is_zone(value):
        return value
    near = _zones_like(value)
    remedy = (
        _("Did you mean %(zones)s?") % {"zones": ", ".join(near)}
        if near
        else _("Write a name of the IANA time zone database, for example Asia/Seoul.")
    )
    raise Unreadable(_("“%(text)s” is not the name of a time zone.") % {"text": value}, remedy)


def read_language(value: str) -> str:
    """Read a BCP 47 code of a language that CLDR knows."""
    if LANGUAGE.fullmatch(value) and len(value) <= LONGEST_CODE and value.partition("-")[0] in _languages():
        return value
    raise Unreadable(
        _("“%(text)s” is not the code of a language.") % {"text": value},
        _("Write a BCP 47 code, for example en, ko or zh-Hant."),
    )


def read_site_language(value: str) -> str:
    """Read the code of a language in which this site can show pages."""
    return one_of(*(code for code, _name in settings.LANGUAGES))(value)


def read_site_languages(value: str) -> tuple[str, ...]:
    """Read one or more different codes of languages of this site, one on each line."""
    codes = tuple(read_site_language(code) for code in value.split("\n"))
    if len(set(codes)) < len(codes):
        raise Unreadable(_("A language is listed twice."), _("List each language once."))
    return codes


def read_flag(value: str) -> bool:
    """Read "true" or "false"."""
    return one_of("true", "false")(value) == "true"


def read_reading(value: str) -> bool:
    """Read "earlier" (False) or "later" (True)."""
    return one_of("earlier", "later")(value) == "later"


def read_count(value: str) -> int:
    """Read a whole number from 0 to 999,999,999."""
    if re.fullmatch(r"\d{1,9}", value, re.ASCII):
        return int(value)
    raise Unreadable(
        _("“%(text)s” is not a whole number.") % {"text": value},
        _("Write digits only, a number from 0 to %(largest)s.") % {"largest": LARGEST_COUNT},
    )


def read_wikidata(value: str) -> str:
    """Read the identifier of an item of Wikidata."""
    if re.fullmatch(r"Q[1-9]\d{0,18}", value, re.ASCII):
        return value
    raise Unreadable(
        _("“%(text)s” is not an item of Wikidata.") % {"text": value}, _("Write Q and a number, for example Q42.")
    )


def degrees(largest: int) -> Callable[[str], float]:
    """Make the reader of an angle in degrees from -largest to largest (90 for latitudes, 180 for longitudes)."""

    def read(value: str) -> float:
        if not NUMBER.fullmatch(value):
            meant = value.replace(",", ".")
            remedy = (
                _("Write %(number)s.") % {"number": meant}
                if NUMBER.fullmatch(meant)
                else _("Write degrees with a decimal point, for example -33.4372.")
            )
            raise Unreadable(_("“%(text)s” is not a number of degrees.") % {"text": value}, remedy)
        if abs(float(value)) > largest:
            raise Unreadable(
                _("%(number)s is not a place on Earth.") % {"number": value},
                _("Write a number from -%(largest)s to %(largest)s; latitude and longitude may be exchanged.")
                % {"largest": largest},
            )
        return float(value)

    return read


def _refuse_hidden(value: str, *, lines: bool) -> None:
    hidden = hidden_characters(value, allow_lines=lines)
    if hidden:
        raise Unreadable(
            _("The text contains characters that cannot be seen: %(codes)s.")
            % {"codes": ", ".join(dict.fromkeys(hidden))},
            _("Delete these characters and type the words again."),
        )


@cache
def _territories() -> frozenset[str]:
    unions = {"EU", "EZ", "UN"}
    return (
        frozenset(code for code in map(str, Locale.parse("en").territories) if re.fullmatch("[A-Z]{2}", code)) - unions
    )


@cache
def _languages() -> frozenset[str]:
    return frozenset(code for code in map(str, Locale.parse("en").languages) if "_" not in code)


def _zones_like(value: str) -> list[str]:
    """Find zones by their whole name or by the name of their city."""
    cities = {name.rsplit("/", 1)[-1]: name for name in sorted(zones())}
    by_city = [cities[near] for near in guesses(value.rsplit("/", 1)[-1].replace(" ", "_"), cities)]
    return list(dict.fromkeys([*guesses(value, zones())[:2], *by_city]))[:3]
