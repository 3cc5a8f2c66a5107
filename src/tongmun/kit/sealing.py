"""Boxes, tokens and commitments: what keeps a signer's data from those who should not read it.

Sealed boxes can be opened only with the coalition's private key, which belongs on no server. Server boxes can be opened
by this server and are for what it must still read, such as the address of a mail that waits to be sent.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping

from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_encrypt
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import Aead

KEY_BYTES = 32
TOKEN_BYTES = 16
# Sizes are rounded up so that the length of a box does not tell the length of a name.
PAD_TO = 64
_as_json = json.JSONEncoder(ensure_ascii=False).encode


def seal(fields: Mapping[str, str], *, to: bytes) -> bytes:
    """Seal fields to a public key (32 bytes, X25519); only the private half opens them again."""
    return SealedBox(PublicKey(to)).encrypt(_padded(fields))


def unseal(box: bytes, *, private_key: bytes) -> dict[str, str]:
    """Open a sealed box; raises nacl.exceptions.CryptoError when the key is another one."""
    return _fields(SealedBox(PrivateKey(private_key)).decrypt(box))


def lock(fields: Mapping[str, str], *, key: bytes, purpose: str) -> bytes:
    """Encrypt fields for this server (XChaCha20-Poly1305); the purpose is bound in, so boxes cannot be swapped."""
    # Without the library's classes around it this takes a third of the time, and every signature is locked twice.
    nonce = secrets.token_bytes(Aead.NONCE_SIZE)
    return nonce + crypto_aead_xchacha20poly1305_ietf_encrypt(_padded(fields), purpose.encode(), nonce, key)


def unlock(box: bytes, *, key: bytes, purpose: str) -> dict[str, str]:
    """Open a server box; raises nacl.exceptions.CryptoError when key or purpose is another one."""
    return _fields(Aead(key).decrypt(box, purpose.encode()))


def _padded(fields: Mapping[str, str]) -> bytes:
    data = _as_json(dict(fields)).encode()
    return data + b" " * (-len(data) % PAD_TO)


def _fields(data: bytes) -> dict[str, str]:
    fields: dict[str, str] = json.loads(data)
    return fields


def mailbox_token(canonical: str, *, key: bytes) -> bytes:
    """Give the 16 bytes that stand for a mailbox within one edition (HMAC-SHA-256, truncated)."""
    return hmac.digest(key, canonical.encode(), hashlib.sha256)[:TOKEN_BYTES]


def commitment(token: bytes, *, opening: bytes, edition: str) -> bytes:
    """Give the 32 bytes that commit to a counted signature and say nothing without the opening."""
    return hmac.digest(opening, b"add|" + edition.encode() + b"|" + token, hashlib.sha256)


def nullifier(*, opening: bytes, edition: str) -> bytes:
    """Give the 32 bytes that take a counted signature back without pointing at it."""
    return hmac.digest(opening, b"void|" + edition.encode(), hashlib.sha256)


def new_link() -> tuple[str, bytes]:
    """Make a secret for a link (128 bits, URL-safe) and the hash of it that is stored."""
    secret = secrets.token_urlsafe(TOKEN_BYTES)
    return secret, link_hash(secret)


def link_hash(secret: str) -> bytes:
    """Give the hash by which a link is found again. The secret is random, so a plain hash hides it."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


def new_key() -> bytes:
    """Make a random 32-byte key."""
    return secrets.token_bytes(KEY_BYTES)


def public_half(private_key: bytes) -> bytes:
    """Give the public key (X25519, 32 bytes) that belongs to a private one, which is any 32 random bytes."""
    return bytes(PrivateKey(private_key).public_key)


def fingerprint(public_key: bytes) -> str:
    """Give what two people compare to know that they speak of one key: 128 bits of its SHA-256, in groups of four."""
    digest = hashlib.sha256(public_key).hexdigest()
    return "-".join(digest[place : place + 4] for place in range(0, KEY_BYTES, 4))
