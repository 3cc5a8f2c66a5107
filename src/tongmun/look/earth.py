"""Where a point of the earth falls on the map: one projection for the drawn land and for the lights."""

SCALE = 2
"""Map units to a degree, along both axes (plate carrée, so a meridian is a straight vertical line)."""
WEST = -169.0
"""The meridian of the map's edge, in the Bering Strait: there alone a cut crosses neither Russia nor Alaska."""
NORTH, SOUTH = 80.0, -57.0
"""Latitudes of the edges. No mission stands beyond them; without Antarctica the cities get the room."""
WIDTH = 360 * SCALE
HEIGHT = (NORTH - SOUTH) * SCALE


def map_x(longitude: float) -> float:
    """Map units from the western edge, 0 <= x < WIDTH, for degrees east (any turn of the circle)."""
    return (longitude - WEST) % 360 * SCALE


def map_y(latitude: float) -> float:
    """Map units from the northern edge for degrees north; outside 0..HEIGHT beyond the edges."""
    return (NORTH - latitude) * SCALE
