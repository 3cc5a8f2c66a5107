"""A short version of `python bench/faults disk`."""

import shutil

import pytest
from bench.faults.disk import Filling, NoDisk, small_disk
from bench.faults.installation import Installation

pytestmark = pytest.mark.slow


def test_full_disk_refuses_cleanly_still_serves_pages_and_goes_on_when_there_is_space(loaded, hidden):
    try:
        with small_disk() as folder:
            data = folder / "data"
            shutil.copytree(loaded, data)
            filling = Filling(Installation(data, COUNT_EVERY="1", COUNT_LEAST="1"))
            try:
                filling.run(1, seconds=0.5, hidden=hidden)
            finally:
                filling.installation.stop()
    except NoDisk:
        pytest.skip("a small disk needs root and mount")

    assert filling.is_clean, filling.report()
