"""A draft for the eyes: what was found, from which words, and what a person has to look at."""

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tongmun.bundles.reading.draft import Draft, Finding

# A paragraph of the letter is shown by its beginning; the bundle holds all of it.
LONGEST_SHOWN = 160
LONGEST_WORD = 16


def findings_table(draft: Draft) -> Table:
    """Give the findings as a table: field, value, words, stated or inferred and why."""
    # Few lines and wide enough columns, so that on a terminal of 80 columns ordinary words stay whole.
    table = Table(box=SIMPLE, show_edge=False, pad_edge=False)
    table.add_column("field", no_wrap=True)
    for heading, width in (("value", LONGEST_WORD), ("words", LONGEST_WORD), ("stated or inferred", 0)):
        table.add_column(heading, overflow="fold", min_width=width)
    for found in draft.findings:
        # Text, not str: square brackets in an announcement are not markup.
        table.add_row(Text(found.field), Text(_shown(found.value)), Text(_shown(found.words)), Text(_basis(found)))
    return table


def report(draft: Draft, console: Console) -> None:
    """Print the findings and, after them, each problem with the words it is about."""
    if draft.findings:
        console.print(findings_table(draft))
    if draft.problems:
        console.print(Text("To look at:", style="bold"))
    for problem in draft.problems:
        quoted = f" “{_shown(problem.words)}”" if problem.words else ""
        console.print(Text(f"- {problem.field}{quoted}: {problem.message}"))


def _basis(found: Finding) -> str:
    return f"{found.basis.value}: {found.reason}" if found.reason else found.basis.value


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SHOWN else line[: LONGEST_SHOWN - 1] + "…"
