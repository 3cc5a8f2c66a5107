"""Take waiting entries into the log, in shuffled batches, and derive the totals from them."""

import logging
import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import connection, transaction

from tongmun.campaigns.models import Edition
from tongmun.counts.guard import LogBroken, checked_frontier, keep_head
from tongmun.counts.leaves import leaf_text
from tongmun.counts.models import Checkpoint, CountEntry, Reckoning, Referral, Tally
from tongmun.counts.origins import settle_origin
from tongmun.counts.tiles import keep_full_tiles
from tongmun.kit.keyring import KeyUnreadable, log_key
from tongmun.kit.merkle import Frontier, leaf_hash
from tongmun.kit.notes import Head, signed_checkpoint

log = logging.getLogger("tongmun.counts")

# One transaction takes no more; the next takes the rest.
MOST = 100_000
# Twice as many parameters: SQLite takes 32,766 since 3.32.
ROWS_A_STATEMENT = 2_000
LONGEST_WAIT = timedelta(hours=24)


@dataclass(frozen=True)
class Waiting:
    """An entry that has no place yet, as far as the log and the totals need it."""

    pk: int
    kind: str
    digest: bytes
    amount: int
    reason: str
    words: str
    country: str
    via: int | None


def count_all(*, at: datetime) -> int:
    """Take what waits in every public edition; gives how many entries. A log that is broken is left as it is."""
    return sum(_count_whole(edition, at) for edition in Edition.objects.public())


def _count_whole(edition: Edition, at: datetime) -> int:
    taken = 0
    try:
        while (batch := count_waiting(edition=edition, at=at)) == MOST:
            taken += batch
    except (LogBroken, KeyUnreadable) as error:
        log.error("nothing is counted for %s: %s", edition.slug, error)  # noqa: TRY400 -- the trace helps nobody here
        return taken
    if taken + batch:
        keep_full_tiles(Reckoning.objects.get(edition=edition))
    return taken + batch


@transaction.atomic
def count_waiting(*, edition: Edition, at: datetime) -> int:
    """Take a batch of one edition into its log and totals, if one is due; gives how many entries.

    Places are handed out here and not by the clock or the row's id: on PostgreSQL a lower id can be committed later.
    The time is written at every pass, with entries or without, so that it does not tell when somebody signed. Raises
    LogBroken when the log does not follow from what was signed before.
    """
    Reckoning.objects.get_or_create(edition=edition, defaults={"as_of": at})
    reckoning = Reckoning.objects.select_for_update(of=("self",)).select_related("edition").get(edition=edition)
    frontier = checked_frontier(reckoning)
    batch = _waiting(edition)
    reckoning.waiting_since = _waiting_since(reckoning, batch, at)
    reckoning.as_of = at
    if not _is_due(reckoning, batch, at):
        reckoning.save(update_fields=["waiting_since", "as_of"])
        return 0
    _take(reckoning, batch, frontier)
    return len(batch)


def _waiting(edition: Edition) -> list[Waiting]:
    # In order: a batch that held a VOID whose ADD is left for the next could take a total below zero.
    rows = CountEntry.objects.waiting().filter(edition=edition).order_by("pk")
    columns = ("pk", "kind", "digest", "amount", "reason", "words", "country", "via_id")
    return [Waiting(pk, kind, bytes(digest), *rest) for pk, kind, digest, *rest in rows.values_list(*columns)[:MOST]]


def _waiting_since(reckoning: Reckoning, batch: list[Waiting], at: datetime) -> datetime | None:
    """Give the full hour before the last pass that found nothing: whatever waits was written after that."""
    if not batch:
        return None
    return reckoning.waiting_since or min(reckoning.as_of, at).replace(minute=0, second=0, microsecond=0)


def _is_due(reckoning: Reckoning, batch: list[Waiting], at: datetime) -> bool:
    if reckoning.waiting_since is None:
        return False
    # A batch of one tells whoever watches the network who signed; but nobody waits for company longer than this.
    next_pass = at + timedelta(seconds=settings.COUNT_EVERY)
    # Paper, vouched numbers and remarks are nobody's secret, and hide nobody either.
    company = sum(entry.kind in {CountEntry.Kind.ADD, CountEntry.Kind.VOID} for entry in batch)
    is_enough = company == 0 or company >= settings.COUNT_LEAST
    return is_enough or next_pass >= reckoning.waiting_since + LONGEST_WAIT


def _take(reckoning: Reckoning, batch: list[Waiting], frontier: Frontier) -> None:
    settle_origin(reckoning)
    secrets.SystemRandom().shuffle(batch)
    _place(batch, first=reckoning.upto)
    for entry in batch:
        text = leaf_text(
            origin=reckoning.origin,
            kind=entry.kind,
            amount=entry.amount,
            digest=entry.digest,
            reason=entry.reason,
            words=entry.words,
        )
        frontier.append(leaf_hash(text))
    _add_up(reckoning, batch)
    reckoning.upto, reckoning.frontier = frontier.size, frontier.packed
    if len(batch) < MOST:
        reckoning.waiting_since = None
    reckoning.save(
        update_fields=[
            *("origin", "folder", "upto", "frontier", "waiting_since", "as_of"),
            *("added", "voided", "paper", "vouched"),
        ]
    )
    _sign(reckoning, frontier)


def _place(batch: list[Waiting], *, first: int) -> None:
    """Write the places, many rows a statement; bulk_update would take a minute for a full batch."""
    table = connection.ops.quote_name(CountEntry._meta.db_table)  # noqa: SLF001 -- the documented way to a table's name
    places = [(entry.pk, place) for place, entry in enumerate(batch, start=first)]
    with connection.cursor() as cursor:
        for start in range(0, len(places), ROWS_A_STATEMENT):
            rows = places[start : start + ROWS_A_STATEMENT]
            values = ", ".join(["(%s, %s)"] * len(rows))
            # Both databases call the columns of VALUES so.
            cursor.execute(
                f"UPDATE {table} SET position = place.column2 FROM (VALUES {values}) AS place"  # noqa: S608 -- ours alone
                f" WHERE {table}.id = place.column1",
                [number for row in rows for number in row],
            )


def _add_up(reckoning: Reckoning, batch: list[Waiting]) -> None:
    by_kind: Counter[str] = Counter()
    by_country: Counter[str] = Counter()
    by_organisation: Counter[int] = Counter()
    for entry in batch:
        by_kind[entry.kind] += entry.amount
        if entry.kind in {CountEntry.Kind.ADD, CountEntry.Kind.VOID}:
            by_country[entry.country] += entry.amount
            if entry.via:
                by_organisation[entry.via] += entry.amount
    reckoning.added += by_kind[CountEntry.Kind.ADD]
    reckoning.voided -= by_kind[CountEntry.Kind.VOID]
    reckoning.paper += by_kind[CountEntry.Kind.PAPER]
    reckoning.vouched += by_kind[CountEntry.Kind.VOUCHED]
    if min(reckoning.added - reckoning.voided, reckoning.paper, reckoning.vouched) < 0:
        raise LogBroken("more would be taken out of it than was ever put in")
    _write_tallies(reckoning.edition, by_country)
    _write_referrals(reckoning.edition, by_organisation)


def _write_tallies(edition: Edition, steps: Mapping[str, int]) -> None:
    cells = Counter(dict(Tally.objects.filter(edition=edition).values_list("country", "counted")))
    cells.update(steps)
    rows = [Tally(edition=edition, country=country, counted=number) for country, number in _evened(cells).items()]
    Tally.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["edition", "country"], update_fields=["counted"]
    )


def _evened(cells: Mapping[str, int]) -> dict[str, int]:
    """Take what a country lacks from the largest: who has hidden a country since is taken out under another one."""
    evened = dict(cells)
    for country in [country for country, number in cells.items() if number < 0]:
        while evened[country] < 0:
            largest = max(evened, key=lambda one: evened[one])
            step = min(evened[largest], -evened[country])
            if step <= 0:
                raise LogBroken("the totals of its countries do not add up")
            evened[largest] -= step
            evened[country] += step
    return evened


def _write_referrals(edition: Edition, steps: Mapping[int, int]) -> None:
    known = Counter(dict(Referral.objects.filter(edition=edition).values_list("organisation", "counted")))
    rows = [
        Referral(edition=edition, organisation_id=organisation, counted=max(0, known[organisation] + step))
        for organisation, step in steps.items()
    ]
    Referral.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["edition", "organisation"], update_fields=["counted"]
    )


def _sign(reckoning: Reckoning, frontier: Frontier) -> None:
    head = Head(reckoning.origin, frontier.size, frontier.root())
    note = signed_checkpoint(head, seed=log_key(settings.KEYS, reckoning.edition.slug))
    Checkpoint.objects.create(
        edition=reckoning.edition, size=head.size, root=head.root, note=note, made_at=reckoning.as_of
    )
    transaction.on_commit(partial(keep_head, reckoning, root=head.root))
