"""Bring rows of a table to what they should be, touching only those that differ."""

from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from django.db import models
from django.db.models import ProtectedError

M = TypeVar("M", bound=models.Model)
K = TypeVar("K", bound=Hashable)


def settle(model: type[M], *, existing: Mapping[K, M], wanted: Mapping[K, Mapping[str, Any]]) -> dict[K, M]:
    """Create rows that are missing and change those that differ, each in one query; give all that are wanted."""
    fresh = {key: model(**values) for key, values in wanted.items() if key not in existing}
    model._default_manager.bulk_create(fresh.values())  # noqa: SLF001  # the public name for any model's manager
    changed = [row for key, row in existing.items() if key in wanted and differs(row, wanted[key])]
    names = sorted({name for key in wanted for name in wanted[key]})
    for key, row in existing.items():
        for name, value in wanted.get(key, {}).items():
            setattr(row, name, value)
    if changed:
        model._default_manager.bulk_update(changed, names)  # noqa: SLF001  # as above
    return {key: existing.get(key) or fresh[key] for key in wanted}


def differs(row: models.Model, values: Mapping[str, Any]) -> bool:
    """Tell whether a row has another value in one of the columns."""
    return any(getattr(row, name) != value for name, value in values.items())


def with_changed_on(
    row: models.Model | None, values: Mapping[str, Any], *, said: date | None, today: date
) -> dict[str, Any]:
    """Add the day of the last change: what the bundle says, else today, else what it was if nothing has changed."""
    if said is None and row is not None and not differs(row, values):
        return {**values, "changed_on": getattr(row, "changed_on")}  # noqa: B009  # not every model has it
    return {**values, "changed_on": said or today}


def remove_unless_referred(rows: Iterable[models.Model]) -> None:
    """Delete rows, and keep those that something protected refers to."""
    for row in rows:
        try:
            row.delete()
        except ProtectedError:
            continue


def merged(stored: Mapping[str, str], given: Mapping[str, str], *, spoken: Iterable[str]) -> dict[str, str]:
    """Give texts by language: those given, and those stored in languages the bundle has no place for."""
    silent = set(stored) - set(spoken) - set(given)
    return {**{code: stored[code] for code in stored if code in silent}, **given}
