"""Watch the system calls of the web server: no acknowledgement goes out while a write to the database is unsynced.

One connection sends everything, one after the other: with several, an answer may go out while the next batch, which is
somebody else's, is being written.
"""

import argparse
import random
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from bench.faults.installation import Installation
from bench.faults.visitors import History, Line, Mailbox, press, sign

WRITES = {"write", "writev", "pwrite64", "pwritev", "sendto", "sendmsg"}
SYNCS = {"fsync", "fdatasync"}
DATABASE = re.compile(r"\.sqlite3(-wal|-journal)?$")
LOG = "-wal"
ACKNOWLEDGEMENT = '"HTTP/1.1 302'
# 12345 pwrite64(7</var/tongmun.sqlite3-wal>, …   or, when another thread came in between, its end:
# 12345 <... fdatasync resumed>) = 0
BEGUN = re.compile(r"(\d+) +(\w+)\(\d+<([^>]*)>(.*)")
RESUMED = re.compile(r"(\d+) +<\.\.\. (\w+) resumed>.* = (-?\d+)")


class NoTrace(RuntimeError):
    """Cannot watch system calls here: strace is missing, or not permitted."""


@dataclass
class Order:
    """What was seen: how many answers, how many of them came too early, and how many syncs.

    What is copied from the log into the database itself, as far as readers allow, may wait for its sync: the log has it
    on the disk. Before the log is begun anew SQLite syncs it, here or in the worker, which is not watched.
    """

    answers: int = 0
    early: list[str] = field(default_factory=list)
    syncs: int = 0
    _unsynced: dict[str, int] = field(default_factory=dict)
    _syncing: dict[str, tuple[str, int]] = field(default_factory=dict)
    _lines: int = 0

    def read(self, trace: Iterable[str]) -> "Order":
        """Read the output of `strace -f -y`."""
        for line in trace:
            self._lines += 1
            if begun := BEGUN.match(line):
                self._begin(*begun.groups(), line=line)
            elif (resumed := RESUMED.match(line)) and resumed[2] in SYNCS:
                self._end_sync(resumed[1], succeeded=resumed[3] == "0")
        return self

    def _begin(self, thread: str, call: str, file: str, rest: str, *, line: str) -> None:
        if call in SYNCS and DATABASE.search(file):
            # What is written by others while it runs is not promised to be on the disk.
            self._syncing[thread] = file, self._lines
            if "unfinished" not in rest:
                self._end_sync(thread, succeeded=rest.rstrip().endswith("= 0"))
        elif call in WRITES and DATABASE.search(file):
            self._unsynced[file] = self._lines
        elif call in WRITES and ACKNOWLEDGEMENT in rest:
            self.answers += 1
            if any(file.endswith((LOG, "-journal")) for file in self._unsynced):
                self.early.append(line.strip()[:160])

    def _end_sync(self, thread: str, *, succeeded: bool) -> None:
        file, began = self._syncing.pop(thread, ("", 0))
        if file and succeeded:
            self.syncs += 1
            if self._unsynced.get(file, began) <= began:
                self._unsynced.pop(file, None)


def tracer(to: Path) -> list[str]:
    """Give the command that watches the one after it. Raises NoTrace."""
    strace = shutil.which("strace")
    calls = ",".join(sorted(WRITES | SYNCS))
    command = [strace or "", "-f", "-y", "-qq", "--seccomp-bpf", "-e", "signal=none", "-e", f"trace={calls}"]
    if strace is None or subprocess.run([*command, "-o", "/dev/null", "true"], check=False, stderr=-3).returncode:
        raise NoTrace
    return [*command, "-o", str(to)]


def watch(installation: Installation, answers: int, *, hidden: dict[str, str] | None = None) -> int:
    """Sign, and press the buttons of the mail that comes, over one connection; gives how many were acknowledged."""
    history, chance = History(), random.Random()  # noqa: S311 -- no secret
    mailbox = Mailbox(installation.folder / "mail")
    line, hidden = Line(installation, history), hidden or installation.hidden_fields()
    acknowledged = 0
    while acknowledged < answers:
        mail = mailbox.take() if acknowledged % 3 == 0 else None
        if mail and mail[0] == "confirm":
            acknowledged += press(line, mail[1])
        acknowledged += sign(line, f"o{chance.getrandbits(64):x}@gmail.com", hidden, chance)
    line.hang_up()
    return acknowledged


def run(options: argparse.Namespace) -> bool:
    """Watch so many acknowledgements; tells whether every one of them came after the sync."""
    with tempfile.TemporaryDirectory(prefix="tongmun-faults-") as folder:
        trace = Path(folder) / "trace"
        try:
            installation = Installation(Path(folder), before=tracer(trace))
        except NoTrace:
            print("Order skipped: strace is missing here or not permitted")
            return True
        installation.load()
        try:
            began = time.monotonic()
            installation.start_web()
            installation.start_worker()
            acknowledged = watch(installation, options.answers)
            seconds = time.monotonic() - began
        finally:
            installation.stop()
        with trace.open(encoding="utf-8", errors="replace") as lines:
            order = Order().read(lines)
    print(
        f"sqlite, {acknowledged} acknowledged in {seconds:.0f} s; answers seen {order.answers}, before their sync"
        f" {len(order.early)}, syncs {order.syncs}"
    )
    print("".join(f"  {line}\n" for line in order.early[:5]), end="")
    return not order.early and order.answers == acknowledged and order.syncs >= order.answers
