"""`tongmun web`: the pages only."""

import argparse

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from tongmun.signatures.intake import MOST_WAITING

# Those who sign wait in threads until their batch is on the disk; a few more are for those who read meanwhile.
THREADS = MOST_WAITING + 8


def run(options: argparse.Namespace) -> int:
    """Serve until Ctrl-C."""
    return serve(options)


def serve(options: argparse.Namespace) -> int:
    """Run the web server. It writes no access log: there is nobody's visit to remember."""
    Granian(
        "tongmun.config.served:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        log_access=False,
        log_level=LogLevels.error,
    ).serve()
    return 0
