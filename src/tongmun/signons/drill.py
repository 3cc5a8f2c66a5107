"""Everything about sign-ons that this installation could produce for one address."""

from collections.abc import Sequence

from django.conf import settings
from nacl.exceptions import CryptoError

from tongmun.campaigns.models import Edition
from tongmun.kit.keyring import existing_server_key
from tongmun.kit.mailbox import canonical_address, gives_to_anybody
from tongmun.kit.sealing import unlock
from tongmun.signons.boxes import ADDRESS, PERSON
from tongmun.signons.models import Invitation, SignOn

# What could be produced at most; the table in docs/how-to/answer-a-demand-for-data.md says the same.
OF_ORGANISATIONS = {
    "link to sign on": "that this mailbox got a link for an organisation, and until when it works",
    "sign-on that waits": "that this mailbox confirmed it, and who that is",
    "sign-ons from its domain": "who confirmed for organisations of this domain, until a month after the day",
}


def drill_sign_ons(address: str, *, editions: Sequence[Edition]) -> dict[str, str]:
    """Look for one address; gives words for each class of OF_ORGANISATIONS of which there is something.

    Raises NotAMailbox, KeyUnreadable.
    """
    canonical = canonical_address(address)
    domain = canonical.rpartition("@")[2]
    invitations = Invitation.objects.filter(edition__in=editions).select_related("edition")
    waiting = SignOn.objects.held().filter(edition__in=editions).select_related("edition")
    theirs = SignOn.objects.with_person().filter(edition__in=editions, domain=domain).select_related("edition")
    found = {
        "link to sign on": [
            f"{one.edition.slug}, until {one.expires_on}" for one in invitations if _is_of(one.box, canonical)
        ],
        "sign-on that waits": [
            f"{one.edition.slug}: {_person(one)}" for one in waiting if _is_of(one.address_box, canonical)
        ],
        "sign-ons from its domain": [
            f"{one.edition.slug}: {_person(one)}" for one in theirs if not gives_to_anybody(domain)
        ],
    }
    return {name: " / ".join(words) for name, words in found.items() if words}


def _is_of(box: bytes | memoryview, canonical: str) -> bool:
    fields = _fields(box, ADDRESS)
    return fields is not None and canonical_address(fields["email"]) == canonical


def _person(sign_on: SignOn) -> str:
    fields = _fields(sign_on.person_box, PERSON)
    return "a box that cannot be opened here" if fields is None else ", ".join(fields.values())


def _fields(box: bytes | memoryview, purpose: str) -> dict[str, str] | None:
    key = existing_server_key(settings.KEYS)
    if key is None:
        return None
    try:
        return unlock(bytes(box), key=key, purpose=purpose)
    except CryptoError:
        return None
