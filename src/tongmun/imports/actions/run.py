"""Take the rows of an import in: one transaction holds a batch of them and the place where the next begins."""

import logging
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F

from tongmun.campaigns.models import Edition
from tongmun.counts.models import CountEntry
from tongmun.imports.actions.decide import cancel, erase_what_is_done_with
from tongmun.imports.checking import CheckedRow, Checker, RowRefused
from tongmun.imports.locked_files import LockedFileBroken
from tongmun.imports.models import Import
from tongmun.imports.reading import Lines, Place, open_upload, rows_of
from tongmun.imports.rejected import Rejected, keep
from tongmun.kit.keyring import token_key
from tongmun.kit.sealing import mailbox_token
from tongmun.people.actions.record import record
from tongmun.signatures.actions.confirm import counted_rows
from tongmun.signatures.inserting import insert
from tongmun.signatures.models import Signature

log = logging.getLogger("tongmun.imports")

ROWS_A_BATCH = 1_000
# However long its rows are, a batch ends here, so that it fits into memory.
BYTES_A_BATCH = 4 * 1024 * 1024
BYTES_OF_LINK = 32


class MovedMeanwhile(RuntimeError):
    """Cannot write a batch: the import was cancelled, or another worker has written it."""


@dataclass
class Batch:
    """Rows that were read and checked: `fit` are new to this batch by token, `end` is where the next batch begins."""

    end: Place
    done: int = 0
    fit: dict[bytes, CheckedRow] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)


def run_step(*, at: datetime) -> bool:
    """Take in one batch of the oldest import that runs; gives False when none does.

    All but the writing happens outside the transaction, so that whoever signs meanwhile hardly waits.
    """
    of = Import.objects.running().select_related("edition", "letter", "organisation").first()
    if of is None:
        return False
    if of.edition.state == Edition.State.CLOSED:
        cancel(of=of, by=None, at=at)
        return True
    try:
        _take_in(of, at)
    except MovedMeanwhile:
        log.info("import %s moved on meanwhile", of.pk)
    except (LockedFileBroken, FileNotFoundError) as error:
        # Changes nothing when it is somebody who has cancelled it, and the file went with that.
        log.warning("import %s cannot go on: %s", of.pk, type(error).__name__)
        cancel(of=of, by=None, at=at)
    return True


def _take_in(of: Import, at: datetime) -> None:
    batch = _read(of, at.date())
    if batch.rejected:
        keep(of.key, of.offset, batch.rejected)
    _commit(of, batch, _rows(of, batch), at)


def _read(of: Import, today: date) -> Batch:
    checker = Checker(of.read_by, of.columns, of.letter.language, today)
    key = token_key(settings.KEYS, of.edition.slug)
    batch = Batch(end=of.place)
    with open_upload(of.key) as file:
        lines = Lines(file, of.place)
        for place, cells in rows_of(lines, of.delimiter):
            batch.done += 1
            try:
                row = checker.check(cells)
            except RowRefused as refused:
                batch.rejected.append(Rejected(place.line, refused.reason, cells))
            else:
                # The first row of a mailbox counts; the others are no mistake of anybody.
                batch.fit.setdefault(mailbox_token(row.mailbox, key=key), row)
            if batch.done == ROWS_A_BATCH or lines.offset - of.offset > BYTES_A_BATCH:
                break
        batch.end = lines.place
    return batch


def _rows(of: Import, batch: Batch) -> list[tuple[Signature, CountEntry]]:
    # Only saves the work of sealing; whether a mailbox is new is decided by the constraint.
    known = _known(of.edition, batch.fit)
    rows = [
        counted_rows(
            edition=of.edition,
            letter=of.letter,
            token=token,
            entry=row.entry,
            via=of.organisation,
            # Nobody holds a link of this hash; whoever signs on the site as well gets one of their own.
            own_hash=secrets.token_bytes(BYTES_OF_LINK),
            on=row.day,
        )
        for token, row in batch.fit.items()
        if token not in known
    ]
    for signature, _entry in rows:
        # Many at once is what an import is, and no surge to hold back.
        signature.is_new, signature.domain_box = False, b""
    return rows


@transaction.atomic(durable=True)
def _commit(of: Import, batch: Batch, rows: list[tuple[Signature, CountEntry]], at: datetime) -> None:
    added = _count(rows)
    rejected = len(batch.rejected)
    ahead = Import.objects.filter(pk=of.pk, state=Import.State.RUNNING, offset=of.offset).update(
        offset=batch.end.offset,
        line=batch.end.line,
        done=F("done") + batch.done,
        added=F("added") + added,
        duplicates=F("duplicates") + batch.done - rejected - added,
        rejected=F("rejected") + rejected,
    )
    if not ahead:
        raise MovedMeanwhile
    if batch.end.offset == of.size:
        Import.objects.filter(pk=of.pk).update(state=Import.State.DONE, changed_on=at.date())
        record(deed="import.done", subject=of.subject, by=None, at=at)
        transaction.on_commit(lambda: erase_what_is_done_with(of))


def _count(rows: list[tuple[Signature, CountEntry]]) -> int:
    """Write the signatures whose mailbox is new, and their entries; gives how many."""
    went_in = insert(Signature, [signature for signature, _entry in rows])
    if went_in < len(rows):
        hashes = [signature.link_hash for signature, _entry in rows]
        found = Signature.objects.filter(link_hash__in=hashes).values_list("link_hash", flat=True)
        new = {bytes(one) for one in found}
        rows = [(signature, entry) for signature, entry in rows if signature.link_hash in new]
    insert(CountEntry, [entry for _signature, entry in rows])
    return len(rows)


def _known(edition: Edition, tokens: Iterable[bytes]) -> set[bytes]:
    found = Signature.objects.filter(edition=edition, token__in=list(tokens)).values_list("token", flat=True)
    return {bytes(token) for token in found if token}
