"""Break an installation of its own on purpose: `python bench/faults kills|order|disk`. Listens on 127.0.0.1 only."""

import argparse
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TOP), str(TOP / "src")]

from bench.faults import disk, kills, order  # noqa: E402 -- it is found by what is set above


def main() -> int:
    """Run one kind of fault; 0 when nothing was lost."""
    whole = argparse.ArgumentParser(prog="python bench/faults", description=__doc__)
    faults = whole.add_subparsers(required=True, metavar="FAULT")
    kill = faults.add_parser("kills", help="kill -9 under load; compares what was acknowledged with what is there")
    kill.add_argument("--trials", type=int, default=100)
    kill.add_argument("--on", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite", "postgresql"])
    kill.add_argument("--kill", nargs="+", metavar="WHAT", help="what to kill in turn, e.g. web worker server")
    kill.add_argument("--show", action="store_true", help="print the end of what the web server wrote")
    kill.set_defaults(run=kills.run)
    watch = faults.add_parser("order", help="watch the system calls: no answer while a write is unsynced (SQLite)")
    watch.add_argument("--answers", type=int, default=10_000)
    watch.set_defaults(run=order.run)
    full = faults.add_parser("disk", help="fill a small disk: clean refusals, reads go on, no restart (SQLite)")
    full.add_argument("--rounds", type=int, default=3)
    full.add_argument("--show", action="store_true", help="print the end of what the servers wrote")
    full.set_defaults(run=disk.run)
    options = whole.parse_args()
    return 0 if options.run(options) else 1


if __name__ == "__main__":
    sys.exit(main())
