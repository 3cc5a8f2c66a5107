"""`tongmun doctor`: what is wrong with this installation, and how to mend it."""

import argparse

from rich.console import Console

from tongmun.config.health import weaknesses


def run(options: argparse.Namespace) -> int:  # noqa: ARG001 -- every command has the same shape
    """Print every weakness with its remedy; the code is 1 when there is one."""
    console = Console(soft_wrap=True, highlight=False)
    found = weaknesses()
    for weakness in found:
        console.print(f"- {weakness.what}\n  {weakness.remedy}", markup=False)
    if not found:
        console.print("Nothing to mend.")
    return 1 if found else 0
