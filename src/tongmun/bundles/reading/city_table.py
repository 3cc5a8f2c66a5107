"""A table of cities in a text: columns kept apart by tabs, upright strokes or two and more spaces."""

import re
from dataclasses import dataclass, field

from tongmun.bundles.reading.clocks import are_on_24_hours, note_time, times_in
from tongmun.bundles.reading.dates import YearSource, dates_in, note_date
from tongmun.bundles.reading.draft import Notebook
from tongmun.bundles.reading.places import mission_kind, note_city, note_place, place_in, state_named
from tongmun.bundles.reading.vocabulary import Vocabulary

FEWEST_COLUMNS = 3
FEWEST_ROWS = 2


@dataclass
class CityTable:
    """Rows by role (city, country, when, time, where), the kind of such gatherings, and the lines it stands on."""

    rows: list[dict[str, str]] = field(default_factory=list)
    lines: set[int] = field(default_factory=set)


def find_table(lines: list[str], words: Vocabulary) -> CityTable:
    """Find the longest run of lines with one separator and at least 3 columns; an empty table where there is none."""
    best = CityTable()
    for separator in (r"\t+", r"\|", r" {2,}"):
        for run in _runs(lines, separator):
            table = _table([(number, _cells(lines[number], separator)) for number in run], words)
            if len(table.rows) > len(best.rows):
                best = table
    return best


def read_table(notes: Notebook, table: CityTable, source: YearSource | None, words: Vocabulary) -> None:
    """Write down each row as city.N, with its gathering as event.N."""
    column = "\n".join(row.get("time", "") or row.get("when", "") for row in table.rows)
    on_24_hours = are_on_24_hours(column, words)
    for number, row in enumerate(table.rows, start=1):
        city, event = f"city.{number}", f"event.{number}"
        if country := row.get("country", ""):
            notes.found(f"{city}.country", state_named(country, words, whole=True), country)
        note_city(notes, city, row.get("city", ""), words)
        _note_day(notes, city, row, source, words)
        _note_time(notes, city, row, words, on_24_hours=on_24_hours)
        if where := row.get("where", ""):
            note_place(notes, event, place_in(where, words))
            notes.found(f"{city}.mission", mission_kind(where, words), where)
        notes.found(f"{event}.city", row.get("city", ""), row.get("city", ""))


def _note_day(notes: Notebook, city: str, row: dict[str, str], source: YearSource | None, words: Vocabulary) -> None:
    days = dates_in(row.get("when", ""), words)
    if days:
        note_date(notes, f"{city}.date", days[0], source, words)
    elif row.get("when"):
        notes.wrong(f"{city}.date", row["when"], "No day can be read here.")


def _note_time(notes: Notebook, city: str, row: dict[str, str], words: Vocabulary, *, on_24_hours: bool) -> None:
    times = times_in(row.get("time", "") or row.get("when", ""), words, on_24_hours=on_24_hours)
    if times:
        note_time(notes, f"{city}.time", times[0])
    elif row.get("time"):
        notes.wrong(f"{city}.time", row["time"], "No time can be read here.")


def _runs(lines: list[str], separator: str) -> list[list[int]]:
    runs: list[list[int]] = [[]]
    for number, line in enumerate(lines):
        if len(_cells(line, separator)) >= FEWEST_COLUMNS or (
            runs[-1] and re.fullmatch(r"[\s|:+=-]+", line) and line.strip()
        ):
            runs[-1].append(number)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if len(run) >= FEWEST_ROWS]


def _cells(line: str, separator: str) -> list[str]:
    stripped = line.strip().strip("|").strip() if "|" in separator else line.strip()
    return [cell.strip() for cell in re.split(separator, stripped)] if stripped else []


def _table(rows: list[tuple[int, list[str]]], words: Vocabulary) -> CityTable:
    kept = [(number, cells) for number, cells in rows if not all(re.fullmatch("[:=+-]*", cell) for cell in cells)]
    if len(kept) < FEWEST_ROWS:
        return CityTable()
    roles = _headed(kept[0][1], words)
    body = kept[1:] if roles else kept
    roles = roles or _guessed(body[0][1], words)
    if "city" not in roles.values() or not {"when", "time"} & set(roles.values()):
        return CityTable()
    lines = {number for number, _cells in rows}
    return CityTable(
        [{role: cells[i] for i, role in roles.items() if i < len(cells) and cells[i]} for _n, cells in body], lines
    )


def _headed(cells: list[str], words: Vocabulary) -> dict[int, str]:
    """Give the role of each column by its heading; none where the first row is no heading."""
    shapes = words.patterns["table"]
    roles = {i: next((r for r, shape in shapes.items() if shape.fullmatch(cell)), "") for i, cell in enumerate(cells)}
    return {i: role for i, role in roles.items() if role} if "city" in roles.values() else {}


def _guessed(cells: list[str], words: Vocabulary) -> dict[int, str]:
    """Give the role of each column of a table without headings by what its first row holds."""
    roles: dict[int, str] = {}
    for i, cell in enumerate(cells):
        if dates_in(cell, words):
            roles[i] = "when"
        elif times_in(cell, words):
            roles[i] = "time"
        elif "city" not in roles.values():
            roles[i] = "city"
        else:
            roles[i] = "country" if state_named(cell, words, whole=True) else "where"
    return roles
