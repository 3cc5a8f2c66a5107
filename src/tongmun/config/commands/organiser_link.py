"""`tongmun organiser-link`: a way into the desk for whoever holds the server."""

import argparse

from rich.console import Console

from tongmun.config.first_start import open_desk, prepare


def run(options: argparse.Namespace) -> int:  # noqa: ARG001 -- every command has the same shape
    """Print the link."""
    prepare()
    Console(soft_wrap=True, highlight=False).print(open_desk(), markup=False)
    return 0
