"""What all tests share: which of them need a database, so that they can be run on a second one."""

from collections.abc import Iterator

import pytest
from django.utils import translation

DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what talks to a database, for the run on PostgreSQL."""
    for item in items:
        uses = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or uses & DATABASE_FIXTURES:
            item.add_marker("database")


@pytest.fixture(autouse=True)
def language_of_the_settings() -> Iterator[None]:
    """Begin and end each test in no language of its own: a page leaves the reader's language on in its thread."""
    translation.deactivate()
    yield
    translation.deactivate()
