"""`tongmun worker`: mail, totals and erasing."""

import argparse
import signal
import threading

from rich.console import Console

from tongmun.config.following import follow
from tongmun.config.worker import run as work
from tongmun.outbox.lease import AnotherWorkerRuns


def run(options: argparse.Namespace) -> int:
    """Work until told to stop, or until the process it belongs to is gone."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if options.with_process:
        follow(options.with_process, stop.set)
    try:
        work(stop)
    except AnotherWorkerRuns:
        Console(stderr=True).print(
            "Another worker already runs on this data. One is enough; stop that one first.", markup=False
        )
        return 1
    return 0
