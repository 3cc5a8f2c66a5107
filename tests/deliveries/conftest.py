"""Keys and files of a test lie in a folder of its own."""

import pytest


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    settings.DATA = tmp_path / "data"
    settings.KEYS = settings.DATA / "keys"
    return settings.DATA
