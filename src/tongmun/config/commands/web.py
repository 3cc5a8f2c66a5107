"""`tongmun web`: the pages only."""

import argparse
import importlib
import os
import signal
import time
from collections.abc import Callable
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from tongmun.config.following import follow
from tongmun.signatures.intake import MOST_WAITING

APPLICATION = "tongmun.config.wsgi"
# Those who sign wait in threads until their batch is on the disk; a few more are for those who read meanwhile.
THREADS = MOST_WAITING + 8
# Pages that are being made are finished first; then whoever still holds a connection has waited long enough.
SECONDS_TO_STOP = 5


def run(options: argparse.Namespace) -> int:
    """Serve until Ctrl-C."""
    return serve(options)


def serve(options: argparse.Namespace) -> int:
    """Run the web server. It writes no access log: there is nobody's visit to remember."""
    Granian(
        f"{APPLICATION}:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=1,
        workers_kill_timeout=SECONDS_TO_STOP,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        log_access=False,
        log_level=LogLevels.error,
    ).serve(target_loader=_application, wrap_loader=False)
    return 0


def _leave() -> None:
    """End as the parent would have it; Granian waits for ever for some connections, and the parent would lose patience.

    What was acknowledged is on the disk by then.
    """
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(SECONDS_TO_STOP)
    os.kill(os.getpid(), signal.SIGKILL)


def _application() -> Callable[..., Any]:
    """Load the pages in the process that Granian forks for them, and let that process listen to its parent alone.

    A terminal sends Ctrl-C to the whole group, and the parent then sends SIGTERM: a second signal while Granian's
    process stops makes it wait for ever. Before it has handlers of its own it has its parent's, which end nothing.
    """
    os.setsid()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    follow(os.getppid(), _leave)
    application: Callable[..., Any] = importlib.import_module(APPLICATION).application
    return application
