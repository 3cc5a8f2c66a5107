"""Write down a holiday of a state."""

from datetime import datetime

from django.db import transaction

from tongmun.missions.models import Holiday
from tongmun.people.actions.record import record
from tongmun.people.models import User


@transaction.atomic
def add_holiday(*, holiday: Holiday, by: User | None, at: datetime) -> Holiday:
    """Save a new holiday. Raises IntegrityError when the state has one on this day already."""
    holiday.save(force_insert=True)
    record(deed="holiday.added", subject=f"{holiday.state} {holiday.day}", by=by, at=at)
    return holiday
