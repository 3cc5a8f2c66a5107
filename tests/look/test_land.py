import itertools
import re
from pathlib import Path

from tongmun.look import earth

LAND = Path(earth.__file__).parent / "static" / "look" / "land.svg"
DRAWING = LAND.read_text()


def polygons() -> list[list[tuple[float, float]]]:
    """The closed paths of the drawing in map units."""
    shapes = []
    for start, steps in re.findall(r"M([^l]+)l([^z]+)z", DRAWING.split(' d="')[1]):
        numbers = [float(number) for number in re.findall(r"-?(?:\d+(?:\.\d)?|\.\d)", f"{start} {steps}")]
        x, y = numbers[:2]
        points = [(x, y)]
        for across, down in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + across, y + down
            points.append((x, y))
        shapes.append(points)
    return shapes


def is_land(latitude: float, longitude: float) -> bool:
    """Whether a ray from the point crosses the coasts an odd number of times."""
    x, y = earth.map_x(longitude), earth.map_y(latitude)
    crossings = 0
    for shape in polygons():
        for (x1, y1), (x2, y2) in zip(shape, shape[1:] + shape[:1], strict=True):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
                crossings += 1
    return crossings % 2 == 1


def test_land_is_light_enough_for_a_slow_line() -> None:
    assert LAND.stat().st_size <= 30_000


def test_land_needs_no_style_and_no_script() -> None:
    assert not re.search(r"<style|style=|<script|href", DRAWING)


def test_land_lies_where_land_is() -> None:
    for latitude, longitude in ((37.5, 127.5), (-25, 134), (66, 175), (66, -172), (40, -100), (-10, -50), (55, 40)):
        assert is_land(latitude, longitude), (latitude, longitude)
    for latitude, longitude in ((0, -30), (30, -150), (-30, 80), (60, -150 - 25), (-55, 0)):
        assert not is_land(latitude, longitude), (latitude, longitude)


def test_no_coast_smears_across_the_map() -> None:
    longest = max(abs(after[0] - before[0]) for shape in polygons() for before, after in itertools.pairwise(shape))

    assert longest < 40
