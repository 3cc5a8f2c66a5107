"""Postcodes: whether one has the shape its state gives them on the day of the letter. None is rewritten."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache

from tongmun.bundles.reading.draft import Notebook
from tongmun.bundles.reading.vocabulary import FOLDER


@dataclass(frozen=True)
class PostcodeShape:
    """The postcodes of a state in a span of time. `like` finds what was meant as one, `right` is what it should be."""

    like: str
    right: str
    shape: str
    since: date = date.min
    until: date = date.max


def note_postcode(notes: Notebook, address: str, state: str, *, on: date | None) -> None:
    """Write down the last postcode of an address and, where its shape is not the state's, what the shape is.

    Without a day, every shape the state ever gave is right. A state without a shape in the data is not checked.
    """
    shapes = [shape for shape in _shapes().get(state, []) if on is None or shape.since <= on < shape.until]
    found = [match.group() for shape in shapes for match in re.finditer(shape.like, address)]
    if not found:
        return
    notes.found("letter.postcode", found[-1], found[-1])
    if not any(re.fullmatch(shape.right, found[-1]) for shape in shapes):
        wanted = "; ".join(shape.shape for shape in shapes)
        notes.wrong("letter.postcode", found[-1], f"This is not the shape of a postcode of {state}: {wanted}.")


@cache
def _shapes() -> dict[str, list[PostcodeShape]]:
    rows = tomllib.loads((FOLDER / "postcodes.toml").read_text(encoding="utf-8"))["state"]
    shapes: dict[str, list[PostcodeShape]] = {}
    for row in rows:
        shapes.setdefault(row.pop("code"), []).append(PostcodeShape(**row))
    return shapes
