"""Forget what is due: links that nobody used, and who confirmed once an edition's data has ended."""

from datetime import UTC, datetime

from django.db import transaction

from tongmun.campaigns.models import Edition
from tongmun.signons.models import Invitation, SignOn


@transaction.atomic
def erase_due(*, at: datetime) -> int:
    """Erase expired invitations, and whoever confirmed where the data has ended; gives how many rows changed.

    What is still held then is refused: nobody is left to write to.
    """
    erased, _ = Invitation.objects.expired(at).delete()
    today = at.astimezone(UTC).date()
    kept = SignOn.objects.with_person()
    over = [one for one in Edition.objects.filter(sign_ons__in=kept).distinct() if one.data_ends_on <= today]
    held = kept.held().filter(edition__in=over)
    refused = held.update(state=SignOn.State.REFUSED, held_for="", address_box=b"", person_box=b"")
    return erased + refused + kept.filter(edition__in=over).update(person_box=b"")
