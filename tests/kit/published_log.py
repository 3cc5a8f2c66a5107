"""A log as an honest publisher, or one who holds its key and cheats, lays it out: addresses and what they give."""

import json
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256

from tongmun.counts.leaves import leaf_text
from tongmun.counts.tiles import Place
from tongmun.kit.merkle import leaf_hash, root_of
from tongmun.kit.notes import LOG, Head, public_key_of, signed_checkpoint, verifier_key

ORIGIN = "example.org/trial"
SEED = sha256(b"the key of a log in a test").digest()
KEY = verifier_key(ORIGIN, LOG, public_key_of(SEED))
WIDTH = 256


def leaf(kind: str, mark: object, *, amount: int | None = None, reason: str | None = None, words: str = "") -> bytes:
    """Make a leaf of a kind; the mark makes its digest."""
    usual = {"ADD": 1, "VOID": -1, "NOTE": 0}
    return leaf_text(
        origin=ORIGIN,
        kind=kind,
        amount=usual[kind] if amount is None else amount,
        digest=sha256(repr((kind, mark)).encode()).digest(),
        reason=("WITHDRAWN" if kind == "VOID" else "") if reason is None else reason,
        words=words,
    )


def some_leaves(size: int) -> list[bytes]:
    """Make leaves of every kind: mostly counted signatures, every tenth taken out again."""
    leaves = [leaf("VOID" if number % 10 == 9 else "ADD", number) for number in range(size)]
    for number, special in (
        (3, leaf("PAPER", 3, amount=40, words="Seoul, sheets 1 to 4")),
        (7, leaf("VOUCHED", 7, amount=1_200, words="Vouched for by an organisation\nin Lyon: its own list")),
        (11, leaf("PAPER", 11, amount=-2, words="Seoul, sheet 4: two lines twice")),
        (13, leaf("NOTE", 13, words="The letter in Korean: 편지")),
    ):
        if number < size:
            leaves[number] = special
    return leaves


@dataclass
class Published:
    """What a site serves; `files` may be changed to cheat."""

    leaves: list[bytes]
    seed: bytes = SEED
    files: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.publish()

    def publish(self) -> None:
        """Lay everything out anew, as the holder of the key can."""
        hashes = [leaf_hash(text) for text in self.leaves]
        self.files.clear()
        self._lay_entries()
        self._lay_tiles(hashes)
        head = Head(ORIGIN, len(hashes), root_of(hashes))
        self.files["checkpoint"] = signed_checkpoint(head, seed=self.seed).encode()
        self.files["count.json"] = json.dumps(self.numbers()).encode()

    def _lay_entries(self) -> None:
        for place, texts in _parts(self.leaves):
            packed = b"".join(len(text).to_bytes(2, "big") + text for text in texts)
            self.files[f"tile/entries/{place.path()}"] = packed

    def _lay_tiles(self, hashes: list[bytes]) -> None:
        level = 0
        while hashes:
            for place, part in _parts(hashes):
                self.files[f"tile/{level}/{place.path()}"] = b"".join(part)
            hashes = [root_of(part) for place, part in _parts(hashes) if place.is_full]
            level += 1

    def numbers(self) -> dict[str, object]:
        """Add the leaves up."""
        amounts: dict[str, int] = dict.fromkeys(("ADD", "VOID", "PAPER", "VOUCHED", "NOTE"), 0)
        for text in self.leaves:
            fields = dict(line.split(": ", 1) for line in text.decode().split("\n", 6)[1:4])
            amounts[fields["kind"]] += int(fields["amount"])
        return {
            "origin": ORIGIN,
            "key": verifier_key(ORIGIN, LOG, public_key_of(self.seed)),
            "witnesses": [],
            "size": len(self.leaves),
            "added": amounts["ADD"],
            "voided": -amounts["VOID"],
            "counted": amounts["ADD"] + amounts["VOID"],
            "paper": amounts["PAPER"],
            "vouched": amounts["VOUCHED"],
            "as_of": "2030-09-01T10:17:00Z",
        }

    def fetch(self, path: str, limit: int) -> bytes:
        """Serve a file, as the verifier asks for it."""
        self.asked.append(path)
        assert len(self.files[path]) <= limit
        return self.files[path]

    @property
    def root(self) -> bytes:
        """The root over the leaves as they are."""
        return root_of(map(leaf_hash, self.leaves))

    def changed(self, change: Callable[[list[bytes]], None]) -> "Published":
        """Give the log of a publisher who has changed the leaves and signed again."""
        leaves = list(self.leaves)
        change(leaves)
        return Published(leaves, self.seed)


def _parts(items: list[bytes]) -> list[tuple[Place, list[bytes]]]:
    return [
        (Place(start // WIDTH, len(items[start : start + WIDTH])), items[start : start + WIDTH])
        for start in range(0, len(items), WIDTH)
    ]


def with_line(checkpoint: bytes, name: str, rest: bytes) -> bytes:
    """Put a signature line under a checkpoint."""
    return checkpoint + f"— {name} {b64encode(rest).decode()}\n".encode()
