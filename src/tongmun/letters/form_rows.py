"""The rows of a file of forms: read, and held against what there is. See docs/reference/forms-of-address.md."""

import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path
from string import Formatter
from typing import Any

from tongmun.missions.models import HeadOfMission, Mission

KINDS = tuple(Mission.Kind.values)
RANKS = tuple(HeadOfMission.Rank.values)
INSTITUTION = "institution"
# Whom a letter can speak to: holders of an office of state, heads of mission by rank, an institution.
OFFICES = ("president", "monarch", "head-of-government", "minister", *RANKS, INSTITUTION)
PARTS = ("addressee", "care_of", "mission", "post")
ANYBODY = ("name", "title", "spoken")


@dataclass(frozen=True)
class Field:
    """A field of a row: a key has what is `known` (None: anything), a form has places for `places` (None: no form)."""

    known: tuple[str, ...] | None = None
    places: tuple[str, ...] | None = None
    is_list: bool = False
    is_needed: bool = True


GENDER = Field(known=("f", "m"), is_needed=False)
TABLES: dict[str, dict[str, Field]] = {
    "order": {"parts": Field(known=PARTS, is_list=True)},
    "head": {
        "rank": Field(known=RANKS),
        "kinds": Field(known=KINDS, is_list=True),
        "gender": GENDER,
        "form": Field(places=("name",)),
    },
    "office": {"kind": Field(known=("", *KINDS)), "form": Field(places=())},
    "mission": {
        "kind": Field(known=("", *KINDS)),
        "form": Field(places=("sending",)),
        "in_city": Field(places=("sending", "city"), is_needed=False),
        "in_state": Field(places=("sending", "receiving"), is_needed=False),
    },
    "receiving": {"state": Field(), "short": Field(places=())},
    "locality": {"form": Field(places=("city", "country"))},
    "addressee": {
        "offices": Field(known=OFFICES, is_list=True),
        "gender": GENDER,
        "lines": Field(places=ANYBODY, is_list=True),
        "call": Field(places=ANYBODY, is_needed=False),
    },
    "addressee_office": {
        "offices": Field(known=OFFICES, is_list=True, is_needed=False),
        "number": Field(known=("one", "many")),
        "lines": Field(places=("title",), is_list=True),
        "call": Field(places=("title", "spoken"), is_needed=False),
    },
    "salutation": {"form": Field(places=("call",))},
    "close": {
        "offices": Field(known=OFFICES, is_list=True, is_needed=False),
        "sender": Field(known=("one", "many"), is_needed=False),
        "form": Field(places=("call",)),
    },
    "join": {"before": Field(), "article": Field(), "becomes": Field()},
}
KEYS = ("rank", "kinds", "kind", "state", "offices", "gender", "number", "sender")
# Only these may be told apart by nothing: a language has as many joins as it has, and one of each of the others.
KEYLESS = ("order", "locality", "salutation")
MARKS = ("source", "checked_by", "checked_on")


class BrokenForms(ValueError):
    """Cannot use a file of forms: `problems` names file, row and remedy of each fault."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Row:
    """One row: where it stands, its fields, who says so, and which native reader has checked it, and when."""

    table: str
    number: int
    fields: dict[str, Any]
    source: str
    checked_by: str
    checked_on: date | None

    def text(self, name: str) -> str:
        """Give a field, "" where the row does without it."""
        return str(self.fields.get(name, ""))

    def texts(self, name: str) -> tuple[str, ...]:
        """Give a field that is a list, empty where the row does without it."""
        return tuple(self.fields.get(name, ()))

    def keys(self, *names: str) -> list[Any]:
        """List what the row serves: every combination of these fields, "" for one that the row leaves open."""
        columns = [self.texts(name) or ("",) if name in {"kinds", "offices"} else (self.text(name),) for name in names]
        return list(product(*columns))

    @property
    def serves(self) -> tuple[str, ...]:
        """What tells the row from others of its table, as it is written in the file."""
        return tuple(
            value for name in KEYS for value in (self.texts(name) if name.endswith("s") else [self.text(name)])
        )

    @property
    def forms(self) -> tuple[str, ...]:
        """What the row puts on a letter, as it is written in the file."""
        names = [name for name in TABLES[self.table] if name in self.fields and name not in KEYS]
        return tuple(
            form
            for name in names
            for form in (self.texts(name) if isinstance(self.fields[name], list) else [self.text(name)])
        )


# Every language answers for what no row of its own names.
FALLBACKS: tuple[tuple[str, str, Callable[[Row], bool]], ...] = (
    ("office", 'kind = ""', lambda row: row.text("kind") == ""),
    ("mission", 'kind = ""', lambda row: row.text("kind") == ""),
    ("addressee_office", 'number = "one" and no offices', lambda row: ("", "one") in row.keys("offices", "number")),
    ("close", "no offices and no sender", lambda row: ("", "") in row.keys("offices", "sender")),
    *((table, "anything", lambda _row: True) for table in KEYLESS),
)


def read_rows(path: Path, *, is_whole: bool) -> tuple[Row, ...]:
    """Read the rows of a file; one that only adds to a wider language need not be whole. Raises BrokenForms."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BrokenForms([f"forms/{path.name}: {error}. Write TOML in UTF-8."]) from None
    problems: list[str] = []
    rows = list(_rows(path, tables, problems))
    if not problems:
        problems += [*_told_twice(path, rows), *_uncalled(path, rows), *(_missing(path, rows) if is_whole else [])]
    if problems:
        raise BrokenForms(problems)
    return tuple(rows)


def _rows(path: Path, tables: dict[str, Any], problems: list[str]) -> Iterator[Row]:
    for table, written in tables.items():
        if table not in TABLES or not isinstance(written, list):
            problems.append(f"forms/{path.name}: there are no rows [[{table}]]. Use one of {_listed(TABLES)}.")
            continue
        for number, fields in enumerate(written, start=1):
            place = f"forms/{path.name}, [[{table}]] row {number}"
            faults = [*_field_faults(table, fields), *_mark_faults(fields)]
            problems += [f"{place}: {fault}" for fault in faults]
            if not faults:
                own = {name: value for name, value in fields.items() if name not in MARKS}
                yield Row(table, number, own, fields["source"], fields["checked_by"], fields.get("checked_on"))


def _field_faults(table: str, fields: dict[str, Any]) -> Iterator[str]:
    for name in fields.keys() - TABLES[table].keys() - set(MARKS):
        yield f"there is no field “{name}”. Use {_listed(TABLES[table])}."
    for name, field in TABLES[table].items():
        if name not in fields:
            if field.is_needed:
                yield f"the field “{name}” is missing. Add it."
            continue
        values = fields[name] if field.is_list else [fields[name]]
        if not isinstance(values, list) or not values or not all(isinstance(value, str) for value in values):
            yield f"“{name}” has to be {'a list of texts' if field.is_list else 'a text'}. Put it in quotation marks."
            continue
        for value in values:
            yield from _value_faults(name, field, value)


def _value_faults(name: str, field: Field, value: str) -> Iterator[str]:
    if field.known is not None and value not in field.known:
        yield f"“{value}” is not known as {name}. Use one of {_listed(field.known)}."
    if field.places is None:
        return
    try:
        found = {place for _text, place, _format, _conversion in Formatter().parse(value) if place is not None}
    except ValueError:
        yield f"a brace in “{value}” has no other. Write a place as {{name}}."
        return
    for place in sorted(found - set(field.places)):
        can = f"use {_listed('{' + known + '}' for known in field.places)}" if field.places else "use none here"
        yield f"there is no place {{{place}}} in “{name}”. Correct it, or {can}."


def _mark_faults(fields: dict[str, Any]) -> Iterator[str]:
    source, checked_by, checked_on = (fields.get(name) for name in MARKS)
    if not isinstance(source, str) or not source.strip():
        yield "the field “source” is missing. Say where the form comes from."
    if not isinstance(checked_by, str):
        yield 'the field “checked_by” is missing. Write checked_by = "" until a native reader has checked the row.'
    elif bool(checked_by) != (type(checked_on) is date):
        yield "checked_by and checked_on go together. Give the reader's name and a day, for example 2027-01-31."


def _told_twice(path: Path, rows: list[Row]) -> Iterator[str]:
    seen: dict[tuple[object, ...], int] = {}
    for row in rows:
        if row.table == "join":
            continue
        names = [name for name in TABLES[row.table] if name in KEYS]
        for key in row.keys(*names):
            first = seen.setdefault((row.table, key), row.number)
            if first != row.number:
                served = " ".join(filter(None, key)) or "everything"
                yield (
                    f"forms/{path.name}, [[{row.table}]] row {row.number}: row {first} serves {served} as well. "
                    "Take it out of one of them."
                )


def _uncalled(path: Path, rows: list[Row]) -> Iterator[str]:
    """Name the addressees whom the salutation has to call something, and whose row says nothing."""
    if not any("{call}" in form for row in rows if row.table in {"salutation", "close"} for form in row.forms):
        return
    for row in rows:
        if row.table in {"addressee", "addressee_office"} and not row.text("call"):
            yield (
                f"forms/{path.name}, [[{row.table}]] row {row.number}: the field “call” is missing, and the salutation "
                "or the close has a place for it. Add it."
            )


def _missing(path: Path, rows: list[Row]) -> Iterator[str]:
    for table, wanted, serves in FALLBACKS:
        if not any(row.table == table and serves(row) for row in rows):
            yield f"forms/{path.name}: no row [[{table}]] with {wanted}. Add one: others fall back on it."


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)
