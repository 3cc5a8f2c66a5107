"""Group commit: those who sign at the same time share one durable transaction, and are answered after it.

There is no thread of its own: whoever comes first while nobody commits takes along everybody who waits, and the next
one goes on with those who came meanwhile. So it works under any server, and in a test within one thread.
"""

import threading
import time
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
    """One thing that waits, and how it ended."""

    __slots__ = ("failure", "is_done", "item")

    def __init__(self, item: T) -> None:
        self.item = item
        self.is_done = False
        self.failure: Exception | None = None


class Intake(Generic[T]):
    """Takes things in together. `commit` writes a batch in one durable transaction, or raises and writes nothing."""

    def __init__(self, commit: Callable[[Sequence[T]], None], *, most_waiting: int = MOST_WAITING) -> None:
        self._commit = commit
        self._most_waiting = most_waiting
        self._queue: list[Waiting[T]] = []
        self._queueing = threading.Lock()
        self._committing = threading.Lock()

    def take_in(self, item: T) -> None:
        """Return once the item is on the disk. Raises NotRecorded when it is not and never will be."""
        mine = Waiting(item)
        with self._queueing:
            if len(self._queue) >= self._most_waiting:
                raise NotRecorded
            self._queue.append(mine)
        ends = time.monotonic() + PATIENCE
        # The one who gets the turn may find that it was taken along meanwhile.
        while not mine.is_done:
            if not self._committing.acquire(timeout=max(ends - time.monotonic(), 0.01)):
                self._give_up(mine)
                continue
            try:
                if not mine.is_done:
                    self._commit_batch()
            finally:
                self._committing.release()
        if mine.failure is not None:
            raise NotRecorded from mine.failure

    def _give_up(self, mine: Waiting[T]) -> None:
        """Step out of the queue; whoever is in the batch that is being committed has to wait for its end."""
        with self._queueing:
            if mine in self._queue:
                self._queue.remove(mine)
                raise NotRecorded

    def _commit_batch(self) -> None:
        with self._queueing:
            batch, self._queue = self._queue, []
        # Until the commit has come back nobody is recorded, whatever it ends with.
        failure: Exception | None = NotRecorded()
        try:
            self._commit([one.item for one in batch])
            failure = None
        except DatabaseFailure as error:
            failure = error
            connection.close()
        finally:
            # Also when something unforeseen goes up to the one who committed: nobody is left waiting.
            for one in batch:
                one.failure = failure
                one.is_done = True
