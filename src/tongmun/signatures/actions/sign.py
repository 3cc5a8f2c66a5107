"""Take a signature in, to be counted once its mailbox answers."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import NamedTuple

from django.conf import settings
from django.db import transaction

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
from tongmun.signatures.models import Asked, Pending
from tongmun.signatures.statements import NO_BYTES, NO_ROW, drop, erase_expired, kept, mark_asked, marks
from tongmun.signatures.writer import one_writer

MailboxKey = tuple[int, bytes]


class NewPending(NamedTuple):
    """A row of `Pending` that is about to be written: for so many of them models take too long to make."""

    edition_id: int
    letter_id: int
    token: bytes
    link_hash: bytes
    box: bytes
    via_id: int | None
    expires_at: datetime


class NewlyAsked(NamedTuple):
    """A row of `Asked` that is about to be written, as above."""

    edition_id: int
    token: bytes
    times: int = 0
    last_on: date = date.min


@dataclass(frozen=True)
class Intended:
    """A signature that is about to be taken in: everything worked out, nothing written."""

    pending: NewPending
    mail: Mail
    at: datetime

    @property
    def mailbox(self) -> MailboxKey:
        """What stands for the mailbox within its edition."""
        return self.pending.edition_id, self.pending.token


class Work:
    """A form that somebody waits with, and what came of it."""

    __slots__ = ("failure", "intended", "read")

    def __init__(self, read: Callable[[], Intended | None]) -> None:
        self.read = read
        self.intended: Intended | None = None
        self.failure: Exception | None = None

    def do(self) -> None:
        """Read it."""
        try:
            self.intended = self.read()
        except Exception as failure:  # noqa: BLE001 -- whose form it is gets it
            self.failure = failure


def sign(
    *, edition: Edition, letter: LetterVersion, entry: Entry, at: datetime, via: int | None = None, slowly: bool = False
) -> None:
    """Keep what was typed for a day and queue the mail that asks for confirmation; returns once both are on the disk.

    New, pending and counted mailboxes are treated alike, so that nobody learns from the answer, or from how long it
    takes, whether an address has signed. A mailbox gets one such mail a day and three in all. `via` is the number of
    the organisation whose link was followed; `slowly` puts the mail off instead of sending it at once. Raises
    NotRecorded when too many wait or the database fails.
    """
    sign_if_good(partial(intend, edition=edition, letter=letter, entry=entry, at=at, via=via, slowly=slowly))


def sign_if_good(read: Callable[[], Intended | None]) -> bool:
    """Take in what `read` gives, as `sign` does; tells whether that was anything.

    It is called by the thread that commits, for everybody who waits: reading, checking and sealing are made of many
    short calls, and sixty threads that make them at once spend more on passing the interpreter's lock around than on
    the work; measured in bench/. What it raises is raised here, and harms nobody else.
    """
    work = Work(read)
    _intake.take_in(work)
    if work.failure is not None:
        raise work.failure
    return work.intended is not None


def intend(
    *, edition: Edition, letter: LetterVersion, entry: Entry, at: datetime, via: int | None = None, slowly: bool = False
) -> Intended:
    """Work out everything that is to be written, the mail also for a mailbox that will not get one."""
    token = mailbox_token(canonical_form(entry.email), key=token_key(settings.KEYS, edition.slug))
    secret, link_hash = new_link()
    box = lock(entry.as_fields(), key=server_key(settings.KEYS), purpose="pending")
    pending = NewPending(
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
    today = batch[0].at.date()
    mailboxes = sorted(first)
    editions, tokens = sorted({edition for edition, _token in mailboxes}), [token for _edition, token in mailboxes]
    erase_expired(editions, tokens, at=batch[0].at)
    insert(Asked, [NewlyAsked(edition, token) for edition, token in mailboxes])
    marked = marks(editions, tokens, on=today)
    insert(Pending, [one.pending for one in first.values()])
    hashes = [one.pending.link_hash for one in first.values()]
    are_kept = kept(hashes)
    insert(Pending, [_decoy(one.pending, is_kept=one.pending.link_hash in are_kept) for one in first.values()])
    going, rows = set(), []
    for mailbox, one in first.items():
        row, may_be_asked = marked[mailbox]
        if may_be_asked and one.pending.link_hash in are_kept:
            going.add(one.pending.link_hash)
            rows.append(row)
    # What is empty still goes to the database, or the answer to a known mailbox would come sooner.
    drop([one for one in hashes if one not in going] or [NO_BYTES])
    mark_asked(rows or [NO_ROW], on=today)
    for one in batch:
        if one.pending.link_hash not in going:
            forget_unsent(one.mail)
    insert(Mail, [one.mail for one in batch])


def _decoy(pending: NewPending, *, is_kept: bool) -> NewPending:
    """Make a row that is refused where the first one was kept, and the other way round.

    So a mailbox that is pending already costs as much writing as one that is not: this row of nobody's is written and
    deleted, as that of a counted mailbox is.
    """
    return pending if is_kept else pending._replace(token=secrets.token_bytes(TOKEN_BYTES))


def expiry(at: datetime) -> datetime:
    """Give the full hour at which a pending signature ends: PENDING_HOURS later, rounded down."""
    return (at + timedelta(hours=settings.PENDING_HOURS)).replace(minute=0, second=0, microsecond=0)


def _commit(batch: Sequence[Work]) -> None:
    for work in batch:
        work.do()
    intended = [work.intended for work in batch if work.intended is not None]
    if intended:
        with one_writer():
            take_in(intended)


_intake = Intake(_commit)
