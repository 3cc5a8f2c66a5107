"""The verifier accepts an honest log and finds every kind of cheating; what it finds is said in words."""

import ast
import json
import random
import re
import subprocess
import sys
from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.signing import SigningKey, VerifyKey
from tests.kit.published_log import KEY, ORIGIN, SEED, Published, leaf, some_leaves, with_line

from tongmun.counts.leaves import added_leaf
from tongmun.kit import merkle, notes, verify_count
from tongmun.kit.sealing import commitment, nullifier
from tongmun.kit.verify_count import Head, Wrong, audit, check_receipt, read_key

# RFC 8032, section 7.1: private key, public key, message, signature.
ED25519 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe246"
            "55141438e7a100b"
        ),
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb"
            "00d291612bb0c00"
        ),
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc"
            "027beceea1ec40a"
        ),
    ),
]
SIZE, SAMPLE = 10_000, 4


@pytest.fixture(scope="module")
def honest() -> Published:
    return Published(some_leaves(SIZE))


@pytest.fixture
def small() -> Published:
    return Published(some_leaves(600))


def wrong(log: Published, **known: object) -> str:
    with pytest.raises(Wrong) as found:
        audit(log.fetch, **known)
    return str(found.value)


# Ed25519


@pytest.mark.parametrize(("seed", "public", "message", "signature"), ED25519)
def test_signatures_are_the_published_ones(seed, public, message, signature):
    private, text = bytes.fromhex(seed), bytes.fromhex(message)

    assert verify_count.public_half(private).hex() == public
    assert verify_count.sign(private, text).hex() == signature
    assert verify_count.is_signed(bytes.fromhex(public), text, bytes.fromhex(signature))


@settings(max_examples=10, deadline=None)
@given(seed=st.binary(min_size=32, max_size=32), message=st.binary(max_size=80), bit=st.integers(0, 511))
def test_signatures_are_those_of_libsodium_and_no_other_is_accepted(seed, message, bit):
    public, signature = bytes(SigningKey(seed).verify_key), SigningKey(seed).sign(message).signature
    changed = bytearray(signature)
    changed[bit // 8] ^= 1 << bit % 8

    assert verify_count.sign(seed, message) == signature
    assert verify_count.is_signed(public, message, signature)
    assert not verify_count.is_signed(public, message, bytes(changed))
    assert not verify_count.is_signed(public, message + b"x", signature)


def test_a_second_spelling_of_a_signature_is_refused():
    signature = verify_count.sign(SEED, b"text")
    larger = (int.from_bytes(signature[32:], "little") + verify_count.L).to_bytes(32, "little")

    assert not verify_count.is_signed(verify_count.public_half(SEED), b"text", signature[:32] + larger)
    assert not verify_count.is_signed(b"\xff" * 32, b"text", signature)
    assert not verify_count.is_signed(b"short", b"text", signature)


# An honest log


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 511, 512, 600])
def test_an_honest_log_is_accepted(size):
    log = Published(some_leaves(size))

    verdict = audit(log.fetch, key=read_key(KEY, 1), seen={size: log.root})

    assert (verdict.head.size, verdict.head.root) == (size, log.root)
    assert sorted(log.asked) == sorted(log.files)


def test_what_is_added_up_is_what_was_put_in(honest):
    sums = audit(honest.fetch).sums

    assert (sums.added, sums.voided, sums.paper, sums.vouched) == (8_996, 1_000, 38, 1_200)
    assert sums.reasons == {"WITHDRAWN": 1_000}


@settings(max_examples=40, deadline=None)
@given(size=st.integers(0, 1_500), parts=st.integers(0, 1_500))
def test_the_verifiers_own_tree_is_the_same_tree(size, parts):
    hashes = [sha256(b"%d" % number).digest() for number in range(size)]
    tiles, middle = verify_count.Tiles(lambda *_: None), None
    for number, hashed in enumerate(hashes):
        tiles.append(hashed)
        if number + 1 == parts:
            middle = tiles.root()

    assert tiles.root() == verify_count.root_over(hashes) == merkle.root_of(hashes)
    assert middle is None or middle == merkle.root_of(hashes[:parts])


def test_earlier_heads_are_found_again_wherever_they_were(honest):
    sizes = [1, 5, 256, 300, 4_096, 9_999, SIZE]
    hashes = [merkle.leaf_hash(text) for text in honest.leaves]

    audit(honest.fetch, seen={size: merkle.root_of(hashes[:size]) for size in sizes})


# A cheating publisher, who cannot sign


def mutate(leaves: list[bytes], index: int) -> None:
    digest = leaves[index].index(b"digest: ") + len(b"digest: ")
    other = b"1" if leaves[index][digest : digest + 1] == b"0" else b"0"
    leaves[index] = leaves[index][:digest] + other + leaves[index][digest + 1 :]


def drop(leaves: list[bytes], index: int) -> None:
    del leaves[index]


def reorder(leaves: list[bytes], index: int) -> None:
    other = index - 1 if index else 1
    leaves[index], leaves[other] = leaves[other], leaves[index]


def back_date(leaves: list[bytes], index: int) -> None:
    leaves.insert(index, leaf("ADD", "a signature invented later"))


DEEDS = [mutate, drop, reorder, back_date]


def test_each_of_ten_thousand_changed_leaves_gives_another_root(honest):
    """All of them by the tree alone, a sample of them by the whole verifier below.

    Whatever the deed, another leaf then stands at the place where it was done, and a root has room for one.
    """
    tree = merkle.Tree(map(merkle.leaf_hash, honest.leaves))
    root, found = tree.root(), 0
    for index, text in enumerate(honest.leaves):
        proof = tree.inclusion_proof(index)

        def stands(leaf_there: bytes, index: int = index, proof: list[bytes] = proof) -> bool:
            hashed = verify_count.leaf_hash(leaf_there)
            return merkle.is_included(hashed, index=index, size=SIZE, proof=proof, root=root)

        assert stands(text)
        for deed in DEEDS:
            part = honest.leaves[max(0, index - 1) : index + 2]
            deed(part, min(index, 1))
            there = part[min(index, 1)] if len(part) > 1 or index == 0 else b""
            found += not stands(there)
    assert found == SIZE * len(DEEDS)


def some_places(seed: int) -> list[int]:
    return random.Random(seed).sample(range(SIZE), SAMPLE)  # noqa: S311 -- the same ones each time


@pytest.mark.parametrize("deed", DEEDS)
def test_a_log_that_was_changed_under_its_checkpoint_is_found(honest, deed):
    for index in some_places(1):
        cheating = honest.changed(lambda leaves, index=index: deed(leaves, index))
        cheating.files["checkpoint"] = honest.files["checkpoint"]
        cheating.files["count.json"] = honest.files["count.json"]
        # A file that the changed log does not have is served as it was.
        cheating.files = honest.files | cheating.files

        assert wrong(cheating)


@pytest.mark.parametrize("deed", DEEDS)
def test_a_log_that_was_changed_and_signed_again_is_found_by_who_saw_it(honest, deed):
    for index in some_places(2):
        cheating = honest.changed(lambda leaves, index=index: deed(leaves, index))
        if deed is not drop:
            cheating.leaves.append(leaf("ADD", "one more"))
            cheating.publish()

        assert audit(cheating.fetch).head.size
        told = wrong(cheating, seen={SIZE: honest.root})
        assert "were removed" in told if deed is drop else "was rewritten" in told


def test_a_leaf_of_the_last_hour_cannot_be_changed_either(small):
    seen = {600: small.root}
    cheating = small.changed(lambda leaves: mutate(leaves, 599))

    assert "was rewritten" in wrong(cheating, seen=seen)


@pytest.mark.parametrize("path", ["tile/0/000", "tile/0/002.p/88", "tile/1/000.p/2", "tile/entries/001"])
def test_a_tile_that_does_not_fit_is_found(small, path):
    small.files[path] = small.files[path][:-1] + b"?"

    assert wrong(small)


@pytest.mark.parametrize("name", ["added", "voided", "counted", "paper", "vouched"])
def test_a_published_number_that_is_not_that_of_the_log_is_found(small, name):
    numbers = small.numbers()
    numbers[name] = int(str(numbers[name])) + 1
    small.files["count.json"] = json.dumps(numbers).encode()

    assert f"'{name}'" in wrong(small)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b'{"size": 600}', b'{"size": 600, "key": 7}'])
def test_numbers_that_are_none_are_found(small, content):
    small.files["count.json"] = content

    assert wrong(small)


def test_a_checkpoint_that_another_key_signed_is_found(small):
    other = Published(small.leaves, bytes(32))

    assert "not signed by the key" in wrong(other, key=read_key(KEY, 1))
    assert audit(other.fetch).head.size == 600


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(b"600", b"599"),
        lambda text: text.replace(b"600", b"0600"),
        lambda text: text.replace(b"600", b"999999999999"),
        lambda text: text.replace(ORIGIN.encode(), b"example.org/other"),
        lambda text: text[:-10],
        lambda text: text.split(b"\n\n")[0],
        lambda text: b"\xff" + text,
        lambda text: b"",
    ],
)
def test_a_checkpoint_that_was_changed_is_found(small, change):
    small.files["checkpoint"] = change(small.files["checkpoint"])

    assert wrong(small)


# What must not stand in a log at all, though whoever holds the key may sign it

ADDED = leaf("ADD", 1)


@pytest.mark.parametrize(
    ("leaves", "words"),
    [
        ([ADDED, leaf("ADD", 2), ADDED], "Entry 2 counts a signature that an earlier"),
        ([ADDED, leaf("VOID", 1), leaf("ADD", 2), leaf("VOID", 1)], "Entry 3 takes out a signature that an earlier"),
        ([ADDED, leaf("VOID", 1), leaf("ADD", 2), leaf("VOID", 1, reason="FRAUD")], "Entry 3 takes out"),
        ([ADDED, leaf("VOID", 1), leaf("VOID", 2)], "more was taken out"),
        ([leaf("PAPER", 1, amount=4, words="x"), leaf("PAPER", 2, amount=-5, words="y")], "more was taken out"),
        ([leaf("VOUCHED", 1, amount=-1, words="x")], "more was taken out"),
        ([leaf("ADD", 1, amount=2)], "contradicts itself"),
        ([leaf("ADD", 1, words="Suzie")], "contradicts itself"),
        ([leaf("ADD", 1, reason="FRAUD")], "contradicts itself"),
        ([ADDED, leaf("VOID", 1, reason="")], "contradicts itself"),
        ([ADDED, leaf("VOID", 1, amount=-2)], "contradicts itself"),
        ([leaf("NOTE", 1)], "contradicts itself"),
        ([leaf("PAPER", 1, amount=0, words="x")], "contradicts itself"),
        ([leaf("PAPER", 1, amount=5)], "contradicts itself"),
        ([ADDED.replace(b"trial", b"other")], "not an entry of this log"),
        ([ADDED.replace(b"amount: 1", b"amount: 01")], "not an entry of this log"),
        ([ADDED.replace(b"reason: ", b"reason: SPITE")], "not an entry of this log"),
        ([b"tongmun count 2" + ADDED[15:]], "not an entry of this log"),
    ],
)
def test_entries_that_cannot_be_are_found(leaves, words):
    log = Published([leaf("ADD", 0)])
    log.leaves = leaves
    try:
        log.publish()
    except KeyError:
        pytest.fail("the sample cannot be laid out")

    assert words in wrong(log)


def test_a_total_below_zero_at_a_head_that_was_seen_is_found():
    leaves = [leaf("VOID", 1), leaf("ADD", 2), leaf("ADD", 3)]
    log = Published(leaves)

    audit(log.fetch)
    assert "more was taken out" in wrong(log, seen={1: merkle.leaf_hash(leaves[0])})


# Witnesses


def cosigned(log: Published, name: str, seed: bytes) -> None:
    head = notes.read_head(log.files["checkpoint"].split(b"\n\n")[0].decode() + "\n")
    line = notes.cosignature_line(head, name=name, seed=seed, at=datetime(2030, 9, 1, tzinfo=UTC))
    log.files["checkpoint"] += line.encode()


def register(log: Published, *witnesses: tuple[str, bytes]) -> None:
    keys = [notes.verifier_key(name, notes.WITNESS, notes.public_key_of(seed)) for name, seed in witnesses]
    log.files["count.json"] = json.dumps(log.numbers() | {"witnesses": keys}).encode()


def test_cosignatures_of_registered_witnesses_are_counted(small):
    register(small, ("a.example", bytes(32)), ("b.example", SEED), ("c.example", b"c" * 32))
    cosigned(small, "a.example", bytes(32))
    cosigned(small, "b.example", SEED)
    cosigned(small, "unknown.example", b"d" * 32)

    verdict = audit(small.fetch)

    assert verdict.cosigned_by == ["a.example", "b.example"]
    assert verdict.witnesses == ["a.example", "b.example", "c.example"]


def test_a_false_cosignature_is_found(small):
    register(small, ("a.example", bytes(32)))
    hashed = notes.key_hash("a.example", notes.WITNESS, notes.public_key_of(bytes(32)))
    small.files["checkpoint"] = with_line(small.files["checkpoint"], "a.example", hashed + bytes(72))

    assert "cosignature of a.example is false" in wrong(small)


def test_the_verifiers_cosignature_is_one_by_our_own_reading(small, tmp_path):
    witness = verify_count.read_or_make_witness(tmp_path / "ngo.example.key")
    head = audit(small.fetch).head

    line = witness.line(head, 1_900_000_000)

    name, public = notes.read_witness_key(str(witness.key))
    assert name == "ngo.example"
    notes.check_cosignature(notes.read_head(head.body), line, public_key=public)
    assert (tmp_path / "ngo.example.key").stat().st_mode & 0o777 == 0o600
    assert verify_count.read_or_make_witness(tmp_path / "ngo.example.key") == witness


# Receipts

OPENING, TOKEN = bytes(range(32)), b"token of a mailbox"
PROMISED = commitment(TOKEN, opening=OPENING, edition="trial")


def receipt(until: datetime, **changes: str) -> str:
    hashed = added_leaf(origin=ORIGIN, commitment=PROMISED)
    lines = {
        "origin": ORIGIN,
        "key": KEY,
        "opening": OPENING.hex(),
        "commitment": PROMISED.hex(),
        "by": f"{until:%Y-%m-%dT%H:%MZ}",
        "promise": notes.promise(origin=ORIGIN, leaf=hashed, by=until, seed=SEED),
    }
    return "tongmun receipt 1\n" + "".join(f"{name}: {value}\n" for name, value in (lines | changes).items())


def counted_leaf(digest: bytes, kind: str = "ADD") -> bytes:
    return re.sub(rb"digest: [0-9a-f]+", b"digest: " + digest.hex().encode(), leaf(kind, 0))


PAST, FUTURE = datetime.now(UTC) - timedelta(hours=2), datetime.now(UTC) + timedelta(hours=2)


def test_a_receipt_is_looked_up():
    there = [leaf("ADD", 1), counted_leaf(PROMISED)]
    gone = [*there, counted_leaf(nullifier(opening=OPENING, edition="trial"), "VOID")]

    assert "is counted." in check_receipt(receipt(PAST), audit(Published(there).fetch))
    assert "taken out of the count again" in check_receipt(receipt(PAST), audit(Published(gone).fetch))
    assert "not in the log yet" in check_receipt(receipt(FUTURE), audit(Published(there[:1]).fetch))


def test_a_broken_promise_is_found():
    verdict = audit(Published([leaf("ADD", 1)]).fetch)

    with pytest.raises(Wrong, match="though it was promised"):
        check_receipt(receipt(PAST), verdict)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "tongmun receipt 1\n",
        receipt(PAST, origin="example.org/other"),
        receipt(PAST, commitment="00" * 32),
        receipt(PAST, by="2030-01-01T00:00Z"),
        receipt(PAST, opening="not hexadecimal"),
        receipt(PAST, promise="AAAA"),
    ],
)
def test_a_false_receipt_is_found(words):
    verdict = audit(Published([leaf("ADD", 1), counted_leaf(PROMISED)]).fetch)

    with pytest.raises(Wrong):
        check_receipt(words, verdict)


# The file


def test_the_file_imports_the_standard_library_alone():
    tree = ast.parse(Path(verify_count.__file__).read_text("utf-8"))

    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in imported} <= sys.stdlib_module_names


def test_the_file_runs_alone(tmp_path):
    alone = tmp_path / "verify_count.py"
    alone.write_text(verify_count.source(), "utf-8")

    ended = subprocess.run(  # noqa: S603 -- ourselves
        [sys.executable, "-I", str(alone), "http://example.org/log/"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )

    assert ended.returncode == 1
    assert ended.stdout == "WRONG: Give the https:// address of a log; http:// only for this machine and for .onion.\n"
    assert ended.stderr == ""


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"key": "x", "heads": []}', '{"key": 1, "heads": [[1, "zz"]]}'])
def test_a_state_file_that_is_none_is_not_overlooked(tmp_path, content):
    state = tmp_path / "seen.json"
    state.write_text(content, "utf-8")

    with pytest.raises(Wrong, match="state file"):
        verify_count.read_state(state)


def test_state_is_read_as_it_was_written(tmp_path):
    state = verify_count.State(read_key(KEY, 1), {5: bytes(32), 600: b"\x01" * 32})

    verify_count.write_state(tmp_path / "seen.json", state)

    assert verify_count.read_state(tmp_path / "seen.json") == state
    assert verify_count.read_state(tmp_path / "none.json") is None


def test_our_signature_is_checked_by_both_implementations(small):
    body, _, lines = small.files["checkpoint"].decode().partition("\n\n")
    rest = b64decode(lines.split(" ")[2])

    VerifyKey(notes.public_key_of(SEED)).verify((body + "\n").encode(), rest[4:])
    assert b64encode(rest[:4]) == b64encode(read_key(KEY, 1).hash)
    assert isinstance(audit(small.fetch).head, Head)
