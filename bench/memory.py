"""Watch the memory of web and worker during a flood: `python bench/memory.py [--minutes 30]`.

Prints how much the processes hold at most, and how fast it grows once everything is warm: flat is near 0.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TOP), str(TOP / "src")]

from bench.faults.installation import Installation  # noqa: E402 -- it is found by what is set above
from bench.flood import Flood  # noqa: E402 -- as above

SECONDS_BETWEEN_LOOKS = 2
MOST_MEGABYTES = 300
NO_END = 10**12


def main() -> int:
    """Measure and print; 0 when it stays below 300 MB."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--connections", type=int, default=32)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tongmun-bench-") as folder:
        installation = Installation(Path(folder), BEHIND_PROXY="true")
        installation.load()
        try:
            installation.start_web()
            installation.start_worker()
            flood = Flood(installation, installation.hidden_fields(), NO_END)
            flood.start(options.connections)
            looks = _watch(installation, options.minutes)
            flood.stop()
        finally:
            installation.stop()
    most = max(memory for _minute, memory in looks)
    # Threads, caches and the windows of the limits fill up first.
    slope = statistics.linear_regression(*zip(*looks[len(looks) // 2 :], strict=True)).slope
    print(
        f"{flood.sent} forms in {options.minutes} minutes: at most {most:.0f} MB, {looks[0][1]:.0f} MB at first,"
        f" {looks[-1][1]:.0f} MB at last, in the second half {slope:+.2f} MB a minute; load {os.getloadavg()[0]:.1f}"
    )
    return 0 if most <= MOST_MEGABYTES else 1


def _watch(installation: Installation, minutes: float) -> list[tuple[float, float]]:
    """Give minutes and MB."""
    began, looks = time.monotonic(), []
    while (passed := (time.monotonic() - began) / 60) < minutes:
        looks.append((passed, installation.memory()))
        time.sleep(SECONDS_BETWEEN_LOOKS)
    return looks


if __name__ == "__main__":
    sys.exit(main())
