"""The worker as a process: one at a time, and killed at any moment it neither loses a mail nor sends it twice."""

import threading
import time
from pathlib import Path
from random import SystemRandom

import pytest
from django.db import connection
from tests.outbox.post_office import free_port, kill, queue, read_until, start_worker, states, stop, wait_until

from tongmun.config.worker import run
from tongmun.outbox.lease import AnotherWorkerRuns, worker_lease
from tongmun.outbox.models import Mail

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

KILLS = 12
CHANCE = SystemRandom()
LONGEST_LIFE = 0.1


def none_waits() -> bool:
    return not Mail.objects.filter(state__in=["QUEUED", "SENDING"]).exists()


def files(folder: Path) -> dict[str, int]:
    """Give the file number of every mail that was written: it changes when a file is written again."""
    return {path.stem: path.stat().st_ino for path in folder.glob("*.eml")}


def test_a_worker_killed_at_any_moment_writes_every_mail_exactly_once(mail_folder, tmp_path):
    keys = queue(600)
    seen: dict[str, int] = {}

    for _ in range(KILLS):
        before = len(seen)
        worker = start_worker(tmp_path)
        wait_until(lambda before=before: len(files(mail_folder)) > before or none_waits())
        time.sleep(CHANCE.uniform(0, LONGEST_LIFE))
        kill(worker)
        assert seen.items() <= files(mail_folder).items()
        seen = files(mail_folder)
    # With nothing left to send the last kills would have proved nothing.
    assert not none_waits()
    worker = start_worker(tmp_path)
    wait_until(none_waits)

    assert stop(worker) == 0
    assert states() == dict.fromkeys(keys, "SENT")
    assert seen.items() <= files(mail_folder).items()
    assert sorted(files(mail_folder)) == sorted(keys)


def test_a_worker_killed_at_any_moment_sends_no_mail_twice_and_loses_none_silently(settings, sink, tmp_path):
    keys = queue(600)

    for _ in range(KILLS):
        before = len(sink.mails)
        worker = start_worker(tmp_path, settings.MAIL_URL)
        wait_until(lambda before=before: len(sink.mails) > before or none_waits())
        time.sleep(CHANCE.uniform(0, LONGEST_LIFE))
        kill(worker)
    assert not none_waits()
    worker = start_worker(tmp_path, settings.MAIL_URL)
    wait_until(none_waits)

    assert stop(worker) == 0
    sent = {key for key, state in states().items() if state == "SENT"}
    uncertain = {key for key, state in states().items() if state == "UNCERTAIN"}
    assert sent | uncertain == set(keys)
    assert len(uncertain) <= KILLS
    assert len(sink.ids) == len(set(sink.ids))
    assert sent <= set(sink.ids)


def test_a_worker_killed_while_a_mail_is_handed_over_leaves_that_mail_to_a_person(settings, sink, tmp_path):
    keys = queue(3)
    workers = []
    sink.before_reply = lambda: workers[0].kill() if len(sink.mails) == 2 else None

    workers.append(start_worker(tmp_path, settings.MAIL_URL))
    workers[0].communicate()
    sink.before_reply = lambda: None
    second = start_worker(tmp_path, settings.MAIL_URL)
    wait_until(none_waits)
    stop(second)

    assert sink.ids == keys
    assert [states()[key] for key in keys] == ["SENT", "UNCERTAIN", "SENT"]


def test_a_worker_killed_between_two_mails_leaves_nothing_in_doubt(settings, sink, tmp_path):
    first = queue(3)
    worker = start_worker(tmp_path, settings.MAIL_URL)
    wait_until(none_waits)
    kill(worker)

    second = queue(3, first=3)
    worker = start_worker(tmp_path, settings.MAIL_URL)
    wait_until(none_waits)
    stop(worker)

    assert sink.ids == first + second
    assert states() == dict.fromkeys(first + second, "SENT")


def test_a_worker_told_to_stop_finishes_the_mail_in_hand_and_no_other(settings, sink, tmp_path):
    keys = queue(50)
    workers = []

    def terminate_at_the_second() -> None:
        if len(sink.mails) == 2:
            workers[0].terminate()
            time.sleep(0.3)

    sink.before_reply = terminate_at_the_second
    workers.append(start_worker(tmp_path, settings.MAIL_URL))
    workers[0].communicate(timeout=30)

    assert workers[0].returncode == 0
    assert sink.ids == keys[:2]
    assert [states()[key] for key in keys] == ["SENT"] * 2 + ["QUEUED"] * 48


def test_a_second_worker_is_refused_while_the_first_one_lives(mail_folder, tmp_path):
    keys = queue(1)
    first = start_worker(tmp_path)
    wait_until(lambda: states() == dict.fromkeys(keys, "SENT"))

    second = start_worker(tmp_path)
    _, said = second.communicate(timeout=30)
    kill(first)
    third = start_worker(tmp_path)
    more = queue(1, first=1)
    wait_until(lambda: states()[more[0]] == "SENT")

    assert second.returncode == 1
    assert b"Another worker already runs" in said
    assert stop(third) == 0


def test_a_worker_whose_server_is_away_waits_for_it_without_spinning(settings, sink, tmp_path):
    keys = queue(2)
    worker = start_worker(tmp_path, f"smtp://127.0.0.1:{free_port()}")

    first = read_until(worker, "no mail can go")
    # A worker that spins says it again with every pass.
    time.sleep(2.5)
    worker.terminate()
    _, then = worker.communicate(timeout=30)

    assert states() == dict.fromkeys(keys, "QUEUED")
    assert "no mail can go" not in then.decode()
    assert "example.org" not in first + then.decode()


def test_the_lease_is_free_again_after_it_was_held(settings, tmp_path):
    settings.DATA = tmp_path

    for _ in range(2):
        with worker_lease():
            assert refused_elsewhere()
    assert not refused_elsewhere()


def refused_elsewhere() -> bool:
    """Tell whether another connection would be refused the lease."""
    refused = []

    def ask() -> None:
        try:
            with worker_lease():
                pass
        except AnotherWorkerRuns:
            refused.append(True)
        finally:
            connection.close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    return bool(refused)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite the lease is a file")
def test_a_worker_that_lost_its_connection_takes_the_lease_anew(mail_folder, tmp_path):
    worker = start_worker(tmp_path)
    wait_until(lambda: other_sessions() == 1)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    keys = queue(1)
    wait_until(lambda: states() == dict.fromkeys(keys, "SENT"))

    assert refused_elsewhere()
    assert stop(worker) == 0


def other_sessions() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()")
        return int(cursor.fetchone()[0])


def test_run_sends_what_is_queued_until_it_is_told_to_stop(settings, mail_folder, tmp_path):
    settings.DATA = tmp_path
    keys = queue(2)
    told = threading.Event()
    watch = threading.Timer(1, told.set)
    watch.start()

    run(told, pause=0.1)

    assert states() == dict.fromkeys(keys, "SENT")
