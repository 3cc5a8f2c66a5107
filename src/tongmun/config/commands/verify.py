"""`tongmun verify`: check a packet, or the public count of any site by the file that stands there for download."""

import argparse
from pathlib import Path

from rich.console import Console

from tongmun.kit import verify_count
from tongmun.kit.packets import NoPacket, about_packet, found_wrong


def run(options: argparse.Namespace) -> int:
    """Say in plain words what was found; the code is 1 when something is wrong."""
    if "://" in options.url:
        return verify_count.run(options)
    return _check_packet(Path(options.url))


def _check_packet(path: Path) -> int:
    console = Console(soft_wrap=True, highlight=False)
    try:
        problems = found_wrong(path)
    except NoPacket as error:
        return _refuse(f"{error} Name a packet, or the address of a log, which begins with https://.")
    except OSError as error:
        return _refuse(f"{path} cannot be read: {error.strerror}.")
    for problem in problems:
        console.print(f"WRONG: {problem}.", markup=False)
    if problems:
        return 1
    said = about_packet(path)
    console.print(f"Sound: {len(said['files'])} files agree with the manifest, none is missing, none is extra.")
    if log := said.get("log"):
        console.print(f"It names the count at {log['size']} entries, root {log['root']}.", markup=False)
    return 0


def _refuse(words: str) -> int:
    Console(stderr=True, soft_wrap=True, highlight=False).print(words, markup=False)
    return 1
