"""What holds for missions on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tongmun.missions.models import HeadOfMission, Mission, Premises


@dataclass(frozen=True)
class FactsOnDay:
    """The chancery and the head of a mission on one day; None where nobody has said, which for a head means vacant."""

    mission: Mission
    chancery: Premises | None
    head: HeadOfMission | None

    @property
    def checked_on(self) -> date | None:
        """The day the oldest of these facts was last checked; None when one of them never was."""
        facts = [fact for fact in (self.mission, self.chancery, self.head) if fact is not None]
        days = [fact.checked_on for fact in facts]
        return None if None in days else min(day for day in days if day)


def facts_on(missions: Iterable[Mission], day: date) -> dict[int, FactsOnDay]:
    """Give the facts about missions on a day, by primary key; two queries however many missions there are."""
    missions = list(missions)
    chanceries: dict[int, Premises] = {}
    heads: dict[int, HeadOfMission] = {}
    for premises in Premises.objects.filter(mission__in=missions, function="chancery").on(day):
        chanceries.setdefault(premises.mission_id, premises)
    for head in HeadOfMission.objects.filter(mission__in=missions).on(day):
        heads.setdefault(head.mission_id, head)
    return {m.pk: FactsOnDay(m, chanceries.get(m.pk), heads.get(m.pk)) for m in missions}
