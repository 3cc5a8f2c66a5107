"""Whether the clocks of every city show the times of a bundle, and show them once."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from tongmun.bundles.contents import CityLine, EditionPart, EventLine
from tongmun.bundles.problems import Place, Problem
from tongmun.bundles.values import city_values, edition_values, event_values, place_values
from tongmun.campaigns.models import City, Edition, EditionCity
from tongmun.events.models import Event
from tongmun.kit.clock import AmbiguousLocalTime, CivilTime, NoSuchLocalTime, utc_offset


def time_problems(edition: EditionPart, cities: Iterable[CityLine], events: Iterable[EventLine]) -> list[Problem]:
    """Find times that a clock skips or shows twice, and events that end before they begin."""
    if edition.time_rule == Edition.TimeRule.SINGLE_INSTANT and not edition.zone:
        return []
    places = {line.slug: _place(edition, line) for line in cities}
    problems = [p for line in cities for p in _city_problems(edition, line)]
    if edition.time_rule == Edition.TimeRule.SINGLE_INSTANT:
        at = CivilTime(edition.date, edition.time, edition.zone)
        problems += _unclear(at, edition.origin.place("time"), _another_time())
    return problems + [p for line in events for p in _event_problems(line, places)]


def _place(edition: EditionPart, line: CityLine) -> EditionCity:
    """Make what will be in the database, so that its own arithmetic is asked."""
    return EditionCity(edition=Edition(**edition_values(edition)), city=City(**city_values(line)), **place_values(line))


def _city_problems(edition: EditionPart, line: CityLine) -> list[Problem]:
    own = line.date is not None or line.time is not None
    if edition.time_rule == Edition.TimeRule.SINGLE_INSTANT and not own:
        return []
    at = CivilTime(line.date or edition.date, line.time or edition.time, line.zone)
    return _unclear(at, line.origin.at("time"), _another_time())


def _event_problems(line: EventLine, places: Mapping[str, EditionCity]) -> list[Problem]:
    if line.ends_date and not line.ends_time:
        return [
            line.origin.at("ends_time").problem(
                _("“ends_date” is there without “ends_time”."), _("Write the time at which the event ends.")
            )
        ]
    if line.city not in places:
        return []
    event = Event(place=places[line.city], edition=places[line.city].edition, **event_values(line))
    starts = _start(event)
    if starts is None:
        return []
    if isinstance(starts, CivilTime):
        return _unclear(starts, line.origin.at("time"), _reading_remedy())
    return _end_problems(event, starts, line.origin)


def _start(event: Event) -> datetime | CivilTime | None:
    """Give the start, or the time that has none, or None where the time is the city's and has been looked at."""
    try:
        return event.starts_at()
    except (NoSuchLocalTime, AmbiguousLocalTime):
        pass
    if event.own_day is None and event.own_time is None:
        return None
    try:
        default = event.place.starts_at()
    except NoSuchLocalTime:
        default = datetime.combine(event.place.civil_day, event.place.civil_time)
    day, at = event.own_day or default.date(), event.own_time or default.time()
    return CivilTime(day, at, event.place.city.zone, later=event.later_reading)


def _end_problems(event: Event, starts: datetime, place: Place) -> list[Problem]:
    try:
        ends = event.ends_at()
    except NoSuchLocalTime as skipped:
        return [_skipped(skipped, place.at("ends_time"))]
    if ends is None or ends > starts:
        return []
    return [
        place.at("ends_date").problem(
            _("The event ends at %(ends)s, before it begins at %(begins)s.")
            % {"ends": _written(ends), "begins": _written(starts)},
            _("Write a later “ends_date”, or leave it empty: an earlier time is then on the next day."),
        )
    ]


def _unclear(at: CivilTime, place: Place, remedy: str) -> list[Problem]:
    """Say that the clocks skip a time, or that they show it twice and nobody has said which is meant."""
    try:
        at.local()
    except NoSuchLocalTime as skipped:
        return [_skipped(skipped, place)]
    except AmbiguousLocalTime as twice:
        return [
            place.problem(
                _("The clocks of %(zone)s show this time twice on that day: %(earlier)s and %(later)s.")
                % {"zone": at.zone, "earlier": _written(twice.earlier), "later": _written(twice.later)},
                remedy,
            )
        ]
    return []


def _skipped(error: NoSuchLocalTime, place: Place) -> Problem:
    readings = {"before": _written(error.before), "after": _written(error.after)}
    return place.problem(
        _("The clocks skip this time on that day; the nearest readings are %(before)s and %(after)s.") % readings,
        _("Write %(before)s or %(after)s.") % {"before": f"{error.before:%H:%M}", "after": f"{error.after:%H:%M}"},
    )


def _another_time() -> str:
    return _("Write a time that the clocks show once on that day, earlier or later.")


def _reading_remedy() -> str:
    return _("Write “earlier” or “later” in the column “reading”.")


def _written(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} {utc_offset(moment)}"
