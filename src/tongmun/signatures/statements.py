"""The statements of a batch of signatures, as SQL that is put together once.

Django needs about 0.2 ms to put one together, each time, and a batch has five: that was more than all the database does
for it, and as much as everything else for ten signatures; measured in bench/.
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db import connection

from tongmun.signatures.models import MOST_ASKED, Asked, Pending

# What no row has, to fill up a list: an empty token, an empty hash, a row number below the first.
NO_BYTES, NO_ROW = b"", 0

_EXPIRED = "DELETE FROM {table} WHERE edition_id IN ({editions}) AND token IN ({tokens}) AND expires_at <= %s"
# In one order everywhere, so that two servers that take in the same mailboxes wait and do not block each other. It is
# that of the unique index: in another one SQLite would rather read every mailbox of an edition.
_MARKS = (
    "SELECT edition_id, token, id, times < %s AND last_on < %s FROM {table} "
    "WHERE edition_id IN ({editions}) AND token IN ({tokens}) ORDER BY edition_id, token{lock}"
)
_ASKED = "UPDATE {table} SET times = times + 1, last_on = %s WHERE id IN ({rows})"
_KEPT = "SELECT link_hash FROM {table} WHERE link_hash IN ({hashes})"
_DROPPED = "DELETE FROM {table} WHERE link_hash IN ({hashes})"


def erase_expired(editions: Sequence[int], tokens: Sequence[bytes], *, at: datetime) -> None:
    """Erase what these mailboxes left unanswered, so that they can sign again."""
    _run(_EXPIRED, Pending, editions=editions, tokens=tokens, after=[connection.ops.adapt_datetimefield_value(at)])


def marks(editions: Sequence[int], tokens: Sequence[bytes], *, on: date) -> dict[tuple[int, bytes], tuple[int, bool]]:
    """Lock the rows of these mailboxes; gives (edition, token) → (row, whether it may be asked on that day, in UTC)."""
    before = [MOST_ASKED, connection.ops.adapt_datefield_value(on)]
    found = _run(_MARKS, Asked, before=before, editions=editions, tokens=tokens)
    return {(edition, bytes(token)): (row, bool(may)) for edition, token, row, may in found}


def mark_asked(rows: Sequence[int], *, on: date) -> None:
    """Write down that these were asked once more, on a day in UTC."""
    _run(_ASKED, Asked, before=[connection.ops.adapt_datefield_value(on)], rows=rows)


def kept(hashes: Sequence[bytes]) -> set[bytes]:
    """Give those of the hashes that pending signatures have."""
    return {bytes(one) for (one,) in _run(_KEPT, Pending, hashes=hashes)}


def drop(hashes: Sequence[bytes]) -> None:
    """Erase the pending signatures with these hashes."""
    _run(_DROPPED, Pending, hashes=hashes)


def _run(
    statement: str,
    model: type[Asked | Pending],
    *,
    before: Sequence[Any] = (),
    after: Sequence[Any] = (),
    **lists: Sequence[Any],
) -> list[tuple[Any, ...]]:
    """Run a statement; lists are filled up to a few lengths, so that SQLite can keep the few texts ready."""
    filled = {name: _filled(values) for name, values in lists.items()}
    text = _text(statement, model, tuple((name, len(values)) for name, values in filled.items()))
    parameters = [*before, *(value for values in filled.values() for value in values), *after]
    with connection.cursor() as cursor:
        cursor.execute(text, parameters)
        return list(cursor.fetchall()) if cursor.description else []


def _filled(values: Sequence[Any]) -> list[Any]:
    length = 1 << max(len(values) - 1, 0).bit_length()
    nothing = NO_BYTES if not values or isinstance(values[0], bytes) else NO_ROW
    return [*values, *[nothing] * (length - len(values))]


@cache
def _text(statement: str, model: type[Asked | Pending], lengths: tuple[tuple[str, int], ...]) -> str:
    lists = {name: ", ".join(["%s"] * length) for name, length in lengths}
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    return statement.format(table=model._meta.db_table, lock=lock, **lists)  # noqa: SLF001 -- Django documents it
