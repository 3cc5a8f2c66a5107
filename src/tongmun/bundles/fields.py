"""Fields described as data, and how a line of them is read: the same for a row of a table and a table of TOML."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tongmun.bundles.cells import read_language
from tongmun.bundles.problems import Place, Problem, Unreadable


@dataclass(frozen=True)
class Field:
    """A column or key. `empty` is what an empty one means; a `per_language` one gives {language: value}."""

    name: str
    read: Callable[[str], object]
    needed: bool = False
    empty: object = None
    per_language: bool = False
    # A number of lines in one cell, which CSV writes with " | " between them.
    lines: bool = False
    # Only the languages that a line has get a column, not all of the edition's.
    sparse: bool = False

    @property
    def label(self) -> str:
        """The name as the reference page writes it."""
        return f"{self.name}_<lang>" if self.per_language else self.name

    def language_of(self, name: str) -> str:
        """Give the language at the end of a name such as name_ko; "" when the name is not one of this field."""
        return name.removeprefix(f"{self.name}_") if self.per_language and name.startswith(f"{self.name}_") else ""

    def owns(self, name: str) -> bool:
        """Tell whether a name is this field's, with a language that exists where it has one."""
        return _is_language(self.language_of(name)) if self.per_language else name == self.name


@dataclass(frozen=True)
class Cell:
    """A value as it is written, and where."""

    text: str
    place: Place


def owner(fields: Iterable[Field], name: str) -> Field | None:
    """Find the field that a name belongs to."""
    return next((field for field in fields if field.owns(name)), None)


def read_fields(
    fields: Iterable[Field], cells: Mapping[str, Cell], *, whole: Place, problems: list[Problem]
) -> dict[str, Any] | None:
    """Read the values of one line by the names of their fields; None when something is wrong, which is in `problems`.

    `cells` maps names (name_ko) to what is written; `whole` is the place of the line for what is missing from it.
    """
    before = len(problems)
    values = {field.name: _read_field(field, cells, whole, problems) for field in fields}
    return values if len(problems) == before else None


def _read_field(field: Field, cells: Mapping[str, Cell], whole: Place, problems: list[Problem]) -> object:
    mine = {name: cell for name, cell in cells.items() if field.owns(name) and cell.text.strip()}
    if field.needed and not mine:
        problems.append(
            _missing(field, next((c.place for n, c in cells.items() if field.owns(n)), whole.at(field.label)))
        )
    values = {}
    for name, cell in mine.items():
        try:
            values[name] = field.read(cell.text if field.lines else cell.text.strip(" "))
        except Unreadable as error:
            problems.append(cell.place.problem(error.message, error.remedy))
    if field.per_language:
        return {field.language_of(name): value for name, value in values.items()}
    return values.get(field.name, field.empty)


def _missing(field: Field, place: Place) -> Problem:
    if field.per_language:
        return place.problem(
            _("“%(field)s” is missing in every language.") % {"field": field.name},
            _("Write it in at least one language."),
        )
    return place.problem(_("“%(field)s” is missing.") % {"field": field.name}, _("Write it."))


def _is_language(code: str) -> bool:
    try:
        read_language(code)
    except Unreadable:
        return False
    return True
