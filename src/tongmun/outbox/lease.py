"""One worker at a time: two would take each other's mail for interrupted."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.conf import settings
from django.db import Error as DatabaseFailure
from django.db import connection

# Any number serves, as long as it is always the same: the first eight letters of "tongmun worker" as bytes.
ADVISORY_KEY = int.from_bytes(b"tongmunw")


class AnotherWorkerRuns(RuntimeError):
    """Cannot start a worker: another one holds the lease."""


@contextmanager
def worker_lease() -> Iterator[None]:
    """Hold the lease: a locked file beside an SQLite database, an advisory lock of the session on PostgreSQL.

    Either goes with the process that held it, however it ended; on PostgreSQL also with its connection, so a worker
    that lost that has to ask again. Raises AnotherWorkerRuns.
    """
    holder = _advisory_lock() if connection.vendor == "postgresql" else _locked_file()
    with holder:
        yield


@contextmanager
def _locked_file() -> Iterator[None]:
    settings.DATA.mkdir(parents=True, exist_ok=True)
    with (settings.DATA / "worker.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AnotherWorkerRuns from error
        yield


@contextmanager
def _advisory_lock() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_KEY])
        row = cursor.fetchone()
    if row != (True,):
        raise AnotherWorkerRuns
    try:
        yield
    finally:
        # A lost connection has let go of the lock already.
        with suppress(DatabaseFailure), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_KEY])
