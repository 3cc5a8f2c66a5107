"""Flood the form with what bots send, and let people sign meanwhile: `python bench/flood.py [--bots N --people N]`.

The bots send no stamp, a forged one, a filled trap, a form that was filled in too quickly, many mailboxes from one
network, and many mailboxes of one unknown domain. The people come from all over: each opens the form, takes the time to
fill it in and sends it. Prints how many of them were acknowledged with their mail not put off.
"""

import argparse
import os
import random
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TOP), str(TOP / "src")]

from bench.faults.installation import Installation  # noqa: E402 -- it is found by what is set above
from bench.faults.ledger import Ledger  # noqa: E402 -- as above
from bench.faults.visitors import History, Line, Mailbox, sign  # noqa: E402 -- as above

KINDS = ("no stamp", "forged stamp", "trap", "too quick", "one network", "one domain")
BOT_NETWORK, BOT_DOMAIN = "203.0.113.{}", "bots.example"
# Most people have their mailbox with one of these, and a few have a domain of their own.
PROVIDERS = ("gmail.com", "naver.com", "gmx.de", "outlook.com")
SECONDS_TO_DELIVER = 180
LEAST_SHARE = 0.99


@dataclass
class Flood:
    """Bots on some connections. `made` counts what they sent."""

    installation: Installation
    hidden: dict[str, str]
    most: int
    history: History = field(default_factory=History)
    made: Counter[str] = field(default_factory=Counter)
    _going: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)
    _fresh: str = ""

    @property
    def sent(self) -> int:
        """How many forms were sent."""
        return self.made.total()

    def start(self, connections: int) -> None:
        """Begin; ends by itself after `most` forms."""
        self._going.set()
        self._fresh = self._read_stamp()
        works = [self._send] * connections + [self._keep_fresh]
        self._threads = [threading.Thread(target=work) for work in works]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End."""
        self._going.clear()
        for thread in self._threads:
            thread.join()

    def _send(self) -> None:
        line, chance = Line(self.installation, self.history), random.Random()  # noqa: S311 -- no secret
        while self._going.is_set() and self.sent < self.most:
            kind = chance.choice(KINDS)
            address = f"b{chance.getrandbits(64):x}@{BOT_DOMAIN if kind == 'one domain' else 'gmail.com'}"
            sign(line, address, self._typed(kind, chance), chance, {"X-Forwarded-For": _network(kind, chance)})
            with self.history.lock:
                self.made[kind] += 1
        line.hang_up()

    def _typed(self, kind: str, chance: random.Random) -> dict[str, str]:
        letter, stamp = self.hidden["letter"], self.hidden["stamp"]
        if kind == "no stamp":
            return {"letter": letter}
        if kind == "forged stamp":
            return {"letter": letter, "stamp": stamp[:-6] + f"{chance.getrandbits(24):06x}"}
        if kind == "too quick":
            return {"letter": letter, "stamp": self._fresh}
        return {"letter": letter, "stamp": stamp, **({"website": "https://bots.example/"} if kind == "trap" else {})}

    def _keep_fresh(self) -> None:
        while self._going.is_set():
            self._fresh = self._read_stamp() or self._fresh
            time.sleep(1)

    def _read_stamp(self) -> str:
        try:
            return self.installation.form().get("stamp", "")
        except (OSError, HTTPException):
            return ""


def _network(kind: str, chance: random.Random) -> str:
    return BOT_NETWORK.format(chance.randrange(256)) if kind == "one network" else anywhere(chance)


def anywhere(chance: random.Random) -> str:
    """Give some internet address."""
    return f"{chance.randrange(11, 200)}.{chance.randrange(256)}.{chance.randrange(256)}.{chance.randrange(1, 255)}"


@dataclass
class People:
    """People who sign while the flood runs, evenly spread over it. `failed` says how it ended for the others."""

    installation: Installation
    number: int
    history: History = field(default_factory=History)
    failed: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    def come(self, flood: Flood, at_once: int) -> None:
        """Let everybody come; returns when the last one has signed or given up."""
        turns, lock = iter(range(self.number)), threading.Lock()
        threads = [
            threading.Thread(target=self._one_after_the_other, args=(turns, lock, flood)) for _ in range(at_once)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _one_after_the_other(self, turns: Iterator[int], lock: threading.Lock, flood: Flood) -> None:
        chance = random.Random()  # noqa: S311 -- no secret
        while True:
            with lock:
                turn = next(turns, None)
            if turn is None:
                return
            while flood.sent < flood.most * turn / self.number:
                time.sleep(0.05)
            self._sign(chance)

    def _sign(self, chance: random.Random) -> None:
        domain = chance.choice(PROVIDERS) if chance.random() < 0.9 else f"d{chance.getrandbits(32):x}.example"  # noqa: PLR2004
        address = f"g{chance.getrandbits(64):x}@{domain}"
        line = Line(self.installation, self.history)
        try:
            hidden = self.installation.hidden_fields()
        except (OSError, HTTPException) as error:
            self.failed[f"the form: {type(error).__name__}"] += 1
            return
        began = time.monotonic()
        acknowledged = sign(line, address, hidden, chance, {"X-Forwarded-For": anywhere(chance)})
        line.hang_up()
        with self.history.lock:
            self.seconds.append(time.monotonic() - began)
            if acknowledged:
                self.history.signed.add(address)
            else:
                self.failed["not acknowledged"] += 1


def delayed(installation: Installation, people: People) -> set[str]:
    """Wait for the mail of everybody acknowledged; gives those whose mail was put off or has not come."""
    ledger, mailbox = Ledger(installation), Mailbox(installation.folder / "mail")
    end = time.monotonic() + SECONDS_TO_DELIVER
    first = "SELECT COUNT(*) FROM outbox_mail WHERE state IN ('QUEUED', 'SENDING') AND tries = 0"
    while time.monotonic() < end and ledger.rows(first) != [(0,)]:
        time.sleep(0.3)
    mailbox.read_all()
    at_once = {str(uuid.UUID(str(key))) for (key,) in ledger.rows("SELECT key FROM outbox_mail WHERE tries = 0")}
    return {address for address in people.history.signed if mailbox.keys.get(address) not in at_once}


def run(installation: Installation, *, bots: int, people: int, connections: int, at_once: int) -> bool:
    """Flood and print; tells whether at least 99 % of the people succeeded."""
    installation.start_web()
    installation.start_worker()
    flood = Flood(installation, installation.hidden_fields(), bots)
    crowd = People(installation, people)
    before, began = installation.memory(), time.monotonic()
    flood.start(connections)
    crowd.come(flood, at_once)
    while flood.sent < flood.most:
        time.sleep(0.1)
    seconds = time.monotonic() - began
    flood.stop()
    after = installation.memory()
    late = delayed(installation, crowd)
    share = (len(crowd.history.signed) - len(late)) / people
    waits = sorted(crowd.seconds) or [0.0]
    print(
        f"{flood.sent} forms of bots {dict(flood.made)} in {seconds:.0f} s: {flood.sent / seconds:.0f} /s,"
        f" answered {dict(flood.history.endings)}\n"
        f"people {people}: acknowledged {len(crowd.history.signed)}, of these mail put off {len(late)}, failed"
        f" {dict(crowd.failed)}; share that succeeded {share:.4f}\n"
        f"their answers came within {waits[len(waits) // 2]:.2f} s (half of them), {waits[-1]:.2f} s (all)\n"
        f"memory of web and worker {before:.0f} MB before, {after:.0f} MB after; load {os.getloadavg()[0]:.1f}"
    )
    return share >= LEAST_SHARE


def main() -> int:
    """Measure and print; 0 when enough people succeeded."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bots", type=int, default=100_000)
    parser.add_argument("--people", type=int, default=1_000)
    parser.add_argument("--connections", type=int, default=32, help="of the bots")
    parser.add_argument("--at-once", type=int, default=32, help="people who fill in the form at the same time")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tongmun-bench-") as folder:
        installation = Installation(Path(folder), BEHIND_PROXY="true")
        installation.load()
        try:
            succeeded = run(
                installation,
                bots=options.bots,
                people=options.people,
                connections=options.connections,
                at_once=options.at_once,
            )
        finally:
            installation.stop()
    return 0 if succeeded else 1


if __name__ == "__main__":
    sys.exit(main())
