"""Whether what the database says of a log follows from what was signed before.

A database taken back to an older state would sign a second history. So the newest head is kept in a file as well, in
the folder of the log, and nothing is signed that does not follow from both.
"""

import os
import secrets
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from pathlib import Path

from django.conf import settings

from tongmun.counts.models import Checkpoint, Reckoning
from tongmun.kit.keyring import log_key
from tongmun.kit.merkle import Frontier
from tongmun.kit.notes import NoteRefused, is_signed_by, public_key_of


class LogBroken(RuntimeError):
    """Cannot go on with a log: it does not follow from what was signed. Says how."""


def checked_frontier(reckoning: Reckoning) -> Frontier:
    """Give the right edge of a log, to append to. Raises LogBroken, and KeyUnreadable."""
    try:
        frontier = Frontier(reckoning.upto, bytes(reckoning.frontier))
    except ValueError as error:
        raise LogBroken("its right edge does not belong to a log of its size") from error
    last = Checkpoint.objects.filter(edition=reckoning.edition_id).order_by("-size").first()
    if (last.size if last else 0) != frontier.size or (last and bytes(last.root) != frontier.root()):
        raise LogBroken("it does not end where its last checkpoint does")
    if last and not _is_ours(last, reckoning):
        raise LogBroken("its key is not the one that signed the last checkpoint")
    _check_kept_head(reckoning)
    return frontier


def _is_ours(checkpoint: Checkpoint, reckoning: Reckoning) -> bool:
    seed = log_key(settings.KEYS, reckoning.edition.slug)
    try:
        return is_signed_by(checkpoint.note, public_key=public_key_of(seed))
    except NoteRefused:
        return False


def _check_kept_head(reckoning: Reckoning) -> None:
    path = log_folder(reckoning) / "head"
    if not path.exists():
        return
    try:
        size, _, root = path.read_text(encoding="ascii").strip().partition(" ")
        kept = int(size), b64decode(root, validate=True)
    except (ValueError, NotBase64) as error:
        raise LogBroken(f"the head kept in {path} cannot be read") from error
    if not Checkpoint.objects.filter(edition=reckoning.edition_id, size=kept[0], root=kept[1]).exists():
        raise LogBroken(f"a log of {kept[0]} entries was signed that this database does not know, see {path}")


def keep_head(reckoning: Reckoning, *, root: bytes) -> None:
    """Keep a head outside the database, once its transaction has ended."""
    path = log_folder(reckoning) / "head"
    write_whole(path, f"{reckoning.upto} {b64encode(root).decode()}\n".encode())


def log_folder(reckoning: Reckoning) -> Path:
    """Give the folder of what is derived from a log; any machine can make it again."""
    folder: Path = settings.DATA / "log" / reckoning.folder
    return folder


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a reader finds the whole of it or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}.draft")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
