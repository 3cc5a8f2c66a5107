"""End a sign-on: by the organisation's own link, or at the desk."""

from datetime import UTC, datetime

from django.db import transaction

from tongmun.kit.sealing import link_hash
from tongmun.people.actions.record import record
from tongmun.people.models import User
from tongmun.signons.actions.confirm import subject_of
from tongmun.signons.links import UnknownLink
from tongmun.signons.models import Logo, SignOn


def find_own(*, secret: str) -> SignOn:
    """Find the sign-on that an organisation's own link belongs to; raises UnknownLink, also once it is withdrawn."""
    standing = SignOn.objects.standing().filter(link_hash=link_hash(secret))
    found = standing.select_related("edition", "organisation", "letter").first()
    if found is None:
        raise UnknownLink
    return found


def withdraw(*, secret: str, at: datetime) -> SignOn:
    """Withdraw by the organisation's own link, which then stops working. Raises UnknownLink."""
    found = find_own(secret=secret)
    if not _withdraw(found, by=None, at=at):
        raise UnknownLink
    return found


def withdraw_for(*, sign_on: SignOn, by: User, at: datetime) -> bool:
    """Withdraw at the desk what an organisation has asked for; False when it no longer stands."""
    return _withdraw(sign_on, by=by, at=at)


@transaction.atomic
def _withdraw(sign_on: SignOn, *, by: User | None, at: datetime) -> bool:
    """End what stands; what has been frozen or handed over with the name in it stays as it is."""
    ended = SignOn.objects.standing().filter(pk=sign_on.pk)
    if not ended.update(state=SignOn.State.WITHDRAWN, withdrawn_on=at.astimezone(UTC).date(), person_box=b""):
        return False
    Logo.objects.filter(sign_on=sign_on).delete()
    record(deed="sign-on.withdrawn", subject=subject_of(sign_on), by=by, at=at)
    return True
