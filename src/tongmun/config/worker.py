"""The worker: sends mail, counts, erases what is due, one step after the other until it is told to stop."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from tongmun.outbox.actions.deliver import deliver_queued
from tongmun.outbox.actions.recover import recover_interrupted
from tongmun.outbox.lease import worker_lease
from tongmun.outbox.transport import WayOutClosed
from tongmun.signatures.actions.count import count_all
from tongmun.signatures.actions.expire import erase_expired

log = logging.getLogger("tongmun.worker")

MAILS_A_PASS = 100


def run(stop: threading.Event, *, pause: float = 1.0) -> None:
    """Work until `stop` is set; a mail in hand is finished first. Raises AnotherWorkerRuns.

    `pause` is in seconds. Mail is looked for after each pause; the rest is done every settings.COUNT_EVERY seconds.
    """
    with worker_lease():
        recover_interrupted()
        next_round = 0.0
        while not stop.is_set():
            _try(_deliver)
            if time.monotonic() >= next_round:
                _try(_count)
                _try(_erase)
                next_round = time.monotonic() + settings.COUNT_EVERY
            stop.wait(pause)


def _try(step: Callable[[datetime], None]) -> None:
    """Do one step; what the outside world refuses is logged by its kind alone and tried again after the pause."""
    try:
        step(timezone.now())
    except (DatabaseError, WayOutClosed, OSError) as error:
        log.warning("%s: %s, trying again", step.__name__.strip("_"), type(error).__name__)
        close_old_connections()


def _deliver(at: datetime) -> None:
    deliver_queued(at=at, limit=MAILS_A_PASS)


def _count(at: datetime) -> None:
    count_all(at=at)


def _erase(at: datetime) -> None:
    erase_expired(at=at)
    if connection.vendor == "sqlite":
        # Erased bytes stay in the write-ahead log until it is emptied.
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
