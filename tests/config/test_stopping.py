"""Stopping what serves: a terminal sends Ctrl-C to the whole group, and whoever presses it may press it again."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from tests.config.command_line import SRC
from tests.outbox.post_office import free_port

pytestmark = pytest.mark.slow

SECONDS_TO_START = 60
SECONDS_TO_STOP = 10


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    """A folder that the first of these tests prepares for the others."""
    return tmp_path_factory.mktemp("installation")


@contextmanager
def started(*arguments: object, data: Path) -> Iterator[subprocess.Popen[str]]:
    """Start a command as a terminal does, at the head of a group of its own; end what is left of it afterwards."""
    usual = {name: value for name, value in os.environ.items() if not name.startswith(("TONGMUN_", "DJANGO_"))}
    process = subprocess.Popen(  # noqa: S603 -- ourselves
        [sys.executable, "-m", "tongmun", *map(str, arguments)],
        env=usual | {"TONGMUN_DATA": str(data), "PYTHONPATH": str(SRC)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_for_pages(port: int) -> None:
    """Wait until the server answers."""
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end:
        try:
            urlopen(f"http://127.0.0.1:{port}/live", timeout=5).close()
        except URLError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the server does not answer")


def said_by_all(process: subprocess.Popen[str]) -> str:
    """Give what was printed, once every process that could print is gone: each holds the same pipe open."""
    return process.communicate(timeout=SECONDS_TO_STOP)[0]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signals_to_the_whole_group_stop_everything_without_a_traceback(number, data):
    port = free_port()

    with started("up", f"--port={port}", data=data) as process:
        wait_for_pages(port)
        for _ in range(3):
            os.killpg(process.pid, number)
        said = said_by_all(process)

    assert process.returncode == 0
    assert said.rstrip().endswith("Ctrl-C"), "nothing is said after how to stop"


def test_pages_go_with_a_server_that_was_killed(data):
    port = free_port()

    with started("web", f"--port={port}", data=data) as process:
        wait_for_pages(port)
        process.kill()
        said = said_by_all(process)

    assert said == ""


@pytest.mark.parametrize("seconds", [0.4, 0.8])
def test_ctrl_c_while_a_command_is_loaded_prints_no_traceback(seconds, data):
    with started("worker", data=data) as process:
        time.sleep(seconds)
        os.killpg(process.pid, signal.SIGINT)
        said = said_by_all(process)

    assert process.returncode in {0, -signal.SIGINT}
    assert said == ""
