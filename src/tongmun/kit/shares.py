"""A key split into shares, some of which together give it back while fewer say nothing (Shamir, over GF(256)).

Shares are text files that people keep, so each says what it is, how many are needed, and which key it belongs to.
"""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from operator import xor

from tongmun.kit.sealing import KEY_BYTES, fingerprint, public_half

FEWEST_NEEDED = 2
MOST_SHARES = 10
SET_BYTES = 4
BYTE = 0xFF
# Of AES: x^8 + x^4 + x^3 + x + 1.
REDUCTION = 0x11B
FIELDS = ("Share", "Needed", "Key", "Set", "Value", "Check")
HEAD = """A share of a private key made by Tongmun.

Alone it opens nothing. {needed} of the {total} shares give the key that opens the names of signers back, with
"tongmun keys join", on a computer that is never online. Keep it where none of the other shares lies, and
tell nobody who does not have to know that you hold it.
"""


class CannotShare(ValueError):
    """Cannot split a key into so many shares, or join what was given. Says why, and never what is in a share."""


class ShareDamaged(ValueError):
    """Cannot read a share: it is none, or was changed since it was written."""


@dataclass(frozen=True)
class Share:
    """One share. `key` is the fingerprint of the public half, `lot` tells two splittings of one key apart."""

    number: int
    needed: int
    total: int
    key: str
    lot: str
    value: bytes

    def as_text(self) -> str:
        """Give the file its keeper gets."""
        lines = "".join(f"{name + ':':<8}{words}\n" for name, words in zip(FIELDS, self._words(), strict=False))
        return f"{HEAD.format(needed=self.needed, total=self.total)}\n{lines}Check:  {self._check()}\n"

    def _words(self) -> tuple[str, ...]:
        return (
            str(self.number),
            f"{self.needed} of {self.total}",
            self.key,
            self.lot,
            self.value.hex(" ", 4),
        )

    def _check(self) -> str:
        return hashlib.sha256("|".join(self._words()).encode()).hexdigest()[:16]


def shape(words: str) -> tuple[int, int]:
    """Read "3-of-5" as the numbers of shares needed and made. Raises CannotShare for what is no such shape."""
    needed, of, total = words.partition("-of-")
    if not (of and needed.isascii() and needed.isdecimal() and total.isascii() and total.isdecimal()):
        raise CannotShare(f"{words} is not a number of shares; write it like 3-of-5.")
    if not FEWEST_NEEDED <= int(needed) <= int(total) <= MOST_SHARES:
        raise CannotShare(
            f"{words} cannot be made: at least {FEWEST_NEEDED} shares are needed and at most {MOST_SHARES} made, "
            "and no more are needed than made."
        )
    return int(needed), int(total)


def split(key: bytes, *, needed: int, total: int) -> list[Share]:
    """Split a private key; any `needed` of the `total` shares give it back. Raises CannotShare."""
    shape(f"{needed}-of-{total}")
    # For each byte a polynomial of its own, with the byte at 0 and every other coefficient drawn evenly, 0 included.
    polynomials = [bytes([byte]) + secrets.token_bytes(needed - 1) for byte in key]
    key_words, lot = fingerprint(public_half(key)), secrets.token_hex(SET_BYTES)
    return [
        Share(number, needed, total, key_words, lot, bytes(_at(number, one) for one in polynomials))
        for number in range(1, total + 1)
    ]


def read_share(text: str) -> Share:
    """Read a share's file, its lines in any spacing. Raises ShareDamaged."""
    found = dict.fromkeys(FIELDS, "")
    for line in text.splitlines():
        name, colon, words = line.partition(":")
        if colon and name.strip() in found:
            found[name.strip()] = " ".join(words.split())
    try:
        needed, total = shape(found["Needed"].replace(" ", "-"))
        share = Share(int(found["Share"]), needed, total, found["Key"], found["Set"], bytes.fromhex(found["Value"]))
    except ValueError:
        # Not the cause: it could carry a part of the share.
        raise ShareDamaged from None
    if len(share.value) != KEY_BYTES or not 1 <= share.number <= share.total or share._check() != found["Check"]:  # noqa: SLF001 -- its own reader
        raise ShareDamaged
    return share


def join(shares: Mapping[str, Share]) -> bytes:
    """Give the key back. `shares` are by the name of their file, for the refusals. Raises CannotShare."""
    if not shares:
        raise CannotShare("No share was given.")
    (first, model), *others = shares.items()
    _refuse_mixed(first, model, others)
    different = {share.number: name for name, share in reversed(list(shares.items()))}
    doubled = [name for name in shares if name not in different.values()]
    if doubled:
        raise CannotShare(f"{doubled[0]} is the same share as another one. Give different ones.")
    if len(shares) < model.needed:
        raise CannotShare(f"{model.needed} shares are needed, and {len(shares)} given: {', '.join(shares)}.")
    return _joined(shares, model)


def _refuse_mixed(first: str, model: Share, others: Sequence[tuple[str, Share]]) -> None:
    for name, share in others:
        if share.key != model.key:
            raise CannotShare(f"{name} is a share of the key {share.key}, and {first} of the key {model.key}.")
        if (share.lot, share.needed, share.total) != (model.lot, model.needed, model.total):
            raise CannotShare(f"{name} and {first} are shares of one key that was split twice. Take those of one set.")


def _joined(shares: Mapping[str, Share], model: Share) -> bytes:
    """Look for as many shares as are needed that give the key they say they are of; there are 252 choices at most."""
    for names in combinations(shares, model.needed):
        key = _interpolated([shares[name] for name in names])
        if fingerprint(public_half(key)) != model.key:
            continue
        fitting = [shares[name] for name in names[1:]]
        wrong = [name for name in shares if name not in names and _interpolated([shares[name], *fitting]) != key]
        if wrong:
            raise CannotShare(f"{wrong[0]} does not fit the others: somebody has changed it. Leave it out.")
        return key
    raise CannotShare(f"These do not give the key they are of: somebody has changed one of them ({', '.join(shares)}).")


def _interpolated(shares: Sequence[Share]) -> bytes:
    """Give the values of the polynomials at 0 (Lagrange)."""
    numbers = [share.number for share in shares]
    weights = [_weight(number, numbers) for number in numbers]
    values = zip(*(share.value for share in shares), strict=True)
    return bytes(reduce(xor, map(_times, weights, column)) for column in values)


def _weight(number: int, numbers: Sequence[int]) -> int:
    # Both plus and minus are xor here.
    return reduce(_times, (_times(other, _inverse(other ^ number)) for other in numbers if other != number), 1)


def _at(number: int, coefficients: bytes) -> int:
    """Give the value of a polynomial, its constant first (Horner)."""
    value = 0
    for coefficient in reversed(coefficients):
        value = _times(value, number) ^ coefficient
    return value


def _times(one: int, other: int) -> int:
    product = 0
    while other:
        if other & 1:
            product ^= one
        one <<= 1
        if one > BYTE:
            one ^= REDUCTION
        other >>= 1
    return product


def _inverse(number: int) -> int:
    """Give what makes 1 of a number that is not 0: its 254th power, since its 255th is 1."""
    return reduce(_times, [number] * (BYTE - 1))
