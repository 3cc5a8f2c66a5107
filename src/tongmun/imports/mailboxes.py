"""Addresses of a file: read like those of the form, and once per domain where an address is plain."""

import re
from functools import lru_cache

from tongmun.kit.mailbox import DOTS_IGNORED, LONGEST, LONGEST_LOCAL_PART, NotAMailbox, canonical_address, parse_address

# Local parts that `parse_address` takes as they are: no normal form, no case of another script, no tag behind a plus.
_PLAIN = re.compile(r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*@[A-Za-z0-9.-]+")
DOMAINS = 10_000


def read_mailbox(value: str) -> tuple[str, str]:
    """Give an address as mail is sent to it, and as mailboxes are compared; raises NotAMailbox.

    A test holds it to kit.mailbox, which takes ten times as long: nearly all addresses of a file share few domains.
    """
    value = value.strip()
    if not _PLAIN.fullmatch(value):
        return parse_address(value), canonical_address(value)
    local, _, domain = value.rpartition("@")
    if len(local) > LONGEST_LOCAL_PART:
        raise NotAMailbox
    mailed, compared = _domain(domain)
    address = f"{local}@{mailed}"
    if len(address) > LONGEST:
        raise NotAMailbox
    local = local.lower()
    return address, f"{local.replace('.', '') if compared in DOTS_IGNORED else local}@{compared}"


@lru_cache(DOMAINS)
def _domain(domain: str) -> tuple[str, str]:
    return (
        parse_address(f"a@{domain}").rpartition("@")[2],
        canonical_address(f"a@{domain}").rpartition("@")[2],
    )
