"""Ending with the process that started this one, so that none is left behind when that one is killed."""

import os
import threading
import time
from collections.abc import Callable

SECONDS_BETWEEN_LOOKS = 1.0


def follow(process: int, leave: Callable[[], object]) -> None:
    """Call `leave`, from a thread, once `process` is no longer the parent of this one."""
    threading.Thread(target=_look, args=(process, leave), daemon=True).start()


def _look(process: int, leave: Callable[[], object]) -> None:
    while os.getppid() == process:
        time.sleep(SECONDS_BETWEEN_LOOKS)
    leave()
