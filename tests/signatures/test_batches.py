"""What a batch of signatures asks of the database, and what one bad form does to the others in it."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from tests.signatures.signing_steps import AT, an_edition, an_entry, mails

from tongmun.signatures.actions import sign as sign_module
from tongmun.signatures.actions.sign import intend, take_in


def intended(edition, *addresses: str) -> list:
    letter = edition.letters.get()
    return [intend(edition=edition, letter=letter, entry=an_entry(address), at=AT) for address in addresses]


@pytest.mark.django_db
def test_no_statement_of_a_batch_reads_a_whole_table_or_a_whole_edition():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL chooses by the size of its tables, which is none here")
    asked: list[tuple[str, list]] = []

    def keep(execute: Callable, sql: str, params: list, *more: object) -> object:
        if not sql.startswith(("INSERT", "SAVEPOINT", "RELEASE")):
            asked.append((sql, params))
        return execute(sql, params, *more)

    batch = intended(an_edition(), *(f"one{number}@example.org" for number in range(6)))
    with connection.execute_wrapper(keep):
        take_in(batch)

    plans = []
    with connection.cursor() as cursor:
        for sql, params in asked:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
            plans.append((sql.split(" ", 1)[0], [row[3] for row in cursor.fetchall()]))
    assert [kind for kind, _steps in plans] == ["DELETE", "SELECT", "SELECT", "DELETE", "UPDATE"]
    steps = [step for _kind, steps in plans for step in steps]
    assert all(step.startswith("SEARCH") for step in steps), steps
    assert sum("(edition_id=? AND token=?)" in step for step in steps) == 2


@pytest.mark.django_db
def test_a_batch_of_any_size_is_written_whole():
    edition = an_edition()

    for size in (1, 2, 3, 5, 70):
        take_in(intended(edition, *(f"p{size}x{number}@example.org" for number in range(size))))

    assert len(mails("confirmation")) == 81


def test_form_that_cannot_be_read_harms_nobody_who_waits_with_it(monkeypatch):
    taken: list[object] = []
    began, go_on = threading.Event(), threading.Event()

    def write(batch: list) -> None:
        began.set()
        go_on.wait(5)
        taken.extend(batch)

    def bad() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(sign_module, "take_in", write)
    with ThreadPoolExecutor(4) as threads:
        first = threads.submit(sign_module.sign_if_good, lambda: "first")
        began.wait(5)
        others = [threads.submit(sign_module.sign_if_good, read) for read in (lambda: "second", bad, lambda: None)]
        while len(sign_module._intake._queue) < 3:
            pass
        go_on.set()
        ended = [one.exception(5) or one.result(5) for one in (first, *others)]

    assert ended[:2] == [True, True]
    assert isinstance(ended[2], ZeroDivisionError)
    assert ended[3] is False
    assert taken == ["first", "second"]
