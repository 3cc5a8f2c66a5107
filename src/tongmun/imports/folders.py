"""Where the files of an import lie: a folder of its own below settings.DATA, named by a random number."""

import shutil
import time
from collections.abc import Collection, Iterator
from pathlib import Path
from uuid import UUID

from django.conf import settings

UPLOAD = "upload"
HEADINGS = "headings"
REJECTED = "rejected-"
SECONDS_OF_AN_ORPHAN = 24 * 60 * 60


def folder_of(key: UUID) -> Path:
    """Give the folder of an import, which may not be there."""
    return _all() / key.hex


def upload_of(key: UUID) -> Path:
    """Give the file that was uploaded, as UTF-8."""
    return folder_of(key) / UPLOAD


def headings_of(key: UUID) -> Path:
    """Give the file of the first row, which lasts as long as the rejected rows do."""
    return folder_of(key) / HEADINGS


def rejected_of(key: UUID, offset: int) -> Path:
    """Give the file of the rows that the batch beginning at a byte of the upload rejected.

    A batch that was interrupted begins at the same byte again and writes over what it had written.
    """
    return folder_of(key) / f"{REJECTED}{offset:012d}"


def rejected_files(key: UUID, *, before: int) -> Iterator[Path]:
    """Give the files of rejected rows in their order, of batches that begin before a byte of the upload.

    The file of a batch that is still at work, or was interrupted, is not among them.
    """
    for path in sorted(folder_of(key).glob(f"{REJECTED}*")):
        if int(path.name.removeprefix(REJECTED)) < before:
            yield path


def erase_upload(key: UUID) -> None:
    """Erase the uploaded file; the rejected rows stay."""
    upload_of(key).unlink(missing_ok=True)


def erase_folder(key: UUID) -> None:
    """Erase all files of an import."""
    shutil.rmtree(folder_of(key), ignore_errors=True)


def orphans(known: Collection[UUID]) -> list[UUID]:
    """Give the folders that have belonged to no import for a day: uploads that broke off."""
    hexes = {key.hex for key in known}
    before = time.time() - SECONDS_OF_AN_ORPHAN
    found = _all().iterdir() if _all().is_dir() else ()
    return [UUID(folder.name) for folder in found if folder.name not in hexes and folder.stat().st_mtime < before]


def _all() -> Path:
    return Path(settings.DATA) / "imports"
