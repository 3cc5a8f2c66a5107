"""Who may do what."""

from django.contrib.auth.models import AnonymousUser

from tongmun.people.models import User


def may_work_at_desk(user: User | AnonymousUser) -> bool:
    """Tell whether somebody may see and change what is at the desk: an organiser whose account is active."""
    return isinstance(user, User) and user.is_active and user.is_organiser
