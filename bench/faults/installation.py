"""An installation of its own to be measured or broken: a folder, a port on this machine, a web server and a worker."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
SLUG = "coming"
SECONDS_TO_START = 60
SECONDS_TO_FOLLOW = 20
# A form that comes back sooner was not filled in by a person.
SECONDS_TO_FILL_IN = 3.2


class NotStarted(RuntimeError):
    """Cannot go on: the installation does not answer."""


class StillServing(RuntimeError):
    """Cannot start another web server: a process of the last one goes on serving."""


class Installation:
    """The product with its worked example. Everything it starts is in process groups of its own, ended by number."""

    def __init__(self, folder: Path, *, database: str = "", before: Sequence[str] = (), **settings: str) -> None:
        """`database` is an address as for TONGMUN_DATABASE_URL, SQLite without it; `before` goes before the web."""
        self.folder = folder
        self.database = database
        self.port = free_port()
        self._before = before
        self._groups: dict[str, subprocess.Popen[bytes]] = {}
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("TONGMUN_", "DJANGO_"))}
        own = {
            "TONGMUN_DATA": str(folder),
            "PYTHONPATH": str(TOP / "src"),
            "PYTHONDONTWRITEBYTECODE": "1",
            **({"TONGMUN_DATABASE_URL": database} if database else {}),
        }
        self.environment = kept | own | {f"TONGMUN_{name}": value for name, value in settings.items()}

    def load(self) -> None:
        """Put the worked example in."""
        command = [sys.executable, "-m", "tongmun", "load", str(TOP / "examples" / SLUG)]
        subprocess.run(command, env=self.environment, check=True, stdout=subprocess.DEVNULL)

    def start_web(self) -> None:
        """Start the web server and wait until it answers."""
        self._start("web", [*self._before, sys.executable, "-m", "tongmun", "web", "--port", str(self.port)])
        self.wait_until_ready()

    def start_worker(self) -> None:
        """Start the worker."""
        self._start("worker", [sys.executable, "-m", "tongmun", "worker"])

    def _start(self, name: str, command: list[str]) -> None:
        with (self.folder / f"{name}.output").open("ab") as output:
            self._groups[name] = subprocess.Popen(
                command, env=self.environment, stdout=output, stderr=output, start_new_session=True
            )

    def kill(self, name: str) -> None:
        """End the web server or the worker as a power cut would: SIGKILL to all its processes at once."""
        # The one that serves is in a session of its own.
        for one in self.processes(name):
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        self._groups.pop(name).wait()

    def kill_serving_process(self) -> None:
        """End the process that serves, and leave the one that looks after it: that one starts another."""
        parent = self._groups["web"].pid
        for process in descendants(parent):
            os.kill(process, signal.SIGKILL)

    def kill_looking_process(self) -> None:
        """End the process that looks after the one that serves, and wait until the other has followed it."""
        left = self.processes("web")[1:]
        process = self._groups.pop("web")
        process.kill()
        process.wait()
        end = time.monotonic() + SECONDS_TO_FOLLOW
        while any(Path(f"/proc/{one}").exists() for one in left):
            if time.monotonic() > end:
                raise StillServing
            time.sleep(0.05)

    def stop(self) -> None:
        """End everything that still runs."""
        for process in self._groups.values():
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
        for name, process in list(self._groups.items()):
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill(name)
        self._groups.clear()

    def processes(self, name: str = "web") -> list[int]:
        """Give the numbers of the processes of the web server or the worker."""
        parent = self._groups[name].pid
        return [parent, *descendants(parent)]

    def wait_until_ready(self, seconds: float = SECONDS_TO_START) -> None:
        """Wait until the database answers through the web server. Raises NotStarted."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                if self.get("/ready")[0] == HTTPStatus.OK:
                    return
            except (OSError, HTTPException):
                pass
            time.sleep(0.05)
        raise NotStarted

    def get(self, path: str, seconds: float = 10) -> tuple[int, bytes]:
        """Read a page; gives its status and its content."""
        line = HTTPConnection(HOST, self.port, timeout=seconds)
        try:
            line.request("GET", path)
            answer = line.getresponse()
            return answer.status, answer.read()
        finally:
            line.close()

    def form(self) -> dict[str, str]:
        """Read the form and give what it carries along."""
        _status, page = self.get(f"/en/{SLUG}/sign/")
        return dict(re.findall(r'name="(letter|stamp)" value="([^"]+)"', page.decode()))

    def hidden_fields(self) -> dict[str, str]:
        """Read the form as `form` does, and wait until a person could have filled it in."""
        found = self.form()
        time.sleep(SECONDS_TO_FILL_IN)
        return found

    def memory(self) -> float:
        """Give how much memory the processes of web and worker hold, in MB; what they share is counted for each."""
        processes = [process for name in self._groups for process in self.processes(name)]
        pages = sum(int(Path(f"/proc/{process}/statm").read_text().split()[1]) for process in processes)
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def free_port() -> int:
    """Give a port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        return int(free.getsockname()[1])


def descendants(parent: int) -> list[int]:
    """Give the numbers of the processes below one, the nearest first."""
    children: dict[int, list[int]] = {}
    for process, fields in _processes():
        children.setdefault(int(fields[1]), []).append(process)
    found, looked_at = list(children.get(parent, [])), 0
    while looked_at < len(found):
        found += children.get(found[looked_at], [])
        looked_at += 1
    return found


def _processes() -> list[tuple[int, list[str]]]:
    """Give every process with its fields of proc(5) after the name: state, parent, group."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                text = (entry / "stat").read_text()
            except OSError:
                continue
            found.append((int(entry.name), text.rpartition(")")[2].split()))
    return found
