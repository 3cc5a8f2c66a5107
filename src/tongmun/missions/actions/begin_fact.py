"""Begin a dated fact about a mission, and end the one it follows."""

from datetime import date, datetime

from django.db import transaction

from tongmun.missions.models import ConsularDistrict, HeadOfMission, Mission, OpeningHours, Premises
from tongmun.people.actions.record import record
from tongmun.people.models import User

Fact = Premises | HeadOfMission | ConsularDistrict | OpeningHours
# Of the facts that agree in these, one holds on a day.
ALIKE = {
    Premises: ("function",),
    HeadOfMission: (),
    ConsularDistrict: ("region",),
    OpeningHours: ("weekday", "opens"),
}
SAID = {
    Premises: ("lines",),
    HeadOfMission: ("rank", "names", "titles", "gender"),
    ConsularDistrict: (),
    OpeningHours: ("closes",),
}
ALWAYS_SAID = ("source", "checked_on", "checked_by")


class NeedsDay(ValueError):
    """Cannot begin a fact without a day: others of its kind are known, and none holds on the day that is meant."""


@transaction.atomic
def begin_fact(*, fact: Fact, by: User | None, at: datetime, on: date | None = None) -> Fact:
    """Let a fact hold from its `valid_from`, until the next of its kind begins; the one that held until then ends.

    One that begins on the same day is corrected where it stands, and without a day so is the one that holds on the
    day `on`, which is today unless it is given. Raises NeedsDay.
    """
    kind = type(fact)
    # Two people who write at once come one after the other.
    Mission.objects.select_for_update().get(pk=fact.mission_id)
    alike = {name: getattr(fact, name) for name in ALIKE[kind]}
    rivals = list(kind.objects.filter(mission=fact.mission_id, **alike))
    same = next((rival for rival in rivals if _is_meant(rival, fact.valid_from, on or at.date())), None)
    if same is None and fact.valid_from is None and rivals:
        raise NeedsDay
    stored = _corrected(same, fact) if same else _begun(fact, rivals)
    record(deed="fact.begun", subject=fact.mission.slug, by=by, at=at)
    return stored


def _is_meant(rival: Fact, day: date | None, on: date) -> bool:
    return rival.holds_on(on) if day is None else rival.valid_from == day


def _corrected(stored: Fact, fact: Fact) -> Fact:
    names = (*SAID[type(fact)], *ALWAYS_SAID)
    for name in names:
        setattr(stored, name, getattr(fact, name))
    stored.save(update_fields=names)
    return stored


def _begun(fact: Fact, rivals: list[Fact]) -> Fact:
    day = fact.valid_from
    if day is not None:
        later = [rival.valid_from for rival in rivals if rival.valid_from and rival.valid_from > day]
        before = next((rival for rival in rivals if rival.holds_on(day)), None)
        fact.valid_to = min(later, default=before.valid_to if before else None)
        if before:
            before.valid_to = day
            before.save(update_fields=["valid_to"])
    fact.save(force_insert=True)
    return fact
