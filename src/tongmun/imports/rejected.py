"""Rejected rows: locked away while the import runs, given back as CSV with the reason."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from uuid import UUID

from django.utils.translation import gettext as _

from tongmun.imports.folders import headings_of, rejected_files, rejected_of
from tongmun.imports.locked_files import LockedReader, LockedWriter
from tongmun.imports.refusals import REASONS

BOM = "\N{BYTE ORDER MARK}"
# What a spreadsheet runs as a formula, full-width signs included.
RUN_BY_SPREADSHEETS = tuple("=+-@\t\r＝＋－＠")


@dataclass(frozen=True)
class Rejected:
    """One row that was not taken: where it begins in the file, why, and what it held."""

    line: int
    reason: str
    cells: Sequence[str]


def keep_headings(key: UUID, names: Sequence[str]) -> None:
    """Lock the first row away: where the headings were forgotten it is about a person."""
    with LockedWriter(headings_of(key)) as file:
        file.write(json.dumps(list(names)).encode())


def kept_headings(key: UUID) -> list[str]:
    """Give the first row of the file."""
    with io.BufferedReader(LockedReader(headings_of(key))) as file:
        names: list[str] = json.loads(file.read())
    return names


def keep(key: UUID, offset: int, rows: Iterable[Rejected]) -> None:
    """Lock the rejected rows of the batch that begins at `offset` away."""
    with LockedWriter(rejected_of(key, offset)) as file:
        for row in rows:
            file.write(json.dumps([row.line, row.reason, list(row.cells)]).encode() + b"\n")


def kept(key: UUID, *, before: int) -> Iterator[Rejected]:
    """Give the rejected rows of the batches that begin before a byte of the upload, in the order of the file."""
    for path in rejected_files(key, before=before):
        with io.BufferedReader(LockedReader(path)) as file:
            for line in file:
                yield Rejected(*json.loads(line))


def as_csv(names: Sequence[str], rows: Iterable[Rejected]) -> Iterator[str]:
    """Give the lines of a CSV: the line, the reason in the language of the page, and the columns of the file."""
    # Here, and not when the lines are sent: the language of the page may have ended by then.
    reasons = {code: str(words) for code, words in REASONS.items()}
    first = BOM + _line([_("Line in the file"), _("Why it was not imported"), *names])
    return chain([first], (_line([str(row.line), reasons[row.reason], *row.cells]) for row in rows))


def _line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(_harmless(cell) for cell in cells)
    return line.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(RUN_BY_SPREADSHEETS) else cell
