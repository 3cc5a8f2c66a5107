"""What can be frozen of an edition today, and what keeps the rest."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.conf import settings

from tongmun.campaigns.models import Edition, EditionCity
from tongmun.campaigns.queries import cities_by_instant
from tongmun.letters.models import Claim, LetterVersion
from tongmun.letters.queries import claims_to_settle, letters_of, unready
from tongmun.letters.wording import NoFormsOfAddress, wording
from tongmun.missions.models import Mission
from tongmun.missions.queries import FactsOnDay, facts_on


class Why(StrEnum):
    """Why a mission is left out."""

    CLOSED = "closed"
    NO_ADDRESS = "no-address"
    NEVER_CHECKED = "never-checked"
    CHECKED_TOO_LONG_AGO = "checked-too-long-ago"


@dataclass(frozen=True)
class ReadyMission:
    """A mission that can be frozen, in its city."""

    place: EditionCity
    facts: FactsOnDay


@dataclass(frozen=True)
class BlockedMission:
    """A mission that cannot; `checked_on` is the day of its oldest fact, None when one never was checked."""

    place: EditionCity
    mission: Mission
    why: Why
    checked_on: date | None


@dataclass(frozen=True)
class Readiness:
    """What freezing would take in and what not.

    `letters` by language; `unready` are languages of the edition that have none to freeze. `claims` are not settled:
    they do not keep anybody from freezing, but somebody has to say so.
    """

    letters: dict[str, LetterVersion]
    unready: tuple[str, ...]
    claims: tuple[Claim, ...]
    missions: tuple[ReadyMission, ...]
    blocked: tuple[BlockedMission, ...]

    @property
    def can_freeze(self) -> bool:
        """Whether there is a letter and somewhere to carry it."""
        return bool(self.letters and self.missions)


def readiness_of(edition: Edition, *, on: date) -> Readiness:
    """Look at an edition as it stands on a day; the number of queries does not grow with it."""
    lacking = {one.language for one in unready(edition)}
    written = letters_of(edition)
    letters = {code: one for code, one in written.items() if code not in lacking and _has_forms(code)}
    ready, blocked = _missions(edition, on)
    return Readiness(
        letters={code: letters[code] for code in edition.languages if code in letters},
        unready=tuple(code for code in edition.languages if code not in letters),
        claims=tuple(one.claim for one in claims_to_settle(edition, on)),
        missions=tuple(ready),
        blocked=tuple(blocked),
    )


def _has_forms(language: str) -> bool:
    try:
        wording(language)
    except NoFormsOfAddress:
        return False
    return True


def _missions(edition: Edition, on: date) -> tuple[list[ReadyMission], list[BlockedMission]]:
    ready, blocked = [], []
    places = {mission: place for place in reversed(cities_by_instant(edition)) for mission in place.missions.all()}
    facts = facts_on(places, edition.day)
    for mission, place in sorted(places.items(), key=lambda one: (one[1].city.slug, one[0].slug)):
        known = facts[mission.pk]
        why = _why_not(known, on)
        if why is None:
            ready.append(ReadyMission(place, known))
        else:
            blocked.append(BlockedMission(place, mission, why, known.checked_on))
    return ready, blocked


def _why_not(facts: FactsOnDay, on: date) -> Why | None:
    if facts.mission.status in {Mission.Status.CLOSED, Mission.Status.SUSPENDED}:
        return Why.CLOSED
    if facts.chancery is None:
        return Why.NO_ADDRESS
    if facts.checked_on is None:
        return Why.NEVER_CHECKED
    if facts.checked_on < on - timedelta(days=settings.CHECKED_WITHIN):
        return Why.CHECKED_TOO_LONG_AGO
    return None
