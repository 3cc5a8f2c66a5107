"""What is erased is gone from the files of the database, not only from its answers."""

import random
import threading
import time
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from tests.signatures.canaries import canaries, count_all_of, database, flush, relation, sign_all
from tests.signatures.signing_steps import an_edition

from tongmun.config.rewriting import PERSONAL, rewrite_personal_tables
from tongmun.config.worker import NotNow, Step, _empty_write_ahead_log, _erase, _rewrite
from tongmun.outbox.models import Mail
from tongmun.signatures.actions.end import end_data
from tongmun.signatures.models import Asked, Pending, Signature

pytestmark = pytest.mark.django_db(transaction=True)
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite overwrites what it deletes")

LONG_OVER = datetime(2033, 6, 22, tzinfo=UTC)
FIELDS = {
    Signature: ("token", "opening_box", "domain_box", "sealed", "news_box", "waiting_box"),
    Pending: ("token", "box"),
    Asked: ("token",),
    Mail: ("box",),
}


@pytest.fixture
def boxes(settings, tmp_path) -> list[bytes]:
    """Every ciphertext and token of 24 signers and of two who have not confirmed."""
    settings.KEYS = tmp_path / "keys"
    edition = an_edition()
    count_all_of(edition, canaries(random.SystemRandom(), 24))
    sign_all(edition, canaries(random.SystemRandom(), 2))
    return [
        bytes(value)
        for model, names in FIELDS.items()
        for row in model.objects.values_list(*names)
        for value in row
        if value
    ]


def lying_there(boxes: list[bytes]) -> int:
    """Count which of these bytes are in the files of the database, as they are or as hexadecimal."""
    if connection.vendor == "postgresql":
        flush()
        heap = b"\n".join(relation(model._meta.db_table) for model in PERSONAL)
    else:
        heap = b"\n".join(database())
    return sum(box in heap or box.hex().encode() in heap for box in boxes)


def test_search_finds_what_has_not_been_erased(boxes):
    assert len(boxes) > 100
    assert lying_there(boxes) == len(boxes)


def wait_until_nobody_else_reads() -> None:
    """PostgreSQL keeps dead rows for whoever may still read them, such as its own gathering of statistics."""
    if connection.vendor != "postgresql":
        return
    end = time.monotonic() + 20
    readers = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with connection.cursor() as cursor:
        while time.monotonic() < end:
            cursor.execute(f"{readers} AND (backend_xmin IS NOT NULL OR backend_xid IS NOT NULL)")
            if not cursor.fetchall():
                return
            time.sleep(0.05)


def test_what_ended_is_gone_from_the_files(boxes):
    Mail.objects.all().delete()

    end_data(at=LONG_OVER)
    if connection.vendor == "postgresql":
        # The control: without the rewriting it stays, for whoever reads the disk.
        assert lying_there(boxes) > len(boxes) // 2
        wait_until_nobody_else_reads()
        assert rewrite_personal_tables()
    else:
        _empty_write_ahead_log()

    assert lying_there(boxes) == 0


def test_steps_of_the_worker_leave_nothing_of_what_is_due(boxes):
    Mail.objects.all().delete()
    stop = threading.Event()

    end_data(at=LONG_OVER)
    _erase(LONG_OVER, stop)
    wait_until_nobody_else_reads()
    _rewrite(LONG_OVER, stop)

    assert lying_there(boxes) == 0


@on_postgresql
def test_rows_that_stay_survive_the_rewriting(boxes):
    before = list(Signature.objects.order_by("pk").values_list("pk", "link_hash"))

    assert rewrite_personal_tables()

    assert list(Signature.objects.order_by("pk").values_list("pk", "link_hash")) == before


def files_of(models: tuple) -> dict:
    """Give the file each table lies in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, pg_relation_filepath(oid) FROM pg_class")
        paths = dict(cursor.fetchall())
    return {model: paths[model._meta.db_table] for model in models}


@on_postgresql
def test_a_busy_table_is_skipped_soon_and_the_others_are_written_anew(boxes):
    held, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            list(Pending.objects.select_for_update())
            held.set()
            let_go.wait(10)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(10)
    before = files_of(PERSONAL)
    started = datetime.now(UTC)
    done = rewrite_personal_tables()
    took = datetime.now(UTC) - started
    after = files_of(PERSONAL)
    let_go.set()
    holder.join()

    assert not done
    assert took.total_seconds() < 2
    assert [model for model in PERSONAL if before[model] == after[model]] == [Pending]
    assert rewrite_personal_tables()
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",)
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",)


def test_a_step_that_asks_for_it_is_taken_again_sooner():
    taken = []

    def work(_at: datetime, _stop: threading.Event) -> None:
        taken.append(1)
        if len(taken) == 1:
            raise NotNow(0)

    step = Step(work, every=1_000)
    for _ in range(3):
        step.take_if_due(threading.Event())

    assert len(taken) == 2


def test_a_step_that_is_not_for_the_start_waits():
    taken = []

    step = Step(lambda _at, _stop: taken.append(1), every=1_000, first=1_000)
    step.take_if_due(threading.Event())

    assert taken == []
