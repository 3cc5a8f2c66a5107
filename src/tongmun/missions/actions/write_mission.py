"""Add a mission by hand, or correct what is not dated about it."""

from datetime import datetime

from django.db import transaction

from tongmun.missions.models import Mission
from tongmun.people.actions.record import record
from tongmun.people.models import User


@transaction.atomic
def write_mission(*, mission: Mission, by: User | None, at: datetime) -> Mission:
    """Save a mission as a form has filled it; what was checked before it changed has to be checked again."""
    is_new = mission.pk is None
    mission.checked_on, mission.checked_by = None, ""
    mission.save()
    record(deed="mission.added" if is_new else "mission.corrected", subject=mission.slug, by=by, at=at)
    return mission
