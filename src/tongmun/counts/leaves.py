"""What stands in the log for an entry: a text that says itself what it is, and that has one spelling alone."""

from tongmun.kit.merkle import leaf_hash

VERSION = 1


def leaf_text(*, origin: str, kind: str, amount: int, digest: bytes, reason: str, words: str) -> bytes:
    """Write an entry as a leaf, UTF-8. The words come last and to the end, so that nothing in them can divide it."""
    return (
        f"tongmun count {VERSION}\norigin: {origin}\nkind: {kind}\namount: {amount}\n"
        f"digest: {digest.hex()}\nreason: {reason}\nwords: {words}"
    ).encode()


def added_leaf(*, origin: str, commitment: bytes) -> bytes:
    """Give the hash of the leaf of a counted signature."""
    return leaf_hash(leaf_text(origin=origin, kind="ADD", amount=1, digest=commitment, reason="", words=""))
