"""What a person decides about mail that is uncertain or was refused."""

from datetime import datetime

from django.db import transaction

from tongmun.outbox.models import Mail
from tongmun.people.actions.record import record
from tongmun.people.models import User


@transaction.atomic
def send_again(*, mail: Mail, by: User, at: datetime) -> bool:
    """Queue a stuck mail once more; it may then arrive twice. Gives False when somebody else has decided meanwhile."""
    changed = Mail.objects.stuck().filter(pk=mail.pk).update(state=Mail.State.QUEUED, tries=0)
    if changed:
        record(deed="mail.sent-again", subject=str(mail.pk), by=by, at=at)
    return bool(changed)


@transaction.atomic
def let_go(*, mail: Mail, by: User, at: datetime) -> bool:
    """Drop a stuck mail and what was in it. Gives False when somebody else has decided meanwhile."""
    changed = Mail.objects.stuck().filter(pk=mail.pk).update(state=Mail.State.SENT, box=b"")
    if changed:
        record(deed="mail.let-go", subject=str(mail.pk), by=by, at=at)
    return bool(changed)
