"""`python -m tongmun`, the same as the `tongmun` command."""

import signal

# Ctrl-C ends a command without a traceback, even while it is still being loaded; those that serve have handlers.
signal.signal(signal.SIGINT, signal.SIG_DFL)

from tongmun.config.cli import main  # noqa: E402 -- what is loaded here takes a second

if __name__ == "__main__":
    main()
