"""A folder of its own for the files and the keys of each test."""

import pytest


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    settings.DATA, settings.KEYS = tmp_path, tmp_path / "keys"
    return tmp_path
