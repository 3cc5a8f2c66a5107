"""Write a remark into the log."""

from django.db import transaction

from tongmun.campaigns.models import Edition
from tongmun.counts.models import CountEntry


@transaction.atomic
def note_once(*, edition: Edition, digest: bytes, words: str) -> bool:
    """Queue a remark about something with a SHA-256, such as a letter; tells whether it is new.

    The words are public and stay: nothing personal belongs in them. The same digest is noted once.
    """
    _entry, is_new = CountEntry.objects.get_or_create(
        edition=edition, kind=CountEntry.Kind.NOTE, digest=digest, defaults={"amount": 0, "words": words}
    )
    return is_new
