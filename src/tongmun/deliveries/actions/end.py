"""Erase the names in frozen editions when their time is over."""

from datetime import UTC, datetime

from django.db import transaction

from tongmun.deliveries.models import Freeze, FrozenName, FrozenSigner
from tongmun.people.actions.record import record


def end_frozen_names(*, at: datetime) -> int:
    """Erase the names of every freeze whose edition keeps no names any more; gives of how many freezes."""
    today, erased = at.astimezone(UTC).date(), 0
    for freeze in Freeze.objects.filter(names_erased_on=None, day__lt=today).select_related("edition").order_by("pk"):
        if freeze.edition.names_end_on <= today:
            erased += _erase(freeze, at)
    return erased


@transaction.atomic
def _erase(freeze: Freeze, at: datetime) -> int:
    today = at.astimezone(UTC).date()
    if not Freeze.objects.filter(pk=freeze.pk, names_erased_on=None).update(names_erased_on=today):
        return 0
    FrozenName.objects.filter(freeze=freeze).delete()
    FrozenSigner.objects.filter(freeze=freeze).delete()
    record(deed="freeze.names-ended", subject=f"{freeze.edition.slug} freeze {freeze.number}", by=None, at=at)
    return 1
