"""E-mail addresses: which we accept, and when two of them are one mailbox."""

import re
import unicodedata
from importlib.resources import files

# Providers that deliver these to one mailbox, from their own help pages.
DOTS_IGNORED = frozenset({"gmail.com"})
SAME_DOMAIN = {"googlemail.com": "gmail.com"}
PLUS_IS_TAG = frozenset(
    {
        "gmail.com",
        "outlook.com",
        "hotmail.com",
        "live.com",
        "proton.me",
        "protonmail.com",
        "pm.me",
        "fastmail.com",
        "icloud.com",
    }
)

# Everybody has an address there, so the domain says nothing about who writes.
# The same providers in other countries: yahoo.fr, hotmail.es, outlook.com.au.
_PROVIDERS_EVERYWHERE = frozenset({"gmx", "hotmail", "live", "outlook", "proton", "yahoo", "yandex"})
_FREE_PROVIDERS = frozenset((files("tongmun.kit") / "data" / "free_providers.txt").read_text("ascii").split())
LARGE_PROVIDERS = frozenset((files("tongmun.kit") / "data" / "large_providers.txt").read_text("ascii").split())

# RFC 5321 4.5.3.1: 64 octets before the @, 254 in all (erratum 1690).
LONGEST_LOCAL_PART = 64
LONGEST = 254

# Python's codec is of 2003 and turns these into others; since RFC 5891 they make domains of their own.
KEPT_SINCE_IDNA_2008 = "ßς"

_LOCAL_PART = re.compile(r"[^\s@\"(),:;<>\[\]\\]+")
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")


class NotAMailbox(ValueError):
    """Cannot be a public e-mail address. The address itself is not in the message."""


def parse_address(value: str) -> str:
    """Give the address as mail should be sent to it: trimmed, NFC, its domain in lower-case ASCII (IDNA).

    Raises NotAMailbox for anything that is not a public mailbox: no dot in the domain, an IP literal, quotes, controls,
    or a first character that a spreadsheet would run.
    """
    value = unicodedata.normalize("NFC", value.strip())
    local, at, domain = value.rpartition("@")
    # Also as it will be compared: a full-width @ or dot must not turn into a real one later.
    if not at or not _is_local_part(local) or not _is_local_part(_compared(local)):
        raise NotAMailbox
    try:
        ascii_domain = _ascii_domain(domain)
    except UnicodeError as error:
        raise NotAMailbox from error
    if not _is_public_domain(ascii_domain) or len(f"{local}@{ascii_domain}".encode()) > LONGEST:
        raise NotAMailbox
    return f"{local}@{ascii_domain}"


def _is_local_part(local: str) -> bool:
    dots = local.startswith(".") or local.endswith(".") or ".." in local
    return (
        bool(_LOCAL_PART.fullmatch(local))
        and local.isprintable()
        and not dots
        and not local.startswith(("=", "+", "-"))
        and len(local.encode()) <= LONGEST_LOCAL_PART
    )


def _compared(local: str) -> str:
    """Fold case and compatibility forms until another folding would change nothing (Unicode 3.13, D146)."""
    once = unicodedata.normalize("NFKC", unicodedata.normalize("NFD", local).casefold())
    return unicodedata.normalize("NFKC", once.casefold())


def _ascii_domain(domain: str) -> str:
    """Give the lower-case ASCII form; raises UnicodeError for characters no domain has."""
    if " " in domain or not domain.isprintable():
        raise UnicodeError
    # These are full stops as well (RFC 3490, 3.1).
    labels = re.split("[.\u3002\uff0e\uff61]", domain)
    return ".".join(_ascii_label(label) for label in labels)


def _ascii_label(label: str) -> str:
    lowered = unicodedata.normalize("NFKC", label.lower())
    if any(letter in lowered for letter in KEPT_SINCE_IDNA_2008):
        return "xn--" + lowered.encode("punycode").decode("ascii")
    return label.encode("idna").decode("ascii").lower()


def _is_public_domain(domain: str) -> bool:
    labels = domain.split(".")
    if not all(_LABEL.fullmatch(label) for label in labels) or labels[-1].isdigit():
        return False
    return len(labels) > 1 and labels[-1] not in {"localhost", "local", "internal", "invalid", "lan"}


def canonical_address(value: str) -> str:
    """Give one spelling for all spellings of one mailbox, for comparison only; never mail this form.

    Raises NotAMailbox as `parse_address` does.
    """
    return canonical_form(parse_address(value))


def canonical_form(address: str) -> str:
    """Do the same for an address that `parse_address` has given."""
    local, _, domain = address.rpartition("@")
    domain = SAME_DOMAIN.get(domain, domain)
    local = _compared(local)
    if domain in PLUS_IS_TAG:
        local = local.split("+")[0].rstrip(".")
    if domain in DOTS_IGNORED:
        local = local.replace(".", "")
    return f"{local}@{domain}"


def gives_to_anybody(domain: str) -> bool:
    """Tell whether anybody can have a mailbox at a domain, so that it vouches for no organisation.

    No list of such providers is whole; this one errs towards a person looking.
    """
    name = domain.partition(".")[0]
    return domain in LARGE_PROVIDERS or domain in _FREE_PROVIDERS or name in _PROVIDERS_EVERYWHERE
