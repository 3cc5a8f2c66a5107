"""Insert many rows of a table at once."""

from collections.abc import Callable, Sequence
from functools import cache
from operator import attrgetter
from typing import Any

from django.db import connection
from django.db.models import DateField, Field, Model, UUIDField


def insert(model: type[Model], rows: Sequence[Any]) -> int:
    """Insert rows of one table, leaving out those that break a unique constraint; gives how many went in.

    A row is one of the model, or has its columns as attributes.

    One prepared statement for all of them: Django's bulk_create writes a statement of 40 rows at a time for SQLite and
    took more than half of an import, and more than all the rest of a signature; both are measured in bench/.
    """
    if not rows:
        return 0
    statement, names, adapted = _statement(model)
    known: dict[Any, Any] = {}
    values = [_values(names(row), adapted, known) for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)
        return int(cursor.rowcount)


def _values(
    values: tuple[Any, ...], adapted: tuple[tuple[int, "Field[Any, Any]"], ...], known: dict[Any, Any]
) -> list[Any]:
    """Give the values as the database wants them; `known` are those worked out before: most rows share their days."""
    prepared = list(values)
    for column, field in adapted:
        value = prepared[column]
        if value not in known:
            known[value] = field.get_db_prep_save(value, connection)
        prepared[column] = known[value]
    return prepared


@cache
def _statement(
    model: type[Model],
) -> tuple[str, Callable[[Model], tuple[Any, ...]], tuple[tuple[int, "Field[Any, Any]"], ...]]:
    """Give the statement, what reads the values off a row, and the columns whose values a database wants otherwise."""
    meta = model._meta  # noqa: SLF001 -- Django documents it under this name
    fields = [field for field in meta.concrete_fields if not field.primary_key]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES ({places}) ON CONFLICT DO NOTHING"  # noqa: S608 -- names of our own columns
    adapted = tuple((number, field) for number, field in enumerate(fields) if isinstance(field, DateField | UUIDField))
    return statement, attrgetter(*(field.attname for field in fields)), adapted
