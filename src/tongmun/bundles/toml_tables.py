"""TOML in bundles: tables whose values know their line, and the front matter of Markdown files."""

import datetime as dt
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tongmun.bundles.dates import THREE_NUMBERS, date_remedy
from tongmun.bundles.fields import Cell, Field, owner
from tongmun.bundles.problems import Place, Problem, guesses

FENCE = "+++"
HEADER = re.compile(r"\s*(\[{1,2})\s*([A-Za-z0-9_.\-\" ]+?)\s*\]")
KEY = re.compile(r"\s*([A-Za-z0-9_.\-\" ]+?)\s*=")
POSITION = re.compile(r"\(at (?:line (\d+), column \d+|end of document)\)")


@dataclass(frozen=True)
class TomlTable:
    """A table of a TOML file. `lines` gives the line of each key, `line` that of the table itself."""

    file: str
    values: dict[str, Any]
    lines: dict[str, int]
    line: int | None

    def place(self, label: str) -> Place:
        """Give the place of a key such as name.ko, or of the table when the key is not there."""
        family = label.partition(".")[0]
        # A missing name.ko is looked for beside name.en.
        near = (line for key, line in self.lines.items() if key.partition(".")[0] == family)
        line = self.lines.get(label) or next(near, self.line)
        return Place(self.file, line, label)


@dataclass(frozen=True)
class TomlFile:
    """A TOML file that could be read."""

    file: str
    values: dict[str, Any]
    # (name of a table, its place in an array of tables, key) → line; the key "" is the header.
    lines: dict[tuple[str, int, str], int]

    def table(self, name: str, values: dict[str, Any], index: int = 0) -> TomlTable:
        """Give a table with the lines of its keys; the name "" is the top of the file."""
        mine = {key: line for (table, at, key), line in self.lines.items() if (table, at) == (name, index) and key}
        return TomlTable(self.file, values, mine, self.lines.get((name, index, "")))


def read_toml(file: str, text: str, problems: list[Problem], *, first_line: int = 1) -> TomlFile | None:
    """Read TOML that begins on a line of a file; None when it cannot be read, and `problems` says why."""
    try:
        values = tomllib.loads(text)
    except RecursionError:
        problems.append(Place(file).problem(_("The brackets are nested too deeply."), _("Use one list at most.")))
        return None
    except ValueError as error:
        problems.append(_syntax_problem(file, text, str(error), first_line))
        return None
    return TomlFile(file, values, _key_lines(text, first_line))


def read_front_matter(file: str, text: str, problems: list[Problem]) -> tuple[TomlTable, str] | None:
    """Read a Markdown file that begins with TOML between two lines +++; give the table and the Markdown."""
    lines = text.split("\n")
    ends = next((i for i, line in enumerate(lines) if i and line.rstrip() == FENCE), 0)
    if lines[0].rstrip() != FENCE or not ends:
        problems.append(
            Place(file, 1).problem(
                _("The file does not begin with its fields between two lines “+++”."),
                _("Write +++ on the first line, then the fields, then +++ on a line of its own, then the text."),
            )
        )
        return None
    toml = read_toml(file, "\n".join(lines[1:ends]), problems, first_line=2)
    return (toml.table("", toml.values), "\n".join(lines[ends + 1 :])) if toml else None


def toml_cells(table: TomlTable, fields: Iterable[Field], problems: list[Problem]) -> dict[str, Cell]:
    """Give the values of a table as cells (name.ko becomes name_ko); unknown keys and wrong types are problems."""
    fields = list(fields)
    cells = {}
    for name, label, value in _flat(table.values, fields):
        if not name or not owner(fields, name):
            problems.append(_unknown_key(table, label, fields))
        elif (text := _as_text(value)) is None:
            problems.append(_wrong_type(table, label))
        else:
            cells[name] = Cell(text, table.place(label))
    return cells


def _flat(values: dict[str, Any], fields: list[Field]) -> list[tuple[str, str, Any]]:
    """List (name with _ or "" when it is not known, label with ., value); only fields with languages are tables.

    A key such as name_ko is how a CSV column is written and is not known here.
    """
    plain = {field.name for field in fields if not field.per_language}
    spoken = {field.name for field in fields if field.per_language}
    flat: list[tuple[str, str, Any]] = []
    for key, value in values.items():
        if key in spoken and isinstance(value, dict):
            flat += [(f"{key}_{language}", f"{key}.{language}", text) for language, text in value.items()]
        else:
            flat.append((key if key in plain else "", key, value))
    return flat


def _as_text(value: object) -> str | None:
    """Write a value the way a cell holds it; None for what no field takes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return str(value)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "\n".join(value)
    return None


def _unknown_key(table: TomlTable, label: str, fields: list[Field]) -> Problem:
    known = [f"{field.name}.<lang>" if field.per_language else field.name for field in fields]
    near = guesses(label.partition(".")[0], [field.name for field in fields])
    expected = {"known": ", ".join(known)}
    if near:
        guess = next(name for name in known if name.split(".")[0] == near[0])
        remedy = _("Did you mean “%(guess)s”? The fields are: %(known)s.") % {"guess": guess, **expected}
    else:
        remedy = _("Rename or delete it; the fields are: %(known)s.") % expected
    return table.place(label).problem(_("The field “%(field)s” is not known.") % {"field": label}, remedy)


def _wrong_type(table: TomlTable, label: str) -> Problem:
    return table.place(label).problem(
        _("The value of “%(field)s” is of a kind that cannot stand here.") % {"field": label},
        _('Write it between quotation marks, for example "12:00".'),
    )


def _syntax_problem(file: str, text: str, reason: str, first_line: int) -> Problem:
    lines = text.split("\n")
    found = POSITION.search(reason)
    number = min(int(found[1]), len(lines)) if found and found[1] else len(lines)
    written = lines[number - 1]
    value = written.partition("=")[2].partition("#")[0].strip()
    key = KEY.match(written)
    if THREE_NUMBERS.fullmatch(value):
        remedy = date_remedy(value)
    else:
        remedy = _('Write a field as: name = "text", with straight quotation marks.')
    return Place(file, number + first_line - 1, key[1].strip('"') if key else "").problem(
        _("The TOML on this line cannot be read: %(reason)s.") % {"reason": POSITION.sub("", reason).strip()}, remedy
    )


def _key_lines(text: str, first_line: int) -> dict[tuple[str, int, str], int]:
    """Find the line of every table and key; text inside a value is at worst found where a key is not."""
    lines: dict[tuple[str, int, str], int] = {}
    table, prefix, index = "", "", 0
    seen: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), first_line):
        if header := HEADER.match(line):
            table, _dot, prefix = header[2].replace('"', "").replace(" ", "").partition(".")
            if header[1] == "[[":
                seen[table] = seen.get(table, -1) + 1
            index = seen.get(table, 0)
            lines.setdefault((table, index, prefix), number)
        elif key := KEY.match(line):
            name = key[1].replace('"', "").replace(" ", "")
            lines.setdefault((table, index, f"{prefix}.{name}" if prefix else name), number)
    return lines
