"""Forget what was never confirmed."""

from datetime import datetime

from django.db import transaction

from tongmun.signatures.models import Pending


@transaction.atomic
def erase_expired(*, at: datetime) -> int:
    """Erase the pending signatures whose day is over; gives how many."""
    erased, _ = Pending.objects.expired(at).delete()
    return erased
