"""A folder of its own for the files of each test."""

import pytest


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    settings.DATA = tmp_path
    return tmp_path
