"""What is kept of a mailbox and of whoever confirmed: boxes that this server can open, and a token."""

from dataclasses import asdict, dataclass

from django.conf import settings

from tongmun.campaigns.models import Edition
from tongmun.kit.keyring import server_key
from tongmun.kit.mailbox import canonical_form
from tongmun.kit.sealing import lock, mailbox_token, unlock

ADDRESS = "sign-on address"
PERSON = "sign-on person"


@dataclass(frozen=True)
class Person:
    """Who confirmed for an organisation: their name, their position in it, and on what authority."""

    name: str
    position: str
    authority: str


def lock_address(address: str) -> bytes:
    """Put an address into a box."""
    return lock({"email": address}, key=server_key(settings.KEYS), purpose=ADDRESS)


def address_in(box: bytes | memoryview) -> str:
    """Open what `lock_address` has made."""
    return unlock(bytes(box), key=server_key(settings.KEYS), purpose=ADDRESS)["email"]


def lock_person(person: Person) -> bytes:
    """Put whoever confirmed into a box."""
    return lock(asdict(person), key=server_key(settings.KEYS), purpose=PERSON)


def person_in(box: bytes | memoryview) -> Person | None:
    """Open what `lock_person` has made; None once it is erased."""
    return Person(**unlock(bytes(box), key=server_key(settings.KEYS), purpose=PERSON)) if box else None


def mailbox_of(edition: Edition, address: str) -> bytes:
    """Give what recognises a mailbox among the invitations of an edition, and among no signatures."""
    words = f"sign-on|{edition.slug}|{canonical_form(address)}"
    return mailbox_token(words, key=server_key(settings.KEYS))
