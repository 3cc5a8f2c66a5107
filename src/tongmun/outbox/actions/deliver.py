"""Hand the queued mail over, one by one."""

import logging
from datetime import datetime

from django.conf import settings
from django.db.models import F

from tongmun.kit.keyring import server_key
from tongmun.kit.sealing import unlock
from tongmun.outbox.actions.enqueue import PURPOSE
from tongmun.outbox.models import Mail
from tongmun.outbox.transport import MailRefused, WayOutClosed, hand_over

log = logging.getLogger("tongmun.outbox")

TRIES = 50


def deliver_queued(*, at: datetime, limit: int) -> int:
    """Hand over up to `limit` mails, the oldest first; gives how many went.

    Each is claimed, handed over and marked in its own transaction, so that a worker that dies leaves at most one in
    doubt. Raises WayOutClosed when the mail server does not answer: the caller pauses.
    """
    return sum(_deliver(mail, at) for mail in Mail.objects.queued()[:limit])


def _deliver(mail: Mail, at: datetime) -> bool:
    claimed = Mail.objects.filter(pk=mail.pk, state=Mail.State.QUEUED).update(
        state=Mail.State.SENDING, tries=F("tries") + 1
    )
    if not claimed:
        return False
    fields = unlock(bytes(mail.box), key=server_key(settings.KEYS), purpose=PURPOSE)
    try:
        hand_over(key=str(mail.key), fields=fields, at=at)
    except MailRefused:
        _mark(mail, Mail.State.FAILED)
        log.warning("mail %s was refused", mail.pk)
        return False
    except WayOutClosed:
        _mark(mail, Mail.State.QUEUED if mail.tries + 1 < TRIES else Mail.State.FAILED)
        raise
    Mail.objects.filter(pk=mail.pk, state=Mail.State.SENDING).update(state=Mail.State.SENT, box=b"")
    return True


def _mark(mail: Mail, state: Mail.State) -> None:
    Mail.objects.filter(pk=mail.pk, state=Mail.State.SENDING).update(state=state)
