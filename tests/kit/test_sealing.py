"""What keeps signers' data from those who should not read it."""

import base64
import hashlib
import hmac
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.exceptions import CryptoError

from tongmun.kit.sealing import (
    commitment,
    link_hash,
    lock,
    mailbox_token,
    new_key,
    new_link,
    nullifier,
    public_half,
    seal,
    unlock,
    unseal,
)

FIELDS = {"name": "장신썬", "email": "한@x.org", "empty": ""}
KEY = bytes(range(32))
OTHER_KEY = bytes(range(1, 33))
TOKEN = bytes(range(16))
OPENING = bytes(range(100, 132))


def test_a_server_box_opens_with_its_key_and_purpose():
    assert unlock(lock(FIELDS, key=KEY, purpose="mail"), key=KEY, purpose="mail") == FIELDS


def test_a_server_box_of_another_purpose_stays_shut():
    box = lock(FIELDS, key=KEY, purpose="mail")

    with pytest.raises(CryptoError):
        unlock(box, key=KEY, purpose="pending")


def test_a_server_box_stays_shut_for_another_key():
    box = lock(FIELDS, key=KEY, purpose="mail")

    with pytest.raises(CryptoError):
        unlock(box, key=OTHER_KEY, purpose="mail")


@pytest.mark.parametrize("position", [0, 23, 24, 60, -1])
def test_a_changed_server_box_stays_shut(position):
    box = bytearray(lock(FIELDS, key=KEY, purpose="mail"))
    box[position] ^= 1

    with pytest.raises(CryptoError):
        unlock(bytes(box), key=KEY, purpose="mail")


def test_the_same_fields_never_make_the_same_box():
    assert lock(FIELDS, key=KEY, purpose="mail") != lock(FIELDS, key=KEY, purpose="mail")
    assert seal(FIELDS, to=public_half(KEY)) != seal(FIELDS, to=public_half(KEY))


def test_a_sealed_box_opens_with_the_private_half_alone():
    box = seal(FIELDS, to=public_half(KEY))

    assert unseal(box, private_key=KEY) == FIELDS
    with pytest.raises(CryptoError):
        unseal(box, private_key=OTHER_KEY)
    with pytest.raises(CryptoError):
        unseal(box, private_key=public_half(KEY))


@pytest.mark.parametrize("make", [lambda f: lock(f, key=KEY, purpose="p"), lambda f: seal(f, to=public_half(KEY))])
def test_padding_hides_how_long_a_name_is(make):
    names = ["Ana", "Ana María", "장신썬", "ا" * 20]

    lengths = {len(make({"name": name})) for name in names}

    assert len(lengths) == 1
    assert len(make({"name": "a" * 64})) - lengths.pop() == 64


@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"]))
    )
)
def test_any_fields_come_out_as_they_went_in(fields):
    box = lock(fields, key=KEY, purpose="mail")

    # XChaCha20-Poly1305 adds a nonce of 24 bytes and a tag of 16.
    assert (len(box) - 24 - 16) % 64 == 0
    assert unlock(box, key=KEY, purpose="mail") == fields


@pytest.mark.parametrize("canary", ["Suzie Canary", "suzie@example.org"])
def test_nothing_can_be_read_in_a_box(canary):
    fields = {"name": "Suzie Canary", "email": "suzie@example.org"}
    boxes = lock(fields, key=KEY, purpose="mail") + seal(fields, to=public_half(KEY))

    for form in (
        canary.encode(),
        canary.encode("utf-16-le"),
        base64.b64encode(canary.encode()),
        json.dumps(canary).encode(),
    ):
        assert form not in boxes


def test_a_token_is_the_first_half_of_an_hmac():
    expected = hmac.new(KEY, b"suzie@example.org", hashlib.sha256).digest()[:16]

    assert mailbox_token("suzie@example.org", key=KEY) == expected
    assert mailbox_token("한@x.org", key=KEY) == hmac.new(KEY, "한@x.org".encode(), hashlib.sha256).digest()[:16]


def test_a_mailbox_has_another_token_in_another_edition():
    assert mailbox_token("suzie@example.org", key=KEY) != mailbox_token("suzie@example.org", key=OTHER_KEY)


@pytest.mark.parametrize("edition", ["2027", "ungdomens-dag"])
def test_a_commitment_can_be_computed_by_anybody_who_holds_its_opening(edition):
    message = b"add|" + edition.encode() + b"|" + TOKEN

    assert commitment(TOKEN, opening=OPENING, edition=edition) == hmac.new(OPENING, message, "sha256").digest()


def test_a_commitment_is_what_the_document_says():
    # Computed by hand from RFC 2104, so that a change of the recipe does not go unnoticed.
    block = OPENING + bytes(32)
    inner = hashlib.sha256(bytes(b ^ 0x36 for b in block) + b"add|2027|" + TOKEN).digest()
    outer = hashlib.sha256(bytes(b ^ 0x5C for b in block) + inner).digest()

    assert commitment(TOKEN, opening=OPENING, edition="2027") == outer


def test_a_nullifier_points_at_no_commitment():
    message = b"void|2027"

    assert nullifier(opening=OPENING, edition="2027") == hmac.new(OPENING, message, "sha256").digest()
    assert nullifier(opening=OPENING, edition="2027") != commitment(TOKEN, opening=OPENING, edition="2027")
    assert nullifier(opening=OPENING, edition="2027") != nullifier(opening=OPENING, edition="2028")


def test_a_commitment_differs_by_token_opening_and_edition():
    given = {
        commitment(TOKEN, opening=OPENING, edition="2027"),
        commitment(TOKEN[::-1], opening=OPENING, edition="2027"),
        commitment(TOKEN, opening=OPENING[::-1], edition="2027"),
        commitment(TOKEN, opening=OPENING, edition="2028"),
    }

    assert len(given) == 4


def test_a_link_is_stored_as_its_hash_alone():
    secret, stored = new_link()

    assert stored == hashlib.sha256(secret.encode()).digest() == link_hash(secret)
    assert len(base64.urlsafe_b64decode(secret + "==")) == 16
    assert secret not in stored.decode("latin-1")


def test_links_and_keys_never_repeat():
    assert len({new_link()[0] for _ in range(1000)}) == 1000
    assert len({new_key() for _ in range(1000)}) == 1000
    assert len(new_key()) == 32


def test_any_text_can_be_looked_up_as_a_link():
    # An address bar can hold half a character; it is a link nobody has, not a broken page.
    assert len(link_hash("\ud800")) == 32
    assert link_hash("") != link_hash(" ")
