"""Files on the disk that only this server can read: chunks of 64 KiB, each locked with its place bound in.

A chunk can be read without those before it. One that is moved, left out or added at the end does not open, because its
number, the name of its file and whether it is the last are authenticated with it.
"""

import io
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from django.conf import settings
from nacl.exceptions import CryptoError
from nacl.secret import Aead

from tongmun.kit.keyring import server_key

CHUNK = 64 * 1024
LOCKED_CHUNK = CHUNK + Aead.NONCE_SIZE + Aead.MACBYTES


class LockedFileBroken(RuntimeError):
    """Cannot read a locked file: it was changed, cut off, or locked with another key."""


class LockedWriter:
    """Writes a locked file from its beginning to its end; nothing of it lies on the disk in clear."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self._file = os.fdopen(descriptor, "wb")
        self._box = Aead(server_key(settings.KEYS))
        self._name = _name_of(path)
        self._number = 0
        self._waiting = bytearray()
        self.size = 0

    def write(self, data: bytes) -> None:
        """Take bytes in; they are locked as soon as they fill a chunk and more follow."""
        self._waiting += data
        self.size += len(data)
        # One chunk is held back: the last one has to say that it is the last.
        while len(self._waiting) > CHUNK:
            self._lock(bytes(self._waiting[:CHUNK]), is_last=False)
            del self._waiting[:CHUNK]

    def close(self) -> None:
        """Lock what is left and put it all on the disk."""
        self._lock(bytes(self._waiting), is_last=True)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def abandon(self) -> None:
        """Stop in the middle; what was written cannot be read as a whole."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self.abandon()

    def _lock(self, chunk: bytes, *, is_last: bool) -> None:
        self._file.write(self._box.encrypt(chunk, _place(self._name, self._number, is_last=is_last)))
        self._number += 1


class LockedReader(io.RawIOBase):
    """Reads a locked file from any byte on. Raises LockedFileBroken from every read that meets a broken chunk."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._file = path.open("rb")
        self._chunks = -(-path.stat().st_size // LOCKED_CHUNK)
        self._box = Aead(server_key(settings.KEYS))
        self._name = _name_of(path)
        self._at = 0

    def readable(self) -> bool:
        """Tell Python's buffers that this can be read."""
        return True

    def seekable(self) -> bool:
        """Tell Python's buffers that this can be read from any place."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a byte counted from the beginning; the end is not looked for."""
        if whence != io.SEEK_SET:
            raise io.UnsupportedOperation
        self._at = offset
        return offset

    def tell(self) -> int:
        """Give the byte at which the next read begins."""
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # as the buffers of Python call it
        """Read up to the end of the chunk."""
        number, inside = divmod(self._at, CHUNK)
        if number >= self._chunks:
            return 0
        piece = self._chunk(number)[inside : inside + len(buffer)]
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def close(self) -> None:
        """Close the file below."""
        self._file.close()
        super().close()

    def _chunk(self, number: int) -> bytes:
        self._file.seek(number * LOCKED_CHUNK)
        locked = self._file.read(LOCKED_CHUNK)
        place = _place(self._name, number, is_last=number == self._chunks - 1)
        try:
            return bytes(self._box.decrypt(locked, place))
        except (CryptoError, ValueError):
            raise LockedFileBroken from None


def _name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _place(name: str, number: int, *, is_last: bool) -> bytes:
    return f"import|{name}|{number}|{'last' if is_last else 'more'}".encode()
