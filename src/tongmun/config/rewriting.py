"""Real erasure on PostgreSQL: what is deleted stays on the pages of a table's file until the file is written anew."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection

from tongmun.deliveries.models import FrozenName, FrozenSigner
from tongmun.outbox.models import Mail
from tongmun.signatures.models import Asked, Pending, Pulse, Signature
from tongmun.signons.models import Invitation, SignOn

log = logging.getLogger("tongmun.rewriting")

PERSONAL = (Pending, Asked, Mail, Pulse, Invitation, SignOn, Signature, FrozenName, FrozenSigner)
# Whoever signs waits behind the one who waits for the lock, so not for long; then it is tried again.
MILLISECONDS_TO_LOCK = 200
# And while a table is written anew: 30 s are enough for several million rows.
MILLISECONDS_TO_REWRITE = 30_000
# lock_not_available and query_canceled: https://www.postgresql.org/docs/current/errcodes-appendix.html
BUSY = {"55P03", "57014"}


def rewrite_personal_tables() -> bool:
    """Write the files of the personal tables anew; tells whether all were, since a busy one is skipped.

    Not for within a transaction. The write-ahead log keeps the old pages until PostgreSQL recycles it, and rows that
    another open transaction may still read stay for the next time. On SQLite there is nothing to do.
    """
    if connection.vendor != "postgresql":
        return True
    with _in_a_hurry():
        # All of them, also after one that was busy.
        done = [_rewrite(model._meta.db_table) for model in PERSONAL]  # noqa: SLF001 -- Django documents it
    return all(done)


def _rewrite(table: str) -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM (FULL) {connection.ops.quote_name(table)}")
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) not in BUSY:
            raise
        log.info("%s is busy, written anew later", table)
        return False
    return True


@contextmanager
def _in_a_hurry() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = {MILLISECONDS_TO_LOCK}")
        cursor.execute(f"SET statement_timeout = {MILLISECONDS_TO_REWRITE}")
    try:
        yield
    finally:
        # A connection that was lost took its settings along; asking it would hide why.
        if connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout")
                cursor.execute("RESET statement_timeout")
