"""`tongmun read`: a pasted announcement becomes a draft bundle."""

import argparse

from rich.console import Console

from tongmun.bundles.reading.announcement import read_announcement
from tongmun.bundles.reading.report import report
from tongmun.bundles.reading.writing import FolderNotEmpty, NothingToWrite, write_draft


def run(options: argparse.Namespace) -> int:
    """Print what was found, with the words it came from, and write the draft."""
    errors = Console(stderr=True, soft_wrap=True)
    try:
        text = options.file.read_text(encoding="utf-8")
    except OSError as error:
        errors.print(f"{options.file} cannot be read: {error.strerror}.", markup=False)
        return 1
    except UnicodeDecodeError as error:
        errors.print(
            f"{options.file} is not UTF-8 (byte {error.start + 1}). Save it as UTF-8 and try again.", markup=False
        )
        return 1
    draft = read_announcement(text)
    report(draft, Console())
    if options.to is None:
        return 0
    try:
        written = write_draft(draft, options.to)
    except FolderNotEmpty:
        errors.print(f"The folder {options.to} is not empty. Name one that is, or a new one.", markup=False)
        return 1
    except NothingToWrite:
        errors.print("Nothing was written: the text could not be read, for the reason given above.", markup=False)
        return 1
    Console().print(f"Wrote a draft of {len(written)} files to {options.to}.", markup=False)
    return 0
