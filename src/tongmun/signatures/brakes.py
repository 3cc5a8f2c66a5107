"""Soft limits against floods: above them the mail goes out slowly, and nobody is refused.

Families, conferences and whoever comes through Tor share an address, so an address is no proof of anything. Everything
is in the memory of one process, under keyed hashes whose key is born here and replaced every six hours.
"""

import hashlib
import ipaddress
import secrets
import threading
from collections.abc import Hashable
from contextlib import suppress
from dataclasses import dataclass, field

from tongmun.kit.mailbox import LARGE_PROVIDERS

# Mails a minute to those who sign from one network, of the size that a household or office has.
MINUTE, NETWORK_LIMIT = 60, 5
IPV4_PREFIX, IPV6_PREFIX = 24, 56
HOUR = 3_600
# Mails an hour to a domain nobody has confirmed from yet; each confirmation under the present key allows one more.
DOMAIN_LIMIT = 20
KEY_LIVES = 6 * HOUR
# About 200 bytes each: 20 MB at most for all that is remembered here.
MOST_REMEMBERED = 50_000


class Window:
    """Counts what happened under a key within so many seconds, beginning with the first."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._counts: dict[Hashable, tuple[float, int]] = {}

    def add(self, key: Hashable, now: float) -> int:
        """Count one more and give how many there are; the oldest keys are forgotten when there are too many."""
        began, count = self._counts.pop(key, (now, 0))
        if now - began >= self.seconds:
            began, count = now, 0
        self._counts[key] = began, count + 1
        if len(self._counts) > MOST_REMEMBERED:
            del self._counts[next(iter(self._counts))]
        return count + 1

    def count(self, key: Hashable, now: float) -> int:
        """Give how many there are."""
        began, count = self._counts.get(key, (now, 0))
        return count if now - began < self.seconds else 0

    def clear(self) -> None:
        """Forget everything."""
        self._counts.clear()


@dataclass
class Brakes:
    """The limits of one process. Moments are seconds of a clock that only goes forward."""

    networks: Window = field(default_factory=lambda: Window(MINUTE))
    asked: Window = field(default_factory=lambda: Window(HOUR))
    confirmed: Window = field(default_factory=lambda: Window(KEY_LIVES))
    _key: bytes = b""
    _key_until: float = float("-inf")
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def is_flood(self, *, address: str, domain: str, now: float) -> bool:
        """Count one who signs from an internet address with a mailbox of a domain; tell whether the mail can wait."""
        with self._lock:
            self._renew_key(now)
            return any([self._is_network_flood(address, now), self._is_domain_flood(domain, now)])

    def confirm(self, *, domain: str, now: float) -> None:
        """Remember that a mailbox of a domain has answered."""
        with self._lock:
            self._renew_key(now)
            self.confirmed.add(self._hash(domain), now)

    def _is_network_flood(self, address: str, now: float) -> bool:
        network = _network(address)
        return bool(network) and self.networks.add(self._hash(network), now) > NETWORK_LIMIT

    def _is_domain_flood(self, domain: str, now: float) -> bool:
        # Everybody has an address there, so a limit by domain would hit people and not floods.
        if domain in LARGE_PROVIDERS:
            return False
        key = self._hash(domain)
        return self.asked.add(key, now) > DOMAIN_LIMIT + self.confirmed.count(key, now)

    def _renew_key(self, now: float) -> None:
        if now < self._key_until:
            return
        self._key, self._key_until = secrets.token_bytes(32), now + KEY_LIVES
        for window in (self.networks, self.asked, self.confirmed):
            window.clear()

    def _hash(self, value: str) -> bytes:
        return hashlib.blake2b(value.encode(), key=self._key, digest_size=8).digest()


def _network(address: str) -> str:
    """Give the network around an address, or "" for this machine: nothing is known of who comes through Tor."""
    with suppress(ValueError):
        found = ipaddress.ip_address(address.partition("%")[0])
        if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
            found = found.ipv4_mapped
        if not found.is_loopback:
            prefix = IPV4_PREFIX if found.version == 4 else IPV6_PREFIX  # noqa: PLR2004 -- of IPv4
            return str(ipaddress.ip_network(f"{found}/{prefix}", strict=False))
    return ""


brakes = Brakes()
