"""A brake that has counted nothing yet."""

from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def time_machine_at():
    """Freeze the clock at a moment, for the length of a `with`."""
    return lambda moment: time_machine.travel(moment, tick=False)
