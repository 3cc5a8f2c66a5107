"""A way out for the mail of each test: a folder of its own, or a server on this machine."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.outbox.post_office import Sink, open_post_office


@pytest.fixture(autouse=True)
def keys(settings, tmp_path: Path) -> Path:
    settings.KEYS = tmp_path / "keys"
    return settings.KEYS


@pytest.fixture
def mail_folder(settings, tmp_path: Path) -> Path:
    settings.MAIL_URL = ""
    settings.MAIL_FOLDER = tmp_path / "mail"
    return settings.MAIL_FOLDER


@pytest.fixture
def sink(settings) -> Iterator[Sink]:
    with open_post_office() as (sink, port):
        use_server(settings, port)
        yield sink


@pytest.fixture
def old_sink(settings) -> Iterator[Sink]:
    """A server that knows nothing of addresses in other scripts."""
    with open_post_office(utf8=False) as (sink, port):
        use_server(settings, port)
        yield sink


def use_server(settings, port: int) -> None:
    settings.MAIL_URL = f"smtp://127.0.0.1:{port}"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
