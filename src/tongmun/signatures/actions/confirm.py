"""Count a signature whose mailbox has answered."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from tongmun.campaigns.models import Edition, Organisation
from tongmun.counts.models import CountEntry
from tongmun.kit.keyring import coalition_public_key, news_public_key, server_key
from tongmun.kit.sealing import KEY_BYTES, commitment, link_hash, lock, new_link, seal, unlock
from tongmun.letters.models import LetterVersion
from tongmun.outbox.actions.enqueue import enqueue
from tongmun.signatures.disclosure import Audience, Person, learned
from tongmun.signatures.emails import receipt
from tongmun.signatures.entry import Entry
from tongmun.signatures.links import UnknownLink
from tongmun.signatures.models import Pending, Signature


@dataclass(frozen=True)
class PendingEntry:
    """What a confirmation page shows before the button is pressed."""

    pending: Pending
    entry: Entry


def find_pending(*, secret: str, at: datetime) -> PendingEntry:
    """Find what a confirmation link confirms; raises UnknownLink when it was used, has expired or never was."""
    found = (
        Pending.objects.alive(at).filter(link_hash=link_hash(secret)).select_related("edition", "letter", "via").first()
    )
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
    pending = found.pending
    signature, entry = counted_rows(
        edition=pending.edition,
        letter=pending.letter,
        token=bytes(pending.token),
        entry=found.entry,
        via=pending.via,
        own_hash=own_hash,
        on=at.date(),
    )
    signature.save(force_insert=True)
    entry.save(force_insert=True)


def counted_rows(
    *,
    edition: Edition,
    letter: LetterVersion,
    token: bytes,
    entry: Entry,
    via: Organisation | None,
    own_hash: bytes,
    on: date,
) -> tuple[Signature, CountEntry]:
    """Make the two rows by which a signature is counted, for the caller to write in one transaction."""
    opening = secrets.token_bytes(KEY_BYTES)
    server = server_key(settings.KEYS)
    public = learned(entry.person, entry.disclosure, Audience.PUBLIC)
    via_id = via.pk if via else None
    signature = Signature(
        edition_id=edition.pk,
        letter_id=letter.pk,
        token=token,
        way=entry.way,
        language=entry.language,
        country=entry.country,
        confirmed_on=on,
        to_public=entry.disclosure.public,
        to_addressee=entry.disclosure.addressee,
        to_coalition=entry.disclosure.coalition,
        to_organisers=entry.disclosure.organisers,
        consents_to_news=entry.consents_to_news,
        via_id=via_id,
        moderation=Signature.Moderation.WAITING if public.line else Signature.Moderation.NONE,
        waiting_box=lock({"name": public.line}, key=server, purpose="name") if public.line else b"",
        sealed=sealed_names(entry.person),
        news_box=sealed_address(entry.email) if entry.consents_to_news else b"",
        domain_box=lock({"domain": entry.email.rpartition("@")[2]}, key=server, purpose="domain"),
        opening_box=lock({"opening": opening.hex()}, key=server, purpose="opening"),
        link_hash=own_hash,
    )
    count_entry = CountEntry(
        edition_id=edition.pk,
        kind=CountEntry.Kind.ADD,
        amount=1,
        digest=commitment(token, opening=opening, edition=edition.slug),
        country=public.country,
        via_id=via_id,
    )
    return signature, count_entry


def sealed_names(person: Person) -> bytes:
    """Seal the names to the coalition's key; whoever is only counted leaves none."""
    names = {"name": person.name, "chosen": person.chosen, "country": person.country}
    return seal(names, to=coalition_public_key(settings.KEYS)) if person.name or person.chosen else b""


def sealed_address(address: str) -> bytes:
    """Seal an address to the key of whoever sends the news, which is not the key of the names."""
    return seal({"email": address}, to=news_public_key(settings.KEYS))
