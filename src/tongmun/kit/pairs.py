"""The two pairs of keys: made away from the server, put in place there, and never forgotten when others follow them.

One opens the names of signers, the other the addresses of those who want news.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tongmun.kit.keyring import (
    COALITION_PRIVATE,
    COALITION_PUBLIC,
    NEWS_PRIVATE,
    NEWS_PUBLIC,
    own_folder,
    read_key,
)
from tongmun.kit.sealing import fingerprint, new_key, public_half

# What a pair opens → the files of its halves.
PAIRS = {"names": (COALITION_PRIVATE, COALITION_PUBLIC), "news": (NEWS_PRIVATE, NEWS_PUBLIC)}
# Where the keys go whose place others have taken: what was sealed to them is still there.
FORMER = "former"


class CannotWriteKeys(RuntimeError):
    """Cannot write there: something is there already, or the disk refuses. Says which file, and what to do."""


@dataclass(frozen=True)
class PublicKey:
    """A public key of an installation. `opens` is "names" or "news"; `is_in_use`: new boxes are sealed to it."""

    opens: str
    fingerprint: str
    is_in_use: bool
    private_half_is_here: bool


def new_pairs() -> dict[str, bytes]:
    """Make the two pairs: name of the file → key."""
    keys = {}
    for private, public in PAIRS.values():
        keys[private] = new_key()
        keys[public] = public_half(keys[private])
    return keys


def write_new(folder: Path, files: Mapping[str, str]) -> None:
    """Write text files into a folder, each for its owner alone; none is overwritten. Raises CannotWriteKeys."""
    taken = next((name for name in files if (folder / name).exists()), None)
    if taken:
        raise CannotWriteKeys(f"{folder / taken} is there already and was left as it is. Name another place.")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, text in files.items():
            # Not by a hard link, as on the server: memory sticks have none.
            descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
    except OSError as error:
        raise CannotWriteKeys(f"{error.filename or folder} cannot be written: {error.strerror}.") from error


def as_text(key: bytes) -> str:
    """Give what a key file holds."""
    return key.hex() + "\n"


def install(source: Path, keys: Path) -> list[PublicKey]:
    """Put the public halves in a folder in place on a server; gives those that took the place of others.

    The keys that were there go to `former`, private halves that lie there as well. Stopped half-way it can be done
    again. Raises KeyUnreadable, and CannotWriteKeys.
    """
    arriving = {public: read_key(source / public) for _private, public in PAIRS.values()}
    placed = []
    try:
        own_folder(keys / FORMER)
        for opens, (private, public) in PAIRS.items():
            if (keys / public).exists() and read_key(keys / public) != arriving[public]:
                _keep(keys, opens, read_key(keys / public))
            _put(keys / public, arriving[public])
            if (keys / private).exists() and public_half(read_key(keys / private)) != arriving[public]:
                former = _former(keys, opens, public_half(read_key(keys / private)), "private")
                (keys / private).replace(former)
            placed.append(PublicKey(opens, fingerprint(arriving[public]), True, (keys / private).exists()))
    except OSError as error:
        raise CannotWriteKeys(f"{error.filename or keys} cannot be written: {error.strerror}.") from error
    return placed


def _keep(keys: Path, opens: str, public: bytes) -> None:
    _put(_former(keys, opens, public, "public"), public)


def _former(keys: Path, opens: str, public: bytes, half: str) -> Path:
    return keys / FORMER / f"{opens}-{fingerprint(public)}.{half}.key"


def _put(path: Path, key: bytes) -> None:
    """Write a key whole or not at all, over what is there."""
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(as_text(key))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def public_keys(keys: Path) -> list[PublicKey]:
    """List the public keys of an installation, those in use first. Raises KeyUnreadable."""
    found = []
    for opens, (private, public) in PAIRS.items():
        if (keys / public).exists():
            key = read_key(keys / public)
            here = (keys / private).exists() and public_half(read_key(keys / private)) == key
            found.append(PublicKey(opens, fingerprint(key), True, here))
    for path in sorted((keys / FORMER).glob("*.public.key")):
        here = path.with_name(path.name.replace(".public.", ".private.")).exists()
        found.append(PublicKey(path.name.partition("-")[0], fingerprint(read_key(path)), False, here))
    return found


def private_files_here(keys: Path, opens: str) -> list[Path]:
    """List the private halves that lie in the folder, former ones too; `opens` is "names" or "news"."""
    paths = [keys / PAIRS[opens][0], *sorted((keys / FORMER).glob(f"{opens}-*.private.key"))]
    return [path for path in paths if path.exists()]


def private_keys_here(keys: Path, opens: str) -> list[bytes]:
    """Read them. Raises KeyUnreadable."""
    return [read_key(path) for path in private_files_here(keys, opens)]
