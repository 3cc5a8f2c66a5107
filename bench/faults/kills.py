"""Kill what runs, under load, again and again, and compare after each restart."""

import argparse
import random
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from bench.faults.cluster import Cluster, NoPostgres
from bench.faults.installation import Installation
from bench.faults.ledger import Findings, Ledger
from bench.faults.visitors import Crowd, History, Mailbox

ON_SQLITE = ("web", "serving process", "looking process", "worker", "web and worker")
ON_POSTGRES = ("web", "serving process", "looking process", "worker", "backend", "server")
SHORTEST, LONGEST = 0.1, 2.0


@dataclass
class Trials:
    """Many kills of one installation."""

    installation: Installation
    cluster: Cluster | None = None
    history: History = field(default_factory=History)
    findings: Findings = field(default_factory=Findings)
    restarts: list[float] = field(default_factory=list)

    def run(
        self,
        targets: tuple[str, ...],
        number: int,
        *,
        longest: float = LONGEST,
        hidden: dict[str, str] | None = None,
    ) -> None:
        """Load, kill, restart and compare, so many times; `hidden` saves the wait for a form that was filled in."""
        self.installation.start_web()
        self.installation.start_worker()
        self.mailbox = Mailbox(self.installation.folder / "mail")
        hidden = hidden or self.installation.hidden_fields()
        self.crowd = Crowd(self.installation, self.history, self.mailbox, hidden)
        self.ledger = Ledger(self.installation)
        for trial in range(number):
            self._try(targets[trial % len(targets)], longest)
        self.findings.add(self.ledger.compare_entries())
        self.findings.add(self.ledger.compare_mail(self.history, self.mailbox))

    def _try(self, target: str, longest: float) -> None:
        self.crowd.start()
        time.sleep(random.uniform(SHORTEST, longest))  # noqa: S311 -- no secret
        self._kill(target)
        # Everybody meets the failure, and some come back too early.
        time.sleep(0.1)
        began = time.monotonic()
        self._restart(target)
        self.installation.wait_until_ready()
        self.restarts.append(time.monotonic() - began)
        time.sleep(0.1)
        self.crowd.stop()
        for found in (self.ledger.compare(self.history), self.ledger.compare_numbers()):
            if not found.is_clean:
                print(f"after a kill of the {target}: {found}"[:2000])
            self.findings.add(found)

    def _kill(self, target: str) -> None:
        if target == "serving process":
            self.installation.kill_serving_process()
        elif target == "looking process":
            self.installation.kill_looking_process()
        elif self.cluster and target == "backend":
            self.cluster.kill_backend()
        elif self.cluster and target == "server":
            self.cluster.kill()
        else:
            for name in target.split(" and "):
                self.installation.kill(name)

    def _restart(self, target: str) -> None:
        if self.cluster and target == "server":
            self.cluster.start()
        if "worker" in target:
            self.installation.start_worker()
        if target.startswith("web") or target == "looking process":
            self.installation.start_web()

    def report(self) -> str:
        """Say what was found."""
        history, findings = self.history, self.findings
        longest = max(self.restarts, default=0)
        return (
            f"trials {len(self.restarts)}, acknowledged {len(history.signed)} signings, {len(history.pressed)}"
            f" confirmations, {len(history.withdrawn)} withdrawals; lost {len(findings.lost)}, double"
            f" {len(findings.double)}, mismatches {len(findings.mismatches)}; longest restart {longest:.1f} s\n"
            f"  held for a person {self.ledger.held()}, requests ended {dict(history.endings)},"
            f" not cleanly {dict(history.unclean)}"
        )


def run(options: argparse.Namespace) -> bool:
    """Run the trials on each database that is asked for; tells whether nothing was lost, double or wrong."""
    is_clean = True
    for database in options.on:
        cluster = None
        if database == "postgresql":
            try:
                cluster = Cluster()
            except NoPostgres:
                print("PostgreSQL skipped: needs Debian's /usr/lib/postgresql/*/bin, and root to run it as postgres")
                continue
        is_clean &= _run_on(database, cluster, options)
    return is_clean


def _run_on(database: str, cluster: Cluster | None, options: argparse.Namespace) -> bool:
    targets = ON_POSTGRES if cluster else ON_SQLITE
    chosen = tuple(options.kill) if options.kill else targets
    with tempfile.TemporaryDirectory(prefix="tongmun-faults-") as folder:
        installation = Installation(
            Path(folder), database=cluster.address if cluster else "", COUNT_EVERY="1", COUNT_LEAST="1"
        )
        installation.load()
        trials = Trials(installation, cluster)
        try:
            trials.run(chosen, options.trials)
            print(f"{database}, kill -9 of {', '.join(chosen)}: {trials.report()}", flush=True)
            if options.show:
                print((Path(folder) / "web.output").read_text()[-4000:])
        finally:
            installation.stop()
            if cluster:
                cluster.stop()
    return trials.findings.is_clean
