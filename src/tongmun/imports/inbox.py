"""An upload on its way to the disk: turned into UTF-8 and locked piece by piece, never whole in memory."""

import codecs
from uuid import UUID, uuid4

from tongmun.imports.folders import erase_folder, upload_of
from tongmun.imports.locked_files import LockedWriter

LARGEST = 512 * 1024 * 1024
LONGEST_MARK = 3
MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


class Inbox:
    """Takes one upload. `problem` is a code of refusals.REFUSALS once it is known that the file cannot be used."""

    def __init__(self) -> None:
        self.key: UUID = uuid4()
        self.problem = ""
        self._taken = 0
        self._head = b""
        self._decoder: codecs.IncrementalDecoder | None = None
        self._writer = LockedWriter(upload_of(self.key))

    def take(self, piece: bytes) -> None:
        """Take the next piece; after a problem it is thrown away."""
        self._taken += len(piece)
        if self._taken > LARGEST:
            self.problem = "too-big"
        if self.problem:
            return
        if self._decoder is None:
            self._head += piece
            if len(self._head) < LONGEST_MARK:
                return
            self._begin()
        else:
            self._write(piece)

    def close(self) -> None:
        """Finish the file; one with a problem is erased."""
        if not self.problem and self._decoder is None:
            self._begin()
        if not self.problem:
            self._write(b"", final=True)
        if self.problem:
            self.discard()
        else:
            self._writer.close()

    def discard(self) -> None:
        """Erase what has come so far."""
        self._writer.abandon()
        erase_folder(self.key)

    def _begin(self) -> None:
        mark, encoding = next(
            ((mark, name) for mark, name in MARKS.items() if self._head.startswith(mark)), (b"", "utf-8")
        )
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._write(self._head[len(mark) :])
        self._head = b""

    def _write(self, piece: bytes, *, final: bool = False) -> None:
        if self._decoder is None:
            return
        try:
            text = self._decoder.decode(piece, final)
        except UnicodeDecodeError:
            self.problem = "encoding"
            return
        # UTF-16 without its mark reads as UTF-8 that is half zeros.
        if "\0" in text:
            self.problem = "encoding"
            return
        self._writer.write(text.encode())
