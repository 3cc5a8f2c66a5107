"""Tables in CSV files: their lines, read by columns that are described as data."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext as _

from tongmun.bundles.cells import NUMBER
from tongmun.bundles.fields import Cell, Field, owner, read_fields
from tongmun.bundles.problems import Place, Problem, guesses

T = TypeVar("T")
LINE_MARK = " | "
# Full-width ones too: where they are typed, spreadsheets take them for the same.
FORMULA_MARKS = "=+-@＝＋－＠"


@dataclass(frozen=True)
class Table(Generic[T]):
    """A CSV file: `build` makes a line of it from the values of its fields, `key` are the columns that name a line."""

    file: str
    fields: tuple[Field, ...]
    build: Callable[..., T]
    key: tuple[str, ...]
    needed: bool = True

    @property
    def columns(self) -> str:
        """The columns as the reference page writes them."""
        return ", ".join(field.label for field in self.fields)


@dataclass(frozen=True)
class RawLine:
    """A line as it is written."""

    place: Place
    cells: dict[str, Cell]

    def text(self, column: str) -> str:
        """Give what a cell holds; "" when there is no such column."""
        return self.cells[column].text.strip() if column in self.cells else ""


@dataclass(frozen=True)
class Lines(Generic[T]):
    """What a table holds: the good lines, all lines as written, and for each field the languages it has columns for."""

    good: list[T]
    raw: list[RawLine]
    spoken: dict[str, frozenset[str]]


def read_table(table: Table[T], text: str | None, problems: list[Problem]) -> Lines[T]:
    """Read a CSV file; what is wrong with it goes into `problems`. `text` is None when the file is missing."""
    if text is None:
        if table.needed:
            problems.append(_missing_file(table))
        return Lines([], [], {})
    rows = list(_rows(table.file, text, problems))
    if not rows:
        problems.append(_no_header(table))
        return Lines([], [], {})
    names = [name.strip() for name in rows[0][1]]
    wrong = _wrong_columns(table, names)
    problems += wrong
    raw = [line for number, cells in rows[1:] for line in _line(table.file, number, names, cells, problems)]
    good = [line for line in (_read(table, line, bool(wrong), problems) for line in raw) if line is not None]
    return Lines(good, raw, _spoken(table, names))


def _rows(file: str, text: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """Give rows with the number of the line on which they begin, leaving out empty ones."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error:
        problems.append(
            Place(file, begins).problem(
                _("The quotation marks on this line do not match."),
                _('Put quotation marks around the whole cell and double those inside it: "a ""b"" c".'),
            )
        )


def _line(file: str, number: int, names: list[str], cells: list[str], problems: list[Problem]) -> Iterator[RawLine]:
    place = Place(file, number)
    if len(cells) != len(names):
        problems.append(
            place.problem(
                _("The line has %(count)s cells, but there are %(columns)s columns.")
                % {"count": len(cells), "columns": len(names)},
                _("Put quotation marks around a cell that contains a comma, and give an empty cell its comma."),
            )
        )
        return
    yield RawLine(place, {name: Cell(text, place.at(name)) for name, text in zip(names, cells, strict=True)})


def _read(table: Table[T], line: RawLine, header_is_wrong: bool, problems: list[Problem]) -> T | None:  # noqa: FBT001
    """Read a line. Under a wrong header only what is written is looked at, since what is missing has been said."""
    fields = [field for field in table.fields if not header_is_wrong or any(field.owns(name) for name in line.cells)]
    cells = {name: _with_lines(table, cell) for name, cell in line.cells.items()}
    formulas = [_formula(cell) for cell in cells.values() if _is_formula(cell)]
    problems += formulas
    values = read_fields(fields, cells, whole=line.place, problems=problems)
    return None if values is None or formulas or header_is_wrong else _built(table, line.place, values)


def _is_formula(cell: Cell) -> bool:
    """Tell whether a spreadsheet would run what this cell holds, in quotation marks or not; numbers it leaves alone."""
    text = cell.text.strip()
    return text[:1] in tuple(FORMULA_MARKS) and not NUMBER.fullmatch(text)


def _formula(cell: Cell) -> Problem:
    return cell.place.problem(
        _("A spreadsheet takes a cell that begins with “%(mark)s” for a formula.") % {"mark": cell.text.strip()[:1]},
        _("Leave the mark out, or write a word in front of it."),
    )


def _built(table: Table[T], place: Place, values: dict[str, Any]) -> T:
    return table.build(origin=place, **values)


def _with_lines(table: Table[T], cell: Cell) -> Cell:
    field = owner(table.fields, cell.place.field)
    return Cell(cell.text.replace(LINE_MARK, "\n"), cell.place) if field and field.lines else cell


def _spoken(table: Table[T], names: list[str]) -> dict[str, frozenset[str]]:
    return {
        field.name: frozenset(field.language_of(name) for name in names if field.owns(name))
        for field in table.fields
        if field.per_language
    }


def _wrong_columns(table: Table[T], names: list[str]) -> list[Problem]:
    place = Place(table.file, 1)
    unknown = [_unknown_column(table, place, name) for name in names if not owner(table.fields, name)]
    twice = [
        place.at(name).problem(_("The column “%(column)s” stands twice.") % {"column": name}, _("Delete one of them."))
        for name in dict.fromkeys(names)
        if names.count(name) > 1
    ]
    missing = [
        place.at(field.label).problem(
            _("The column “%(column)s” is missing.") % {"column": field.label},
            _("Add it; the columns are: %(columns)s.") % {"columns": table.columns},
        )
        for field in table.fields
        if field.needed and not any(field.owns(name) for name in names)
    ]
    return [*unknown, *twice, *missing]


def _unknown_column(table: Table[T], place: Place, name: str) -> Problem:
    languages = sorted({field.language_of(name) for field in table.fields} - {""})
    near = guesses(
        name, [field.name for field in table.fields if not field.per_language] + _spoken_guesses(table, name)
    )
    if languages:
        message = _("The column “%(column)s” ends in “%(code)s”, which is not the code of a language.") % {
            "column": name,
            "code": languages[0],
        }
    else:
        message = _("The column “%(column)s” is not known.") % {"column": name}
    if near:
        remedy = _("Did you mean “%(guess)s”? The columns are: %(columns)s.") % {
            "guess": near[0],
            "columns": table.columns,
        }
    else:
        remedy = _("Rename or delete it; the columns are: %(columns)s.") % {"columns": table.columns}
    return place.at(name).problem(message, remedy)


def _spoken_guesses(table: Table[T], name: str) -> list[str]:
    """Give the columns a slip of the pen may have meant, with the language that the name ends in."""
    language = name.replace("-", "_").rsplit("_", 1)[-1]
    return [f"{field.name}_{language}" for field in table.fields if field.per_language and len(language) in (2, 3)]


def _missing_file(table: Table[T]) -> Problem:
    return Place(table.file).problem(
        _("The file “%(name)s” is missing.") % {"name": table.file},
        _("Add it, if only with its first line: %(columns)s.") % {"columns": table.columns},
    )


def _no_header(table: Table[T]) -> Problem:
    return Place(table.file, 1).problem(
        _("The file is empty."), _("Name the columns on its first line: %(columns)s.") % {"columns": table.columns}
    )
