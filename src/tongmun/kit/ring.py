"""The ring: names around an empty centre, so that none comes first."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import cos, pi, radians, sin
from typing import TypeVar
from unicodedata import east_asian_width

T = TypeVar("T")

LETTER = 12.0
"""Size of the letters in the ring's units; look/css/66-ring.css says the same."""
LINE = 15.0
"""Room one line of a name takes on the circle."""
LONGEST_LINE = 15.0
"""Ems after which a name goes on in a second line, and after two lines ends in an ellipsis."""
SMALLEST_RADIUS = 78.0


@dataclass(frozen=True, slots=True)
class RingName:
    """Somebody in the ring: the whole name, its language if known, an address and the sample mark if any.

    `reading` is the name in the language of the page, for the list, when it is another one.
    """

    name: str
    lang: str = ""
    url: str = ""
    is_sample: bool = False
    reading: str = ""


@dataclass(frozen=True, slots=True)
class SpokeLine:
    """One line of a name and its distance from the spoke's axis."""

    text: str
    y: str


@dataclass(frozen=True, slots=True)
class Spoke:
    """A name as it stands in the ring, on the circle at (x, y), turned by `turn` degrees, reading left to right."""

    name: RingName
    lines: tuple[SpokeLine, ...]
    x: str
    y: str
    turn: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Ring:
    """All that look/parts/ring.html needs; the centre of the circle is 0, 0."""

    spokes: tuple[Spoke, ...]
    radius: str
    view_box: str

    @property
    def names(self) -> list[RingName]:
        """The names in the order of the ring, for the plain list beside it."""
        return [spoke.name for spoke in self.spokes]


def ring_order(items: Iterable[T], seed: str, *, name: Callable[[T], str]) -> list[T]:
    """Draw the order of the ring by lot: the same names with the same seed give the same ring, for anybody.

    Each stands where the SHA-256 of "seed/name" stands among the others. So whoever joins or leaves moves nobody
    else past another; `name` gives a lasting name that nobody chooses freely (such as a slug), the seed is the edition.
    """
    return sorted(items, key=lambda item: hashlib.sha256(f"{seed}/{name(item)}".encode()).digest())


def ring_layout(names: Sequence[RingName]) -> Ring:
    """Set names like spokes around an empty circle that grows with their number; the first stands at the top.

    Order is the caller's: see ring_order.
    """
    wrapped = [wrapped_name(each.name) for each in names]
    rooms = [max(len(lines), 1) * LINE for lines in wrapped]
    radius = max(SMALLEST_RADIUS, sum(rooms) / (2 * pi))
    whole = sum(rooms) or 1
    middles = [
        (end - room / 2 - rooms[0] / 2) / whole * 360 for end, room in zip(accumulate(rooms), rooms, strict=True)
    ]
    spokes = tuple(_spoke(*each, radius) for each in zip(names, wrapped, middles, strict=True))
    tips = [_tip(lines, angle, radius) for lines, angle in zip(wrapped, middles, strict=True)]
    return Ring(spokes, f"{radius:.1f}", _view_box(tips, radius))


def _tip(lines: Sequence[str], angle: float, radius: float) -> tuple[float, float]:
    """Give the outer end of a spoke, a letter's room included."""
    reach = radius + LETTER * (1.7 + max(map(line_width, lines)))
    return reach * cos(radians(angle - 90)), reach * sin(radians(angle - 90))


def _view_box(tips: Sequence[tuple[float, float]], radius: float) -> str:
    """Frame the circle in the middle from side to side, and as high and low as the names go."""
    least = radius + LETTER
    half = max([least, *(abs(x) for x, _ in tips)]) + LETTER
    top = min([-least, *(y for _, y in tips)]) - LETTER
    bottom = max([least, *(y for _, y in tips)]) + LETTER
    return f"{-half:.0f} {top:.0f} {2 * half:.0f} {bottom - top:.0f}"


def _spoke(name: RingName, lines: Sequence[str], angle: float, radius: float) -> Spoke:
    """Place one name at an angle in degrees, clockwise from the top; on the left half it is turned to stay upright."""
    turn = angle - 90
    is_left = pi < radians(angle) < 2 * pi
    start = radius + LETTER * 0.7
    x, y = start * cos(radians(turn)), start * sin(radians(turn))
    # The letters' own middle lies about a third of an em above their base line.
    first = LETTER * 0.34 - (len(lines) - 1) * LETTER * 0.55
    rows = tuple(SpokeLine(line, f"{first + row * LETTER * 1.1:.1f}") for row, line in enumerate(lines))
    upright = turn - 180 if is_left else turn
    return Spoke(name, rows, f"{x:.1f}", f"{y:.1f}", f"{upright:.2f}", "end" if is_left else "start")


def line_width(text: str) -> float:
    """Estimate the ems a line takes: 1 for a wide character of East Asia, 0.55 for any other."""
    return sum(1.0 if east_asian_width(letter) in "WF" else 0.55 for letter in text)


def wrapped_name(name: str) -> list[str]:
    """Break a name at spaces into at most two lines of LONGEST_LINE ems; what is over ends in an ellipsis."""
    if line_width(name) <= LONGEST_LINE:
        return [name]
    words = name.split(" ")
    fitting = [cut for cut in range(1, len(words)) if line_width(" ".join(words[:cut])) <= LONGEST_LINE]
    halves = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in fitting]
    if not halves:
        return [shortened(name)]
    first, second = min(halves, key=lambda lines: max(map(line_width, lines)))
    return [first, shortened(second)]


def shortened(line: str) -> str:
    """Give the line, or as much of it as LONGEST_LINE ems hold, then an ellipsis."""
    if line_width(line) <= LONGEST_LINE:
        return line
    kept = line
    while line_width(kept) > LONGEST_LINE - 1:
        kept = kept[:-1]
    return kept.rstrip() + "…"
