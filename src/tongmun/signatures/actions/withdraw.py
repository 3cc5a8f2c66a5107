"""Take a signature back, or forget who gave it."""

from django.conf import settings
from django.db import transaction

from tongmun.counts.models import CountEntry
from tongmun.counts.querysets import CountEntryQuerySet
from tongmun.kit.keyring import server_key
from tongmun.kit.sealing import commitment, link_hash, nullifier, unlock
from tongmun.signatures.links import UnknownLink
from tongmun.signatures.models import Asked, Signature
from tongmun.signatures.querysets import SignatureQuerySet


def find_own(*, secret: str) -> Signature:
    """Find the signature a signer's own link belongs to; raises UnknownLink when it is gone or never was."""
    return _found(Signature.objects.all(), secret)


def _found(signatures: SignatureQuerySet, secret: str) -> Signature:
    found = signatures.filter(link_hash=link_hash(secret)).select_related("edition", "letter", "via").first()
    if found is None:
        raise UnknownLink
    return found


def _find_to_end(secret: str) -> Signature:
    """Find it for nobody else: of two who end it at once, the second finds nothing."""
    return _found(Signature.objects.select_for_update(of=("self",)), secret)


@transaction.atomic
def withdraw(*, secret: str) -> Signature:
    """Take a signature out of the count and erase everything about it. Raises UnknownLink as `find_own` does."""
    signature = _find_to_end(secret)
    if not signature.opening_box:
        # The data of the edition has ended: nobody can tell any more which entry this was.
        _erase_row(signature)
        return signature
    # What a person still has to look at goes into the log with what takes it out again.
    _entry(signature).update(is_held=False)
    void_entry(signature, CountEntry.Reason.WITHDRAWN).save(force_insert=True)
    _erase_row(signature)
    return signature


def void_entry(signature: Signature, reason: CountEntry.Reason) -> CountEntry:
    """Make the entry that takes a signature out of the count, for the caller to write."""
    return CountEntry(
        edition=signature.edition,
        kind=CountEntry.Kind.VOID,
        amount=-1,
        reason=reason,
        digest=nullifier(opening=opening_of(signature), edition=signature.edition.slug),
        country=signature.counted_in,
        via=signature.via,
    )


@transaction.atomic
def erase(*, secret: str) -> Signature:
    """Erase everything about a signer and leave the number as it is. Raises UnknownLink as `find_own` does.

    The token goes too, so the same mailbox could be counted again; the page says so.
    """
    signature = _find_to_end(secret)
    if signature.hold_id:
        # Nobody could look at it any more, and it is not in the log yet.
        _entry(signature).delete()
    _erase_row(signature)
    return signature


def _erase_row(signature: Signature) -> None:
    Asked.objects.filter(edition=signature.edition, token=signature.token).delete()
    erased, _ = Signature.objects.filter(pk=signature.pk).delete()
    if not erased:
        raise UnknownLink


def commitment_of(signature: Signature) -> bytes:
    """Give the digest of the entry that counts a signature; only this server can work it out."""
    return commitment(bytes(signature.token or b""), opening=opening_of(signature), edition=signature.edition.slug)


def opening_of(signature: Signature) -> bytes:
    """Give the 32 bytes that open the entry of a signature; only this server can."""
    box = bytes(signature.opening_box)
    return bytes.fromhex(unlock(box, key=server_key(settings.KEYS), purpose="opening")["opening"])


def _entry(signature: Signature) -> CountEntryQuerySet:
    """Find the entry that counts a signature, as long as no batch has taken it."""
    unlogged = CountEntry.objects.filter(position__isnull=True, edition=signature.edition, kind=CountEntry.Kind.ADD)
    return unlogged.filter(digest=commitment_of(signature))
