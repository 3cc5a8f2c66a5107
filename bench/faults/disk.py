"""Fill the disk under a running installation: clean refusals, pages that are still served, and no restart needed."""

import argparse
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.faults.installation import SLUG, Installation
from bench.faults.ledger import Findings, Ledger
from bench.faults.visitors import Crowd, History, Mailbox

PAGES = ("/en/", f"/en/{SLUG}/", f"/ko/{SLUG}/letter/", f"/ar/{SLUG}/cities/", f"/en/{SLUG}/sign/", "/ready")
MEGABYTES = 24


class NoDisk(RuntimeError):
    """Cannot make a small disk: that needs root and mount(8)."""


@dataclass
class Filling:
    """What happened while the disk was full."""

    installation: Installation
    history: History = field(default_factory=History)
    findings: Findings = field(default_factory=Findings)
    reads: dict[str, int] = field(default_factory=dict)
    while_full: dict[str, int] = field(default_factory=dict)
    signed_before: int = 0
    signed_after: int = 0

    def run(self, rounds: int, *, seconds: float = 1.5, hidden: dict[str, str] | None = None) -> None:
        """Fill up, look, free the space and go on, so many times."""
        self.installation.start_web()
        self.installation.start_worker()
        mailbox = Mailbox(self.installation.folder / "mail")
        hidden = hidden or self.installation.hidden_fields()
        crowd = Crowd(self.installation, self.history, mailbox, hidden)
        for _round in range(rounds):
            self._fill_and_free(crowd, seconds)
        ledger = Ledger(self.installation)
        for found in (ledger.compare(self.history), ledger.compare_numbers(), ledger.compare_entries()):
            self.findings.add(found)

    def _fill_and_free(self, crowd: Crowd, seconds: float) -> None:
        filler = self.installation.folder / "filler"
        crowd.start()
        time.sleep(seconds)
        self.signed_before += len(self.history.signed)
        fill(filler)
        # What fits into the log of the database as it stands is still taken in: wait for the first refusal.
        end = time.monotonic() + 20
        while time.monotonic() < end and not self.history.refused:
            time.sleep(0.02)
            fill(filler)
        before = dict(self.history.endings)
        time.sleep(seconds)
        for page in PAGES:
            status, _content = self.installation.get(page)
            self.reads[f"{page} {status}"] = self.reads.get(f"{page} {status}", 0) + 1
        for ending, number in self.history.endings.items():
            self.while_full[ending] = self.while_full.get(ending, 0) + number - before.get(ending, 0)
        filler.unlink()
        signed = len(self.history.signed)
        time.sleep(seconds)
        self.signed_after += len(self.history.signed) - signed
        crowd.stop()
        self.history.refused = 0

    @property
    def is_clean(self) -> bool:
        """Whether it went as it should."""
        reads_answered = all(read.endswith(" 200") for read in self.reads)
        went_on = self.signed_after > 0 and "503" in self.while_full
        return self.findings.is_clean and not self.history.unclean and reads_answered and went_on

    def report(self) -> str:
        """Say what was found."""
        found = self.findings
        return (
            f"acknowledged {len(self.history.signed)} signings, {len(self.history.pressed)} confirmations; lost"
            f" {len(found.lost)}, double {len(found.double)}, mismatches {len(found.mismatches)}\n"
            f"  while full: requests ended {self.while_full}; not cleanly {dict(self.history.unclean)}; pages"
            f" {self.reads}\n  signed after the space came back, without a restart: {self.signed_after}"
        )


def fill(filler: Path) -> None:
    """Write until nothing more fits."""
    with filler.open("ab", buffering=0) as file:
        for size in (1 << 20, 4096, 1):
            try:
                while file.write(b"\0" * size) == size:
                    pass
            except OSError:
                continue


@contextmanager
def small_disk(megabytes: int = MEGABYTES) -> Iterator[Path]:
    """Give a folder that holds so much, in memory. Raises NoDisk."""
    with tempfile.TemporaryDirectory(prefix="tongmun-faults-") as folder:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=700", "tongmun-faults", folder]
        if os.geteuid() != 0 or subprocess.run(mount, check=False, stderr=subprocess.DEVNULL).returncode:
            raise NoDisk
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", folder], check=True)  # noqa: S607 -- wherever it is


def run(options: argparse.Namespace) -> bool:
    """Fill the disk so many times; tells whether all went as it should."""
    try:
        with small_disk() as folder:
            installation = Installation(folder, COUNT_EVERY="1", COUNT_LEAST="1")
            installation.load()
            filling = Filling(installation)
            try:
                filling.run(options.rounds)
            finally:
                installation.stop()
            print(f"sqlite, disk of {MEGABYTES} MB filled {options.rounds} times: {filling.report()}")
            if options.show:
                print((folder / "web.output").read_text()[-3000:], (folder / "worker.output").read_text()[-3000:])
            return filling.is_clean
    except NoDisk:
        print("Disk skipped: a small disk needs root and mount")
        return True
