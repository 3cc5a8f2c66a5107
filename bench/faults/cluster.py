"""A PostgreSQL server of its own in a temporary folder, to be killed without touching any other."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from bench.faults.installation import HOST, NotStarted, descendants, free_port

PLACES = Path("/usr/lib/postgresql")
USER = "postgres"


class NoPostgres(RuntimeError):
    """Cannot start a server: its programs or its user are not on this machine, or this is not root."""


class Cluster:
    """One server, with durable commits as they are set by default."""

    def __init__(self) -> None:
        """Make the folder and start. Raises NoPostgres."""
        found = sorted(PLACES.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
        if not found or os.geteuid() != 0:
            raise NoPostgres
        self._programs = found[-1].parent
        self.port = free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="tongmun-faults-pg-"))
        shutil.chown(self.folder, USER)
        self._run("initdb", "-D", str(self.folder / "data"), "-A", "trust", "-U", USER, "--no-locale", "-E", "UTF8")
        self.start()

    @property
    def address(self) -> str:
        """Give the address as for TONGMUN_DATABASE_URL."""
        return f"postgres://{USER}@{HOST}:{self.port}/postgres"

    def start(self) -> None:
        """Start the server, after a kill as soon as the last of its processes has gone, and wait until it answers."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            self._server = self._launch()
            while self._server.poll() is None:
                if self._answers():
                    return
                time.sleep(0.05)
            time.sleep(0.1)
        raise NotStarted

    def _launch(self) -> "subprocess.Popen[bytes]":
        options = ["-D", str(self.folder / "data"), "-p", str(self.port), "-h", HOST, "-k", str(self.folder)]
        with (self.folder / "output").open("ab") as output:
            return subprocess.Popen(
                [str(self._programs / "postgres"), *options], user=USER, stdout=output, stderr=output, cwd="/"
            )

    def _answers(self) -> bool:
        ask = [str(self._programs / "pg_isready"), "-q", "-h", HOST, "-p", str(self.port)]
        return subprocess.run(ask, check=False).returncode == 0

    def kill(self) -> None:
        """End the server with everything that belongs to it, as a power cut would."""
        below = descendants(self._server.pid)
        self._server.kill()
        for process in below:
            _kill(process)
        self._server.wait()

    def kill_backend(self) -> None:
        """End one process that serves a connection: the server then ends all of them and recovers by itself."""
        for process in descendants(self._server.pid):
            title = Path(f"/proc/{process}/cmdline")
            if title.exists() and f"{HOST}(" in title.read_text():
                _kill(process)
                return

    def stop(self) -> None:
        """End the server and remove its folder."""
        self._server.send_signal(signal.SIGINT)
        self._server.wait(30)
        shutil.rmtree(self.folder)

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [str(self._programs / program), *arguments], user=USER, cwd="/", check=True, stdout=subprocess.DEVNULL
        )


def _kill(process: int) -> None:
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return
