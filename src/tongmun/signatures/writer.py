"""One connection for all that write batches on SQLite, whichever thread it is that commits.

SQLite throws a connection's pages away when another one has written. With a connection for every thread nearly each
batch would read its pages anew, and each thread would keep a cache that nobody uses again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.db import DEFAULT_DB_ALIAS, connections
from django.db import Error as DatabaseFailure
from django.db.backends.base.base import BaseDatabaseWrapper


@contextmanager
def one_writer() -> Iterator[None]:
    """Lend this thread the writer's connection; only one thread at a time may hold it, as the intake sees to.

    PostgreSQL keeps its pages on the other side, and a thread within a transaction has to stay with its own.
    """
    own = connections[DEFAULT_DB_ALIAS]
    if own.vendor != "sqlite" or own.in_atomic_block:
        yield
        return
    writer = connections[DEFAULT_DB_ALIAS] = _writer()
    try:
        yield
    except DatabaseFailure:
        writer.close()
        raise
    finally:
        connections[DEFAULT_DB_ALIAS] = own


@cache
def _writer() -> BaseDatabaseWrapper:
    writer = connections.create_connection(DEFAULT_DB_ALIAS)
    writer.inc_thread_sharing()
    return writer
