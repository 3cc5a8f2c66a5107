"""Write the files of a bundle: always the same bytes for the same contents, in UTF-8 with line feeds."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tongmun.bundles.fields import Field
from tongmun.bundles.tables import LINE_MARK, Table
from tongmun.bundles.toml_tables import FENCE

Row = Mapping[str, Any]


def csv_text(table: Table[Any], rows: Sequence[Row], languages: Sequence[str]) -> str:
    """Write a table, with a column for each language of the edition and each other one that a row has."""
    columns = [column for field in table.fields for column in _columns(field, rows, languages)]
    lines = [",".join(name for name, _field, _language in columns)]
    lines += [",".join(_cell(row[f.name], f, language) for _name, f, language in columns) for row in rows]
    return "\n".join(lines) + "\n"


def toml_text(fields: Iterable[Field], row: Row, languages: Sequence[str]) -> str:
    """Write the fields of a table that have a value, one on each line."""
    return "".join(
        f"{label} = {_toml(value)}\n"
        for field in fields
        for label, value in _labelled(field, row[field.name], languages)
    )


def document_text(fields: Iterable[Field], row: Row, body: str) -> str:
    """Write a Markdown file with its fields in front."""
    return f"{FENCE}\n{toml_text(fields, row, ())}{FENCE}\n" + (f"{body}\n" if body else "")


def ordered(codes: Iterable[str], languages: Sequence[str]) -> list[str]:
    """Give the edition's languages first, in its order, then the others by their code."""
    return [*languages, *sorted(set(codes) - set(languages))]


def _columns(field: Field, rows: Sequence[Row], languages: Sequence[str]) -> list[tuple[str, Field, str]]:
    if not field.per_language:
        return [(field.name, field, "")]
    found = {language for row in rows for language in row[field.name]}
    spoken = [language for language in languages if language in found] if field.sparse else languages
    return [(f"{field.name}_{language}", field, language) for language in ordered(found, spoken)]


def _cell(value: Any, field: Field, language: str) -> str:  # noqa: ANN401  # a value of any field
    """Write a cell, quoted where it needs it; none begins as a formula does, because loading refuses that."""
    text = _plain(value.get(language, "") if field.per_language else value)
    if field.lines:
        text = text.replace("\n", LINE_MARK)
    if any(mark in text for mark in ',"\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    return str(value)


def _labelled(field: Field, value: Any, languages: Sequence[str]) -> list[tuple[str, Any]]:  # noqa: ANN401  # as above
    if field.per_language:
        return [(f"{field.name}.{code}", value[code]) for code in ordered(value, languages) if code in value]
    return [] if value in (None, "") else [(field.name, value)]


def _toml(value: object) -> str:
    """Write a value of TOML 1.0; JSON escapes a string in the same way, apart from U+007F, which no field takes."""
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.date):
        return value.isoformat()
    return json.dumps(_plain(value), ensure_ascii=False)
