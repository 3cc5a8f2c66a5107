"""The tree agrees with the published vectors, and with the definitions of RFC 9162 written down word for word."""

import random
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongmun.kit.merkle import (
    EMPTY_ROOT,
    Frontier,
    Tree,
    is_consistent,
    is_included,
    leaf_hash,
    node_hash,
    root_of,
)

# The eight leaves of the tests of Certificate Transparency, and the roots over the first one, two, … of them.
LEAVES = [
    bytes.fromhex(words)
    for words in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
HASHES = [leaf_hash(leaf) for leaf in LEAVES]


# The oracle: 2.1.1, 2.1.3.1 and 2.1.4.1 of the RFC, which define by recursion and are slow.


def split(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def mth(d: list[bytes]) -> bytes:
    if not d:
        return sha256(b"").digest()
    if len(d) == 1:
        return sha256(b"\x00" + d[0]).digest()
    k = split(len(d))
    return sha256(b"\x01" + mth(d[:k]) + mth(d[k:])).digest()


def path(m: int, d: list[bytes]) -> list[bytes]:
    if len(d) == 1:
        return []
    k = split(len(d))
    return [*path(m, d[:k]), mth(d[k:])] if m < k else [*path(m - k, d[k:]), mth(d[:k])]


def subproof(m: int, d: list[bytes], *, is_whole: bool) -> list[bytes]:
    if m == len(d):
        return [] if is_whole else [mth(d)]
    k = split(len(d))
    if m <= k:
        return [*subproof(m, d[:k], is_whole=is_whole), mth(d[k:])]
    return [*subproof(m - k, d[k:], is_whole=False), mth(d[:k])]


def leaves(size: int) -> list[bytes]:
    return [b"leaf %d" % number for number in range(size)]


def tree(size: int) -> Tree:
    return Tree(map(leaf_hash, leaves(size)))


def test_roots_are_the_published_ones():
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert [root_of(HASHES[:size]).hex() for size in range(1, 9)] == ROOTS
    assert [Tree(HASHES).root(size).hex() for size in range(1, 9)] == ROOTS


@pytest.mark.parametrize(
    ("index", "size", "proof"),
    [
        (0, 1, []),
        (
            0,
            8,
            [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ],
        ),
        (
            5,
            8,
            [
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
        ),
        (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    ],
)
def test_inclusion_proofs_are_the_published_ones(index, size, proof):
    found = Tree(HASHES).inclusion_proof(index, size)

    assert [node.hex() for node in found] == proof
    assert is_included(HASHES[index], index=index, size=size, proof=found, root=bytes.fromhex(ROOTS[size - 1]))


@pytest.mark.parametrize(
    ("old", "size", "proof"),
    [
        (1, 1, []),
        (
            1,
            8,
            [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ],
        ),
        (
            6,
            8,
            [
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
        ),
    ],
)
def test_consistency_proofs_are_the_published_ones(old, size, proof):
    found = Tree(HASHES).consistency_proof(old, size)

    assert [node.hex() for node in found] == proof


@settings(max_examples=60, deadline=None)
@given(size=st.integers(0, 300), where=st.integers(0, 2**32))
def test_roots_and_proofs_are_those_of_the_definition(size, where):
    data, whole = leaves(size), tree(size)

    assert whole.root() == root_of(map(leaf_hash, data)) == mth(data)
    if size:
        index, old = where % size, where % size + 1
        assert whole.inclusion_proof(index) == path(index, data)
        assert whole.consistency_proof(old) == subproof(old, data, is_whole=True)


@settings(max_examples=100, deadline=None)
@given(size=st.integers(1, 3_000), index=st.integers(0, 2**32), old=st.integers(0, 2**32))
def test_every_proof_is_accepted_and_no_other(size, index, old):
    whole, index, old = tree(size), index % size, old % size + 1
    leaf, proof, root = leaf_hash(b"leaf %d" % index), whole.inclusion_proof(index), whole.root()
    grown = whole.consistency_proof(old)

    assert is_included(leaf, index=index, size=size, proof=proof, root=root)
    assert not is_included(leaf_hash(b"other"), index=index, size=size, proof=proof, root=root)
    assert not is_included(leaf, index=index, size=size, proof=[*proof, root], root=root)
    assert not is_included(leaf, index=size, size=size, proof=proof, root=root)
    assert is_consistent(old=old, old_root=whole.root(old), size=size, root=root, proof=grown)
    assert not is_consistent(old=old, old_root=leaf_hash(b"other"), size=size, root=root, proof=grown)
    assert not is_consistent(old=old, old_root=whole.root(old), size=size, root=root, proof=[*grown, root])
    for number in range(len(proof)):
        changed = [node if one != number else node_hash(node, node) for one, node in enumerate(proof)]
        assert not is_included(leaf, index=index, size=size, proof=changed, root=root)
        assert not is_included(leaf, index=index, size=size, proof=proof[:number] + proof[number + 1 :], root=root)
    for number in range(len(grown)):
        changed = [node if one != number else node_hash(node, node) for one, node in enumerate(grown)]
        assert not is_consistent(old=old, old_root=whole.root(old), size=size, root=root, proof=changed)
        assert not is_consistent(old=old, old_root=whole.root(old), size=size, root=root, proof=grown[:number])


def test_sampled_inclusion_proofs_of_a_large_log_are_those_of_the_definition():
    size = 10_000
    whole, data = tree(size), leaves(size)
    known: dict[tuple[int, int], bytes] = {}

    def hashed(start: int, end: int) -> bytes:
        if (start, end) not in known:
            middle = start + split(end - start)
            known[start, end] = (
                sha256(b"\x00" + data[start]).digest()
                if end - start == 1
                else sha256(b"\x01" + hashed(start, middle) + hashed(middle, end)).digest()
            )
        return known[start, end]

    def proven(index: int, start: int, end: int) -> list[bytes]:
        if end - start == 1:
            return []
        middle = start + split(end - start)
        if index < middle:
            return [*proven(index, start, middle), hashed(middle, end)]
        return [*proven(index, middle, end), hashed(start, middle)]

    for index in random.Random(7).sample(range(size), 500):  # noqa: S311 -- the same ones each time
        assert whole.inclusion_proof(index) == proven(index, 0, size)


def test_frontier_goes_on_where_it_was_packed():
    frontier, whole = Frontier(), []
    for leaf in leaves(70):
        frontier = Frontier(frontier.size, frontier.packed)
        frontier.append(leaf_hash(leaf))
        whole.append(leaf)

        assert (frontier.size, frontier.root()) == (len(whole), mth(whole))


@pytest.mark.parametrize(("size", "packed"), [(1, b""), (2, bytes(64)), (3, bytes(32)), (0, bytes(32)), (1, bytes(31))])
def test_frontier_of_another_size_is_refused(size, packed):
    with pytest.raises(ValueError, match="perfect subtrees"):
        Frontier(size, packed)


@pytest.mark.parametrize(("index", "size"), [(-1, 8), (8, 8), (0, 9), (0, 0)])
def test_no_proof_outside_the_tree(index, size):
    with pytest.raises(IndexError):
        Tree(HASHES).inclusion_proof(index, size)
    with pytest.raises(IndexError):
        Tree(HASHES).consistency_proof(index if index != 8 else 9, min(size, 8))
