"""No cell of a table is run by a spreadsheet, and none that is harmless is changed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongmun.kit.cells import inert


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠a",
        " =1",
        "　=1",
    ],
)
def test_a_cell_that_would_be_run_is_shown(cell):
    assert inert(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Suzie Example", "김민수", "O'Brien", "a=b", "محمد", " spaced"])
def test_a_harmless_cell_stays_as_it_is(cell):
    assert inert(cell) == cell


@settings(max_examples=60, deadline=None)
@given(st.text())
def test_no_cell_begins_with_a_sign_that_is_run(cell):
    assert inert(cell)[:1] not in ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
    assert inert(cell).endswith(cell)
