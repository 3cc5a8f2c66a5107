"""`tongmun keys open`: the names of an edition, for one audience; meant for a copy of the database, offline."""

import argparse
import csv
import os
from pathlib import Path

from rich.console import Console
from rich.progress import track

from tongmun.campaigns.models import Edition
from tongmun.kit.cells import inert
from tongmun.kit.keyring import read_key
from tongmun.kit.sealing import fingerprint, public_half
from tongmun.signatures.disclosure import Audience
from tongmun.signatures.opening import CHUNK, Opened, WrongKey, counted_signatures, open_names

COLUMNS = ("name", "country")


def run(options: argparse.Namespace) -> int:
    """Print the list or write it as a table; the code is 1 when a name stayed closed."""
    errors = Console(stderr=True, soft_wrap=True, highlight=False)
    edition = Edition.objects.filter(slug=options.edition).first()
    if edition is None:
        slugs = ", ".join(Edition.objects.order_by("slug").values_list("slug", flat=True)) or "none"
        errors.print(f"There is no edition {options.edition!r}. Editions here: {slugs}.", markup=False)
        return 1
    keys = [read_key(path) for path in options.key]
    signatures = counted_signatures(edition)
    try:
        opened = open_names(
            track(signatures.iterator(CHUNK), "Opening", total=signatures.count(), console=errors),
            private_keys=keys,
            audience=Audience(options.audience),
        )
        _give(opened, options.csv)
    except WrongKey:
        halves = ", ".join(fingerprint(public_half(key)) for key in keys)
        errors.print(f"The private half of {halves} opens none of these names; tongmun keys list names those that do.")
        return 1
    except OSError as error:
        errors.print(f"{options.csv} cannot be written: {error.strerror}. Name a file that is not there.", markup=False)
        return 1
    _sum_up(opened, errors)
    return 1 if opened.closed else 0


def _give(opened: Opened, file: Path | None) -> None:
    if file is None:
        console = Console(soft_wrap=True, highlight=False)
        for one in opened.lines:
            console.print(", ".join(part for part in (one.line, one.country) if part), markup=False)
        return
    # For its owner alone, and never over another list. Spreadsheets know UTF-8 by its mark.
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="") as table:
        writer = csv.writer(table, quoting=csv.QUOTE_ALL)
        writer.writerow(COLUMNS)
        writer.writerows((inert(one.line), inert(one.country)) for one in opened.lines)


def _sum_up(opened: Opened, console: Console) -> None:
    named = sum(bool(one.line) for one in opened.lines)
    console.print(
        f"{named} by name, {len(opened.lines) - named} by country only, {opened.silent} only as one more.", markup=False
    )
    if opened.closed:
        console.print(
            f"{opened.closed} names are sealed to another key and left out; give that one as well, with --key.",
            markup=False,
        )
