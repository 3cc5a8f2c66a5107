"""`tongmun up`: everything, until one Ctrl-C."""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from rich.console import Console

from tongmun.config.commands.web import serve
from tongmun.config.first_start import load_examples, needs_organiser, open_desk, prepare
from tongmun.kit.keyring import coalition_private_key_is_here

SECONDS_TO_STOP = 10


def run(options: argparse.Namespace) -> int:
    """Prepare the installation, print where it is, and serve until Ctrl-C."""
    console = Console(highlight=False, soft_wrap=True)
    prepare()
    if options.example and not options.empty:
        load_examples(options.example, console)
    console.print(f"\n  Tongmun is at      {settings.PUBLIC_URL}/", markup=False)
    if needs_organiser():
        console.print(f"  Open the desk at   {open_desk()}  (once, within 48 hours)", markup=False)
    where = "the mail server you set" if settings.MAIL_URL else f"{settings.MAIL_FOLDER}/ as .eml files"
    console.print(f"  Mail goes to       {where}", markup=False)
    if coalition_private_key_is_here(settings.KEYS):
        console.print(
            "  Names are sealed   to a key that this server made itself and still holds: good to", markup=False
        )
        console.print("                     try it out, see docs/how-to/keep-the-key-offline.md", markup=False)
    console.print("  Stop with          Ctrl-C\n", markup=False)
    with _worker():
        return serve(options)


@contextmanager
def _worker() -> Iterator[None]:
    """Run the worker beside the web server; it finishes the mail in hand before it goes.

    It has a session of its own, so that Ctrl-C reaches this process alone, which then stops it.
    """
    command = [sys.executable, "-m", "tongmun", "worker", "--with", str(os.getpid())]
    process = subprocess.Popen(command, start_new_session=True)  # noqa: S603 -- ourselves
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
