"""Any K of N shares give the key back, K - 1 say nothing, and a share that is wrong is named."""

import re
from collections import Counter
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongmun.kit.sealing import fingerprint, public_half
from tongmun.kit.shares import CannotShare, ShareDamaged, _at, _inverse, _times, join, read_share, shape, split

KEY = bytes(range(32))
SHAPES = [(needed, total) for total in range(2, 11) for needed in range(2, total + 1)]


def named(shares):
    return {f"share-{one.number}.txt": one for one in shares}


def changed(share, **fields):
    """Give a share whose sum is right again after somebody has changed it."""
    return type(share)(**{**vars(share), **fields})


def test_the_field_is_that_of_aes():
    # FIPS 197, 4.2, and every number has its inverse.
    assert _times(0x57, 0x83) == 0xC1
    assert {_times(number, _inverse(number)) for number in range(1, 256)} == {1}


@settings(deadline=None, max_examples=60)
@given(st.binary(min_size=32, max_size=32), st.sampled_from(SHAPES), st.randoms(use_true_random=False))
def test_any_as_many_as_are_needed_give_the_key_back(key, numbers, chance):
    needed, total = numbers
    shares = split(key, needed=needed, total=total)

    some = chance.sample(shares, chance.randint(needed, total))

    assert len(shares) == total
    assert join(named(some)) == key


def test_every_choice_of_three_of_five_gives_the_key_back():
    shares = split(KEY, needed=3, total=5)

    assert {join(named(some)) for some in combinations(shares, 3)} == {KEY}


@pytest.mark.parametrize("secret", [0, 1, 0xA7])
def test_one_fewer_than_are_needed_say_nothing_about_the_key(secret):
    # Over every choice of the two random coefficients each pair of values comes once: whatever two keepers hold, each
    # key is as likely as any other.
    pairs = Counter(
        (_at(2, bytes([secret, one, other])), _at(5, bytes([secret, one, other])))
        for one, other in product(range(256), repeat=2)
    )

    assert len(pairs) == 256 * 256


def test_a_value_of_one_share_is_spread_evenly_over_many_splittings():
    # 20,000 values over 256 cells, of a key of zeros: chi-square with 255 degrees of freedom, below 400 but once in
    # a hundred million runs. Coefficients that are never 0 would give over 10,000 here with two shares needed.
    values = Counter(byte for _ in range(625) for byte in split(bytes(32), needed=2, total=2)[0].value)

    expected = 20_000 / 256
    assert sum((values[byte] - expected) ** 2 / expected for byte in range(256)) < 400


def test_a_share_survives_its_file_however_it_was_spaced():
    for share in split(KEY, needed=3, total=5):
        text = share.as_text()

        assert read_share(text) == share
        assert read_share(text.replace("\n", "\r\n").replace("  ", "   ")) == share


def test_a_share_says_what_it_is_and_how_many_are_needed_and_nothing_of_the_key():
    text = split(KEY, needed=3, total=5)[1].as_text()

    assert "3 of the 5 shares" in text
    assert "tongmun keys join" in text
    assert fingerprint(public_half(KEY)) in text
    assert KEY.hex() not in re.sub(r"\s", "", text)


def test_a_share_with_any_letter_changed_is_damaged():
    share = split(KEY, needed=3, total=5)[0]
    text = share.as_text()
    start = text.index("Share:")

    for place in range(start, len(text)):
        other = text[:place] + ("7" if text[place] != "7" else "8") + text[place + 1 :]
        try:
            assert read_share(other) == share
        except ShareDamaged:
            continue
        # Only what separates the words may change without a loss: there is none but white space.
        assert text[place].isspace(), text[place]


@pytest.mark.parametrize("text", ["", "Share: 1", "\x00", "Needed: 3 of 99\n", "x" * 10_000])
def test_what_is_no_share_is_refused(text):
    with pytest.raises(ShareDamaged) as refused:
        read_share(text)

    assert str(refused.value) == ""


def test_too_few_shares_are_refused_with_what_is_missing():
    shares = split(KEY, needed=3, total=5)

    with pytest.raises(CannotShare, match=r"3 shares are needed, and 2 given: share-1\.txt, share-2\.txt\."):
        join(named(shares[:2]))
    with pytest.raises(CannotShare, match="No share was given"):
        join({})


def test_the_same_share_twice_does_not_count_for_two():
    shares = split(KEY, needed=3, total=5)

    with pytest.raises(CannotShare, match=r"copy\.txt is the same share as another one"):
        join({**named(shares[:2]), "copy.txt": shares[1]})


def test_shares_of_two_keys_are_refused_by_name():
    mixed = {**named(split(KEY, needed=2, total=3)[:1]), "other.txt": split(bytes(32), needed=2, total=3)[1]}

    with pytest.raises(CannotShare, match=r"other\.txt is a share of the key \S+, and share-1\.txt of the key"):
        join(mixed)


def test_shares_of_two_splittings_of_one_key_are_refused_by_name():
    mixed = {**named(split(KEY, needed=2, total=3)[:1]), "other.txt": split(KEY, needed=2, total=3)[1]}

    with pytest.raises(CannotShare, match=r"other\.txt and share-1\.txt are shares of one key that was split twice"):
        join(mixed)


@pytest.mark.parametrize("place", range(4))
def test_a_changed_share_is_named_when_there_are_more_than_are_needed(place):
    shares = named(split(KEY, needed=3, total=5)[:4])
    name = list(shares)[place]
    value = bytearray(shares[name].value)
    # Not the first or last byte: X25519 ignores some of their bits, and the key would be as good as before.
    value[1 + place * 7] ^= 1
    shares[name] = changed(shares[name], value=bytes(value))

    with pytest.raises(CannotShare, match=rf"{re.escape(name)} does not fit the others"):
        join(shares)


def test_a_changed_share_never_gives_a_wrong_key():
    shares = named(split(KEY, needed=2, total=3)[:2])
    shares["share-2.txt"] = changed(shares["share-2.txt"], value=bytes(32))

    with pytest.raises(CannotShare, match=r"do not give the key they are of.*share-1\.txt, share-2\.txt"):
        join(shares)


@pytest.mark.parametrize("words", ["3of5", "", "3-of-", "-of-", "1-of-3", "4-of-3", "2-of-11", "٣-of-5", "3-of-5.0"])
def test_a_shape_that_cannot_be_is_refused(words):
    with pytest.raises(CannotShare):
        shape(words)


def test_a_shape_is_read():
    assert shape("3-of-5") == (3, 5)
