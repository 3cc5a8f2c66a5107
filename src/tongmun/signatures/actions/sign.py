"""Take a signature in, to be counted once its mailbox answers."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import F

from tongmun.campaigns.models import Edition
from tongmun.kit.keyring import server_key, token_key
from tongmun.kit.mailbox import canonical_form
from tongmun.kit.sealing import TOKEN_BYTES, lock, mailbox_token, new_link
from tongmun.letters.models import LetterVersion
from tongmun.outbox.actions.enqueue import forget_unsent, queued
from tongmun.outbox.models import Mail
from tongmun.signatures.emails import confirmation
from tongmun.signatures.entry import Entry
from tongmun.signatures.inserting import insert
from tongmun.signatures.intake import Intake
from tongmun.signatures.models import MOST_ASKED, Asked, Pending
from tongmun.signatures.writer import one_writer

MailboxKey = tuple[int, bytes]


@dataclass(frozen=True)
class Intended:
    """A signature that is about to be taken in: everything worked out, nothing written."""

    pending: Pending
    mail: Mail
    at: datetime

    @property
    def mailbox(self) -> MailboxKey:
        """What stands for the mailbox within its edition."""
        return self.pending.edition_id, bytes(self.pending.token)

    @property
    def today(self) -> date:
        """The day in UTC."""
        return self.at.date()


class Mark(NamedTuple):
    """How often a mailbox was asked, and on which day last."""

    pk: int
    times: int
    last_on: date


def sign(
    *, edition: Edition, letter: LetterVersion, entry: Entry, at: datetime, via: int | None = None, slowly: bool = False
) -> None:
    """Keep what was typed for a day and queue the mail that asks for confirmation; returns once both are on the disk.

    New, pending and counted mailboxes are treated alike, so that nobody learns from the answer, or from how long it
    takes, whether an address has signed. A mailbox gets one such mail a day and three in all. `via` is the number of
    the organisation whose link was followed; `slowly` puts the mail off instead of sending it at once. Raises
    NotRecorded when too many wait or the database fails.
    """
    _intake.take_in(partial(intend, edition=edition, letter=letter, entry=entry, at=at, via=via, slowly=slowly))


def intend(
    *, edition: Edition, letter: LetterVersion, entry: Entry, at: datetime, via: int | None = None, slowly: bool = False
) -> Intended:
    """Work out everything that is to be written, the mail also for a mailbox that will not get one."""
    token = mailbox_token(canonical_form(entry.email), key=token_key(settings.KEYS, edition.slug))
    secret, link_hash = new_link()
    box = lock(entry.as_fields(), key=server_key(settings.KEYS), purpose="pending")
    pending = Pending(
        edition_id=edition.pk,
        letter_id=letter.pk,
        token=token,
        link_hash=link_hash,
        box=box,
        via_id=via,
        expires_at=expiry(at),
    )
    return Intended(
        pending=pending,
        mail=queued(**confirmation(edition, entry, secret), slowly=slowly),
        at=at,
    )


@transaction.atomic(durable=True)
def take_in(batch: Sequence[Intended]) -> None:
    """Write a batch. The same statements run whether or not a mailbox is known; a difference could be measured."""
    first = {one.mailbox: one for one in reversed(batch)}
    tokens = [token for _edition, token in first]
    Pending.objects.expired(batch[0].at).filter(token__in=tokens).delete()
    insert([Asked(edition_id=edition, token=token, last_on=date.min) for edition, token in sorted(first)])
    # In one order everywhere, so that two servers that take in the same mailboxes wait and do not block each other.
    rows = Asked.objects.filter(token__in=tokens).order_by("pk").select_for_update()
    marks = {
        (edition, bytes(token)): Mark(pk, times, last_on)
        for edition, token, pk, times, last_on in rows.values_list("edition", "token", "pk", "times", "last_on")
    }
    insert([one.pending for one in first.values()])
    hashes = [one.pending.link_hash for one in first.values()]
    kept = {bytes(one) for one in Pending.objects.filter(link_hash__in=hashes).values_list("link_hash", flat=True)}
    insert([_decoy(one.pending, is_kept=one.pending.link_hash in kept) for one in first.values()])
    asked = [one for one in first.values() if one.pending.link_hash in kept and _may_be_asked(marks[one.mailbox], one)]
    going = {one.pending.link_hash for one in asked}
    # What is empty still goes to the database, or the answer to a known mailbox would come sooner.
    Pending.objects.filter(link_hash__in=set(hashes) - going or {b""}).delete()
    Asked.objects.filter(pk__in=[marks[one.mailbox].pk for one in asked] or [0]).update(
        times=F("times") + 1, last_on=batch[0].today
    )
    for one in batch:
        if one.pending.link_hash not in going:
            forget_unsent(one.mail)
    insert([one.mail for one in batch])


def _decoy(pending: Pending, *, is_kept: bool) -> Pending:
    """Make a row that is refused where the first one was kept, and the other way round.

    So a mailbox that is pending already costs as much writing as one that is not: this row of nobody's is written and
    deleted, as that of a counted mailbox is.
    """
    return Pending(
        edition_id=pending.edition_id,
        letter_id=pending.letter_id,
        token=pending.token if is_kept else secrets.token_bytes(TOKEN_BYTES),
        link_hash=pending.link_hash,
        box=pending.box,
        via_id=pending.via_id,
        expires_at=pending.expires_at,
    )


def _may_be_asked(mark: Mark, one: Intended) -> bool:
    return mark.times < MOST_ASKED and mark.last_on < one.today


def expiry(at: datetime) -> datetime:
    """Give the full hour at which a pending signature ends: PENDING_HOURS later, rounded down."""
    return (at + timedelta(hours=settings.PENDING_HOURS)).replace(minute=0, second=0, microsecond=0)


def _commit(batch: Sequence[Callable[[], Intended]]) -> None:
    # Worked out here, by the one who commits: it is made of many short calls into C, and sixty threads that make them
    # at once spend more on passing the interpreter's lock around than on the work; measured in bench/.
    intended = [intend_one() for intend_one in batch]
    with one_writer():
        take_in(intended)


_intake = Intake(_commit)
