"""An import whose worker is killed goes on where it stopped, and takes no more memory for a long file."""

import os
import random
import signal
import time
import tracemalloc

import pytest
from django.db import connections
from import_steps import AT, an_edition, as_file, finished, row, started

from tongmun.counts.models import CountEntry
from tongmun.imports.actions.run import run_step
from tongmun.imports.mapping import Mapping, Part
from tongmun.imports.models import Import
from tongmun.imports.rejected import kept
from tongmun.signatures.models import Signature

ROWS = 400
KILLS = 5


def killed_while_importing(made: Import, seconds: float) -> None:
    """Import in a process of its own, and kill it so many seconds after it has written a batch."""
    before = made.done
    # The child opens a connection of its own, and must not speak on this one.
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            while run_step(at=AT):
                pass
        finally:
            os._exit(0)
    while made.done == before and made.state == "RUNNING":
        made.refresh_from_db()
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
@pytest.mark.django_db(transaction=True)
def test_import_that_is_killed_loses_no_row_and_doubles_none(monkeypatch):
    monkeypatch.setattr("tongmun.imports.actions.run.ROWS_A_BATCH", 10)
    # Every fifth row is rejected, every seventh is in the file twice.
    rows = [row(number - number % 7 // 6, **({"email": ""} if number % 5 == 0 else {})) for number in range(ROWS)]
    made = started(as_file(rows), an_edition())
    bad = [number + 2 for number in range(ROWS) if number % 5 == 0]
    mailboxes = {cells[0] for cells in rows if cells[0]}
    chance, interrupted = random.Random(4), 0  # noqa: S311 -- moments, no secrets

    for _kill in range(KILLS):
        killed_while_importing(made, chance.uniform(0, 0.02))
        made.refresh_from_db()
        interrupted += made.state == "RUNNING"
        assert made.added == Signature.objects.count() == CountEntry.objects.count()
    while run_step(at=AT):
        pass

    made.refresh_from_db()
    assert interrupted >= KILLS // 2
    assert (made.state, made.done, made.added) == ("DONE", ROWS, len(mailboxes))
    assert (made.rejected, made.duplicates) == (len(bad), ROWS - len(bad) - len(mailboxes))
    assert Signature.objects.count() == CountEntry.objects.count() == len(mailboxes)
    assert [one.line for one in kept(made.key, before=made.offset)] == bad


# Ten megabytes are enough to see that they are not held.
@pytest.mark.slow
@pytest.mark.django_db
def test_memory_does_not_grow_with_the_file():
    rows = ([f"signer{number % 50}@example.org", "x" * 2_700] for number in range(4_000))
    content = as_file(rows, headings=["email", "remark"])
    edition = an_edition()
    finished(as_file([row()]), edition)
    tracemalloc.start()
    try:
        made = finished(content, edition, Mapping({Part.EMAIL: 0}))
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert len(content) > 10 * 2**20
    assert (made.done, made.added) == (4_000, 49)
    assert most < 6 * 2**20
