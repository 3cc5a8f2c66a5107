"""What can be said after `tongmun`. Imports nothing of Django, so that help is quick and settings can still be set."""

import argparse
from pathlib import Path

from tongmun.kit import verify_count
from tongmun.kit.shares import CannotShare, shape

COMMANDS = {
    "up": "serve everything from this folder until Ctrl-C: database, example, web and worker",
    "web": "serve the pages only",
    "worker": "send mail, count, erase what is due, until Ctrl-C",
    "load": "load a bundle into the database",
    "export": "write an edition as a bundle",
    "read": "draft a bundle from a pasted announcement",
    "missions": "import a table of missions into the directory",
    "keys": "make, install, join and try the keys of the names; say what there is about one address",
    "packet": "make the packets of a frozen edition, a zip for each city",
    "verify": "check a packet, or the public count of any site from outside",
    "witness": "register who may cosign the log of an edition",
    "organiser-link": "print a one-time link that opens the desk",
    "doctor": "say what is wrong with this installation and how to mend it",
}
# What can be said after `tongmun keys`, and the module that does it. Those of `keys` need no installation: they are for
# a computer that is never online.
KEY_DEEDS = {
    "new": ("keys", "make the two pairs of keys, away from the server"),
    "join": ("keys", "give a private key back from its shares"),
    "install": ("keys", "put public keys in place on this server, and keep those that were there"),
    "list": ("keys", "say which public keys are installed, and whether their private halves lie here"),
    "open": ("keys_open", "open the names of an edition and give what one audience may learn"),
    "drill": ("keys_drill", "print everything this installation could produce for one address"),
}
AUDIENCES = ("public", "addressee", "coalition", "organisers")
USUAL_SHAPE = "3-of-5"
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
        subs[command].set_defaults(module=command.replace("-", "_"))
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
    subs["doctor"].add_argument(
        "--seizure", action="store_true", help="print who would read what if this installation were taken"
    )
    _missions(subs["missions"])
    _keys(subs["keys"])
    _packing(subs["packet"])
    verify_count.add_arguments(subs["verify"])
    # A packet is checked on any computer, with no installation on it.
    subs["verify"].set_defaults(is_offline=True)
    subs["witness"].add_argument("edition", help="slug of the edition, as it stands in its address")
    subs["witness"].add_argument("name", help="name of the witness, as it stands in the key")
    subs["witness"].add_argument("vkey", help="verifier key, as the witness's program printed it")
    return whole


def _missions(sub: argparse.ArgumentParser) -> None:
    words = "bring the directory to what the table of database-of-embassies says; nothing is deleted or overwritten"
    deeds = sub.add_subparsers(dest="deed", required=True, metavar="DEED")
    importing = deeds.add_parser("import", help=words, description=words[0].upper() + words[1:] + ".")
    importing.add_argument(
        "file", type=Path, metavar="FILE", help="CSV with semicolons, see docs/reference/directory.md"
    )
    # Also after the deed; without it, what was said before it stays.
    importing.add_argument("--data", metavar="DIR", default=argparse.SUPPRESS, help=argparse.SUPPRESS)


def _keys(sub: argparse.ArgumentParser) -> None:
    deeds = sub.add_subparsers(dest="deed", required=True, metavar="DEED")
    subs = {}
    for deed, (module, words) in KEY_DEEDS.items():
        subs[deed] = deeds.add_parser(deed, help=words, description=words[0].upper() + words[1:] + ".")
        # Also after the deed; without it, what was said before it stays.
        subs[deed].add_argument("--data", metavar="DIR", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        subs[deed].set_defaults(module=module, is_offline=module == "keys")
    subs["new"].add_argument("--to", type=Path, metavar="FOLDER", required=True, help="folder to write the keys into")
    subs["new"].add_argument(
        "--shares",
        nargs="?",
        type=_shape,
        const=_shape(USUAL_SHAPE),
        metavar="K-of-N",
        help=f"also split the key of the names: any K of N files give it back ({USUAL_SHAPE} when not said)",
    )
    subs["join"].add_argument("shares", type=Path, nargs="+", metavar="SHARE", help="file of a share")
    subs["join"].add_argument("--to", type=Path, metavar="FILE", required=True, help="file to write the key into")
    subs["install"].add_argument("folder", type=Path, help="folder with the public halves of `keys new`")
    _opening(subs["open"])
    subs["drill"].add_argument("address", help="an e-mail address, or - to be asked for it")
    subs["drill"].add_argument("--edition", metavar="SLUG", help="only this edition")


def _opening(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("edition", help="slug of the edition, as it stands in its address")
    sub.add_argument(
        "--key", type=Path, metavar="FILE", action="append", required=True, help="private key; may be given again"
    )
    sub.add_argument("--for", dest="audience", choices=AUDIENCES, required=True, help="who is to read the list")
    sub.add_argument("--csv", type=Path, metavar="FILE", help="write a table instead of printing")


def _packing(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("edition", help="slug of the edition, as it stands in its address")
    sub.add_argument("--to", type=Path, metavar="DIR", required=True, help="folder to write into; empty or not there")
    sub.add_argument("--mission", metavar="SLUG", help="only for this mission")
    sub.add_argument("--city", metavar="SLUG", help="only for the missions of this city")
    sub.add_argument("--freeze", type=int, metavar="NUMBER", help="of this freeze, and not of the newest")
    sub.add_argument(
        "--keys", type=Path, metavar="FILE", nargs="+", help="private keys of the names: print the sealed ones as well"
    )


def _shape(words: str) -> tuple[int, int]:
    try:
        return shape(words)
    except CannotShare as error:
        raise argparse.ArgumentTypeError(str(error)) from error


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
