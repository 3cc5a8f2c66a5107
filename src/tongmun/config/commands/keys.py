"""`tongmun keys new`, `join`, `install` and `list`: keys as files. Needs no Django, database or network."""

import argparse
import os
from pathlib import Path

from rich.console import Console

from tongmun.kit.keyring import COALITION_PRIVATE, COALITION_PUBLIC, NEWS_PUBLIC
from tongmun.kit.pairs import CannotWriteKeys, PublicKey, as_text, install, new_pairs, public_keys, write_new
from tongmun.kit.sealing import fingerprint, public_half
from tongmun.kit.shares import CannotShare, Share, ShareDamaged, join, read_share, split


def run(options: argparse.Namespace) -> int:
    """Do what was asked, or say in one sentence why not."""
    deeds = {"new": _new, "join": _join, "install": _install, "list": _list}
    try:
        return deeds[options.deed](options, Console(soft_wrap=True, highlight=False))
    except (CannotWriteKeys, CannotShare) as error:
        Console(stderr=True, soft_wrap=True, highlight=False).print(str(error), markup=False)
        return 1


def _new(options: argparse.Namespace, console: Console) -> int:
    keys = new_pairs()
    files = {name: as_text(key) for name, key in keys.items()}
    if options.shares:
        needed, total = options.shares
        for share in split(keys[COALITION_PRIVATE], needed=needed, total=total):
            files[f"share-{share.number}-of-{total}.txt"] = share.as_text()
    write_new(options.to, files)
    console.print(f"Made two pairs of keys in {options.to}:", markup=False)
    console.print(f"  names  {fingerprint(keys[COALITION_PUBLIC])}", markup=False)
    console.print(f"  news   {fingerprint(keys[NEWS_PUBLIC])}", markup=False)
    if options.shares:
        console.print(f"Any {needed} of the {total} files share-*.txt give the key of the names back.", markup=False)
    console.print(
        f"Copy {COALITION_PUBLIC} and {NEWS_PUBLIC} to the server, and nothing else; say there: "
        "tongmun keys install FOLDER",
        markup=False,
    )
    return 0


def _join(options: argparse.Namespace, console: Console) -> int:
    key = join({str(path): _read(path) for path in options.shares})
    write_new(options.to.parent, {options.to.name: as_text(key)})
    console.print(f"Wrote the private half of {fingerprint(public_half(key))} to {options.to}.", markup=False)
    return 0


def _read(path: Path) -> Share:
    try:
        return read_share(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CannotShare(f"{path} cannot be read: {error.strerror}.") from error
    except (ShareDamaged, UnicodeDecodeError):
        raise CannotShare(f"{path} is no share of a key, or it is damaged. Take another copy of it.") from None


def _install(options: argparse.Namespace, console: Console) -> int:
    for key in install(options.folder, _folder()):
        console.print(_line(key), markup=False)
    console.print("Start Tongmun again, so that it seals to these keys.", markup=False)
    return 0


def _list(options: argparse.Namespace, console: Console) -> int:  # noqa: ARG001 -- every deed has the same shape
    found = public_keys(_folder())
    for key in found:
        console.print(_line(key), markup=False)
    if not found:
        console.print(f"There are no keys in {_folder()} yet.", markup=False)
    return 0


def _line(key: PublicKey) -> str:
    use = "in use" if key.is_in_use else "former"
    half = "its private half lies on this server" if key.private_half_is_here else "its private half is elsewhere"
    return f"{key.opens:<6} {key.fingerprint}  {use}  {half}"


def _folder() -> Path:
    """Give the folder of the keys, as the settings find it."""
    return Path(os.environ.get("TONGMUN_KEYS", Path(os.environ["TONGMUN_DATA"]) / "keys")).absolute()
