"""Decide about a stuck mail, and write down who did."""

from datetime import datetime

from django.db import transaction

from tongmun.outbox.actions import decide
from tongmun.outbox.models import Mail
from tongmun.people.actions.record import record
from tongmun.people.models import User


@transaction.atomic
def send_again(*, mail: Mail, by: User, at: datetime) -> bool:
    """Queue a stuck mail once more; it may then arrive twice. Gives False when somebody else has decided meanwhile."""
    changed = decide.send_again(mail=mail)
    if changed:
        record(deed="mail.sent-again", subject=str(mail.pk), by=by, at=at)
    return changed


@transaction.atomic
def let_go(*, mail: Mail, by: User, at: datetime) -> bool:
    """Drop a stuck mail and what was in it. Gives False when somebody else has decided meanwhile."""
    changed = decide.let_go(mail=mail)
    if changed:
        record(deed="mail.let-go", subject=str(mail.pk), by=by, at=at)
    return changed
