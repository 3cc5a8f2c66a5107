"""Say until when organisations can sign on."""

from datetime import date, datetime, time

from django.db import transaction

from tongmun.campaigns.models import Edition
from tongmun.people.actions.record import record
from tongmun.people.models import User
from tongmun.signons.models import Deadline


@transaction.atomic
def set_deadline(*, edition: Edition, day: date, clock: time, zone: str, by: User, at: datetime) -> Deadline:
    """Set or move the deadline of an edition, by the clock of a zone."""
    deadline, _ = Deadline.objects.update_or_create(edition=edition, defaults={"day": day, "time": clock, "zone": zone})
    subject = f"{edition.slug}: {day.isoformat()} {clock.isoformat('minutes')} {zone}"
    record(deed="sign-on.deadline-set", subject=subject, by=by, at=at)
    return deadline


@transaction.atomic
def lift_deadline(*, edition: Edition, by: User, at: datetime) -> bool:
    """Let organisations sign on as long as people can sign; False when there was no deadline."""
    lifted, _ = Deadline.objects.filter(edition=edition).delete()
    if lifted:
        record(deed="sign-on.deadline-lifted", subject=edition.slug, by=by, at=at)
    return bool(lifted)
