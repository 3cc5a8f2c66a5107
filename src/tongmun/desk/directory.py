"""Missions as the desk shows them: what is known on a day, how long ago it was checked, and what looks wrong."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet

from tongmun.campaigns.country_words import countries_called, country_name
from tongmun.campaigns.region_words import region_name
from tongmun.kit.text import in_language, searchable
from tongmun.missions.flags import Flag, flags_of
from tongmun.missions.models import Mission
from tongmun.missions.queries import FactsOnDay, facts_on, rival_claims


@dataclass(frozen=True)
class DirectoryRow:
    """One mission on a day; texts are "" where nobody has said. `claims` are regions another mission claims too."""

    facts: FactsOnDay
    sending: str
    receiving: str
    address: str
    head: str
    regions: tuple[str, ...]
    holidays: tuple[str, ...]
    flags: tuple[Flag, ...]
    claims: tuple[tuple[str, tuple[Mission, ...]], ...]
    is_stale: bool

    @property
    def mission(self) -> Mission:
        """The mission itself."""
        return self.facts.mission


def directory_rows(missions: Iterable[Mission], day: date, *, today: date, language: str) -> list[DirectoryRow]:
    """Give missions as they are on a day; a check is stale when it is too old today. Seven queries for any number."""
    missions = list(missions)
    facts, flags = facts_on(missions, day), flags_of(missions)
    rivals = rival_claims(facts.values(), day)
    return [
        _row(facts[m.pk], flags.get(m.pk, ()), rivals.get(m.pk, {}), today=today, language=language) for m in missions
    ]


def _row(
    facts: FactsOnDay,
    flags: tuple[Flag, ...],
    rivals: dict[str, tuple[Mission, ...]],
    *,
    today: date,
    language: str,
) -> DirectoryRow:
    mission = facts.mission
    return DirectoryRow(
        facts=facts,
        sending=country_name(mission.sending, language),
        receiving=country_name(mission.receiving, language) if mission.receiving else "",
        address=in_language(facts.chancery.lines, language) if facts.chancery else "",
        head=in_language(facts.head.names, language) if facts.head else "",
        regions=tuple(region_name(code, language) for code in sorted(facts.regions)),
        holidays=tuple(in_language(holiday.names, language) for holiday in facts.holidays),
        flags=flags,
        claims=tuple((region_name(code, language), others) for code, others in rivals.items()),
        is_stale=facts.checked_on is not None and facts.checked_on < today - timedelta(days=settings.CHECKED_WITHIN),
    )


def missions_called(words: str) -> QuerySet[Mission]:
    """Give the missions that every word is about: a country in any language of the site, a city, a slug, an item."""
    found = Mission.objects.order_by("slug")
    whole = countries_called(searchable(words))
    if whole:
        return found.filter(Q(receiving__in=whole) | Q(sending__in=whole))
    for word in words.split():
        codes = countries_called(searchable(word))
        found = found.filter(
            Q(slug__icontains=word)
            | Q(locality__icontains=word)
            | Q(wikidata__iexact=word)
            | Q(receiving__in=codes)
            | Q(sending__in=codes)
        )
    return found
