"""Files of imports that nobody comes back for."""

import os
import time
from datetime import timedelta

import pytest
from import_steps import AT, an_edition, as_file, finished, locked, row, started, uploaded

from tongmun.imports.actions.erase import erase_left
from tongmun.imports.folders import folder_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("days", "is_there", "state"), [(6, True, "UPLOADED"), (7, False, "CANCELLED")])
def test_upload_that_nobody_starts_is_erased_after_seven_days(days, is_there, state):
    made = uploaded(as_file([row()]), an_edition())

    erase_left(at=AT + timedelta(days=days))

    made.refresh_from_db()
    assert (folder_of(made.key).exists(), made.has_files, made.state) == (is_there, is_there, state)


@pytest.mark.parametrize(("days", "is_there"), [(6, True), (7, False)])
def test_rejected_rows_are_erased_after_seven_days(days, is_there):
    made = finished(as_file([row(email="x")]), an_edition())

    erase_left(at=AT + timedelta(days=days))

    made.refresh_from_db()
    assert (folder_of(made.key).exists(), made.has_rejected_rows, made.state) == (is_there, is_there, "DONE")


def test_import_that_runs_keeps_its_file():
    made = started(as_file([row()]), an_edition())

    erase_left(at=AT + timedelta(days=70))

    made.refresh_from_db()
    assert (folder_of(made.key).exists(), made.state) == (True, "RUNNING")


@pytest.mark.parametrize(("hours", "is_there"), [(23, True), (25, False)])
def test_upload_that_broke_off_is_erased_after_a_day(hours, is_there):
    an_edition()
    key = locked(b"email\na@example.org\n").key
    then = time.time() - hours * 3600
    os.utime(folder_of(key), (then, then))

    erase_left(at=AT)

    assert folder_of(key).exists() is is_there


def test_second_erasing_finds_nothing():
    uploaded(as_file([row()]), an_edition())

    assert [erase_left(at=AT + timedelta(days=8)) for _ in range(2)] == [1, 0]
