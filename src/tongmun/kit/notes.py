"""Checkpoints, cosignatures and promises, as signed notes (C2SP signed-note, tlog-checkpoint, tlog-cosignature).

A key is known by its verifier key: name, key hash and public half in one word with plus signs between them.
"""

import binascii
import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

SIGNATURE_BYTES = 64
KEY_HASH_BYTES = 4
TIME_BYTES = 8
PUBLIC_KEY_BYTES = 32
# The first byte of a key says what its signatures are.
LOG, WITNESS = b"\x01", b"\x04"
# No space and no plus sign, which divide lines and verifier keys.
_NAME = re.compile(r"[^\s+\x00]+")
_LINE = re.compile(r"— ([^\s+\x00]+) ([A-Za-z0-9+/]+=*)")
_BODY = re.compile(r"([^\n]+)\n(0|[1-9][0-9]{0,17})\n([A-Za-z0-9+/]{43}=)\n")


class NoteRefused(ValueError):
    """Cannot take a note, a line or a verifier key; says why."""


@dataclass(frozen=True)
class Head:
    """What a checkpoint says: whose log, how many leaves, and the root over them (32 bytes)."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """Write the body of a checkpoint."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


def key_hash(name: str, kind: bytes, public_key: bytes) -> bytes:
    """Give the four bytes by which a signature line points at its key."""
    return sha256(name.encode() + b"\n" + kind + public_key).digest()[:KEY_HASH_BYTES]


def public_key_of(seed: bytes) -> bytes:
    """Give the public half (Ed25519) of a private key, which is any 32 random bytes."""
    return bytes(SigningKey(seed).verify_key)


def verifier_key(name: str, kind: bytes, public_key: bytes) -> str:
    """Write a verifier key."""
    return f"{name}+{key_hash(name, kind, public_key).hex()}+{b64encode(kind + public_key).decode()}"


def read_witness_key(words: str) -> tuple[str, bytes]:
    """Read a witness's verifier key into name and public key. Raises NoteRefused."""
    found = _read_key(words, WITNESS)
    if found is None:
        raise NoteRefused("This is not the verifier key of a witness; the verifier prints one with --cosign.")
    if words.strip() != verifier_key(found[0], WITNESS, found[1]):
        raise NoteRefused("The parts of this verifier key do not fit together; copy it whole.")
    return found


def read_log_key(words: str) -> tuple[str, bytes]:
    """Read a log's verifier key into name and public key. Raises NoteRefused."""
    found = _read_key(words, LOG)
    if found is None or words.strip() != verifier_key(found[0], LOG, found[1]):
        raise NoteRefused("This is not the verifier key of a log.")
    return found


def _read_key(words: str, kind: bytes) -> tuple[str, bytes] | None:
    parts = words.strip().split("+", 2)
    name = parts[0]
    try:
        kind_and_key = b64decode(parts[-1], validate=True)
    except (binascii.Error, ValueError):
        return None
    if not _NAME.fullmatch(name) or len(kind_and_key) != 1 + PUBLIC_KEY_BYTES or kind_and_key[:1] != kind:
        return None
    return name, kind_and_key[1:]


def signed_checkpoint(head: Head, *, seed: bytes) -> str:
    """Write a head as a checkpoint, signed under its origin."""
    text = head.text()
    signature = SigningKey(seed).sign(text.encode()).signature
    return f"{text}\n{_line(head.origin, key_hash(head.origin, LOG, public_key_of(seed)) + signature)}"


def is_signed_by(note: str, *, public_key: bytes) -> bool:
    """Tell whether a checkpoint of ours stands over a signature of this key."""
    text, _, lines = note.partition("\n\n")
    name, rest = _read_line(lines.splitlines()[0] if lines else "")
    expected = key_hash(name, LOG, public_key)
    return rest[:KEY_HASH_BYTES] == expected and _verifies(public_key, (text + "\n").encode(), rest[KEY_HASH_BYTES:])


def read_head(text: str) -> Head:
    """Read the body of a checkpoint. Raises NoteRefused."""
    found = _BODY.fullmatch(text)
    if not found:
        raise NoteRefused("This does not begin as a checkpoint does: origin, size, root.")
    return Head(found[1], int(found[2]), b64decode(found[3]))


def cosignature_line(head: Head, *, name: str, seed: bytes, at: datetime) -> str:
    """Cosign a head as a witness; gives the line that stands under the checkpoint."""
    moment = int(at.timestamp())
    signature = SigningKey(seed).sign(_cosigned(head, moment)).signature
    key = key_hash(name, WITNESS, public_key_of(seed))
    return _line(name, key + moment.to_bytes(TIME_BYTES, "big") + signature)


def cosigner_name(line: str) -> str:
    """Give the name in a signature line. Raises NoteRefused."""
    return _read_line(line)[0]


def check_cosignature(head: Head, line: str, *, public_key: bytes) -> None:
    """Check a witness's line under a head; raises NoteRefused when it is not a signature of this key."""
    name, rest = _read_line(line)
    key, moment, signature = (
        rest[:KEY_HASH_BYTES],
        int.from_bytes(rest[KEY_HASH_BYTES : KEY_HASH_BYTES + TIME_BYTES], "big"),
        rest[KEY_HASH_BYTES + TIME_BYTES :],
    )
    if key != key_hash(name, WITNESS, public_key) or not _verifies(public_key, _cosigned(head, moment), signature):
        raise NoteRefused("The signature is not that of the witness under this checkpoint.")


def promise(*, origin: str, leaf: bytes, by: datetime, seed: bytes) -> str:
    """Sign that the hash of a leaf will be in the log by a full hour; base64."""
    return b64encode(SigningKey(seed).sign(promise_text(origin=origin, leaf=leaf, by=by)).signature).decode()


def promise_text(*, origin: str, leaf: bytes, by: datetime) -> bytes:
    """Give the bytes that a promise signs. The first line keeps it from being taken for a checkpoint."""
    return f"tongmun promise 1\norigin: {origin}\nleaf: {leaf.hex()}\nby: {by:%Y-%m-%dT%H:%MZ}\n".encode()


def _cosigned(head: Head, moment: int) -> bytes:
    return f"cosignature/v1\ntime {moment}\n{head.text()}".encode()


def _line(name: str, rest: bytes) -> str:
    return f"— {name} {b64encode(rest).decode()}\n"


def _read_line(line: str) -> tuple[str, bytes]:
    found = _LINE.fullmatch(line.removesuffix("\n"))
    try:
        rest = b64decode(found[2], validate=True) if found else b""
    except binascii.Error:
        rest = b""
    if not found or len(rest) <= KEY_HASH_BYTES:
        raise NoteRefused("This is not a signature line: a dash, a name, and base64.")
    return found[1], rest


def _verifies(public_key: bytes, message: bytes, signature: bytes) -> bool:
    if len(signature) != SIGNATURE_BYTES:
        return False
    try:
        VerifyKey(public_key).verify(message, signature)
    except BadSignatureError:
        return False
    return True
