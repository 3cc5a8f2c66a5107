"""The totals that pages show, and the head they rest on."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Q

from tongmun.campaigns.models import Edition
from tongmun.counts.actions.count import LONGEST_WAIT
from tongmun.counts.guard import LogBroken, checked_frontier
from tongmun.counts.models import Checkpoint, CountEntry, Reckoning, Referral, Tally, Witness
from tongmun.kit.keyring import log_key
from tongmun.kit.notes import LOG, WITNESS, public_key_of, verifier_key

# Fewer signers than this in a country would point at people: they are counted as "elsewhere".
SMALLEST_CELL = 10
# So many hexadecimal digits of a root are printed: 64 bits.
PRINTED_DIGITS = 16


@dataclass(frozen=True)
class Totals:
    """How many signatures are counted, by country where ten or more are, and up to when.

    `paper` and `vouched` are numbers from elsewhere and in none of the others but `together`. `as_of` is None before
    the first pass.
    """

    counted: int
    by_country: tuple[tuple[str, int], ...]
    elsewhere: int
    as_of: datetime | None
    paper: int = 0
    vouched: int = 0

    @property
    def together(self) -> int:
        """All three kinds in one number."""
        return self.counted + self.paper + self.vouched


def totals_of(edition: Edition) -> Totals:
    """Read the derived totals; two queries however many have signed."""
    tallies = list(Tally.objects.filter(edition=edition, counted__gt=0).values_list("country", "counted"))
    shown = sorted(
        ((country, counted) for country, counted in tallies if country and counted >= SMALLEST_CELL),
        key=lambda row: (-row[1], row[0]),
    )
    whole = sum(counted for _, counted in tallies)
    elsewhere = whole - sum(counted for _, counted in shown)
    reckoning = Reckoning.objects.filter(edition=edition).first()
    if reckoning is None:
        return Totals(whole, tuple(shown), elsewhere, None)
    return Totals(whole, tuple(shown), elsewhere, reckoning.as_of, reckoning.paper, reckoning.vouched)


def referrals_of(edition: Edition) -> dict[int, int]:
    """Give how many counted signatures came through the links of each organisation, by its number; one query."""
    return dict(Referral.objects.filter(edition=edition, counted__gt=0).values_list("organisation", "counted"))


@dataclass(frozen=True)
class Unlogged:
    """How many confirmed signatures have no place in the log yet: `waiting` for a batch, `held` for a person."""

    waiting: int
    held: int


def unlogged_of(edition: Edition) -> Unlogged:
    """Count what is confirmed and not in the log yet; one query, which touches no other entries."""
    entries = CountEntry.objects.filter(edition=edition, position=None, kind=CountEntry.Kind.ADD)
    return Unlogged(
        **entries.aggregate(waiting=Count("pk", filter=Q(is_held=False)), held=Count("pk", filter=Q(is_held=True)))
    )


@dataclass(frozen=True)
class PublicHead:
    """The newest checkpoint of a log, its keys, and who has cosigned it."""

    checkpoint: Checkpoint
    reckoning: Reckoning
    key: str
    witness_keys: tuple[str, ...]
    cosignatures: tuple[str, ...]

    @property
    def text(self) -> str:
        """The checkpoint with the lines of its witnesses."""
        return self.checkpoint.note + "".join(self.cosignatures)

    @property
    def root(self) -> str:
        """The root in hexadecimal."""
        return bytes(self.checkpoint.root).hex()


def head_of(edition: Edition) -> PublicHead | None:
    """Read the newest head of a log; None while there is none. Four queries."""
    checkpoint = Checkpoint.objects.filter(edition=edition).order_by("-size").first()
    if checkpoint is None:
        return None
    reckoning = Reckoning.objects.get(edition=edition)
    public_key = public_key_of(log_key(settings.KEYS, edition.slug))
    witnesses = Witness.objects.filter(edition=edition).order_by("name")
    return PublicHead(
        checkpoint,
        reckoning,
        verifier_key(reckoning.origin, LOG, public_key),
        tuple(verifier_key(one.name, WITNESS, bytes(one.public_key)) for one in witnesses),
        tuple(checkpoint.cosignatures.order_by("witness__name").values_list("line", flat=True)),
    )


def printed_head(edition: Edition) -> tuple[int, str] | None:
    """Give size and the first 16 digits of the root, for paper; None while there is no head."""
    head = Checkpoint.objects.filter(edition=edition).order_by("-size").first()
    return (head.size, bytes(head.root).hex()[:PRINTED_DIGITS]) if head else None


def broken_logs(*, at: datetime) -> list[tuple[str, str]]:
    """Give the editions whose log does not go on, by slug, with the reason."""
    broken = []
    for reckoning in Reckoning.objects.select_related("edition").order_by("edition__slug"):
        try:
            checked_frontier(reckoning)
        except LogBroken as error:
            broken.append((reckoning.edition.slug, str(error)))
            continue
        if reckoning.waiting_since and reckoning.waiting_since + LONGEST_WAIT + timedelta(hours=1) < at:
            broken.append((reckoning.edition.slug, "entries have been waiting for more than a day"))
    return broken
