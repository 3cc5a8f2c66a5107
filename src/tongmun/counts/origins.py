"""The name under which a log signs: public host and edition. It never changes once something rests on it."""

from django.conf import settings

from tongmun.counts.models import Reckoning


def settle_origin(reckoning: Reckoning) -> None:
    """Give a log its name, unless it has one; the caller saves, and holds the lock."""
    reckoning.origin = reckoning.origin or f"{settings.PUBLIC_HOST}/{reckoning.edition.slug}"
