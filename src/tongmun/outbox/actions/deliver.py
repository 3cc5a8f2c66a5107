"""Hand the queued mail over, one by one."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db.models import F
from nacl.exceptions import CryptoError

from tongmun.kit.keyring import server_key
from tongmun.kit.sealing import unlock
from tongmun.outbox.actions.enqueue import PURPOSE
from tongmun.outbox.letter import Letter
from tongmun.outbox.models import Mail
from tongmun.outbox.querysets import MailQuerySet
from tongmun.outbox.transport import MailDeferred, MailRefused, MailUncertain, WayOut, WayOutClosed, way_out

log = logging.getLogger("tongmun.outbox")

# A mail that is put off is tried again every ten minutes for a day: as long as what it asks for stays open.
SECONDS_BETWEEN_TRIES = 600
TRIES = 144


def deliver_queued(*, at: datetime, limit: int, stopping: Callable[[], bool] = lambda: False) -> int:
    """Hand over up to `limit` mails that were never tried, the oldest first; gives how many went.

    Each is claimed, handed over and marked in its own transaction, so that a worker that dies leaves at most one in
    doubt. `stopping` is asked before each. Raises WayOutClosed when no mail can go: the caller pauses.
    """
    return _deliver_all(Mail.objects.queued().filter(tries=0), at, limit, stopping)


def deliver_deferred(*, at: datetime, limit: int, stopping: Callable[[], bool] = lambda: False) -> int:
    """Try mail again that was put off, the least tried first; otherwise as `deliver_queued`."""
    return _deliver_all(Mail.objects.queued().filter(tries__gt=0).order_by("tries", "id"), at, limit, stopping)


def _deliver_all(queued: MailQuerySet, at: datetime, limit: int, stopping: Callable[[], bool]) -> int:
    waiting = list(queued.values_list("pk", flat=True)[:limit])
    # Before anything is claimed: without the key no mail can go, and none should be left in doubt.
    key = server_key(settings.KEYS)
    gone = 0
    with way_out() as way:
        for pk in waiting:
            if stopping():
                break
            gone += _deliver(pk, way, key, at)
    return gone


def _deliver(pk: int, way: WayOut, key: bytes, at: datetime) -> bool:
    """Claim one mail, hand it over and write down how that ended; gives whether it went."""
    if not Mail.objects.filter(pk=pk, state=Mail.State.QUEUED).update(state=Mail.State.SENDING):
        return False
    mail = Mail.objects.get(pk=pk)
    try:
        fields = unlock(bytes(mail.box), key=key, purpose=PURPOSE)
        way.hand_over(Letter.from_fields(str(mail.key), fields, at=at))
    except WayOutClosed:
        _settle(mail, Mail.State.QUEUED)
        raise
    except MailDeferred:
        Mail.objects.filter(pk=pk, state=Mail.State.SENDING).update(
            state=Mail.State.QUEUED if mail.tries + 1 < TRIES else Mail.State.FAILED, tries=F("tries") + 1
        )
        return False
    except MailUncertain:
        _settle(mail, Mail.State.UNCERTAIN)
        return False
    except (MailRefused, CryptoError) as error:
        _settle(mail, Mail.State.FAILED)
        log.warning("mail %s failed: %s", pk, type(error).__name__)
        return False
    return bool(Mail.objects.filter(pk=pk, state=Mail.State.SENDING).update(state=Mail.State.SENT, box=b""))


def _settle(mail: Mail, state: Mail.State) -> None:
    Mail.objects.filter(pk=mail.pk, state=Mail.State.SENDING).update(state=state)
