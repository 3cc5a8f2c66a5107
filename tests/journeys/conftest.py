"""A real server, started as a newcomer starts it, and what a reader's journey needs to know of it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

TOP = Path(__file__).parents[2]
SECONDS_TO_START = 60
SECONDS_TO_WAIT = 20


@dataclass(frozen=True)
class Server:
    """Where the server is, the folder its mail lies in, and the file with what it has printed."""

    url: str
    mail: Path
    output: Path

    def desk_link(self) -> str:
        """Give the link that opens the desk once, as it was printed."""
        return next(word for word in self.output.read_text("utf-8").split() if "/desk/open/" in word)

    def mail_to(self, address: str, *, number: int) -> str:
        """Wait for the mail with this number, from 1, to an address, and give its text."""
        end = time.monotonic() + SECONDS_TO_WAIT
        while time.monotonic() < end:
            found = [mail for mail in self._mails() if mail["To"] == address]
            if len(found) >= number:
                return str(found[number - 1].get_content())
            time.sleep(0.1)
        raise AssertionError(f"mail {number} has not come")

    def _mails(self) -> list:
        paths = sorted(self.mail.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in paths]


@pytest.fixture(scope="session")
def server(tmp_path_factory) -> Iterator[Server]:
    """Run `tongmun up` on an empty folder with the worked example, until the tests of this worker are over."""
    data = tmp_path_factory.mktemp("journey")
    port = _free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("TONGMUN_", "DJANGO_"))}
    environment |= {
        "PYTHONPATH": str(TOP / "src"),
        "TONGMUN_COUNT_EVERY": "1",
        "TONGMUN_COUNT_LEAST": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-m", "tongmun", "up", "--data", str(data), "--port", str(port)]
    with (data / "output").open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 -- ourselves
            [*command, "--example", str(TOP / "examples")], env=environment, stdout=output, stderr=output
        )
    try:
        _wait_until_ready(f"http://127.0.0.1:{port}/ready", process)
        yield Server(f"http://127.0.0.1:{port}", data / "mail", data / "output")
    finally:
        process.terminate()
        process.wait(SECONDS_TO_WAIT)
        shutil.rmtree(data, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_until_ready(url: str, process: subprocess.Popen) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and process.poll() is None:
        try:
            with urlopen(url, timeout=2):  # noqa: S310 -- our own address
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise AssertionError("the server has not started")
