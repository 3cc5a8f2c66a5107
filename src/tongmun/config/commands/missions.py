"""`tongmun missions import`: a table of missions into the directory."""

import argparse

from django.utils import timezone
from rich.console import Console
from rich.progress import Progress

from tongmun.config.first_start import prepare
from tongmun.missions.actions.import_table import Difference, ImportReport, import_table
from tongmun.missions.flags import Flag
from tongmun.missions.table import Refusal, TableRefused, read_table

FLAGS = {
    Flag.SHARED: "a mission in another state has the same coordinates",
    Flag.FAR: "its coordinates are far from every other mission in its receiving state",
}


def run(options: argparse.Namespace) -> int:
    """Import the table and say what was done; what cannot be taken is listed with its line and a remedy."""
    errors = Console(stderr=True, soft_wrap=True, highlight=False)
    try:
        rows, refused = read_table(options.file)
    except OSError as error:
        errors.print(f"{options.file} cannot be read: {error.strerror}.", markup=False)
        return 1
    except TableRefused as error:
        errors.print(f"{options.file}: nothing was imported. {error}", markup=False)
        return 1
    prepare()
    with Progress(console=errors, transient=True) as progress:
        task = progress.add_task("Importing missions", total=len(rows))
        report = import_table(
            rows=rows,
            name=options.file.name,
            by=None,
            at=timezone.now(),
            progress=lambda done: progress.update(task, completed=done),
        )
    _print(report, refused, Console(soft_wrap=True, highlight=False))
    return 0


def _print(report: ImportReport, refused: list[Refusal], console: Console) -> None:
    for difference in report.changed:
        _print_difference("changed", difference, console)
    for difference in report.kept:
        _print_difference("kept", difference, console)
    for slug, flags in report.flagged:
        console.print(f"flagged: {slug}: {'; '.join(FLAGS[flag] for flag in flags)}", markup=False)
    for refusal in refused:
        where = f"line {refusal.line}" + (f": {refusal.column}" if refusal.column else "")
        console.print(f"refused: {where}: {refusal.what} {refusal.remedy}", markup=False)
    console.print(
        f"{report.new} new, {report.changed_missions} changed, {report.unchanged} unchanged, "
        f"{report.standing} fields kept as they were corrected here, {len(report.flagged)} flagged, "
        f"{len(refused)} refused. Missions of an earlier table that this one lacks: {report.absent}; they stay.",
        markup=False,
    )


def _print_difference(word: str, difference: Difference, console: Console) -> None:
    here, upstream = _words(difference.here), _words(difference.upstream)
    sign = "→" if word == "changed" else "stays; the table says"
    console.print(f"{word}: {difference.mission}: {difference.field}: {here} {sign} {upstream}", markup=False)


def _words(value: object) -> str:
    if isinstance(value, list):
        return " ".join(str(one) for one in value) or "nothing"
    return str(value) or "nothing"
