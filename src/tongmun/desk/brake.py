"""A brake on guessing passwords: counts by address, never by where the guess comes from.

The cache holds a keyed hash of the address and a number, for a quarter of an hour. With several server processes and
no shared cache (TONGMUN_CACHE_URL) each process counts for itself.
"""

import unicodedata
from contextlib import suppress

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from tongmun.kit.mailbox import NotAMailbox, parse_address

TRIES = 5
SECONDS = 15 * 60
# No account has a longer address; the form refuses one before it looks at a password.
LONGEST = 254


def may_try(address: str) -> bool:
    """Count a try and tell whether its password may be looked at.

    The try is counted first, so that guesses sent at the same time cannot pass together.
    """
    key = _key(address)
    cache.add(key, 0, SECONDS)
    try:
        return bool(cache.incr(key) <= TRIES)
    except ValueError:  # the quarter of an hour ended between the two lines
        cache.set(key, 1, SECONDS)
        return True


def forget(address: str) -> None:
    """Begin to count anew, once somebody has signed in."""
    cache.delete(_key(address))


def _key(address: str) -> str:
    # Spellings that sign in to the same account are counted together, those of a domain in any script included.
    typed = unicodedata.normalize("NFKC", address.strip()[:LONGEST])
    with suppress(NotAMailbox):
        typed = parse_address(typed)
    one_spelling = typed.upper().casefold()
    return "desk.tries." + salted_hmac("tongmun.desk.brake", one_spelling, algorithm="sha256").hexdigest()
