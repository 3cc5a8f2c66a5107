"""Opening sealed names with the private key, on a copy of the database: what one audience may learn, and no more."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from nacl.exceptions import CryptoError

from tongmun.campaigns.models import Edition
from tongmun.kit.sealing import unseal
from tongmun.signatures.disclosure import Audience, Learned, Person, learned
from tongmun.signatures.models import Signature
from tongmun.signatures.querysets import SignatureQuerySet

CHUNK = 2_000


class WrongKey(ValueError):
    """Cannot open a single name with these keys."""


@dataclass
class Opened:
    """What an audience learns, in order of the lines and not of signing.

    `silent`: of how many it learns only that they signed. `closed`: how many names are sealed to yet another key.
    """

    lines: list[Learned] = field(default_factory=list)
    silent: int = 0
    closed: int = 0


def counted_signatures(edition: Edition) -> SignatureQuerySet:
    """Give the signatures that count: none that waits for a person to look at a flood."""
    return Signature.objects.filter(edition=edition, hold=None)


def open_names(signatures: Iterable[Signature], *, private_keys: Sequence[bytes], audience: Audience) -> Opened:
    """Open each name and give what the audience may learn of it. Raises WrongKey when no key opens any."""
    opened, successes = Opened(), 0
    for signature in signatures:
        person = Person(signature.shown_name, signature.shown_name, signature.country)
        if signature.sealed:
            box = unsealed(bytes(signature.sealed), private_keys)
            if box is None:
                opened.closed += 1
                continue
            successes += 1
            person = Person(box["name"], box["chosen"], box["country"])
        _add(opened, _learned(signature, person, audience))
    if opened.closed and not successes:
        raise WrongKey
    opened.lines.sort(key=lambda one: (one.line, one.country))
    return opened


def _learned(signature: Signature, person: Person, audience: Audience) -> Learned:
    found = learned(person, signature.disclosure, audience)
    if audience == Audience.PUBLIC and signature.moderation != Signature.Moderation.SHOWN:
        # The public learns a name only once somebody has looked at it.
        return Learned("", found.country)
    return found


def _add(opened: Opened, found: Learned) -> None:
    if found.line or found.country:
        opened.lines.append(found)
    else:
        opened.silent += 1


def unsealed(box: bytes, private_keys: Iterable[bytes]) -> dict[str, str] | None:
    """Open a sealed box with the first key that fits; None when none does."""
    return next(_attempts(box, private_keys), None)


def _attempts(box: bytes, private_keys: Iterable[bytes]) -> Iterator[dict[str, str]]:
    for key in private_keys:
        try:
            yield unseal(box, private_key=key)
        except CryptoError:
            continue
