"""The hash tree of RFC 9162, section 2.1: append, root, and proofs that a leaf is in it and that it only ever grew."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

HASH_BYTES = 32
EMPTY_ROOT = sha256().digest()


def leaf_hash(data: bytes) -> bytes:
    """Give the hash of a leaf."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Give the hash of a node with two children."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """The right edge of a tree: the hashes of its perfect subtrees, the largest first. Enough to append and no more."""

    def __init__(self, size: int = 0, packed: bytes = b"") -> None:
        """Take a frontier up again, from the number of leaves and the hashes as `packed` gave them.

        Raises ValueError when there are not as many hashes as a tree of this size has.
        """
        if len(packed) != HASH_BYTES * size.bit_count():
            raise ValueError(f"a tree of {size} leaves has {size.bit_count()} perfect subtrees")
        self.size = size
        self._hashes = [packed[start : start + HASH_BYTES] for start in range(0, len(packed), HASH_BYTES)]

    def append(self, leaf: bytes) -> None:
        """Append the hash of a leaf."""
        right, number = leaf, self.size
        # Each one at the end of the number is a perfect subtree that now has its twin.
        while number & 1:
            right = node_hash(self._hashes.pop(), right)
            number >>= 1
        self._hashes.append(right)
        self.size += 1

    def root(self) -> bytes:
        """Give the root of the tree."""
        if not self._hashes:
            return EMPTY_ROOT
        right = self._hashes[-1]
        for left in reversed(self._hashes[:-1]):
            right = node_hash(left, right)
        return right

    @property
    def packed(self) -> bytes:
        """The hashes in one piece, 32 bytes each."""
        return b"".join(self._hashes)


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Give the root over hashes of leaves."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


class Tree:
    """A whole tree in memory, which can prove. Leaves are given as hashes."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        # Level k holds the hashes of the perfect subtrees of 2**k leaves.
        self._levels: list[list[bytes]] = [[]]
        for leaf in leaves:
            self.append(leaf)

    def append(self, leaf: bytes) -> None:
        """Append the hash of a leaf."""
        self._levels[0].append(leaf)
        height = 0
        while len(self._levels[height]) % 2 == 0:
            if height + 1 == len(self._levels):
                self._levels.append([])
            self._levels[height + 1].append(node_hash(*self._levels[height][-2:]))
            height += 1

    @property
    def size(self) -> int:
        """The number of leaves."""
        return len(self._levels[0])

    def root(self, size: int | None = None) -> bytes:
        """Give the root, or the root the tree had when it was smaller."""
        size = self.size if size is None else size
        return self._hash(0, size) if size else EMPTY_ROOT

    def inclusion_proof(self, index: int, size: int | None = None) -> list[bytes]:
        """Prove that the leaf at a place, from 0, is in the tree of a size (RFC 9162, 2.1.3.1)."""
        size = self.size if size is None else size
        if not 0 <= index < size <= self.size:
            raise IndexError(index)
        proof, start, end = [], 0, size
        while end - start > 1:
            middle = start + _split(end - start)
            if index < middle:
                proof.append(self._hash(middle, end))
                end = middle
            else:
                proof.append(self._hash(start, middle))
                start = middle
        return proof[::-1]

    def consistency_proof(self, old: int, size: int | None = None) -> list[bytes]:
        """Prove that the tree of a size begins with the tree of an older size, at least 1 (RFC 9162, 2.1.4.1)."""
        size = self.size if size is None else size
        if not 0 < old <= size <= self.size:
            raise IndexError(old)
        proof, start, end = [], 0, size
        while old != end:
            middle = start + _split(end - start)
            if old <= middle:
                proof.append(self._hash(middle, end))
                end = middle
            else:
                proof.append(self._hash(start, middle))
                start = middle
        return ([self._hash(start, end)] if start else []) + proof[::-1]

    def _hash(self, start: int, end: int) -> bytes:
        size = end - start
        if size & (size - 1) == 0:
            # Whatever is split off on the left begins at a multiple of its size, so it is a node of its level.
            return self._levels[size.bit_length() - 1][start // size]
        middle = start + _split(size)
        return node_hash(self._hash(start, middle), self._hash(middle, end))


def _split(size: int) -> int:
    """Give the largest power of two below a size of at least 2."""
    return 1 << (size - 1).bit_length() - 1


def is_included(leaf: bytes, *, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Tell whether a proof shows that the hash of a leaf stands at a place below a root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    here, last, found = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if here & 1 or here == last:
            found = node_hash(sibling, found)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        here, last = here >> 1, last >> 1
    return last == 0 and found == root


def is_consistent(*, old: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """Tell whether a proof shows that a tree only grew from an older one with leaves (RFC 9162, 2.1.4.2)."""
    if not 0 < old <= size:
        return False
    if old == size:
        return not proof and old_root == root
    # A perfect tree is itself the first node, and its hash is left out of the proof.
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not path:
        return False
    here, last = old - 1, size - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    before = after = path[0]
    for node in path[1:]:
        if last == 0:
            return False
        if here & 1 or here == last:
            before, after = node_hash(node, before), node_hash(node, after)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            after = node_hash(after, node)
        here, last = here >> 1, last >> 1
    return last == 0 and before == old_root and after == root
