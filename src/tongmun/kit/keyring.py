"""The keys of this installation, as files outside the database, so that a dump of it opens nothing.

Each file holds 32 bytes in hexadecimal and can be read by its owner alone. On several machines the folder is the same.
"""

import os
import re
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile

from tongmun.kit.sealing import KEY_BYTES, new_key, public_half

SERVER = "server.key"
DJANGO = "django.key"
COALITION_PRIVATE = "coalition.private.key"
COALITION_PUBLIC = "coalition.public.key"
NEWS_PRIVATE = "news.private.key"
NEWS_PUBLIC = "news.public.key"
_SLUG = re.compile(r"[A-Za-z0-9_-]+")


class KeyUnreadable(RuntimeError):
    """Cannot use a key file. Says which and what to do, never what is in it."""


class KeyDestroyed(RuntimeError):
    """Cannot turn mailboxes of an edition into tokens any more: its key was destroyed, and none is made again."""


@cache
def server_key(folder: Path) -> bytes:
    """Give the key for what this server must still read; made on first use. Raises KeyUnreadable."""
    return _read_or_make(folder / SERVER)


def existing_server_key(folder: Path) -> bytes | None:
    """Give the key of `server_key` and never make one. Raises KeyUnreadable."""
    return read_key(folder / SERVER) if (folder / SERVER).exists() else None


def token_key(folder: Path, edition: str) -> bytes:
    """Give the key under which mailboxes of one edition become tokens; made on first use.

    Each edition has its own, so that two editions cannot be matched, and erasing the file ends all matching. Whether it
    was destroyed is looked up each time: no process may go on with such a key. Raises KeyUnreadable, KeyDestroyed, and
    ValueError for what is no slug and might lead out of the folder.
    """
    path = _token_file(folder, edition)
    stone = _tombstone(path)
    key = None if os.path.exists(stone) else _kept_token_key(path)  # noqa: PTH110 -- a third of the time, at each signature
    if key is None or os.path.exists(stone):  # noqa: PTH110 -- as above
        # Perhaps destroyed while this one was being made: it must not come to life again.
        _kept_token_key.cache_clear()
        _overwrite(path)
        raise KeyDestroyed
    return key


@cache
def _kept_token_key(path: Path) -> bytes:
    return _read_or_make(path)


def existing_token_key(folder: Path, edition: str) -> bytes | None:
    """Give the key of `token_key` and never make one: None when there is none, or none any more."""
    path = _token_file(folder, edition)
    if _tombstone(path).exists() or not path.exists():
        return None
    return read_key(path)


def destroy_token_key(folder: Path, edition: str) -> None:
    """Overwrite and remove the key of an edition, for good. Doing it again, or after half of it, ends the same.

    First a stone is set that keeps `token_key` from making another one. Raises KeyUnreadable.
    """
    path = _token_file(folder, edition)
    if _tombstone(path).exists() and not path.exists():
        return
    try:
        own_folder(path.parent)
        _tombstone(path).write_text("The key of this edition was destroyed when its time was over.\n", encoding="ascii")
        _sync(path.parent)
        _overwrite(path)
        _sync(path.parent)
    except OSError as error:
        message = f"The key file {path} cannot be destroyed ({error.strerror}). Let this user write to its folder."
        raise KeyUnreadable(message) from error


def _overwrite(path: Path) -> None:
    """Write zeros over a key file and remove it; on disks that copy what they write the old block may stay."""
    if not path.exists():
        return
    with path.open("r+b") as file:
        file.write(bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink(missing_ok=True)


@cache
def _token_file(folder: Path, edition: str) -> Path:
    if not _SLUG.fullmatch(edition):
        raise ValueError("not the slug of an edition")
    return folder / "tokens" / f"{edition}.key"


def _tombstone(path: Path) -> Path:
    return path.with_suffix(".destroyed")


@cache
def log_key(folder: Path, edition: str) -> bytes:
    """Give the private key (Ed25519) that signs the log of one edition; made on first use.

    It has to outlive the server: with another key the log cannot go on. Raises KeyUnreadable, and ValueError for what
    is no slug.
    """
    if not _SLUG.fullmatch(edition):
        raise ValueError("not the slug of an edition")
    return _read_or_make(folder / "log" / f"{edition}.key")


@cache
def coalition_public_key(folder: Path) -> bytes:
    """Give the key to which names and addresses are sealed. Raises KeyUnreadable; see `make_coalition_keys`."""
    return read_key(folder / COALITION_PUBLIC)


@cache
def news_public_key(folder: Path) -> bytes:
    """Give the key to which the addresses of those who want news are sealed. Raises KeyUnreadable."""
    return read_key(folder / NEWS_PUBLIC)


def django_secret(folder: Path) -> str:
    """Give the secret Django signs forms and sessions with; made on first use. Raises KeyUnreadable."""
    return _read_or_make(folder / DJANGO).hex()


def make_coalition_keys(folder: Path) -> bool:
    """Make the two pairs of keys, of the names and of the news, unless they are there; tells whether it did.

    The private halves are to be moved away. Raises KeyUnreadable.
    """
    made = [
        _make_pair(folder / COALITION_PRIVATE, folder / COALITION_PUBLIC),
        _make_pair(folder / NEWS_PRIVATE, folder / NEWS_PUBLIC),
    ]
    return any(made)


def _make_pair(private: Path, public: Path) -> bool:
    if public.exists():
        return False
    # The public half is worked out from the private one that lies there, so two makers at once cannot mix two pairs.
    return _write(public, public_half(_read_or_make(private)))


def coalition_private_key_is_here(folder: Path) -> bool:
    """Tell whether the private half still lies where whoever takes the server gets it."""
    return (folder / COALITION_PRIVATE).exists()


def _read_or_make(path: Path) -> bytes:
    if not path.exists():
        _write(path, new_key())
    return read_key(path)


def _write(path: Path, key: bytes) -> bool:
    """Write a key whole or not at all; tells whether it is this one that stays, for the first of two at once does."""
    try:
        folder = own_folder(path.parent)
        with NamedTemporaryFile("w", dir=folder, suffix=".draft", encoding="ascii") as draft:
            draft.write(key.hex() + "\n")
            draft.flush()
            os.fsync(draft.fileno())
            os.link(draft.name, path)
        _sync(folder)
    except FileExistsError:
        return False
    except OSError as error:
        message = f"The key file {path} cannot be written ({error.strerror}). Let this user write to its folder."
        raise KeyUnreadable(message) from error
    return True


def own_folder(folder: Path) -> Path:
    """Make a folder, and those above it, for this user alone."""
    if not folder.exists():
        own_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _sync(folder: Path) -> None:
    """Put the folder's list of names on the disk: what a key has locked is lost with the key."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_key(path: Path) -> bytes:
    """Read a key file: 32 bytes in hexadecimal. Raises KeyUnreadable."""
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as error:
        kind = type(error).__name__
        message = f"The key file {path} cannot be read ({kind}). Restore it from your backup of the keys."
        # A decoding error would carry the bytes of the file along.
        raise KeyUnreadable(message) from None
    if len(key) != KEY_BYTES:
        message = f"The key file {path} does not hold {KEY_BYTES} bytes. Restore it from your backup of the keys."
        raise KeyUnreadable(message)
    return key
