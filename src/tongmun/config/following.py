"""End with the process that looks after this one."""

import os
import threading
import time
from collections.abc import Callable

SECONDS_BETWEEN_LOOKS = 1.0


def follow(process: int, end: Callable[[], object]) -> None:
    """Call `end` from a thread of its own, once `process` is not the parent of this one any more."""
    threading.Thread(target=_wait, args=(process, end), daemon=True).start()


def _wait(process: int, end: Callable[[], object]) -> None:
    while os.getppid() == process:
        time.sleep(SECONDS_BETWEEN_LOOKS)
    end()
