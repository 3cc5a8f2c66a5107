"""Rows of an uploaded file, from its beginning or from a byte at which a row begins."""

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from tongmun.imports.folders import upload_of
from tongmun.imports.locked_files import LockedReader

DELIMITERS = ",;\t"
MOST_ROWS = 1_000_000
BUFFER = 256 * 1024
# What a one-column file must not hold in its heading, or its columns are separated by it.
OTHER_SEPARATORS = "|:"


class FileRefused(ValueError):
    """Cannot use a file. `reason` is a code of refusals.REFUSALS; nothing of the file is in the message."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Place:
    """Where a row begins: a byte of the file as UTF-8, and a line counted from 1."""

    offset: int = 0
    line: int = 1


@dataclass(frozen=True)
class Inspected:
    """What is known of a file once it was read through. `first` is where the row below the headings begins."""

    delimiter: str
    headings: Sequence[str]
    rows: int
    size: int
    first: Place


class Lines:
    """The lines of a file as text, and how far they have been taken."""

    def __init__(self, file: io.BufferedReader, place: Place) -> None:
        file.seek(place.offset)
        self._file = file
        self.offset = place.offset
        self.line = place.line

    def __iter__(self) -> Iterator[str]:
        for raw in self._file:
            self.offset += len(raw)
            self.line += 1
            yield raw.decode()

    @property
    def place(self) -> Place:
        """Where the next row begins, once the reader has given one."""
        return Place(self.offset, self.line)


def open_upload(key: UUID) -> io.BufferedReader:
    """Open the uploaded file of an import."""
    return io.BufferedReader(LockedReader(upload_of(key)), BUFFER)


def rows_of(lines: Lines, delimiter: str) -> Iterator[tuple[Place, list[str]]]:
    """Give each row with where it begins; empty lines are left out. Raises csv.Error."""
    place = lines.place
    for cells in csv.reader(lines, delimiter=delimiter, strict=True):
        if cells:
            yield place, cells
        place = lines.place


def inspect(key: UUID) -> Inspected:
    """Read a file through once; raises FileRefused."""
    try:
        with open_upload(key) as file:
            return _inspected(file)
    except csv.Error as error:
        raise FileRefused("broken") from error


def _inspected(file: io.BufferedReader) -> Inspected:
    delimiter = _delimiter(file)
    lines = Lines(file, Place())
    rows = rows_of(lines, delimiter)
    _place, names = next(rows)
    if any("@" in name for name in names):
        raise FileRefused("headings")
    first, count = lines.place, 0
    for _row in rows:
        count += 1
        if count > MOST_ROWS:
            raise FileRefused("rows")
    if not count:
        raise FileRefused("empty")
    return Inspected(delimiter, names, count, lines.offset, first)


def _delimiter(file: io.BufferedReader) -> str:
    """Give the sign that makes the most columns of the first row."""
    first = {}
    for delimiter in DELIMITERS:
        # With the wrong sign a quoted heading looks broken.
        with suppress(csv.Error):
            first[delimiter] = next(rows_of(Lines(file, Place()), delimiter), (Place(), []))[1]
    if not first:
        raise FileRefused("broken")
    best = max(first, key=lambda delimiter: len(first[delimiter]))
    if not first[best]:
        raise FileRefused("empty")
    if len(first[best]) == 1 and any(sign in first[best][0] for sign in OTHER_SEPARATORS):
        raise FileRefused("separator")
    return best
