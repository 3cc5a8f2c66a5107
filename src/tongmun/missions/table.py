"""The table of missions that database-of-embassies makes from Wikidata: what each of its rows says here."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tongmun.missions.models import Mission
from tongmun.missions.regions import codes_by_item

COLUMNS = (
    *("operator", "operatorQID", "jurisdictionQIDs", "country", "countryQID", "city", "latitude", "longitude"),
    *("phone", "email", "website", "type", "typeQID", "QID"),
)
ENTITY = re.compile(r"(?:https?://www\.wikidata\.org/entity/)?(Q[1-9]\d{0,18})", re.ASCII)
NUMBER = re.compile(r"-?\d{1,3}(?:\.\d{1,20})?(?:[eE]-?\d{1,2})?", re.ASCII)
KINDS = {
    "Q3917681": Mission.Kind.EMBASSY,
    "Q113065939": Mission.Kind.EMBASSY,
    "Q18414273": Mission.Kind.HIGH_COMMISSION,
    "Q19600600": Mission.Kind.HIGH_COMMISSION,
    "Q4824242": Mission.Kind.HIGH_COMMISSION,
    "Q372690": Mission.Kind.CONSULATE_GENERAL,
    "Q108058047": Mission.Kind.CONSULATE_GENERAL,
    "Q112307194": Mission.Kind.CONSULATE_GENERAL,
    "Q7843791": Mission.Kind.CONSULATE,
    "Q10686185": Mission.Kind.CONSULATE,
    "Q24868622": Mission.Kind.CONSULATE,
    "Q1783003": Mission.Kind.CONSULATE,
    "Q73088858": Mission.Kind.CONSULATE,
    "Q2360219": Mission.Kind.PERMANENT_MISSION,
    "Q5244910": Mission.Kind.REPRESENTATIVE_OFFICE,
    "Q61881945": Mission.Kind.REPRESENTATIVE_OFFICE,
    "Q7314257": Mission.Kind.REPRESENTATIVE_OFFICE,
    "Q4461020": Mission.Kind.REPRESENTATIVE_OFFICE,
    "Q579581": Mission.Kind.REPRESENTATIVE_OFFICE,
    "Q2712647": Mission.Kind.REPRESENTATIVE_OFFICE,
    "Q64779402": Mission.Kind.LIAISON_OFFICE,
    "Q94158456": Mission.Kind.INTERESTS_SECTION,
    "Q23891529": Mission.Kind.HONORARY_CONSULATE,
    "Q620045": Mission.Kind.NUNCIATURE,
}
LATITUDE, LONGITUDE = 90, 180
# A metre: what the table says more exactly is the noise of its sources.
DECIMALS = 5
LIMITS = {"locality": 120, "phone": 200, "email": 120, "website": 300}
BY_HAND = "Add the mission by hand at the desk, under the state whose mission it is, if it is one."


class TableRefused(ValueError):
    """Cannot read a table at all: the message says why, and what to do."""


@dataclass(frozen=True)
class Refusal:
    """Why a row was left out; the line is that of the file, and the remedy what to do."""

    line: int
    column: str
    what: str
    remedy: str


class RowRefused(ValueError):
    """Cannot take a row."""

    def __init__(self, column: str, what: str, remedy: str) -> None:
        super().__init__(what)
        self.column, self.what, self.remedy = column, what, remedy


@dataclass(frozen=True)
class UpstreamMission:
    """What a row says: `values` by the names of `Mission`, with `position` for both coordinates, and `districts`."""

    item: str
    values: dict[str, Any]


def read_table(path: Path) -> tuple[list[UpstreamMission], list[Refusal]]:
    """Read the rows that can be taken, and why the others cannot. Raises TableRefused, OSError."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TableRefused(f"It is not UTF-8 (byte {error.start + 1}). Save it as UTF-8 and try again.") from error
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    missions: dict[str, tuple[int, UpstreamMission]] = {}
    refusals = []
    for line, row in _lines(rows):
        try:
            mission = _mission(row)
            _refuse_second(mission.item, missions.get(mission.item))
        except RowRefused as refused:
            refusals.append(Refusal(line, refused.column, refused.what, refused.remedy))
        else:
            missions[mission.item] = (line, mission)
    return [mission for _line, mission in missions.values()], refusals


def _refuse_second(item: str, first: tuple[int, UpstreamMission] | None) -> None:
    if first:
        raise RowRefused(
            "QID", f"{item} stands on line {first[0]} already.", "That line was taken. Delete one of the two."
        )


def _lines(rows: Any) -> Iterator[tuple[int, dict[str, str] | None]]:  # noqa: ANN401 -- the type of a reader has no name
    """Give each row by its columns with the line it ends on; None for a row with too few or too many cells."""
    try:
        header = _without_last(next(rows, []))
        missing = [column for column in COLUMNS if column not in header]
        if missing:
            raise TableRefused(
                f"Its first line lacks the columns {', '.join(missing)}. Give the CSV of database-of-embassies as it"
                " was made, with semicolons."
            )
        for cells in rows:
            if any(cells):
                named = _without_last(cells) if len(cells) > len(header) else cells
                yield rows.line_num, dict(zip(header, named, strict=True)) if len(named) == len(header) else None
    except csv.Error as error:
        raise TableRefused(
            f"The quotation marks on line {rows.line_num} do not match. Mend the line, or fetch the table again."
        ) from error


def _without_last(cells: list[str]) -> list[str]:
    """Leave out the empty cell behind the semicolon that ends the line."""
    return cells[:-1] if cells and not cells[-1] else cells


def _mission(row: dict[str, str] | None) -> UpstreamMission:
    if row is None:
        raise RowRefused("", "The number of cells is not that of the first line.", "Fetch the table again.")
    receiving = _code(row, "country", "countryQID")
    return UpstreamMission(
        item=_item(row, "QID"),
        values={
            "kind": _kind(row),
            "sending": _code(row, "operator", "operatorQID"),
            "receiving": receiving,
            "locality": _text(row, "city", "locality"),
            "position": _position(row),
            "phone": _text(row, "phone"),
            # The table has them as links.
            "email": _text(row, "email").removeprefix("mailto:"),
            "website": _text(row, "website"),
            "districts": _districts(row),
        },
    )


def _item(row: dict[str, str], column: str) -> str:
    match = ENTITY.fullmatch(row[column].strip())
    if not match:
        raise RowRefused(column, f"“{row[column]}” is not an item of Wikidata.", "Write Q and a number.")
    return match[1]


def _code(row: dict[str, str], name: str, column: str) -> str:
    """Give the state; one that ISO 3166 has no code for cannot be told from others here."""
    if not row[column].strip():
        raise RowRefused(column, "The state is missing.", f"Give its item of Wikidata. {BY_HAND}")
    code = codes_by_item().get(_item(row, column), "")
    if len(code) != 2:  # noqa: PLR2004 -- ISO 3166-1 alpha-2
        raise RowRefused(column, f"“{row[name]}” is not a state with a code of ISO 3166-1.", BY_HAND)
    return code


def _kind(row: dict[str, str]) -> str:
    kind = KINDS.get(_item(row, "typeQID"))
    if kind is None:
        raise RowRefused("type", f"“{row['type']}” is not a kind of mission known here.", BY_HAND)
    return kind.value


def _text(row: dict[str, str], column: str, name: str = "") -> str:
    text = " ".join(row[column].split())
    limit = LIMITS[name or column]
    if len(text) > limit:
        raise RowRefused(column, f"The text has {len(text)} characters, and {limit} fit.", "Shorten it.")
    return text


def _position(row: dict[str, str]) -> list[float]:
    """Give latitude and longitude in degrees, to five decimals, or nothing."""
    written = [row[column].strip() for column in ("latitude", "longitude")]
    if not any(written):
        return []
    for column, text, most in zip(("latitude", "longitude"), written, (LATITUDE, LONGITUDE), strict=True):
        if not NUMBER.fullmatch(text) or abs(float(text)) > most:
            raise RowRefused(
                column, f"“{text}” is not a {column}.", f"Write degrees from -{most} to {most}, or leave out both."
            )
    return [round(float(text), DECIMALS) for text in written]


def _districts(row: dict[str, str]) -> list[str]:
    """Give the codes of the regions it looks after, in order; bodies and peoples that have none are left out."""
    items = [ENTITY.fullmatch(part.strip()) for part in row["jurisdictionQIDs"].split("|")]
    codes = {codes_by_item().get(match[1], "") for match in items if match}
    return sorted(codes - {""})
