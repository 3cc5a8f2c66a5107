"""Take a signature in, to be counted once its mailbox answers."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from tongmun.campaigns.models import Edition
from tongmun.kit.keyring import server_key, token_key
from tongmun.kit.mailbox import canonical_address
from tongmun.kit.sealing import lock, mailbox_token, new_link
from tongmun.letters.models import LetterVersion
from tongmun.outbox.actions.enqueue import enqueue, enqueue_nothing
from tongmun.signatures.emails import CONFIRMATION, confirmation
from tongmun.signatures.entry import Entry
from tongmun.signatures.models import Pending


@transaction.atomic
def sign(*, edition: Edition, letter: LetterVersion, entry: Entry, at: datetime) -> None:
    """Keep what was typed for a day and queue the mail that asks for confirmation.

    New, pending and counted mailboxes are treated alike up to here, so that nobody learns from the answer, or from how
    long it takes, whether an address has signed. A mailbox gets one such mail a day.
    """
    token = mailbox_token(canonical_address(entry.email), key=token_key(settings.KEYS, edition.slug))
    secret, link_hash = new_link()
    box = lock(entry.as_fields(), key=server_key(settings.KEYS), purpose="pending")
    Pending.objects.expired(at).filter(edition=edition, token=token).delete()
    row = Pending(edition=edition, letter=letter, token=token, link_hash=link_hash, box=box, expires_at=expiry(at))
    # The same statements whether or not the mailbox waits already; a difference would be measurable from outside.
    Pending.objects.bulk_create([row], ignore_conflicts=True)
    if Pending.objects.filter(link_hash=link_hash).exists():
        enqueue(**confirmation(edition, entry, secret))
    else:
        enqueue_nothing(kind=CONFIRMATION)


def expiry(at: datetime) -> datetime:
    """Give the full hour at which a pending signature ends: PENDING_HOURS later, rounded down."""
    return (at + timedelta(hours=settings.PENDING_HOURS)).replace(minute=0, second=0, microsecond=0)
