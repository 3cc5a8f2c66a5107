"""Cells of a table that somebody will open in a spreadsheet."""

import unicodedata

RUN_BY_SPREADSHEETS = "=+-@\t\r\n|%"


def inert(value: str) -> str:
    """Give a cell that a spreadsheet shows and does not run: an apostrophe before what would make it a formula.

    Full-width signs are run as well, and space before a sign does not keep it from being run.
    """
    start = unicodedata.normalize("NFKC", value.lstrip(" \u00a0\u3000"))[:1]
    return f"'{value}" if start and start in RUN_BY_SPREADSHEETS else value
