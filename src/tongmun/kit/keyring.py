"""The keys of this installation, as files outside the database, so that a dump of it opens nothing.

Each file holds 32 bytes in hexadecimal and can be read by its owner alone. On several machines the folder is the same.
"""

import os
from functools import cache
from pathlib import Path

from tongmun.kit.sealing import KEY_BYTES, new_key, new_key_pair

SERVER = "server.key"
DJANGO = "django.key"
COALITION_PRIVATE = "coalition.private.key"
COALITION_PUBLIC = "coalition.public.key"


class KeyUnreadable(RuntimeError):
    """Cannot use a key file. Says which and what to do, never what is in it."""


@cache
def server_key(folder: Path) -> bytes:
    """Give the key for what this server must still read; made on first use. Raises KeyUnreadable."""
    return _read_or_make(folder / SERVER)


@cache
def token_key(folder: Path, edition: str) -> bytes:
    """Give the key under which mailboxes of one edition become tokens; made on first use. Raises KeyUnreadable.

    Each edition has its own, so that two editions cannot be matched, and erasing the file ends all matching.
    """
    return _read_or_make(folder / "tokens" / f"{edition}.key")


@cache
def coalition_public_key(folder: Path) -> bytes:
    """Give the key to which names and addresses are sealed. Raises KeyUnreadable; see `make_coalition_keys`."""
    return _read(folder / COALITION_PUBLIC)


def django_secret(folder: Path) -> str:
    """Give the secret Django signs forms and sessions with; made on first use. Raises KeyUnreadable."""
    return _read_or_make(folder / DJANGO).hex()


def make_coalition_keys(folder: Path) -> bool:
    """Make the coalition's pair of keys unless there is one; tells whether it did. The private half is to be moved away."""
    if (folder / COALITION_PUBLIC).exists():
        return False
    private, public = new_key_pair()
    _write(folder / COALITION_PRIVATE, private)
    _write(folder / COALITION_PUBLIC, public)
    return True


def coalition_private_key_is_here(folder: Path) -> bool:
    """Tell whether the private half still lies where whoever takes the server gets it."""
    return (folder / COALITION_PRIVATE).exists()


def _read_or_make(path: Path) -> bytes:
    if not path.exists():
        _write(path, new_key())
    return _read(path)


def _write(path: Path, key: bytes) -> None:
    """Write a key whole or not at all; of two processes that start at once the first one's key stays."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.draft")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _read(path: Path) -> bytes:
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as error:
        message = (
            f"The key file {path} cannot be read ({type(error).__name__}). Restore it from your backup of the keys."
        )
        raise KeyUnreadable(message) from error
    if len(key) != KEY_BYTES:
        message = f"The key file {path} does not hold {KEY_BYTES} bytes. Restore it from your backup of the keys."
        raise KeyUnreadable(message)
    return key
