"""Hold back confirmations that come in a surge, until a person has looked; release them, or take them out again.

A surge is seen once an hour, before the batch: more from one country, language or domain than fifty and than five times
the usual. The usual is the median of the hours of the last seven days.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from statistics import median

from django.conf import settings
from django.db import transaction

from tongmun.campaigns.models import Edition
from tongmun.counts.models import CountEntry
from tongmun.kit.keyring import server_key
from tongmun.kit.mailbox import LARGE_PROVIDERS
from tongmun.kit.sealing import unlock
from tongmun.people.actions.record import record
from tongmun.people.models import User
from tongmun.signatures.actions.withdraw import commitment_of, void_entry
from tongmun.signatures.models import Hold, Pulse, Signature

MOST_IN_AN_HOUR = 50
TIMES_THE_USUAL = 5
HOURS = 7 * 24
# Fewer than this would tell the hour in which somebody signed; five times as many are no surge anyway.
FEWEST_REMEMBERED = 10
AT_A_TIME = 500

Trait = tuple[str, str]


def hold_all(*, at: datetime) -> int:
    """Look at every public edition; gives how many confirmations are held back now."""
    return sum(hold_surges(edition=edition, at=at) for edition in Edition.objects.public())


@transaction.atomic
def hold_surges(*, edition: Edition, at: datetime) -> int:
    """Look at what was confirmed since the last look, hold surges back, and forget the domains."""
    new = list(
        Signature.objects.new().filter(edition=edition).select_for_update(of=("self",)).select_related("edition")
    )
    traits = {signature.pk: set(_traits(signature)) for signature in new}
    counts = Counter(trait for found in traits.values() for trait in found)
    surges = {trait for trait, count in counts.items() if count > _limit(edition, trait, at)}
    surges |= set(edition.holds.filter(state=Hold.State.OPEN).values_list("kind", "value")) & counts.keys()
    held = 0
    for trait in sorted(surges):
        members = [signature for signature in new if trait in traits[signature.pk] and signature.hold_id is None]
        held += _hold(edition, trait, members, at)
    Signature.objects.filter(pk__in=list(traits)).update(is_new=False, domain_box=b"")
    _remember(edition, counts, at)
    return held


def _traits(signature: Signature) -> Iterator[Trait]:
    if signature.country:
        yield Hold.Kind.COUNTRY, signature.country
    yield Hold.Kind.LANGUAGE, signature.language
    if signature.domain_box:
        domain = unlock(bytes(signature.domain_box), key=server_key(settings.KEYS), purpose="domain")["domain"]
        if domain not in LARGE_PROVIDERS:
            yield Hold.Kind.DOMAIN, domain


def _limit(edition: Edition, trait: Trait, at: datetime) -> float:
    """Give how many in an hour are still no surge."""
    kind, value = trait
    pulses = edition.pulses.filter(kind=kind, value=value, hour__gte=at - timedelta(hours=HOURS))
    known = list(pulses.values_list("count", flat=True))
    # An hour without a pulse is one in which hardly anybody came.
    usual = median(known + [0] * (HOURS - len(known)))
    return max(MOST_IN_AN_HOUR, TIMES_THE_USUAL * usual)


def _remember(edition: Edition, counts: Counter[Trait], at: datetime) -> None:
    """Keep how many came this hour, of what is more than a few people: a small number would point at somebody."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    edition.pulses.filter(hour__lt=at - timedelta(hours=HOURS)).delete()
    for (kind, value), count in counts.items():
        if count >= FEWEST_REMEMBERED:
            pulse, _ = Pulse.objects.get_or_create(edition=edition, kind=kind, value=value, hour=hour)
            Pulse.objects.filter(pk=pulse.pk).update(count=pulse.count + count)


def _hold(edition: Edition, trait: Trait, members: list[Signature], at: datetime) -> int:
    kind, value = trait
    hold, _ = Hold.objects.get_or_create(
        edition=edition, kind=kind, value=value, state=Hold.State.OPEN, defaults={"began_on": at.date()}
    )
    held = set()
    for some in _some(members):
        digests = {commitment_of(signature): signature.pk for signature in some}
        waiting = CountEntry.objects.waiting().filter(edition=edition, kind=CountEntry.Kind.ADD, digest__in=digests)
        # What a batch has taken already is counted, and is only to be taken out by a person.
        taken = {bytes(digest) for digest in waiting.select_for_update().values_list("digest", flat=True)}
        CountEntry.objects.filter(edition=edition, kind=CountEntry.Kind.ADD, digest__in=taken).update(is_held=True)
        held |= {digests[digest] for digest in taken}
    for signature in members:
        if signature.pk in held:
            signature.hold = hold
    return Signature.objects.filter(pk__in=held).update(hold=hold)


@transaction.atomic
def release(*, hold: Hold, by: User, at: datetime) -> bool:
    """Let everything a hold keeps be counted with the next batch; gives False when somebody else decided meanwhile."""
    if not _close(hold, Hold.State.RELEASED):
        return False
    _let_go(hold)
    record(deed="hold.released", subject=hold.edition.slug, by=by, at=at)
    return True


@transaction.atomic
def void_hold(*, hold: Hold, reason: CountEntry.Reason, by: User, at: datetime) -> bool:
    """Let everything a hold keeps go into the log, and take it out there with a public reason."""
    if not _close(hold, Hold.State.VOIDED):
        return False
    members = list(Signature.objects.filter(hold=hold).select_related("edition", "via"))
    _let_go(hold)
    void_signatures(members, reason=reason)
    record(deed="hold.voided", subject=hold.edition.slug, by=by, at=at)
    return True


def void_signatures(signatures: Iterable[Signature], *, reason: CountEntry.Reason) -> int:
    """Take signatures out of the count with a public reason and erase their rows; gives how many."""
    voided = 0
    for some in _some(list(signatures)):
        rows = [signature for signature in some if signature.opening_box]
        CountEntry.objects.bulk_create([void_entry(signature, reason) for signature in rows])
        Signature.objects.filter(pk__in=[signature.pk for signature in rows]).delete()
        voided += len(rows)
    return voided


def _close(hold: Hold, state: Hold.State) -> bool:
    return bool(Hold.objects.filter(pk=hold.pk, state=Hold.State.OPEN).update(state=state))


def _let_go(hold: Hold) -> None:
    for some in _some(list(Signature.objects.filter(hold=hold).select_related("edition"))):
        digests = [commitment_of(signature) for signature in some]
        CountEntry.objects.filter(edition=hold.edition, kind=CountEntry.Kind.ADD, digest__in=digests).update(
            is_held=False
        )
    Signature.objects.filter(hold=hold).update(hold=None)


def _some(members: list[Signature]) -> Iterator[list[Signature]]:
    for start in range(0, len(members), AT_A_TIME):
        yield members[start : start + AT_A_TIME]
