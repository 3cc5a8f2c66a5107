"""Filters of the templates: direction, Markdown, civil times and dates in the language of the page."""

from datetime import UTC, date, datetime, timedelta
from typing import Literal

import nh3
from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, get_datetime_format, get_timezone_name
from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info, gettext_lazy, to_locale
from markdown_it import MarkdownIt

from tongmun.kit import text
from tongmun.kit.clock import utc_offset
from tongmun.look.wave import LightState

register = template.Library()

STATE_NAMES = {
    LightState.PLANNED: gettext_lazy("Planned"),
    LightState.TODAY: gettext_lazy("Today"),
    LightState.DELIVERED: gettext_lazy("Delivered"),
    LightState.REFUSED: gettext_lazy("Refused"),
    LightState.PAST: gettext_lazy("Past, not reported"),
}

MARKDOWN = MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False}).disable("image")
TAGS = {"p", "br", "hr", "em", "strong", "ul", "ol", "li", "blockquote", "a", "h2", "h3", "h4", "code", "pre"}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto", "tel", "geo"}


@register.filter
def direction(language: str) -> str:
    """Give "rtl" or "ltr" for a BCP 47 code, for the attribute `dir`."""
    return text.direction(language)


@register.filter
def language_name(code: str) -> str:
    """Name a language in that of the page; one that the site does not know is shown as its code."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


@register.filter
def markdown(source: str, top: int = 2) -> SafeString:
    """Turn Markdown into the few elements a call or letter needs; raw HTML stays text, images are left out.

    The highest heading in the text becomes that of level `top`, whatever its writer began with, so that no level of
    the page is left out (WCAG 2.2, technique G141).
    """
    tokens = MARKDOWN.parse(source)
    headings = [token for token in tokens if token.type in {"heading_open", "heading_close"}]
    highest = min((int(token.tag[1]) for token in headings), default=1)
    for token in headings:
        token.tag = f"h{min(int(token.tag[1]) - highest + top, 4)}"
    html = MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})
    # nh3 lets through only what the sets above name, whatever the parser made of the text.
    return mark_safe(nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener"))  # noqa: S308 -- cleaned


@register.filter
def state_name(state: str) -> str:
    """Name one of wave.LightState in the language of the page. Raises ValueError for any other state."""
    return str(STATE_NAMES[LightState(state)])


@register.filter
def civil_date(value: date) -> str:
    """Give weekday, day, month and year in the language of the page; a datetime is dated in its own zone."""
    return format_date(value, "full", locale=page_locale())


@register.filter
def civil_time(value: datetime) -> str:
    """Give hour and minute of an aware datetime in its own zone, by 24 hours: "12:00 p.m." is read in two ways."""
    return format_skeleton("Hm", value, tzinfo=value.tzinfo, locale=page_locale())


@register.filter
def civil_moment(value: datetime) -> str:
    """Give date and time of an aware datetime in its own zone, joined as the language of the page joins them."""
    joined = str(get_datetime_format("full", page_locale())).replace("'", "")
    return joined.format(civil_time(value), civil_date(value))


@register.filter
def civil_zone(value: datetime) -> str:
    """Name the zone of an aware datetime with its offset on that day: "Central European Summer Time (UTC+02:00)".

    Where clocks do not change with the season, or a law changes them otherwise, the name is that for all the year.
    """
    name = get_timezone_name(value.tzinfo, zone_variant=_season(value), locale=page_locale())
    return f"{name} ({utc_offset(value)})"


def _season(value: datetime) -> Literal["generic", "daylight", "standard"]:
    """Tell summer from standard time by the offsets of a year, not by `dst`: Dublin's is negative in winter."""
    winter, summer, again = (
        value.replace(year=value.year + years, month=month, day=1).utcoffset() or timedelta()
        for years, month in ((0, 1), (0, 7), (1, 1))
    )
    if winter == summer or winter != again or value.utcoffset() not in {winter, summer}:
        return "generic"
    return "daylight" if value.utcoffset() == max(winter, summer) else "standard"


@register.filter
def in_utc(value: datetime) -> datetime:
    """Give the same instant in UTC, for the date and time filters."""
    return value.astimezone(UTC)


def page_locale() -> Locale:
    """Give the CLDR locale of the active language; English is British, as the texts are."""
    language = to_locale(get_language() or "en")
    try:
        return Locale.parse("en_GB" if language == "en" else language)
    except (UnknownLocaleError, ValueError):
        return Locale("en", "GB")
