"""Count a signature whose mailbox has answered."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from tongmun.kit.keyring import coalition_public_key, server_key
from tongmun.kit.sealing import KEY_BYTES, commitment, link_hash, lock, new_link, seal, unlock
from tongmun.outbox.actions.enqueue import enqueue
from tongmun.signatures.emails import receipt
from tongmun.signatures.entry import Entry
from tongmun.signatures.links import UnknownLink
from tongmun.signatures.models import CountEntry, Pending, Signature
from tongmun.signatures.ways import Way


@dataclass(frozen=True)
class PendingEntry:
    """What a confirmation page shows before the button is pressed."""

    pending: Pending
    entry: Entry


def find_pending(*, secret: str, at: datetime) -> PendingEntry:
    """Find what a confirmation link confirms; raises UnknownLink when it was used, has expired or never was."""
    found = Pending.objects.alive(at).filter(link_hash=link_hash(secret)).select_related("edition", "letter").first()
    if found is None:
        raise UnknownLink
    fields = unlock(bytes(found.box), key=server_key(settings.KEYS), purpose="pending")
    return PendingEntry(found, Entry.from_fields(fields))


@transaction.atomic
def confirm(*, secret: str, at: datetime) -> PendingEntry:
    """Count a signature once; a mailbox that is counted already gets a new link of its own and changes nothing else.

    Raises UnknownLink as `find_pending` does.
    """
    found = find_pending(secret=secret, at=at)
    erased, _ = Pending.objects.filter(pk=found.pending.pk).delete()
    if not erased:
        # The same link, opened twice at once: one of the two counts.
        raise UnknownLink
    own_secret, own_hash = new_link()
    try:
        with transaction.atomic():
            _count(found, own_hash=own_hash, at=at)
    except IntegrityError:
        pending = found.pending
        Signature.objects.filter(edition=pending.edition, token=pending.token).update(link_hash=own_hash)
    enqueue(**receipt(found.pending.edition, found.entry, own_secret))
    return found


def _count(found: PendingEntry, *, own_hash: bytes, at: datetime) -> None:
    pending, entry = found.pending, found.entry
    opening = secrets.token_bytes(KEY_BYTES)
    waits = bool(entry.name) and entry.consents_to_show
    server = server_key(settings.KEYS)
    Signature.objects.create(
        edition=pending.edition,
        letter=pending.letter,
        token=pending.token,
        way=entry.way,
        language=entry.language,
        country=entry.country,
        confirmed_on=at.date(),
        consents_to_show=entry.consents_to_show,
        consents_to_print=entry.consents_to_print,
        consents_to_news=entry.consents_to_news,
        moderation=Signature.Moderation.WAITING if waits else Signature.Moderation.NONE,
        waiting_box=lock({"name": entry.name}, key=server, purpose="name") if waits else b"",
        sealed=_sealed(entry),
        opening_box=lock({"opening": opening.hex()}, key=server, purpose="opening"),
        link_hash=own_hash,
    )
    digest = commitment(bytes(pending.token), opening=opening, edition=pending.edition.slug)
    CountEntry.objects.create(edition=pending.edition, kind=CountEntry.Kind.ADD, digest=digest, country=entry.country)


def _sealed(entry: Entry) -> bytes:
    """Seal the name, and the address of those who asked for news; whoever is only counted leaves neither."""
    fields = {}
    if entry.way != Way.COUNTED:
        fields["name"] = entry.name
    if entry.consents_to_news:
        fields["email"] = entry.email
    return seal(fields, to=coalition_public_key(settings.KEYS)) if fields else b""
