"""Group commit: those who sign at the same time share one durable transaction, and are answered after it.

There is no thread of its own: whoever comes first while nobody commits takes along everybody who waits, and the next
one goes on with those who came meanwhile. So it works under any server, and in a test within one thread.
"""

import threading
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from django.db import Error as DatabaseFailure
from django.db import connection

T = TypeVar("T")

# More than this wait only when the disk has stopped: then it is kinder to say so, and to have threads left for readers.
MOST_WAITING = 64
# Nobody is kept waiting for longer than this, in seconds.
PATIENCE = 5.0


class NotRecorded(RuntimeError):
    """Cannot take it in now: too many wait, or the database does not take it. Nothing of it is kept."""


class Waiting(Generic[T]):
    """One thing that waits, and how it ended. Its thread sleeps on a lock of its own until it is woken."""

    __slots__ = ("failure", "is_done", "item", "sleep")

    def __init__(self, item: T) -> None:
        self.item = item
        self.is_done = False
        # Until the commit has come back nobody is recorded, whatever it ends with.
        self.failure: Exception | None = NotRecorded()
        self.sleep = threading.Lock()
        self.sleep.acquire()


class Intake(Generic[T]):
    """Takes things in together. `commit` writes a batch in one durable transaction, or raises and writes nothing."""

    def __init__(self, commit: Callable[[Sequence[T]], None], *, most_waiting: int = MOST_WAITING) -> None:
        self._commit = commit
        self._most_waiting = most_waiting
        self._queue: list[Waiting[T]] = []
        self._is_committing = False
        self._lock = threading.Lock()

    def take_in(self, item: T) -> None:
        """Return once the item is on the disk. Raises NotRecorded when it is not and never will be."""
        mine = Waiting(item)
        if not self._is_first(mine):
            self._wait(mine)
        if not mine.is_done:
            self._commit_batch(mine)
        if mine.failure is not None:
            raise NotRecorded from mine.failure

    def _is_first(self, mine: Waiting[T]) -> bool:
        """Tell whether nobody commits, so that this one has to; else queue."""
        with self._lock:
            if not self._is_committing:
                self._is_committing = True
                return True
            if len(self._queue) >= self._most_waiting:
                raise NotRecorded
            self._queue.append(mine)
        return False

    def _wait(self, mine: Waiting[T]) -> None:
        """Sleep until taken along by somebody, or until it is one's own turn to commit."""
        if mine.sleep.acquire(timeout=PATIENCE):
            return
        with self._lock:
            if mine in self._queue:
                self._queue.remove(mine)
                raise NotRecorded
        # Too late to step out: it is in the batch that is being committed.
        mine.sleep.acquire()

    def _commit_batch(self, mine: Waiting[T]) -> None:
        with self._lock:
            batch, self._queue = [mine, *self._queue], []
        # Whatever else goes wrong goes up to the one who committed, and nobody is left asleep.
        failure: Exception | None = NotRecorded()
        try:
            self._commit([one.item for one in batch])
            failure = None
        except DatabaseFailure as error:
            connection.close()
            failure = error
        finally:
            self._end(batch, mine, failure)

    def _end(self, batch: Sequence[Waiting[T]], mine: Waiting[T], failure: Exception | None) -> None:
        """Wake everybody in the batch, and the one who commits next: the first of those who came meanwhile."""
        for one in batch:
            one.failure = failure
            one.is_done = True
            if one is not mine:
                one.sleep.release()
        with self._lock:
            self._is_committing = bool(self._queue)
            following = self._queue.pop(0) if self._queue else None
        if following is not None:
            following.sleep.release()
