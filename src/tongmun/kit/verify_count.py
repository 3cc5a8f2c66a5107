"""Check the public count of a letter, without trusting whoever publishes it.

    python3 verify_count.py https://example.org/en/2012/log/ --state seen.json

This one file needs Python 3.9 or newer and nothing else; read it before you run it. It downloads the whole log, works
everything out again, compares it with what was published now and with every head it has seen before, and says in plain
words what that proves and what not. It ends with code 1 and the reason at the first thing that is wrong.

What it follows: RFC 9162 (tree), RFC 8032 (Ed25519), and the C2SP specifications signed-note, tlog-checkpoint,
tlog-tiles and tlog-cosignature.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import contextlib
import hashlib
import hmac
import http.client
import json
import os
import re
import secrets
import sys
import time
import urllib.parse
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

# A path below the address of the log, and how many bytes it may have at most.
Fetch = Callable[[str, int], bytes]

KEY_BYTES, SIGNATURE_BYTES = 32, 64
WIDTH = 256
SECONDS_TO_WAIT = 60
MOST_LEAVES = 100_000_000
TEXT_LIMIT = 64 * 1024
ENTRY_LIMIT = 4 * 1024
TILE_LIMIT = WIDTH * 32
TRIES_FOR_ONE_MOMENT = 5

LEAF = re.compile(
    rb"tongmun count 1\norigin: ([^\n]+)\nkind: (ADD|VOID|PAPER|VOUCHED|NOTE)\namount: (0|-?[1-9][0-9]{0,9})\n"
    rb"digest: ([0-9a-f]{64})\nreason: (|WITHDRAWN|FRAUD|DUPLICATE|MISTAKE)\nwords: (.*)",
    re.DOTALL,
)
CHECKPOINT = re.compile(r"([^\n]+)\n(0|[1-9][0-9]{0,18})\n([A-Za-z0-9+/]{43}=)\n")
SIGNATURE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})")
NAME = re.compile(r"[^\s+]+")
RECEIPT_LINES = ("origin", "key", "opening", "commitment", "by", "promise")

PROVED = """\
This proves:
- the published number is what this log adds up to; every signature taken out of the count is an entry, with its reason;
- since each head this program has seen, no entry was removed, changed, or put in between;
- no signature entry and no removal stands in the log twice."""
NOT_PROVED = """\
This does not prove:
- that an entry is a person, and that one person signed only once, or lives in the country they named;
- that nobody was turned away at the form;
- what happened before the first head that somebody outside had seen.
For these there is only the word of the organisers, and samples that an outsider checks."""


class Wrong(Exception):
    """Something is not as it should be; says what, in plain words."""


# Ed25519 (RFC 8032, 5.1), in whole numbers. Slow and not hidden from a clock: enough for a few signatures of a witness.

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]


def _add(p: Point, q: Point) -> Point:
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * p[3] * q[3] * D % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(number: int, point: Point) -> Point:
    total: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = _add(total, point)
        point = _add(point, point)
        number >>= 1
    return total


def _x_of(y: int, sign: int) -> int | None:
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    if not square:
        return None if sign else 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P:
        return None
    return P - x if x & 1 != sign else x


BASE_Y = 4 * pow(5, -1, P) % P
BASE_X = _x_of(BASE_Y, 0) or 0
BASE: Point = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def _packed(point: Point) -> bytes:
    inverse = pow(point[2], -1, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def _unpacked(data: bytes) -> Point | None:
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    x = _x_of(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


def _number(*parts: bytes) -> int:
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little") % L


def _expanded(seed: bytes) -> tuple[int, bytes]:
    digest = hashlib.sha512(seed).digest()
    scalar = int.from_bytes(digest[:32], "little") & (1 << 254) - 8 | 1 << 254
    return scalar, digest[32:]


def public_half(seed: bytes) -> bytes:
    """Give the public key of a private one."""
    return _packed(_times(_expanded(seed)[0], BASE))


def sign(seed: bytes, message: bytes) -> bytes:
    """Sign a message; 64 bytes."""
    scalar, prefix = _expanded(seed)
    public = _packed(_times(scalar, BASE))
    nonce = _number(prefix, message)
    half = _packed(_times(nonce, BASE))
    return half + ((nonce + _number(half, public, message) * scalar) % L).to_bytes(32, "little")


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether a signature under a message is that of a public key."""
    if len(public) != KEY_BYTES or len(signature) != SIGNATURE_BYTES:
        return False
    key, half = _unpacked(public), _unpacked(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or half is None or scalar >= L:
        return False
    left = _times(scalar, BASE)
    right = _add(half, _times(_number(signature[:32], public, message), key))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# Keys, checkpoints and signature lines


@dataclass(frozen=True)
class Key:
    """A public key with its name; the first byte of `kind_and_key` is 1 for a log, 4 for a witness."""

    name: str
    kind_and_key: bytes

    @property
    def public(self) -> bytes:
        """The 32 bytes of the key."""
        return self.kind_and_key[1:]

    @property
    def hash(self) -> bytes:
        """The four bytes that signature lines begin with."""
        return hashlib.sha256(self.name.encode() + b"\n" + self.kind_and_key).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.hash.hex()}+{base64.b64encode(self.kind_and_key).decode()}"


def read_key(words: str, kind: int) -> Key:
    """Read a verifier key. Raises Wrong."""
    name, _, rest = words.strip().partition("+")
    try:
        key = Key(name, base64.b64decode(rest.partition("+")[2], validate=True))
    except binascii.Error:
        key = Key(name, b"")
    if (
        not NAME.fullmatch(name)
        or len(key.kind_and_key) != 1 + KEY_BYTES
        or key.kind_and_key[0] != kind
        or str(key) != words.strip()
    ):
        raise Wrong(f"{words.strip()[:200]!r} is not a verifier key of this kind.")
    return key


@dataclass(frozen=True)
class Head:
    """A checkpoint: its body as it was signed, what it says, and its signature lines as (name, bytes)."""

    body: str
    origin: str
    size: int
    root: bytes
    signatures: tuple[tuple[str, bytes], ...]


def read_checkpoint(data: bytes) -> Head:
    """Read a checkpoint. Raises Wrong."""
    try:
        body, divider, lines = data.decode().partition("\n\n")
    except UnicodeDecodeError:
        raise Wrong("The checkpoint is not text.") from None
    found = CHECKPOINT.fullmatch(body + "\n")
    signatures = [SIGNATURE.fullmatch(line) for line in lines.splitlines()]
    if not found or not divider or not signatures or None in signatures:
        raise Wrong("The checkpoint is not written as one: origin, size, root, an empty line, signatures.")
    size = int(found[2])
    if size > MOST_LEAVES:
        raise Wrong(f"The checkpoint speaks of {size} entries, more than this program takes.")
    read = tuple((one[1], base64.b64decode(one[2] + "==")) for one in signatures if one)
    return Head(body + "\n", found[1], size, base64.b64decode(found[3]), read)


def check_signature(head: Head, key: Key) -> None:
    """Check that a log's key has signed its checkpoint. Raises Wrong."""
    if key.name != head.origin:
        raise Wrong(f"The checkpoint is one of {head.origin}, but the key is that of {key.name}.")
    for name, rest in head.signatures:
        if name == key.name and rest[:4] == key.hash and is_signed(key.public, head.body.encode(), rest[4:]):
            return
    raise Wrong("The checkpoint is not signed by the key of the log.")


def cosigners(head: Head, witnesses: list[Key]) -> list[str]:
    """Give the names of the witnesses whose signatures stand under a checkpoint. Raises Wrong for a false one."""
    known = {(key.name, key.hash): key for key in witnesses}
    names = []
    for name, rest in head.signatures:
        key = known.get((name, rest[:4]))
        if key is None:
            continue
        moment = int.from_bytes(rest[4:12], "big")
        if not is_signed(key.public, cosigned(head, moment), rest[12:]):
            raise Wrong(f"The cosignature of {name} is false.")
        names.append(name)
    return sorted(set(names))


def cosigned(head: Head, moment: int) -> bytes:
    """Give the bytes a witness signs; the moment is in seconds since 1970."""
    return f"cosignature/v1\ntime {moment}\n{head.body}".encode()


# The tree


def leaf_hash(data: bytes) -> bytes:
    """Give the hash of a leaf."""
    return hashlib.sha256(b"\0" + data).digest()


def root_over(hashes: list[bytes]) -> bytes:
    """Give the root over hashes, level by level; an odd one at the end moves up as it is."""
    if not hashes:
        return hashlib.sha256().digest()
    while len(hashes) > 1:
        pairs = [hashlib.sha256(b"\1" + hashes[i] + hashes[i + 1]).digest() for i in range(0, len(hashes) - 1, 2)]
        hashes = pairs + hashes[len(hashes) & ~1 :]
    return hashes[0]


def place(index: int, width: int) -> str:
    """Write which tile of a level is meant, as addresses do."""
    digits = str(index)
    digits = digits.zfill((len(digits) + 2) // 3 * 3)
    groups = [digits[start : start + 3] for start in range(0, len(digits), 3)]
    return "/".join(["x" + group for group in groups[:-1]] + groups[-1:]) + (f".p/{width}" if width < WIDTH else "")


class Tiles:
    """The tiles over the leaves, level by level; each is given to `found` as (level, index, hashes) when it is full."""

    def __init__(self, found: Callable[[int, int, list[bytes]], None]) -> None:
        self.found = found
        self.open: list[list[bytes]] = [[]]
        self.full: list[list[bytes]] = [[]]

    def append(self, hashed: bytes) -> None:
        """Append the hash of a leaf."""
        level = 0
        self.open[0].append(hashed)
        while len(self.open[level]) == WIDTH:
            self.found(level, len(self.full[level]), self.open[level])
            self.full[level].append(root_over(self.open[level]))
            if level + 1 == len(self.open):
                self.open.append([])
                self.full.append([])
            self.open[level + 1].append(self.full[level][-1])
            self.open[level] = []
            level += 1

    def root(self) -> bytes:
        """Give the root over everything so far."""
        right: list[bytes] = []
        for level in self.open:
            whole = level + right
            right = [root_over(whole)] if whole else []
        return right[0] if right else root_over([])

    def end(self) -> None:
        """Hand on the tiles that are not full."""
        for level, hashes in enumerate(self.open):
            if hashes:
                self.found(level, len(self.full[level]), hashes)


# The entries


@dataclass
class Sums:
    """What the entries add up to, and what has been seen."""

    added: int = 0
    voided: int = 0
    paper: int = 0
    vouched: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    seen: set[bytes] = field(default_factory=set)

    def take(self, leaf: bytes, origin: bytes, index: int) -> None:
        """Take one entry. Raises Wrong when it is none, or stands there twice."""
        found = LEAF.fullmatch(leaf)
        if not found or found[1] != origin:
            raise Wrong(f"Entry {index} is not an entry of this log.")
        _, kind, amount_words, digest, reason, words = found.groups()
        amount = int(amount_words)
        fits = {
            b"ADD": amount == 1 and not words,
            b"VOID": amount == -1 and not words,
            b"NOTE": amount == 0 and bool(words),
        }.get(kind, amount != 0 and bool(words))
        if not fits or bool(reason) != (kind == b"VOID"):
            raise Wrong(f"Entry {index} contradicts itself.")
        mark = kind + digest
        if mark in self.seen:
            what = {b"ADD": "counts a signature", b"VOID": "takes out a signature"}.get(kind, "repeats an entry")
            raise Wrong(f"Entry {index} {what} that an earlier entry has dealt with.")
        self.seen.add(mark)
        self.added += kind == b"ADD"
        self.voided += kind == b"VOID"
        self.paper += amount if kind == b"PAPER" else 0
        self.vouched += amount if kind == b"VOUCHED" else 0
        if reason:
            self.reasons[reason.decode()] = self.reasons.get(reason.decode(), 0) + 1

    def check_not_below_zero(self, size: int) -> None:
        """Check that no more was taken out than put in. Raises Wrong."""
        if min(self.added - self.voided, self.paper, self.vouched) < 0:
            raise Wrong(f"After {size} entries more was taken out of the count than was ever put in.")


def read_bundle(data: bytes, width: int) -> list[bytes]:
    """Take a bundle apart. Raises Wrong when it does not hold so many entries and nothing else."""
    entries, start = [], 0
    while start < len(data):
        end = start + 2 + int.from_bytes(data[start : start + 2], "big")
        if end > len(data):
            raise Wrong("A bundle of entries ends in the middle of one.")
        entries.append(data[start + 2 : end])
        start = end
    if len(entries) != width:
        raise Wrong(f"A bundle holds {len(entries)} entries where {width} belong.")
    return entries


@dataclass(frozen=True)
class Verdict:
    """What was found: everything is as it should be."""

    head: Head
    key: Key
    sums: Sums
    cosigned_by: list[str]
    witnesses: list[str]
    as_of: str


Heads = dict[int, bytes]


def audit(fetch: Fetch, *, key: Key | None = None, seen: Heads | None = None) -> Verdict:
    """Check a whole log. `seen` are the roots of earlier heads by size; without a key the published one is believed.

    Raises Wrong at the first thing that is not as it should be.
    """
    head, numbers = _one_moment(fetch)
    key = key or read_key(str(numbers.get("key")), 1)
    check_signature(head, key)
    if max(seen or [0]) > head.size:
        raise Wrong(f"The log has {head.size} entries and had {max(seen or [0])} before: entries were removed.")
    witnesses = [read_key(str(words), 4) for words in _list(numbers, "witnesses")]
    cosigned_by = cosigners(head, witnesses)
    sums = _replay(fetch, head, seen or {})
    _compare(sums, numbers)
    names = [one.name for one in witnesses]
    return Verdict(head, key, sums, cosigned_by, names, str(numbers.get("as_of")))


def _one_moment(fetch: Fetch) -> tuple[Head, dict[str, object]]:
    """Fetch checkpoint and numbers of the same size; a batch may come in between the two."""
    for _ in range(TRIES_FOR_ONE_MOMENT):
        head = read_checkpoint(fetch("checkpoint", TEXT_LIMIT))
        try:
            numbers = json.loads(fetch("count.json", TEXT_LIMIT))
        except ValueError:
            numbers = None
        if not isinstance(numbers, dict):
            raise Wrong("count.json is not written as it should be.")
        if numbers.get("size") == head.size:
            return head, numbers
    raise Wrong(f"count.json speaks of {numbers.get('size')} entries, the checkpoint of {head.size}.")


def _list(numbers: dict[str, object], name: str) -> list[object]:
    found = numbers.get(name)
    if not isinstance(found, list):
        raise Wrong(f"count.json has no list of {name}.")
    return found


def _replay(fetch: Fetch, head: Head, seen: Heads) -> Sums:
    def compare(level: int, index: int, hashes: list[bytes]) -> None:
        path = f"tile/{level}/{place(index, len(hashes))}"
        if fetch(path, TILE_LIMIT) != b"".join(hashes):
            raise Wrong(f"The tile {path} does not belong to the entries below it.")

    sums, tiles, origin = Sums(), Tiles(compare), head.origin.encode()
    for index in range(0, head.size, WIDTH):
        width = min(WIDTH, head.size - index)
        path = f"tile/entries/{place(index // WIDTH, width)}"
        for number, leaf in enumerate(read_bundle(fetch(path, WIDTH * ENTRY_LIMIT), width), start=index):
            sums.take(leaf, origin, number)
            tiles.append(leaf_hash(leaf))
            if number + 1 in seen:
                _compare_head(tiles, sums, number + 1, seen[number + 1])
    if tiles.root() != head.root:
        raise Wrong("The entries do not add up to the root that was signed.")
    sums.check_not_below_zero(head.size)
    tiles.end()
    return sums


def _compare_head(tiles: Tiles, sums: Sums, size: int, root: bytes) -> None:
    if tiles.root() != root:
        raise Wrong(f"The first {size} entries are not those that this program has seen: the log was rewritten.")
    sums.check_not_below_zero(size)


def _compare(sums: Sums, numbers: dict[str, object]) -> None:
    found = {
        "added": sums.added,
        "voided": sums.voided,
        "counted": sums.added - sums.voided,
        "paper": sums.paper,
        "vouched": sums.vouched,
    }
    for name, number in found.items():
        if numbers.get(name) != number or isinstance(numbers.get(name), bool):
            raise Wrong(f"The published number {name!r} is {numbers.get(name)}, the entries add up to {number}.")


# The state: what this program has seen


@dataclass(frozen=True)
class State:
    """The key of a log, and the roots of its heads by size."""

    key: Key
    heads: Heads


def read_state(path: Path) -> State | None:
    """Read what was seen before; None when nothing was. Raises Wrong."""
    if not path.exists():
        return None
    try:
        words = json.loads(path.read_text(encoding="utf-8"))
        heads = {int(size): bytes.fromhex(root) for size, root in words["heads"]}
        return State(read_key(words["key"], 1), heads)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, Wrong):
        raise Wrong(f"{path} cannot be read as a state file of this program.") from None


def write_state(path: Path, state: State) -> None:
    """Write down what was seen, the whole file or nothing."""
    heads = [[size, root.hex()] for size, root in sorted(state.heads.items())]
    draft = path.with_name(path.name + ".draft")
    draft.write_text(json.dumps({"key": str(state.key), "heads": heads}, indent=1) + "\n", encoding="utf-8")
    draft.replace(path)


# The receipt of a signer


def check_receipt(words: str, verdict: Verdict) -> str:
    """Say what a log holds for a receipt. Raises Wrong when the receipt is false or its promise was broken."""
    lines = dict(line.split(": ", 1) for line in words.splitlines()[1:] if ": " in line)
    if not words.startswith("tongmun receipt 1\n") or any(name not in lines for name in RECEIPT_LINES):
        raise Wrong("This is not a receipt.")
    origin, commitment = lines["origin"], lines["commitment"]
    if origin != verdict.head.origin or lines["key"] != str(verdict.key):
        raise Wrong(f"The receipt is one of {origin}, under another key or for another log.")
    leaf = f"tongmun count 1\norigin: {origin}\nkind: ADD\namount: 1\ndigest: {commitment}\nreason: \nwords: "
    promised = f"tongmun promise 1\norigin: {origin}\nleaf: {leaf_hash(leaf.encode()).hex()}\nby: {lines['by']}\n"
    try:
        signature, opening = base64.b64decode(lines["promise"], validate=True), bytes.fromhex(lines["opening"])
    except ValueError:
        raise Wrong("The receipt was damaged.") from None
    if not is_signed(verdict.key.public, promised.encode(), signature):
        raise Wrong("The promise in the receipt was not signed by this log.")
    return _what_became(opening, commitment, lines["by"], verdict)


def _what_became(opening: bytes, commitment: str, by: str, verdict: Verdict) -> str:
    slug = verdict.head.origin.partition("/")[2]
    nullifier = hmac.new(opening, b"void|" + slug.encode(), hashlib.sha256).hexdigest()
    is_void = b"VOID" + nullifier.encode() in verdict.sums.seen
    if b"ADD" + commitment.encode() in verdict.sums.seen:
        if is_void:
            return "The signature of this receipt was counted, and was taken out of the count again."
        return "The signature of this receipt is counted."
    if time.strftime("%Y-%m-%dT%H:%MZ", time.gmtime()) > by:
        raise Wrong(f"The signature of this receipt is not in the log, though it was promised for {by}. Keep the file.")
    return f"The signature of this receipt is not in the log yet; it was promised for {by}."


# The witness


@dataclass(frozen=True)
class Witness:
    """A witness: its name and private key."""

    name: str
    seed: bytes

    @property
    def key(self) -> Key:
        """The verifier key."""
        return Key(self.name, b"\4" + public_half(self.seed))

    def line(self, head: Head, moment: int) -> str:
        """Cosign a head."""
        rest = self.key.hash + moment.to_bytes(8, "big") + sign(self.seed, cosigned(head, moment))
        return f"— {self.name} {base64.b64encode(rest).decode()}\n"


def read_or_make_witness(path: Path) -> Witness:
    """Read a witness's key; made when there is none, under the name of the file. Raises Wrong."""
    if not path.exists():
        name = path.name.removesuffix(".key")
        if not NAME.fullmatch(name):
            raise Wrong(f"{name!r} cannot be the name of a witness: no spaces and no plus signs.")
        words = f"PRIVATE KEY OF A WITNESS {name} {secrets.token_hex(32)}\n"
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(words)
    found = re.fullmatch(r"PRIVATE KEY OF A WITNESS ([^\s+]+) ([0-9a-f]{64})\n", path.read_text(encoding="utf-8"))
    if not found:
        raise Wrong(f"{path} does not hold the key of a witness.")
    return Witness(found[1], bytes.fromhex(found[2]))


# The network


class Site:
    """The address of a log. One connection is kept, since a log is many small files."""

    def __init__(self, address: str) -> None:
        parts = urllib.parse.urlsplit(address if address.endswith("/") else address + "/")
        host = parts.hostname or ""
        is_near = host in {"127.0.0.1", "::1", "localhost"} or host.endswith(".onion")
        if parts.scheme not in {"http", "https"} or not host or (parts.scheme == "http" and not is_near):
            raise Wrong("Give the https:// address of a log; http:// only for this machine and for .onion.")
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        try:
            self.connection: http.client.HTTPConnection = kind(host, parts.port, timeout=SECONDS_TO_WAIT)
        except ValueError:
            raise Wrong("The address has no port of the kind 443.") from None
        self.path = parts.path

    def close(self) -> None:
        """Let the connection go."""
        self.connection.close()

    def fetch(self, path: str, limit: int) -> bytes:
        """Get a file. Raises Wrong when it cannot be had or is larger than it may be."""
        status, body = self._ask("GET", path, None, limit)
        if status != http.client.OK:
            raise Wrong(f"{self.path}{path} was answered with {status}, where 200 was expected.")
        return body

    def post(self, path: str, body: bytes) -> tuple[int, str]:
        """Send a text; gives the status and what was answered."""
        status, answer = self._ask("POST", path, body, TEXT_LIMIT)
        return status, answer.decode("utf-8", "replace").strip()

    def _ask(self, method: str, path: str, body: bytes | None, limit: int) -> tuple[int, bytes]:
        headers = {"Accept-Encoding": "gzip", "User-Agent": "verify_count"}
        if body is not None:
            headers["Content-Type"] = "text/plain; charset=utf-8"
        for is_last in (False, True):
            try:
                self.connection.request(method, self.path + path, body, headers)
                response = self.connection.getresponse()
                data = response.read(limit + 1)
                break
            except (OSError, http.client.HTTPException) as error:
                # A kept connection may have been closed meanwhile.
                self.connection.close()
                if is_last:
                    raise Wrong(f"{self.path}{path} cannot be had: {error or type(error).__name__}.") from None
        if response.getheader("Content-Encoding") == "gzip":
            data = _unzipped(data, limit)
        if len(data) > limit:
            self.connection.close()
            raise Wrong(f"{self.path}{path} is larger than the {limit} bytes it may have.")
        return response.status, data


def _unzipped(data: bytes, limit: int) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(data, limit + 1)
    except zlib.error:
        raise Wrong("An answer was damaged on the way.") from None


# The command


def parser() -> argparse.ArgumentParser:
    """Build the parser of the arguments."""
    whole = argparse.ArgumentParser(
        prog="verify_count.py", description="Check the public count of a letter, without trusting whoever publishes it."
    )
    add_arguments(whole)
    return whole


def add_arguments(whole: argparse.ArgumentParser) -> None:
    """Add the arguments to a parser."""
    whole.add_argument("url", help="address of the log, such as https://example.org/en/2012/log/")
    whole.add_argument("--state", type=Path, metavar="FILE", help="remember every head there, and compare with it")
    whole.add_argument("--key", metavar="VKEY", help="the log's verifier key, from a source you trust")
    whole.add_argument("--receipt", type=Path, metavar="FILE", help="look up a receipt of your own in the log")
    whole.add_argument(
        "--cosign", type=Path, metavar="KEYFILE", help="be a witness: sign what was checked; the key is made if absent"
    )


def run(options: argparse.Namespace) -> int:
    """Check, and say in plain words what was found; the code is 1 when something is wrong."""
    try:
        _run(options)
    except Wrong as wrong:
        say(f"WRONG: {wrong}")
        return 1
    except OSError as error:
        say(f"WRONG: {error.filename or 'a file'} cannot be used: {error.strerror}.")
        return 1
    return 0


def _run(options: argparse.Namespace) -> None:
    if options.cosign and not options.state:
        raise Wrong("A witness needs --state FILE: what it vouches for is that the log only grew.")
    witness = read_or_make_witness(options.cosign) if options.cosign else None
    if witness:
        say(f"The verifier key of this witness: {witness.key}")
    state = read_state(options.state) if options.state else None
    key = read_key(options.key, 1) if options.key else None
    if key and state and key != state.key:
        raise Wrong("The key you gave is not the key under which this log was seen before.")
    known = key or (state.key if state else None)
    heads = dict(state.heads) if state else {}
    with contextlib.closing(Site(options.url)) as site:
        verdict = audit(site.fetch, key=known, seen=heads)
        _tell(verdict, known, len(heads))
        if options.state:
            write_state(options.state, State(verdict.key, {**heads, verdict.head.size: verdict.head.root}))
        if options.receipt:
            say("\n" + check_receipt(options.receipt.read_text(encoding="utf-8"), verdict))
        if witness:
            _cosign(site, witness, verdict.head)


def _tell(verdict: Verdict, known: Key | None, heads: int) -> None:
    sums, head = verdict.sums, verdict.head
    say(f"{head.origin}: {head.size} entries, root {head.root.hex()}, as of {verdict.as_of}")
    say(f"{sums.added - sums.voided} signatures are counted: {sums.added} added, {sums.voided} taken out.")
    for reason, number in sorted(sums.reasons.items()):
        say(f"  taken out, {reason.lower()}: {number}")
    say(f"Apart from these, {sums.paper} on paper and {sums.vouched} vouched for by organisations.")
    names = ", ".join(verdict.cosigned_by) or "none"
    say(f"Cosigned by {len(verdict.cosigned_by)} of {len(verdict.witnesses)} witnesses: {names}.")
    if heads:
        say(f"It follows from all {heads} heads seen before.")
    else:
        say("No head was seen before; with --state FILE the next check compares with this one.")
    if known is None:
        say(f"The key was taken from the site itself: {verdict.key}\n  Compare it with what is printed on paper.")
    say("\n" + PROVED + "\n\n" + NOT_PROVED)


def _cosign(site: Site, witness: Witness, head: Head) -> None:
    line = witness.line(head, int(time.time()))
    say("\n" + line.rstrip("\n"))
    status, answer = site.post("cosign", f"{head.body}\n{line}".encode())
    if status not in {http.client.OK, http.client.CREATED}:
        raise Wrong(f"The log did not take the cosignature ({status}): {answer[:300]}")
    say("The log has taken the cosignature.")


def source() -> str:
    """Give this very file, to hand on."""
    return Path(__file__).read_text(encoding="utf-8")


def say(words: str) -> None:
    """Print a line; what a site sends must not steer the terminal."""
    sys.stdout.write("".join(c if c.isprintable() or c == "\n" else "?" for c in words) + "\n")


if __name__ == "__main__":
    sys.exit(run(parser().parse_args()))
