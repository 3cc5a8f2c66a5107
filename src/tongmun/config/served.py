"""The entry point as `tongmun web` serves it: ended with the process that looks after the one that serves.

One that was left over would go on answering beside the next on the same port, with the program of before.
"""

import os
import signal

from tongmun.config.following import follow
from tongmun.config.wsgi import application

__all__ = ["application"]

follow(os.getppid(), lambda: os.kill(os.getpid(), signal.SIGTERM))
