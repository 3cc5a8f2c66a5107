"""The worker: sends mail, counts, erases what is due, imports, one step after the other until it is told to stop."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import Error as DatabaseFailure
from django.db import connection
from django.utils import timezone

from tongmun.config.rewriting import rewrite_personal_tables
from tongmun.counts.actions.count import count_all
from tongmun.deliveries.actions.end import end_frozen_names
from tongmun.imports.actions.erase import erase_left
from tongmun.imports.actions.run import run_step
from tongmun.outbox.actions.deliver import SECONDS_BETWEEN_TRIES, deliver_deferred, deliver_queued
from tongmun.outbox.actions.recover import recover_interrupted
from tongmun.outbox.lease import AnotherWorkerRuns, worker_lease
from tongmun.outbox.transport import WayOutClosed
from tongmun.signatures.actions.end import end_data
from tongmun.signatures.actions.expire import erase_expired
from tongmun.signatures.actions.hold import hold_all
from tongmun.signatures.actions.note_letters import note_letters
from tongmun.signons.actions.erase import erase_due

log = logging.getLogger("tongmun.worker")

MAILS_A_PASS = 100
# While no server answers, the next mail is tried after this many seconds.
SECONDS_CLOSED = 30
# Then mail is looked for again.
SECONDS_OF_IMPORTING = 3.0
# The data of an edition ends with a day, so an hour late is soon enough.
SECONDS_BETWEEN_ENDINGS = 3_600
SECONDS_BETWEEN_REWRITES = 86_400
# When a table was busy.
SECONDS_TO_REWRITE_AGAIN = 600
SECONDS_BETWEEN_ERASING = 60
# Whoever signs waits while the write-ahead log is being emptied, so not for long.
MILLISECONDS_TO_EMPTY = 200


def run(stop: threading.Event, *, pause: float = 1.0) -> None:
    """Work until `stop` is set; a mail in hand is finished first. Raises AnotherWorkerRuns.

    `pause` is in seconds. Mail is looked for after each pause, what waits for the log every settings.COUNT_EVERY
    seconds, what is due to be erased every minute or as often as that.
    When the database fails, everything begins anew: the lease may have gone with the connection, and nobody has
    written down what became of the mail in hand.
    """
    had_lease = False
    while not stop.is_set():
        try:
            with worker_lease():
                had_lease = True
                recover_interrupted()
                _work(stop, pause)
        except AnotherWorkerRuns:
            # After a failure it may be our own lost connection that the server still waits for.
            if not had_lease:
                raise
        except (DatabaseFailure, OSError) as error:
            log.warning("%s, trying again", type(error).__name__)
            connection.close()
        stop.wait(pause)


def _work(stop: threading.Event, pause: float) -> None:
    steps = [
        Step(_deliver, every=0),
        Step(_try_again, every=SECONDS_BETWEEN_TRIES),
        Step(_count, every=settings.COUNT_EVERY),
        Step(_end, every=SECONDS_BETWEEN_ENDINGS),
        Step(_import, every=0),
        # Not while everything starts.
        Step(_rewrite, every=SECONDS_BETWEEN_REWRITES, first=SECONDS_TO_REWRITE_AGAIN),
        Step(_erase, every=min(SECONDS_BETWEEN_ERASING, settings.COUNT_EVERY)),
    ]
    while not stop.is_set():
        for step in steps:
            step.take_if_due(stop)
        stop.wait(pause)


class NotNow(RuntimeError):
    """Cannot finish a step now; it is taken again after `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds


class Step:
    """Something the worker does every so many seconds, and `first` after as many."""

    def __init__(self, work: Callable[[datetime, threading.Event], None], *, every: float, first: float = 0) -> None:
        self.work = work
        self.every = every
        self.due = time.monotonic() + first

    def take_if_due(self, stop: threading.Event) -> None:
        """Take the step when its time has come; when no mail can go, or it asks for it, it is put off."""
        if stop.is_set() or time.monotonic() < self.due:
            return
        self.due = time.monotonic() + self.every
        try:
            self.work(timezone.now(), stop)
        except WayOutClosed as closed:
            log.warning("no mail can go: %s, trying again in %s s", type(closed.__cause__).__name__, SECONDS_CLOSED)
            self.due = time.monotonic() + SECONDS_CLOSED
        except NotNow as later:
            self.due = time.monotonic() + later.seconds


def _deliver(at: datetime, stop: threading.Event) -> None:
    deliver_queued(at=at, limit=MAILS_A_PASS, stopping=stop.is_set)


def _try_again(at: datetime, stop: threading.Event) -> None:
    deliver_deferred(at=at, limit=MAILS_A_PASS, stopping=stop.is_set)


def _import(at: datetime, stop: threading.Event) -> None:
    end = time.monotonic() + SECONDS_OF_IMPORTING
    while not stop.is_set() and time.monotonic() < end and run_step(at=at):
        pass


def _count(at: datetime, _stop: threading.Event) -> None:
    hold_all(at=at)
    note_letters()
    count_all(at=at)


def _end(at: datetime, _stop: threading.Event) -> None:
    end_data(at=at)
    end_frozen_names(at=at)


def _rewrite(_at: datetime, _stop: threading.Event) -> None:
    if not rewrite_personal_tables():
        raise NotNow(SECONDS_TO_REWRITE_AGAIN)


def _erase(at: datetime, _stop: threading.Event) -> None:
    erase_expired(at=at)
    erase_left(at=at)
    erase_due(at=at)
    if connection.vendor == "sqlite":
        _empty_write_ahead_log()


def _empty_write_ahead_log() -> None:
    """Put what is in SQLite's log into the file and empty it: erased bytes stay in there until then."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (usual,) = cursor.fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {MILLISECONDS_TO_EMPTY}")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute(f"PRAGMA busy_timeout = {usual}")
