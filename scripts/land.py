"""Draw src/tongmun/look/static/look/land.svg from `land-110m.json` of the npm package world-atlas 2.0.2.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    PYTHONPATH=src python scripts/land.py package/land-110m.json src/tongmun/look/static/look/land.svg

Rings are unwrapped about the map's edge, so that nothing smears across the map; land wholly south of it is left out.
"""

import json
import sys
from itertools import accumulate, pairwise
from pathlib import Path

from tongmun.look.earth import HEIGHT, SCALE, SOUTH, WEST, WIDTH, map_y

Point = tuple[float, float]
Tenth = tuple[int, int]

COLOUR = "#8f8470"
SMALLEST_RING = 4
OPEN = (
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT:.0f}">'
    "<!-- Natural Earth 1:110m, public domain; by way of world-atlas 2.0.2 (ISC). Made by scripts/land.py. -->"
    f'<path fill="{COLOUR}" fill-opacity=".42" d="'
)


def decoded_arcs(topology: dict) -> list[list[Point]]:
    """Arcs as (longitude, latitude) in degrees, out of the delta-coded integers of TopoJSON."""
    (scale_x, scale_y), (shift_x, shift_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        steps = accumulate(arc, lambda here, step: [here[0] + step[0], here[1] + step[1]])
        arcs.append([(x * scale_x + shift_x, y * scale_y + shift_y) for x, y in steps])
    return arcs


def outlines(topology: dict) -> list[list[Point]]:
    """Every ring of every polygon, closed (the last point is the first)."""
    arcs = decoded_arcs(topology)
    polygons = [polygon for shape in topology["objects"]["land"]["geometries"] for polygon in shape["arcs"]]
    rings = []
    for ring in (ring for polygon in polygons for ring in polygon):
        parts = [arcs[index] if index >= 0 else arcs[~index][::-1] for index in ring]
        rings.append(parts[0] + [point for part in parts[1:] for point in part[1:]])
    return rings


def unwrapped(ring: list[Point]) -> list[Point]:
    """Give the ring with longitudes that never jump by a turn, most of it east of the map's edge."""
    longitudes = [ring[0][0]]
    for (before, _), (after, _) in pairwise(ring):
        longitudes.append(longitudes[-1] + (after - before + 180) % 360 - 180)
    middle = sum(longitudes) / len(longitudes)
    turn = (middle - WEST) % 360 - (middle - WEST)
    return [(longitude + turn, latitude) for longitude, (_, latitude) in zip(longitudes, ring, strict=True)]


def tenths(ring: list[Point]) -> list[Tenth]:
    """Put the ring on the map in tenths of a unit, without repeated points."""
    points = [(round((x - WEST) * SCALE * 10), round(map_y(y) * 10)) for x, y in unwrapped(ring)]
    return [points[0]] + [after for before, after in pairwise(points) if after != before]


def decimal(number: int) -> str:
    """Write a count of tenths in the shortest form a path allows: 5 is `.5`, -20 is `-2`."""
    whole, tenth = divmod(abs(number), 10)
    digits = f"{whole or ''}.{tenth}" if tenth else str(whole)
    return f"-{digits}" if number < 0 else digits


def path(points: list[Tenth]) -> str:
    """Write a closed path of relative lines through the points."""
    steps = [(after[0] - before[0], after[1] - before[1]) for before, after in pairwise(points[:-1])]
    lines = " ".join(f"{decimal(x)} {decimal(y)}" for x, y in steps).replace(" -", "-")
    return f"M{decimal(points[0][0])} {decimal(points[0][1])}l{lines}z"


def land(topology: dict) -> str:
    """Draw the whole picture."""
    rings = [tenths(ring) for ring in outlines(topology) if max(latitude for _, latitude in ring) > SOUTH]
    return OPEN + "".join(path(ring) for ring in rings if len(ring) >= SMALLEST_RING) + '"/></svg>\n'


if __name__ == "__main__":
    source, target = map(Path, sys.argv[1:])
    target.write_text(land(json.loads(source.read_text())))
