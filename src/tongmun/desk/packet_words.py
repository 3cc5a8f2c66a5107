"""What is frozen and what is not, in words."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from tongmun.deliveries.instructions import mission_name, place_and_kind
from tongmun.deliveries.models import Freeze
from tongmun.deliveries.readiness import BlockedMission, Why
from tongmun.desk.page import page_language
from tongmun.kit.text import in_language
from tongmun.look.templatetags.look import language_name

REASONS = {
    Why.CLOSED: _("It is closed."),
    Why.NO_ADDRESS: _("Its address is not known."),
    Why.NEVER_CHECKED: _("Address, head or mission was never checked."),
    Why.CHECKED_TOO_LONG_AGO: _("Address or head was checked too long ago."),
}


def spoken(languages: Iterable[str]) -> list[str]:
    """Name languages in that of the page."""
    return [language_name(code) for code in languages]


def blocked_rows(blocked: Iterable[BlockedMission]) -> list[dict[str, Any]]:
    """Give each mission that is left out, and why."""
    language = page_language()
    return [
        {
            "name": place_and_kind(one.place.city.names, one.mission.kind, language),
            "why": REASONS[one.why],
            "checked_on": one.checked_on,
        }
        for one in blocked
    ]


def left_out_rows(freeze: Freeze) -> list[dict[str, Any]]:
    """Give each mission that was left out when it was frozen, and why."""
    language = page_language()
    return [
        {"name": place_and_kind(row["city_names"], row["kind"], language), "why": REASONS[Why(row["why"])]}
        for row in freeze.left_out
    ]


def mission_rows(freeze: Freeze) -> list[dict[str, Any]]:
    """Give the missions of a freeze with their names; one query."""
    language = page_language()
    return [
        {"mission": one, "name": mission_name(one, language), "city": in_language(one.city_names, language)}
        for one in freeze.missions.order_by("city", "slug")
    ]
