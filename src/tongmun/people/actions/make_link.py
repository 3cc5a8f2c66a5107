"""Make a link that opens the desk once."""

from datetime import datetime, timedelta

from django.db import transaction

from tongmun.kit.sealing import new_link
from tongmun.people.actions.record import record
from tongmun.people.models import OrganiserLink

LASTS = timedelta(hours=48)


@transaction.atomic
def make_organiser_link(*, at: datetime, lasts: timedelta = LASTS) -> str:
    """Give the secret of a new link; it is shown once and kept as its hash. Whoever can run this holds the server.

    Earlier links that nobody has used stop working: they may stand in a log or a terminal that somebody else can read.
    """
    secret, secret_hash = new_link()
    OrganiserLink.objects.unused().delete()
    OrganiserLink.objects.create(secret_hash=secret_hash, made_at=at, expires_at=at + lasts)
    record(deed="organiser-link.made", subject="", by=None, at=at)
    return secret
