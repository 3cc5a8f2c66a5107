"""The log as files (C2SP tlog-tiles): tiles of 256 hashes, and bundles of the 256 entries below them.

A full tile never changes, so it is kept in the folder of the log once it was made; a partial one is made when asked.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tongmun.counts.guard import log_folder, write_whole
from tongmun.counts.leaves import leaf_text
from tongmun.counts.models import CountEntry, Reckoning
from tongmun.kit.merkle import HASH_BYTES, leaf_hash, root_of

WIDTH = 256
HIGHEST_LEVEL = 5
_PLACE = re.compile(r"((?:x[0-9]{3}/)*)([0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")


class NoSuchTile(LookupError):
    """Cannot give a tile: the log does not reach there, or no tile is called so."""


@dataclass(frozen=True)
class Place:
    """Which tile of a level, from 0, and how many of its 256 parts."""

    index: int
    width: int = WIDTH

    @property
    def is_full(self) -> bool:
        """Whether the tile never changes."""
        return self.width == WIDTH

    def path(self) -> str:
        """Write the place as addresses do: x001/x234/067, with .p/3 when three parts are meant."""
        digits = f"{self.index:03}"
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        groups = [digits[start : start + 3] for start in range(0, len(digits), 3)]
        return "/".join([f"x{group}" for group in groups[:-1]] + groups[-1:]) + (
            "" if self.is_full else f".p/{self.width}"
        )


def read_place(path: str) -> Place:
    """Read the end of an address. Raises NoSuchTile for any spelling but the one."""
    found = _PLACE.fullmatch(path)
    if not found:
        raise NoSuchTile
    place = Place(int(found[1].replace("x", "").replace("/", "") + found[2]), int(found[3] or WIDTH))
    if place.path() != path:
        raise NoSuchTile
    return place


def hash_tile(reckoning: Reckoning, level: int, place: Place) -> bytes:
    """Give the hashes of a tile in one piece. Raises NoSuchTile."""
    _check_reach(reckoning, level, place)
    if level == 0:
        return _kept(reckoning, "0", place, lambda: b"".join(map(leaf_hash, _texts(reckoning, place))))
    return _kept(reckoning, str(level), place, lambda: b"".join(_roots_below(reckoning, level, place)))


def entry_bundle(reckoning: Reckoning, place: Place) -> bytes:
    """Give the entries under a tile, each behind its length in two bytes. Raises NoSuchTile."""
    _check_reach(reckoning, 0, place)
    return _kept(
        reckoning,
        "entries",
        place,
        lambda: b"".join(len(text).to_bytes(2, "big") + text for text in _texts(reckoning, place)),
    )


def _check_reach(reckoning: Reckoning, level: int, place: Place) -> None:
    if level > HIGHEST_LEVEL or (place.index * WIDTH + place.width) * WIDTH**level > reckoning.upto:
        raise NoSuchTile


def _texts(reckoning: Reckoning, place: Place) -> list[bytes]:
    first = place.index * WIDTH
    rows = CountEntry.objects.filter(
        edition=reckoning.edition_id, position__gte=first, position__lt=first + place.width
    ).order_by("position")
    return [
        leaf_text(origin=reckoning.origin, kind=kind, amount=amount, digest=bytes(digest), reason=reason, words=words)
        for kind, amount, digest, reason, words in rows.values_list("kind", "amount", "digest", "reason", "words")
    ]


def _roots_below(reckoning: Reckoning, level: int, place: Place) -> list[bytes]:
    first = place.index * WIDTH
    below = (hash_tile(reckoning, level - 1, Place(first + number)) for number in range(place.width))
    return [root_of(tile[start : start + HASH_BYTES] for start in range(0, len(tile), HASH_BYTES)) for tile in below]


def keep_full_tiles(reckoning: Reckoning) -> None:
    """Make every full tile of hashes that is not kept yet, so that no reader waits for thousands of them."""
    for level in range(HIGHEST_LEVEL + 1):
        index = reckoning.upto // WIDTH ** (level + 1) - 1
        while index >= 0 and not _file(reckoning, str(level), Place(index)).exists():
            hash_tile(reckoning, level, Place(index))
            index -= 1


def _file(reckoning: Reckoning, level: str, place: Place) -> Path:
    return log_folder(reckoning) / "tile" / level / place.path()


def _kept(reckoning: Reckoning, level: str, place: Place, make: Callable[[], bytes]) -> bytes:
    if not place.is_full:
        return make()
    path = _file(reckoning, level, place)
    if not path.exists():
        write_whole(path, make())
    return path.read_bytes()
