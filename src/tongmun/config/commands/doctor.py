"""`tongmun doctor`: what is wrong with this installation, and how to mend it; and what a seizure would reveal."""

import argparse

from django.utils import timezone
from rich.console import Console
from rich.table import Table

from tongmun.config.health import weaknesses
from tongmun.config.seizure import facts, holdings, seizure_table

COLUMNS = ("who has it", "public names", "private names", "addresses", "can test whether X signed")


def run(options: argparse.Namespace) -> int:
    """Print every weakness with its remedy; the code is 1 when there is one. Or print who would read what."""
    console = Console(soft_wrap=True, highlight=False)
    if options.seizure:
        _print_seizure(console)
        return 0
    found = weaknesses()
    for weakness in found:
        console.print(f"- {weakness.what}\n  {weakness.remedy}", markup=False)
    if not found:
        console.print("Nothing to mend.")
    return 1 if found else 0


def _print_seizure(console: Console) -> None:
    table = Table(*COLUMNS, show_lines=True)
    for row in seizure_table(holdings(at=timezone.now())):
        table.add_row(row.who, row.public_names, row.private_names, row.addresses, row.whether_signed)
    # Not with soft wrapping: that would cut the cells.
    Console(highlight=False).print(table, markup=False)
    for fact in facts():
        console.print(fact, markup=False)
