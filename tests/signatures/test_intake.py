import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection

from tongmun.signatures import intake as intake_module
from tongmun.signatures.intake import Intake, NotRecorded
from tongmun.signatures.writer import one_writer


def all_ended(intake: Intake, items: range) -> list[str]:
    def one(item: int) -> str:
        try:
            intake.take_in(item)
        except NotRecorded:
            return "not recorded"
        return "recorded"

    with ThreadPoolExecutor(len(items)) as threads:
        return list(threads.map(one, items))


def test_everything_is_committed_once_and_before_its_answer():
    written: list[int] = []

    def commit(batch: list[int]) -> None:
        time.sleep(0.002)
        written.extend(batch)

    intake = Intake(commit)

    def one(item: int) -> bool:
        intake.take_in(item)
        return item in written

    with ThreadPoolExecutor(32) as threads:
        assert all(threads.map(one, range(600)))
    assert sorted(written) == list(range(600))


def test_those_who_come_during_a_commit_share_the_next_one():
    sizes: list[int] = []
    go_on = threading.Event()

    def commit(batch: list[int]) -> None:
        sizes.append(len(batch))
        go_on.wait(5)

    intake = Intake(commit)
    with ThreadPoolExecutor(21) as threads:
        first = threads.submit(intake.take_in, 0)
        while not sizes:
            time.sleep(0.001)
        others = [threads.submit(intake.take_in, number) for number in range(20)]
        while len(intake._queue) < 20:
            time.sleep(0.001)
        go_on.set()
        [one.result(5) for one in (first, *others)]

    assert sizes == [1, 20]


def test_failing_database_is_told_to_everybody_of_the_batch_and_mends_itself():
    failing = [True]
    written: list[int] = []

    def commit(batch: list[int]) -> None:
        time.sleep(0.002)
        if failing[0]:
            raise OperationalError("disk full")
        written.extend(batch)

    intake = Intake(commit)

    assert set(all_ended(intake, range(40))) == {"not recorded"}
    failing[0] = False
    assert set(all_ended(intake, range(40))) == {"recorded"}
    assert sorted(written) == list(range(40))


def test_unforeseen_failure_leaves_nobody_waiting_and_nobody_acknowledged():
    def commit(_batch: list[int]) -> None:
        time.sleep(0.01)
        raise ZeroDivisionError

    intake = Intake(commit)

    with ThreadPoolExecutor(8) as threads:
        ended = [threads.submit(intake.take_in, number) for number in range(8)]
        kinds = {type(one.exception(5)) for one in ended}

    assert kinds <= {ZeroDivisionError, NotRecorded}
    assert ZeroDivisionError in kinds


def test_more_than_can_wait_are_turned_away_at_once():
    go_on, began = threading.Event(), threading.Event()

    def commit(_batch: list[int]) -> None:
        began.set()
        go_on.wait(5)

    intake = Intake(commit, most_waiting=3)
    with ThreadPoolExecutor(8) as threads:
        first = threads.submit(intake.take_in, 0)
        began.wait(5)
        waiting = [threads.submit(intake.take_in, number) for number in range(3)]
        while len(intake._queue) < 3:
            time.sleep(0.001)
        with pytest.raises(NotRecorded):
            intake.take_in(9)
        go_on.set()
        [one.result(5) for one in (first, *waiting)]


def test_nobody_waits_longer_than_can_be_asked_and_what_is_given_up_is_not_written(monkeypatch):
    monkeypatch.setattr(intake_module, "PATIENCE", 0.05)
    go_on, began = threading.Event(), threading.Event()
    written: list[int] = []

    def commit(batch: list[int]) -> None:
        began.set()
        go_on.wait(5)
        written.extend(batch)

    intake = Intake(commit)
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(intake.take_in, 1)
        began.wait(5)
        second = threads.submit(intake.take_in, 2)
        assert type(second.exception(5)) is NotRecorded
        go_on.set()
        first.result(5)
        intake.take_in(3)

    assert written == [1, 3]


@pytest.mark.django_db(transaction=True)
def test_whichever_thread_commits_writes_with_one_connection():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps its pages on the other side")
    seen = set()

    def write() -> None:
        with one_writer():
            connection.ensure_connection()
            seen.add(id(connection.connection))
        connection.close()

    for _ in range(4):
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()

    assert len(seen) == 1


@pytest.mark.django_db
def test_thread_within_a_transaction_stays_with_its_own_connection():
    own = connection.connection

    with one_writer():
        assert connection.connection is own
