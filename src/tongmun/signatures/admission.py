"""What a form has to have before it is read: made by us, not too long ago, not in no time, and its trap left alone.

All of it works without JavaScript and asks nobody else. It stops machines that did not look; a mailbox has to answer
in any case.
"""

import base64
import binascii
import hashlib
import hmac
import struct
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings

from tongmun.kit.keyring import server_key

# A person needs longer than this to fill in the form; whoever was called away has this long, in seconds.
SHORTEST, LONGEST = 3, 6 * 60 * 60
STAMP, TRAP = "stamp", "website"
_MAC_BYTES = 12
_TIME = struct.Struct(">Q")


def new_stamp(*, edition: str, at: datetime) -> str:
    """Give the stamp that a form for an edition carries: when it was made, to the second, signed by this server."""
    moment = _TIME.pack(int(at.timestamp()))
    return base64.urlsafe_b64encode(moment + _mac(moment, edition)).decode("ascii")


def refusal(typed: Mapping[str, str], *, edition: str, at: datetime) -> str:
    """Give the code of why a form is not read, or "": "stamp-quick", "stamp-old" (also one not ours) or "trap"."""
    age = _age(typed.get(STAMP, ""), edition, at)
    if age is None or age > LONGEST:
        return "stamp-old"
    if age < SHORTEST:
        return "stamp-quick"
    return "trap" if typed.get(TRAP) else ""


def _age(stamp: str, edition: str, at: datetime) -> float | None:
    try:
        raw = base64.urlsafe_b64decode(stamp.encode("ascii"))
    except (UnicodeError, binascii.Error):
        return None
    moment, mac = raw[: _TIME.size], raw[_TIME.size :]
    if len(moment) != _TIME.size or not hmac.compare_digest(mac, _mac(moment, edition)):
        return None
    (made,) = _TIME.unpack(moment)
    # Two servers' clocks may differ by a second.
    return max(at.timestamp() - float(made), 0)


def _mac(moment: bytes, edition: str) -> bytes:
    # Keyed BLAKE2b (RFC 7693): short ones are made without letting go of the interpreter's lock, unlike HMAC.
    key = server_key(settings.KEYS)
    return hashlib.blake2b(moment + edition.encode(), key=key, person=b"form", digest_size=_MAC_BYTES).digest()
