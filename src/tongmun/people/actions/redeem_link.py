"""Open the desk with a one-time link."""

from datetime import datetime

from django.db import transaction

from tongmun.kit.sealing import link_hash
from tongmun.people.actions.record import record
from tongmun.people.models import OrganiserLink, User


class UnknownLink(LookupError):
    """Cannot open the desk: the link was used, has expired or never was."""


def find_link(*, secret: str, at: datetime) -> OrganiserLink:
    """Find a link that can still be used; raises UnknownLink."""
    link = OrganiserLink.objects.usable(at).filter(secret_hash=link_hash(secret)).first()
    if link is None:
        raise UnknownLink
    return link


@transaction.atomic
def redeem_organiser_link(*, secret: str, email: str, name: str, password: str, at: datetime) -> User:
    """Make an organiser's account, or give an existing one a new password, and use the link up, with every other one.

    The password was checked by the form. Raises UnknownLink, also for the slower of two who use one link at once.
    """
    link = find_link(secret=secret, at=at)
    user, _ = User.objects.get_or_create(email__iexact=email, defaults={"email": email})
    user.name, user.is_organiser, user.is_active = name or user.name, True, True
    user.set_password(password)
    user.save(update_fields=["name", "is_organiser", "is_active", "password"])
    # Whatever the slower of two has done to an account is undone with this.
    if not OrganiserLink.objects.usable(at).filter(pk=link.pk).update(used_at=at, used_by=user):
        raise UnknownLink
    OrganiserLink.objects.unused().delete()
    record(deed="organiser-link.used", subject=f"account {user.pk}", by=user, at=at)
    return user
