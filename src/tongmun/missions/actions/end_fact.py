"""End a dated fact about a mission: a post falls vacant, a building is given up, a district goes to another."""

from datetime import date, datetime

from django.db import transaction

from tongmun.missions.actions.begin_fact import Fact
from tongmun.missions.models import Mission
from tongmun.people.actions.record import record
from tongmun.people.models import User


class DoesNotHold(ValueError):
    """Cannot end a fact on a day on which it does not hold, or on its first."""


@transaction.atomic
def end_fact(*, fact: Fact, on: date, by: User | None, at: datetime) -> None:
    """Let a fact hold no longer from a day on. Raises DoesNotHold."""
    Mission.objects.select_for_update().get(pk=fact.mission_id)
    fact.refresh_from_db()
    if not fact.holds_on(on) or fact.valid_from == on:
        raise DoesNotHold
    fact.valid_to = on
    fact.save(update_fields=["valid_to"])
    record(deed="fact.ended", subject=fact.mission.slug, by=by, at=at)
