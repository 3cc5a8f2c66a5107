import base64
from datetime import UTC, datetime

import pytest
from nacl.signing import VerifyKey

from tongmun.kit.notes import (
    LOG,
    WITNESS,
    Head,
    NoteRefused,
    check_cosignature,
    cosignature_line,
    cosigner_name,
    is_signed_by,
    promise,
    promise_text,
    public_key_of,
    read_head,
    read_witness_key,
    signed_checkpoint,
    verifier_key,
)

SEED, OTHER = bytes(range(32)), bytes(32)
HEAD = Head(
    "example.org/trial", 20852163, bytes.fromhex("0ac518c9a9863d9e24c8040852a9bf5d76a3ef7da1f9f076304f8f68f1aac1a2")
)
AT = datetime(2030, 9, 1, 10, 17, tzinfo=UTC)


def test_checkpoint_is_written_as_the_specification_says():
    note = signed_checkpoint(HEAD, seed=SEED)

    text, signature = note.split("\n\n")
    assert text + "\n" == "example.org/trial\n20852163\n" + base64.b64encode(HEAD.root).decode() + "\n"
    dash, name, rest = signature.rstrip("\n").split(" ")
    assert (dash, name) == ("—", "example.org/trial")
    VerifyKey(public_key_of(SEED)).verify((text + "\n").encode(), base64.b64decode(rest)[4:])


def test_key_of_the_published_example_has_its_hash():
    # From the documentation of Go's golang.org/x/mod/sumdb/note.
    key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"

    kind_and_key = base64.b64decode(key.split("+", 2)[2])
    assert verifier_key("PeterNeumann", LOG, kind_and_key[1:]) == key


def test_cosignature_of_the_published_example_is_taken_apart():
    # From the specification tlog-cosignature; its keys are not published, so only the name and the length are known.
    line = (
        "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZ"
        "qhf5nNo0xUe+mbIUBkBIfZ+qnA=="
    )

    assert cosigner_name(line) == "witness.example.com/w1"
    assert len(base64.b64decode(line.split(" ")[2])) == 4 + 8 + 64


def test_signature_of_another_key_or_text_is_not_ours():
    note = signed_checkpoint(HEAD, seed=SEED)

    assert is_signed_by(note, public_key=public_key_of(SEED))
    assert not is_signed_by(note, public_key=public_key_of(OTHER))
    assert not is_signed_by(note.replace("20852163", "20852164"), public_key=public_key_of(SEED))


def test_cosignature_is_checked_under_its_head_and_key():
    line = cosignature_line(HEAD, name="ngo.example", seed=SEED, at=AT)

    check_cosignature(HEAD, line, public_key=public_key_of(SEED))

    for head, public_key in ((HEAD, public_key_of(OTHER)), (Head("x", 1, HEAD.root), public_key_of(SEED))):
        with pytest.raises(NoteRefused):
            check_cosignature(head, line, public_key=public_key)


def test_cosignature_binds_its_time():
    line = cosignature_line(HEAD, name="ngo.example", seed=SEED, at=AT)
    rest = bytearray(base64.b64decode(line.split(" ")[2]))
    rest[11] ^= 1

    with pytest.raises(NoteRefused):
        check_cosignature(HEAD, f"— ngo.example {base64.b64encode(rest).decode()}", public_key=public_key_of(SEED))


@pytest.mark.parametrize(
    "line",
    ["", "— ", "- ngo AAAAAAAAAA==", "— ngo AAAA", "— ngo A", "— ngo x AAAAAAAAAA==", "— ngo AAAAAAAA\n— ngo AAAAAAAA"],
)
def test_what_is_no_signature_line_is_refused(line):
    with pytest.raises(NoteRefused):
        cosigner_name(line)


@pytest.mark.parametrize(
    "text", ["", "a\n1\n", "a\n01\n" + "A" * 43 + "=\n", "a\n-1\n" + "A" * 43 + "=\n", "a\n" + "9" * 19]
)
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(NoteRefused):
        read_head(text)


def test_head_is_read_as_it_was_written():
    assert read_head(HEAD.text()) == HEAD


def test_witness_key_is_read_as_it_was_written():
    key = verifier_key("ngo.example", WITNESS, public_key_of(SEED))

    assert read_witness_key(f" {key}\n") == ("ngo.example", public_key_of(SEED))


@pytest.mark.parametrize(
    "words",
    [
        "",
        "ngo",
        "ngo+00000000+AAAA",
        verifier_key("ngo", LOG, public_key_of(SEED)),
        verifier_key("n go", WITNESS, public_key_of(SEED)),
        verifier_key("ngo", WITNESS, public_key_of(SEED)).replace("ngo", "NGO"),
        verifier_key("ngo", WITNESS, b"short"),
    ],
)
def test_what_is_no_key_of_a_witness_is_refused(words):
    with pytest.raises(NoteRefused):
        read_witness_key(words)


def test_promise_is_signed_and_cannot_be_taken_for_a_checkpoint():
    signature = promise(origin="example.org/trial", leaf=bytes(32), by=AT, seed=SEED)
    text = promise_text(origin="example.org/trial", leaf=bytes(32), by=AT)

    VerifyKey(public_key_of(SEED)).verify(text, base64.b64decode(signature))
    assert text.endswith(b"by: 2030-09-01T10:17Z\n")
    with pytest.raises(NoteRefused):
        read_head(text.decode())
