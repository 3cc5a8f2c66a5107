"""What can be said after `tongmun`. Imports nothing of Django, so that help is quick and settings can still be set."""

import argparse
from pathlib import Path

from tongmun.kit import verify_count

COMMANDS = {
    "up": "serve everything from this folder until Ctrl-C: database, example, web and worker",
    "web": "serve the pages only",
    "worker": "send mail, count, erase what is due, until Ctrl-C",
    "load": "load a bundle into the database",
    "export": "write an edition as a bundle",
    "read": "draft a bundle from a pasted announcement",
    "verify": "check the public count of any site from outside",
    "witness": "register who may cosign the log of an edition",
    "organiser-link": "print a one-time link that opens the desk",
    "doctor": "say what is wrong with this installation and how to mend it",
}
HIGHEST_PORT = 65_535


def parser() -> argparse.ArgumentParser:
    """Build the parser of the whole command."""
    whole = argparse.ArgumentParser(prog="tongmun", description="One letter, many voices.")
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    subs = {}
    for command, words in COMMANDS.items():
        subs[command] = commands.add_parser(command, help=words, description=words[0].upper() + words[1:] + ".")
        subs[command].add_argument(
            "--data", metavar="DIR", help="folder of database, keys and mail (default: $TONGMUN_DATA or ./var)"
        )
    _serving(subs["up"])
    _serving(subs["web"])
    _filling(subs["up"])
    subs["worker"].add_argument(
        "--with", dest="with_process", type=int, metavar="PID", help="stop when this process is gone"
    )
    subs["load"].add_argument("bundle", type=Path, help="folder or zip, see docs/reference/bundle.md")
    subs["export"].add_argument("edition", help="slug of the edition, as it stands in its address")
    subs["export"].add_argument("folder", type=Path, help="folder to write into; it must be empty or not exist")
    subs["read"].add_argument("file", type=Path, help="the announcement as plain text, UTF-8")
    subs["read"].add_argument(
        "--to", type=Path, metavar="FOLDER", help="write the draft bundle there, not only the table"
    )
    verify_count.add_arguments(subs["verify"])
    subs["witness"].add_argument("edition", help="slug of the edition, as it stands in its address")
    subs["witness"].add_argument("name", help="name of the witness, as it stands in the key")
    subs["witness"].add_argument("vkey", help="verifier key, as the witness's program printed it")
    return whole


def _serving(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    sub.add_argument("--port", type=_port, default=8000, help="port to listen on (default: %(default)s)")


def _filling(sub: argparse.ArgumentParser) -> None:
    sub.add_argument(
        "--example", metavar="DIR", type=Path, help="folder of bundles that an empty database is filled with"
    )
    sub.add_argument("--empty", action="store_true", help="leave an empty database empty")


def _port(words: str) -> int:
    if words.isascii() and words.isdecimal() and 0 < int(words) <= HIGHEST_PORT:
        return int(words)
    raise argparse.ArgumentTypeError(f"{words} is not a port; give a number from 1 to {HIGHEST_PORT}")
