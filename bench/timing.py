"""Ask whether the time of an answer tells that an address has signed: `python bench/timing.py [--pairs 10000]`.

Sends the form over one connection, in pairs of a known address (pending, confirmed or withdrawn) and a new one, which
of them first is left to chance, and prints Welch's t of the two sets of times: below 4.5 nothing is to be learned.
"""

import argparse
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TOP), str(TOP / "src")]

from bench.faults.installation import SLUG, Installation  # noqa: E402 -- it is found by what is set above
from bench.faults.visitors import History, Line, sign  # noqa: E402 -- as above

KINDS = ("pending", "confirmed", "withdrawn")
LIMIT = 4.5
# Times above this share of all are mostly other people's work on the machine.
SHARE_KEPT = 0.95


def main() -> int:
    """Measure and print; 0 when the times tell nothing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=10_000)
    parser.add_argument("--database", default="", help="an empty PostgreSQL database; SQLite without it")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="tongmun-bench-"))
    # Nothing is to be counted, and no mail sent, while times are taken: only the web server runs.
    installation = Installation(folder, database=options.database)
    try:
        installation.load()
        known = _make_known(installation, options.pairs)
        installation.start_web()
        times = _measure(installation, known, options.pairs)
    finally:
        installation.stop()
        shutil.rmtree(folder)
    print(f"load of the machine {os.getloadavg()[0]:.1f}, one connection, {options.pairs} pairs")
    return 0 if _report(times) else 1


def _make_known(installation: Installation, pairs: int) -> dict[str, list[str]]:
    """Make as many known addresses of each kind as are needed, each to be asked about once."""
    os.environ.update(installation.environment)
    os.environ["TONGMUN_SECRET_KEY"] = "only-to-measure-" * 3
    os.environ["DJANGO_SETTINGS_MODULE"] = "tongmun.config.settings"
    from bench.known import make  # noqa: PLC0415 -- it reads the environment set above

    return {kind: make(kind, pairs // len(KINDS) + 1, slug=SLUG, at=datetime.now(tz=UTC)) for kind in KINDS}


def _measure(installation: Installation, known: dict[str, list[str]], pairs: int) -> dict[str, list[float]]:
    """Take the times in seconds, by kind; those of the new addresses also by the kind they were paired with."""
    chance = random.Random()  # noqa: S311 -- no secret
    line, hidden = Line(installation, History()), installation.hidden_fields()
    # Threads, connections and caches are there before the first time is taken.
    for _ in range(200):
        sign(line, _new(chance), hidden, chance)
    times: dict[str, list[float]] = {f"{side} {kind}": [] for kind in KINDS for side in ("known", "new beside")}
    for number in range(pairs):
        kind = KINDS[number % len(KINDS)]
        two = [(f"known {kind}", known[kind].pop()), (f"new beside {kind}", _new(chance))]
        chance.shuffle(two)
        for name, address in two:
            began = time.perf_counter()
            if not sign(line, address, hidden, chance):
                raise SystemExit("A form was not acknowledged.")
            times[name].append(time.perf_counter() - began)
    line.hang_up()
    return times


def _new(chance: random.Random) -> str:
    return f"t{chance.getrandbits(64):016x}@gmail.com"


def _report(times: dict[str, list[float]]) -> bool:
    known = [one for kind in KINDS for one in times[f"known {kind}"]]
    new = [one for kind in KINDS for one in times[f"new beside {kind}"]]
    t = _print_one("all", known, new)
    for kind in KINDS:
        _print_one(kind, times[f"known {kind}"], times[f"new beside {kind}"])
    return abs(t) < LIMIT


def _print_one(name: str, known: list[float], new: list[float]) -> float:
    t = welch(known, new)
    longest = sorted([*known, *new])[int(SHARE_KEPT * (len(known) + len(new))) - 1]
    cut = welch([one for one in known if one <= longest], [one for one in new if one <= longest])
    middle = statistics.median(known), statistics.median(new)
    print(
        f"{name:10} t {t:+6.2f}   without the slowest 5 % {cut:+6.2f}   n {len(known)} + {len(new)}   mean"
        f" {1e3 * statistics.fmean(known):.3f} and {1e3 * statistics.fmean(new):.3f} ms, median"
        f" {1e3 * middle[0]:.3f} and {1e3 * middle[1]:.3f} ms"
    )
    return t


def welch(one: list[float], other: list[float]) -> float:
    """Give Welch's t of two samples."""
    spread = statistics.variance(one) / len(one) + statistics.variance(other) / len(other)
    return (statistics.fmean(one) - statistics.fmean(other)) / spread**0.5


if __name__ == "__main__":
    sys.exit(main())
