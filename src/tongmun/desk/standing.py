"""How far an edition has come, for its overview. The number of queries does not grow with the number of cities."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Count

from tongmun.campaigns.models import Edition, EditionCity
from tongmun.campaigns.queries import cities_by_instant
from tongmun.events.models import Event
from tongmun.kit.keyring import coalition_private_key_is_here
from tongmun.kit.text import in_language
from tongmun.letters.models import Claim, LetterVersion
from tongmun.missions.queries import FactsOnDay, facts_on
from tongmun.outbox.models import Mail
from tongmun.signatures.models import Signature


@dataclass(frozen=True)
class MissionRow:
    """One mission on the day: `address` and `head` are "" when nobody has said, which for a head means vacant."""

    name: str
    kind: str
    address: str
    head: str
    checked_on: date | None


@dataclass(frozen=True)
class PlaceRow:
    """One city; `starts_at` is in its own zone, `events` are titles of what is not cancelled."""

    name: str
    starts_at: datetime
    missions: tuple[MissionRow, ...]
    events: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """Everything `missing` looks at, and the cities in the order in which the moment reaches them.

    `calls` and `letters` are the languages they are written in; mail is that of the whole server.
    """

    languages: tuple[str, ...]
    calls: frozenset[str]
    letters: frozenset[str]
    places: tuple[PlaceRow, ...]
    unsourced: tuple[str, ...]
    names_waiting: int
    mail_queued: int
    mail_uncertain: int
    mail_failed: int
    private_key_is_here: bool


def standing_of(edition: Edition, language: str) -> Standing:
    """Read the standing of an edition, with names in a language."""
    mail = _mail_by_state()
    claims = Claim.objects.filter(edition=edition, source="").order_by("position")
    return Standing(
        languages=tuple(edition.languages),
        calls=frozenset(edition.calls.values_list("language", flat=True)),
        letters=frozenset(LetterVersion.objects.filter(edition=edition).values_list("language", flat=True).distinct()),
        places=_places(edition, language),
        unsourced=tuple(in_language(texts, language) for texts in claims.values_list("texts", flat=True)),
        names_waiting=Signature.objects.waiting().filter(edition=edition).count(),
        mail_queued=mail[Mail.State.QUEUED] + mail[Mail.State.SENDING],
        mail_uncertain=mail[Mail.State.UNCERTAIN],
        mail_failed=mail[Mail.State.FAILED],
        private_key_is_here=coalition_private_key_is_here(settings.KEYS),
    )


def _mail_by_state() -> dict[str, int]:
    unsent = Mail.objects.exclude(state=Mail.State.SENT).values_list("state").annotate(Count("pk"))
    return defaultdict(int, dict(unsent))


def _places(edition: Edition, language: str) -> tuple[PlaceRow, ...]:
    places = cities_by_instant(edition)
    facts = facts_on({mission for place in places for mission in place.missions.all()}, edition.day)
    events = _events_by_place(edition)
    return tuple(_place_row(place, facts, events[place.pk], language) for place in places)


def _events_by_place(edition: Edition) -> dict[int, list[Event]]:
    by_place: dict[int, list[Event]] = defaultdict(list)
    for event in Event.objects.filter(edition=edition).exclude(status=Event.Status.CANCELLED).order_by("pk"):
        by_place[event.place_id].append(event)
    return by_place


def _place_row(place: EditionCity, facts: dict[int, FactsOnDay], events: Iterable[Event], language: str) -> PlaceRow:
    name = in_language(place.city.names, language)
    return PlaceRow(
        name=name,
        starts_at=place.starts_at(),
        missions=tuple(_mission_row(facts[mission.pk], name, language) for mission in place.missions.all()),
        events=tuple(in_language(event.titles, language) for event in events),
    )


def _mission_row(facts: FactsOnDay, city: str, language: str) -> MissionRow:
    return MissionRow(
        name=f"{city}: {facts.mission.get_kind_display()}",
        kind=facts.mission.get_kind_display(),
        address=in_language(facts.chancery.lines, language) if facts.chancery else "",
        head=in_language(facts.head.names, language) if facts.head else "",
        checked_on=facts.checked_on,
    )
