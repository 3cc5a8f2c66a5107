"""Freeze an edition for the gate."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import models, transaction

from tongmun.campaigns.models import Edition, Membership
from tongmun.counts.queries import PublicHead, head_of, totals_of
from tongmun.deliveries.models import (
    Freeze,
    FrozenCopy,
    FrozenLetter,
    FrozenMission,
    FrozenName,
    FrozenSigner,
)
from tongmun.deliveries.readiness import BlockedMission, Readiness, ReadyMission, readiness_of
from tongmun.letters.mission_copies import copy_for_mission, letter_day
from tongmun.letters.models import LetterVersion
from tongmun.missions.queries import FactsOnDay, facts_on
from tongmun.people.actions.record import record
from tongmun.people.models import User
from tongmun.people.rules import may_work_at_desk
from tongmun.signatures.models import Signature
from tongmun.signatures.queries import clear_for_addressee, sealed_for_addressee
from tongmun.signons.coalition import partners_of

BATCH = 1_000


class NotAnOrganiser(PermissionError):
    """Cannot freeze without being an organiser."""


class NothingToFreeze(RuntimeError):
    """Cannot freeze an edition without a letter, or without a mission to carry it to."""


class ClaimsNotSettled(RuntimeError):
    """Cannot freeze claims that are not settled unless somebody says so. `number` is how many there are."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@transaction.atomic
def freeze_edition(*, edition: Edition, despite_claims: bool, by: User, at: datetime) -> Freeze:
    """Copy all that a packet says, so that nothing later changes it; the freeze before is replaced and stays as it is.

    Missions and languages that are not ready are left out. Raises NotAnOrganiser, NothingToFreeze and ClaimsNotSettled.
    """
    if not may_work_at_desk(by):
        raise NotAnOrganiser
    locked = Edition.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=edition.pk)
    ready = readiness_of(locked, on=at.date())
    if not ready.can_freeze:
        raise NothingToFreeze
    if ready.claims and not despite_claims:
        raise ClaimsNotSettled(len(ready.claims))
    freeze = _begin(locked, ready, at.date())
    letters = _freeze_letters(freeze, ready.letters)
    _freeze_missions(freeze, ready.missions, letters)
    subject = f"{locked.slug} freeze {freeze.number}: {len(ready.missions)} missions, {len(letters)} languages"
    record(deed="edition.frozen", subject=subject, by=by, at=at)
    return freeze


def _begin(edition: Edition, ready: Readiness, on: date) -> Freeze:
    """Write the freeze itself with its numbers and names."""
    Freeze.objects.of(edition).standing().update(state=Freeze.State.REPLACED)
    last = Freeze.objects.of(edition).values_list("number", flat=True).first()
    names = sorted(clear_for_addressee(edition), key=lambda one: (one.line, one.country))
    signers = _locked(sealed_for_addressee(edition))
    totals = totals_of(edition)
    freeze = Freeze.objects.create(
        edition=edition,
        number=(last or 0) + 1,
        frozen_on=on,
        names=edition.names,
        day=edition.day,
        organisations=_organisations(edition),
        counted=totals.counted,
        paper=totals.paper,
        vouched=totals.vouched,
        by_country=[list(row) for row in totals.by_country],
        elsewhere=totals.elsewhere,
        clear_names=len(names),
        sealed_names=len(signers),
        open_claims=len(ready.claims),
        left_out=[_left_out(one) for one in ready.blocked],
        **_head(head_of(edition)),
    )
    _write(FrozenName, (FrozenName(freeze=freeze, line=one.line, country=one.country) for one in names))
    _write(FrozenSigner, (FrozenSigner(freeze=freeze, signature_id=number) for number in signers))
    return freeze


def _locked(numbers: Iterable[int]) -> list[int]:
    """Lock these signatures and give those that are still there.

    Whoever withdraws meanwhile waits until the freeze is written, and then takes the signer out of it as well.
    """
    left, locked = iter(numbers), list[int]()
    while batch := list(islice(left, BATCH)):
        rows = Signature.objects.select_for_update().filter(pk__in=batch).order_by("pk")
        locked += rows.values_list("pk", flat=True)
    return locked


def _left_out(blocked: BlockedMission) -> dict[str, Any]:
    mission, city = blocked.mission, blocked.place.city
    return {"mission": mission.slug, "kind": mission.kind, "city_names": city.names, "why": blocked.why.value}


def _organisations(edition: Edition) -> list[dict[str, Any]]:
    """Give who stands behind the letter: members from the bundle, and those whose sign-on stands.

    Whom a day only helps does not.
    """
    return [
        {"slug": one.slug, "names": one.names, "own_language": one.own_language, "is_sample": one.is_sample}
        for one in partners_of(edition)
        if one.sign_on or (one.member and one.member.role != Membership.Role.BENEFICIARY)
    ]


def _head(head: PublicHead | None) -> dict[str, Any]:
    if head is None:
        return {}
    return {
        "log_size": head.checkpoint.size,
        "log_root": head.root,
        "log_key": head.key,
        "checkpoint": head.text,
    }


def _freeze_letters(freeze: Freeze, letters: dict[str, LetterVersion]) -> dict[str, FrozenLetter]:
    for letter in letters.values():
        letter.edition = freeze.edition
    return {
        language: FrozenLetter.objects.create(
            freeze=freeze, letter=letter, language=language, position=position, digest=letter.digest
        )
        for position, (language, letter) in enumerate(letters.items())
    }


def _freeze_missions(freeze: Freeze, missions: Iterable[ReadyMission], letters: dict[str, FrozenLetter]) -> None:
    missions = list(missions)
    days = {letter_day(one.letter) for one in letters.values()}
    # The copies hold what the letter's own page shows: the facts on the date it bears.
    facts = {day: facts_on([one.facts.mission for one in missions], day) for day in days}
    copies = []
    for one in missions:
        frozen = FrozenMission.objects.create(freeze=freeze, **_facts(one))
        copies += [_copy(frozen, one, letter, facts) for letter in letters.values()]
    _write(FrozenCopy, copies)


def _copy(
    frozen: FrozenMission, ready: ReadyMission, letter: FrozenLetter, facts: dict[date, dict[int, FactsOnDay]]
) -> FrozenCopy:
    dated = letter_day(letter.letter)
    copy = copy_for_mission(letter.letter, facts[dated][ready.facts.mission.pk], ready.place.city)
    # What the copy could not say is shown before freezing, and is no part of what is printed.
    parts = {name: part for name, part in asdict(copy).items() if name != "notes"}
    return FrozenCopy(mission=frozen, letter=letter, dated=dated, parts=parts)


def _facts(ready: ReadyMission) -> dict[str, Any]:
    facts, place, starts_at = ready.facts, ready.place, ready.place.starts_at()
    return {
        "mission": facts.mission,
        "slug": facts.mission.slug,
        "kind": facts.mission.kind,
        "receiving": facts.mission.receiving,
        "city": place.city.slug,
        "city_names": place.city.names,
        "lines": facts.chancery.lines if facts.chancery else {},
        "head_rank": facts.head.rank if facts.head else "",
        "head_names": facts.head.names if facts.head else {},
        "checked_on": facts.checked_on,
        "day": starts_at.date(),
        "time": starts_at.time(),
    }


def _write(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """Write many rows, a thousand at a time."""
    left: Iterator[models.Model] = iter(rows)
    while batch := list(islice(left, BATCH)):
        model._default_manager.bulk_create(batch)  # noqa: SLF001 -- documented
