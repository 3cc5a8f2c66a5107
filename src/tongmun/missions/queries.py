"""What holds for missions on a day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import TypeVar
from zoneinfo import ZoneInfo

from tongmun.missions.models import (
    ConsularDistrict,
    HeadOfMission,
    Holiday,
    Mission,
    OpeningHours,
    Premises,
    Upstream,
)

Fact = TypeVar("Fact", Premises, HeadOfMission, ConsularDistrict, OpeningHours)


@dataclass(frozen=True)
class FactsOnDay:
    """All that is known of a mission on one day; None where nobody has said, which for a head means vacant.

    `premises` are the buildings by function, `week` the hours of all weekdays, `holidays` those of either state.
    """

    mission: Mission
    chancery: Premises | None
    head: HeadOfMission | None
    day: date | None = None
    premises: Mapping[str, Premises] = field(default_factory=dict)
    districts: tuple[ConsularDistrict, ...] = ()
    week: tuple[OpeningHours, ...] = ()
    holidays: tuple[Holiday, ...] = ()

    @property
    def checked_on(self) -> date | None:
        """The day the oldest of these facts was last checked; None when one of them never was."""
        facts = [fact for fact in (self.mission, self.chancery, self.head) if fact is not None]
        days = [fact.checked_on for fact in facts]
        return None if None in days else min(day for day in days if day)

    @property
    def hours(self) -> tuple[OpeningHours, ...]:
        """The hours of the weekday of the day."""
        return tuple(span for span in self.week if self.day and span.weekday == self.day.isoweekday())

    @property
    def dated(self) -> tuple[Premises | HeadOfMission | ConsularDistrict | OpeningHours, ...]:
        """Every dated fact among them."""
        heads = (self.head,) if self.head else ()
        return (*self.premises.values(), *heads, *self.districts, *self.week)

    @property
    def is_holiday(self) -> bool:
        """Whether the day is a holiday of the sending or of the receiving state, as far as anybody has said."""
        return bool(self.holidays)

    @property
    def regions(self) -> frozenset[str]:
        """The codes of the regions it looks after."""
        return frozenset(district.region for district in self.districts)

    def is_open_at(self, moment: time) -> bool:
        """Tell whether its door is open at a time of the local clock; never on a holiday of either state."""
        return not self.is_holiday and any(span.opens <= moment < span.closes for span in self.hours)


def facts_on(missions: Iterable[Mission], day: date) -> dict[int, FactsOnDay]:
    """Give the facts about missions on a day, by primary key; five queries however many missions there are."""
    missions = list(missions)
    return _facts(missions, {mission.pk: day for mission in missions})


def facts_at(missions: Iterable[Mission], at: datetime, zones: Mapping[int, str]) -> dict[int, FactsOnDay]:
    """Give the facts at an instant: for each mission those of the day that its own calendar shows.

    `zones` gives the IANA zone by the key of the mission; where it has none, UTC. As many queries as `facts_on`.
    """
    missions = list(missions)
    local = {m.pk: at.astimezone(ZoneInfo(zones[m.pk]) if zones.get(m.pk) else UTC).date() for m in missions}
    return _facts(missions, local)


def _facts(missions: list[Mission], days: Mapping[int, date]) -> dict[int, FactsOnDay]:
    if not missions:
        return {}
    premises, heads = _held(Premises, days), _held(HeadOfMission, days)
    districts, hours = _held(ConsularDistrict, days), _held(OpeningHours, days)
    holidays = _holidays(missions, set(days.values()))
    return {
        mission.pk: _facts_of(
            mission,
            days[mission.pk],
            premises=premises[mission.pk],
            heads=heads[mission.pk],
            districts=districts[mission.pk],
            hours=hours[mission.pk],
            holidays=holidays,
        )
        for mission in missions
    }


def _facts_of(
    mission: Mission,
    day: date,
    *,
    premises: list[Premises],
    heads: list[HeadOfMission],
    districts: list[ConsularDistrict],
    hours: list[OpeningHours],
    holidays: Mapping[tuple[str, date], Holiday],
) -> FactsOnDay:
    # The one that began last comes first, and is the one that stays.
    by_function = {building.function: building for building in reversed(premises)}
    states = dict.fromkeys(filter(None, (mission.sending, mission.receiving)))
    return FactsOnDay(
        mission=mission,
        chancery=by_function.get(Premises.Function.CHANCERY),
        head=heads[0] if heads else None,
        day=day,
        premises=by_function,
        districts=tuple(sorted(districts, key=lambda district: district.region)),
        week=tuple(sorted(hours, key=lambda span: (span.weekday, span.opens))),
        holidays=tuple(holidays[state, day] for state in states if (state, day) in holidays),
    )


def _held(model: type[Fact], days: Mapping[int, date]) -> dict[int, list[Fact]]:
    """Give the facts of one kind by mission, each on that mission's day, the one that began last first."""
    facts: dict[int, list[Fact]] = defaultdict(list)
    between = model.objects.between(min(days.values()), max(days.values()))
    for fact in between.filter(mission__in=list(days)):
        if fact.holds_on(days[fact.mission_id]):
            facts[fact.mission_id].append(fact)
    return facts


def _holidays(missions: Iterable[Mission], days: set[date]) -> dict[tuple[str, date], Holiday]:
    states = {state for mission in missions for state in (mission.sending, mission.receiving) if state}
    return {(holiday.state, holiday.day): holiday for holiday in Holiday.objects.filter(state__in=states, day__in=days)}


def regions_on(missions: Iterable[int], day: date) -> dict[int, set[str]]:
    """Give the codes of the regions that missions look after on a day, by primary key; one query."""
    regions: dict[int, set[str]] = defaultdict(set)
    districts = ConsularDistrict.objects.on(day).filter(mission__in=list(missions))
    for mission, region in districts.values_list("mission_id", "region"):
        regions[mission].add(region)
    return regions


def rival_claims(facts: Iterable[FactsOnDay], day: date) -> dict[int, dict[str, tuple[Mission, ...]]]:
    """Give, by primary key and region, the other missions of the same state that claim the same region; one query."""
    facts = [one for one in facts if one.districts]
    if not facts:
        return {}
    regions = {region for one in facts for region in one.regions}
    states = {one.mission.sending for one in facts}
    districts = ConsularDistrict.objects.on(day).filter(region__in=regions, mission__sending__in=states)
    claimants: dict[tuple[str, str], list[Mission]] = defaultdict(list)
    for district in districts.select_related("mission"):
        claimants[district.mission.sending, district.region].append(district.mission)
    found: dict[int, dict[str, tuple[Mission, ...]]] = {}
    for one in facts:
        for region in sorted(one.regions):
            others = tuple(m for m in claimants[one.mission.sending, region] if m.pk != one.mission.pk)
            if others:
                found.setdefault(one.mission.pk, {})[region] = others
    return found


def upstream_differences(mission: Mission) -> list[tuple[str, str]]:
    """List by field what the imported table says and what does not stand here, as words."""
    said = Upstream.objects.filter(mission=mission).values_list("values", flat=True).first() or {}
    here = {name: getattr(mission, name) for name in said if name not in {"position", "districts"}}
    here["position"] = [] if mission.latitude is None else [mission.latitude, mission.longitude]
    here["districts"] = sorted(
        ConsularDistrict.objects.filter(mission=mission, valid_to=None).values_list("region", flat=True)
    )
    return [
        (name, " ".join(map(str, value)) if isinstance(value, list) else str(value))
        for name, value in said.items()
        if value and value != here[name]
    ]
