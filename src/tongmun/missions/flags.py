"""Coordinates that cannot be right, as far as the other missions tell."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from django.db.models import QuerySet

from tongmun.missions.models import Mission

# From the middle of all missions in a state. Measured on 9,852 missions: beyond it lie errors, and posts in states that
# are very wide or have parts overseas; the posts have others beside them, the errors have not.
FAR_LATITUDE, FAR_LONGITUDE = 15, 30
BESIDE = 5
# Fewer have no middle.
FEWEST = 3


class Flag(StrEnum):
    """What is odd about the coordinates of a mission."""

    SHARED = "shared"
    FAR = "far"


@dataclass(frozen=True)
class Spot:
    """Where a mission is said to be, in degrees."""

    mission: int
    receiving: str
    latitude: float
    longitude: float


def flags_of(missions: Iterable[Mission]) -> dict[int, tuple[Flag, ...]]:
    """Give the flags of missions by key, measured against all missions in the same states; one query."""
    located = [mission for mission in missions if mission.latitude is not None]
    if not located:
        return {}
    around = Mission.objects.filter(receiving__in={m.receiving for m in located}) | Mission.objects.filter(
        latitude__in={m.latitude for m in located}
    )
    found = flags_of_spots(spots_of(around))
    return {mission.pk: found[mission.pk] for mission in located if mission.pk in found}


def spots_of(missions: QuerySet[Mission]) -> list[Spot]:
    """Give where those are said to be of which that is said; one query."""
    rows = missions.values_list("pk", "receiving", "latitude", "longitude")
    return [Spot(pk, state, north, east) for pk, state, north, east in rows if north is not None and east is not None]


def flags_of_spots(spots: Iterable[Spot]) -> dict[int, tuple[Flag, ...]]:
    """Give the flags of those that have any, by the key of the mission.

    Shared: a mission in another state has the same coordinates. Far: away from the middle of the missions in its state,
    and none of them is beside it.
    """
    spots = [spot for spot in spots if spot.receiving]
    shared, far = _shared(spots), _far(spots)
    return {
        spot.mission: tuple(
            flag for flag, missions in ((Flag.SHARED, shared), (Flag.FAR, far)) if spot.mission in missions
        )
        for spot in spots
        if spot.mission in shared | far
    }


def _shared(spots: Iterable[Spot]) -> set[int]:
    at: dict[tuple[float, float], list[Spot]] = defaultdict(list)
    for spot in spots:
        at[spot.latitude, spot.longitude].append(spot)
    together = [group for group in at.values() if len({spot.receiving for spot in group}) > 1]
    return {spot.mission for group in together for spot in group}


def _far(spots: Iterable[Spot]) -> set[int]:
    of_state: dict[str, list[Spot]] = defaultdict(list)
    for spot in spots:
        of_state[spot.receiving].append(spot)
    return {
        spot.mission
        for group in of_state.values()
        if len(group) >= FEWEST
        for spot in _far_from_middle(group)
        if not any(other is not spot and _is_within(spot, other, BESIDE, BESIDE) for other in group)
    }


def _far_from_middle(group: list[Spot]) -> list[Spot]:
    # Around the date line the middle of longitudes is nowhere; they are measured from the first of the state.
    first = group[0].longitude
    middle = Spot(
        0,
        "",
        median(spot.latitude for spot in group),
        first + median(_turn(spot.longitude - first) for spot in group),
    )
    return [spot for spot in group if not _is_within(spot, middle, FAR_LATITUDE, FAR_LONGITUDE)]


def _is_within(one: Spot, other: Spot, latitude: float, longitude: float) -> bool:
    return abs(one.latitude - other.latitude) <= latitude and abs(_turn(one.longitude - other.longitude)) <= longitude


def _turn(degrees: float) -> float:
    """Give an angle as the shorter way round, -180 to 180."""
    return (degrees + 180) % 360 - 180
