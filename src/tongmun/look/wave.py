"""The wave: noon crossing the earth, as lights on a map, with everything worked out before the template draws it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from itertools import combinations
from unicodedata import east_asian_width

from tongmun.look.earth import HEIGHT, WIDTH, map_x, map_y

APART = 9.0
"""Map units between the middles of two lights, so that each keeps its own shape."""
LETTER = 9.0
"""Size of a label's letters in map units; look/css/64-wave.css says the same."""
GLOW = 44.0
"""Half the width of the light around the noon line, in map units: 22 degrees, about an hour and a half."""


class LightState(StrEnum):
    """What is known of one city. Each has its own shape as well as its own colour."""

    PLANNED = "planned"
    TODAY = "today"
    DELIVERED = "delivered"
    REFUSED = "refused"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class WavePlace:
    """A city of the edition; `instant` is aware, and the map names the time of the zone it is given in."""

    slug: str
    name: str
    latitude: float
    longitude: float
    instant: datetime
    state: str
    url: str


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the map that something covers."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether the two share any area."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


@dataclass(frozen=True, slots=True)
class Label:
    """A name that found room beside its light: the start or end of its base line, and what it covers."""

    x: str
    y: str
    anchor: str
    box: Box = field(repr=False)


@dataclass(frozen=True, slots=True)
class Light:
    """One city on the map; coordinates are strings with a decimal point whatever the language of the page."""

    place: WavePlace
    state: LightState
    x: str
    y: str
    home_x: str
    home_y: str
    is_moved: bool
    label: Label | None


@dataclass(frozen=True, slots=True)
class NoonLine:
    """Where the sun stands highest; `copies` are the positions at which the glow is drawn, over the edge included."""

    x: str
    label_x: str
    anchor: str
    copies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wave:
    """All that look/parts/wave.html needs."""

    lights: tuple[Light, ...]
    noon: NoonLine
    now: datetime
    states: tuple[LightState, ...]


def noon_longitude(now: datetime) -> float:
    """Degrees east, in -180 < x <= 180, of the meridian where mean solar time is 12:00 at an aware instant.

    The mean sun moves 15 degrees an hour and stands over Greenwich at 12:00 UTC; the true sun is up to about
    16 minutes (4 degrees) before or after it through the year, less than a light on this map is wide.
    """
    moment = now.astimezone(UTC)
    hours = moment.hour + moment.minute / 60 + moment.second / 3600
    return (12 - hours) * 15


def wave_of(places: Sequence[WavePlace], now: datetime) -> Wave:
    """Draw the places, in the order of their instants, with noon as it stands at the aware `now`.

    Raises ValueError for a state that is not one of LightState.
    """
    ordered = sorted(places, key=lambda place: (place.instant, place.slug))
    spots = spread([(map_x(place.longitude), map_y(place.latitude)) for place in ordered])
    labels = placed_labels([place.name for place in ordered], spots)
    lights = tuple(_light(*each) for each in zip(ordered, spots, labels, strict=True))
    shown = {light.state for light in lights}
    return Wave(lights, _noon_line(now), now, tuple(state for state in LightState if state in shown))


def spread(spots: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Push spots apart until none is nearer than APART to another, or 200 rounds are over; always the same way."""
    moved = list(spots)
    for _ in range(200):
        crowded = [pair for pair in combinations(range(len(moved)), 2) if _gap(moved, *pair) < APART - 0.01]
        if not crowded:
            break
        for one, other in crowded:
            _part(moved, one, other)
    return moved


def _gap(spots: list[tuple[float, float]], one: int, other: int) -> float:
    (x, y), (other_x, other_y) = spots[one], spots[other]
    return float(((x - other_x) ** 2 + (y - other_y) ** 2) ** 0.5)


def _part(spots: list[tuple[float, float]], one: int, other: int) -> None:
    """Move two spots away from each other along their line, half of what is missing each; inside the map."""
    (x, y), (other_x, other_y) = spots[one], spots[other]
    gap = _gap(spots, one, other)
    # Two lights on one spot have no line between them: the later goes east.
    across, down = ((other_x - x) / gap, (other_y - y) / gap) if gap else (1.0, 0.0)
    push = (APART - gap) / 2
    spots[one] = _inside(x - across * push, y - down * push)
    spots[other] = _inside(other_x + across * push, other_y + down * push)


def _inside(x: float, y: float) -> tuple[float, float]:
    rim = APART / 2
    return min(max(x, rim), WIDTH - rim), min(max(y, rim), HEIGHT - rim)


def placed_labels(names: Sequence[str], spots: Sequence[tuple[float, float]]) -> list[Label | None]:
    """Give each name the first free place right, left, above or below its light, or None where none is free."""
    taken = [_around(spot) for spot in spots]
    labels: list[Label | None] = []
    for name, spot in zip(names, spots, strict=True):
        label = next((option for option in _options(name, spot) if _is_free(option.box, taken)), None)
        if label:
            taken.append(label.box)
        labels.append(label)
    return labels


def _around(spot: tuple[float, float]) -> Box:
    reach = APART / 2
    return Box(spot[0] - reach, spot[1] - reach, spot[0] + reach, spot[1] + reach)


def _is_free(box: Box, taken: Iterable[Box]) -> bool:
    fits = box.left >= 0 and box.right <= WIDTH and box.top >= LETTER * 2 and box.bottom <= HEIGHT
    return fits and not any(box.meets(other) for other in taken)


def _options(name: str, spot: tuple[float, float]) -> Iterable[Label]:
    x, y = spot
    wide, step = label_width(name), APART / 2 + 1.5
    yield _label(x + step, y + LETTER * 0.35, "start", x + step, wide)
    yield _label(x - step, y + LETTER * 0.35, "end", x - step - wide, wide)
    yield _label(x, y - step, "middle", x - wide / 2, wide)
    yield _label(x, y + step + LETTER * 0.75, "middle", x - wide / 2, wide)


def _label(x: float, baseline: float, anchor: str, left: float, wide: float) -> Label:
    box = Box(left, baseline - LETTER * 0.85, left + wide, baseline + LETTER * 0.25)
    return Label(_decimal(x), _decimal(baseline), anchor, box)


def label_width(name: str) -> float:
    """Estimate the map units a name takes: an em for a wide character of East Asia, 0.56 em for any other."""
    return sum(LETTER if east_asian_width(letter) in "WF" else LETTER * 0.56 for letter in name)


def _light(place: WavePlace, spot: tuple[float, float], label: Label | None) -> Light:
    home_x, home_y = map_x(place.longitude), map_y(place.latitude)
    return Light(
        place=place,
        state=LightState(place.state),
        x=_decimal(spot[0]),
        y=_decimal(spot[1]),
        home_x=_decimal(home_x),
        home_y=_decimal(home_y),
        is_moved=max(abs(spot[0] - home_x), abs(spot[1] - home_y)) > 1,
        label=label,
    )


def _noon_line(now: datetime) -> NoonLine:
    x = map_x(noon_longitude(now))
    copies = tuple(_decimal(at - GLOW) for at in (x, x - WIDTH, x + WIDTH) if -GLOW < at < WIDTH + GLOW)
    leans_left = x > WIDTH * 0.7
    return NoonLine(_decimal(x), _decimal(x - 4 if leans_left else x + 4), "end" if leans_left else "start", copies)


def _decimal(number: float) -> str:
    return f"{number:.1f}"
