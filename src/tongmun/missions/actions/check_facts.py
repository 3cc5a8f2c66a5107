"""Say that the facts about a mission were checked."""

from datetime import date, datetime

from django.db import transaction

from tongmun.missions.models import ConsularDistrict, HeadOfMission, Mission, OpeningHours, Premises
from tongmun.people.actions.record import record
from tongmun.people.models import User


@transaction.atomic
def check_facts(*, mission: Mission, day: date, checked_by: str, by: User | None, at: datetime) -> None:
    """Mark the mission and every fact that holds on a day as checked today."""
    checked = {"checked_on": at.date(), "checked_by": checked_by}
    Mission.objects.filter(pk=mission.pk).update(**checked)
    for kind in (Premises, HeadOfMission, ConsularDistrict, OpeningHours):
        holding = kind.objects.filter(mission=mission).on(day).values_list("pk", flat=True)
        kind.objects.filter(pk__in=list(holding)).update(**checked)
    record(deed="mission.checked", subject=mission.slug, by=by, at=at)
