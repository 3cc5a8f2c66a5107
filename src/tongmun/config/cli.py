"""The `tongmun` command."""

import argparse
import os
import sys

COMMANDS = {
    "up": "serve everything from this folder until Ctrl-C: database, example, web and worker",
    "web": "serve the pages only",
    "worker": "send mail, count, erase what is due",
    "load": "load a bundle into the database",
    "export": "write an edition as a bundle",
    "read": "draft a bundle from a pasted announcement",
    "doctor": "say what is wrong with this installation and how to mend it",
    "organiser-link": "print a one-time link that opens the desk",
}


def main(arguments: list[str] | None = None) -> None:
    """Run one command; `tongmun --help` lists them."""
    arguments = sys.argv[1:] if arguments is None else arguments
