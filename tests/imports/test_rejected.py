"""The rejected rows as a CSV."""

import csv
import io

import pytest
from django.utils.translation import override
from import_steps import AT, HEADINGS, an_edition, as_file, carla, finished, row, started

from tongmun.imports.actions.decide import cancel
from tongmun.imports.actions.run import run_step
from tongmun.imports.refusals import REASONS
from tongmun.imports.rejected import Rejected, as_csv, keep, kept, kept_headings

pytestmark = pytest.mark.django_db


def fetched(made) -> str:
    return "".join(as_csv(kept_headings(made.key), kept(made.key, before=made.offset)))


def test_rejected_rows_come_back_with_line_and_reason():
    rows = [row(1), row(2, email="nobody", name="Omar, the second"), row(3, country="Atlantis"), ["alone"]]

    made = finished(as_file(rows), an_edition())

    text = fetched(made)
    assert text.startswith("\ufeff")
    assert list(csv.reader(io.StringIO(text.removeprefix("\ufeff")))) == [
        ["Line in the file", "Why it was not imported", *HEADINGS],
        ["3", REASONS["email"], "nobody", "Omar, the second", "KR", "", "", "", ""],
        ["4", REASONS["country"], "signer3@example.org", "Suzie Signer", "Atlantis", "", "", "", ""],
        ["5", REASONS["cells"], "alone"],
    ]


def test_lines_are_those_of_the_file_even_when_a_cell_holds_several():
    made = finished(as_file([row(1, country="a\nb\nc"), row(2, email="")]), an_edition())

    assert [one.line for one in kept(made.key, before=made.offset)] == [2, 5]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_cell_that_a_spreadsheet_would_run_is_made_harmless(sign):
    lines = "".join(as_csv([f"{sign}head"], [Rejected(2, "email", [f"{sign}cmd|' /C calc'!A0", "plain"])]))

    cells = [cell for line in csv.reader(io.StringIO(lines)) for cell in line]
    assert [cell for cell in cells if cell.startswith(sign)] == []
    assert f"'{sign}cmd|' /C calc'!A0" in cells
    assert "plain" in cells


def test_reasons_are_in_the_language_in_which_the_file_was_asked_for():
    with override("ko"):
        lines = as_csv(["email"], [Rejected(2, "email", ["x"])])
        expected = str(REASONS["email"])

    assert expected in "".join(lines)


def test_rows_of_a_batch_that_was_not_written_are_left_out(monkeypatch):
    monkeypatch.setattr("tongmun.imports.actions.run.ROWS_A_BATCH", 1)
    made = started(as_file([row(email="first"), row(email="second")]), an_edition())
    run_step(at=AT)
    made.refresh_from_db()

    keep(made.key, made.offset, [Rejected(3, "email", ["second"])])

    assert [one.cells[0] for one in kept(made.key, before=made.offset)] == ["first"]


def test_batch_that_is_taken_anew_writes_over_its_rejected_rows():
    made = started(as_file([row(email="first")]), an_edition())
    keep(made.key, made.offset, [Rejected(2, "email", ["half a"]), Rejected(3, "email", ["batch"])])

    run_step(at=AT)

    made.refresh_from_db()
    assert [one.cells[0] for one in kept(made.key, before=made.offset)] == ["first"]


def test_rejected_rows_of_many_batches_come_in_order(monkeypatch):
    monkeypatch.setattr("tongmun.imports.actions.run.ROWS_A_BATCH", 3)

    made = finished(as_file(row(email=f"bad{number}") for number in range(10)), an_edition())

    assert [one.cells[0] for one in kept(made.key, before=made.offset)] == [f"bad{number}" for number in range(10)]


@pytest.mark.django_db(transaction=True)
def test_rejected_rows_of_a_cancelled_import_can_be_fetched(monkeypatch):
    monkeypatch.setattr("tongmun.imports.actions.run.ROWS_A_BATCH", 1)
    made = started(as_file([row(email="first"), row()]), an_edition())
    run_step(at=AT)

    cancel(of=made, by=carla(), at=AT)

    made.refresh_from_db()
    assert made.has_rejected_rows
    assert "first" in fetched(made)
