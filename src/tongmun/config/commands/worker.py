"""`tongmun worker`: mail, totals and erasing."""

import argparse
import os
import signal
import threading

from rich.console import Console

from tongmun.config.worker import run as work
from tongmun.outbox.lease import AnotherWorkerRuns

SECONDS_BETWEEN_LOOKS = 1.0


def run(options: argparse.Namespace) -> int:
    """Work until told to stop, or until the process it belongs to is gone."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if options.with_process:
        threading.Thread(target=_follow, args=(options.with_process, stop), daemon=True).start()
    try:
        work(stop)
    except AnotherWorkerRuns:
        Console(stderr=True).print(
            "Another worker already runs on this data. One is enough; stop that one first.", markup=False
        )
        return 1
    return 0


def _follow(process: int, stop: threading.Event) -> None:
    while os.getppid() == process and not stop.wait(SECONDS_BETWEEN_LOOKS):
        pass
    stop.set()
