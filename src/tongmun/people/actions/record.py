"""Write down who did what at the desk."""

from datetime import datetime

from tongmun.people.models import JournalEntry, User


def record(*, deed: str, subject: str, by: User | None, at: datetime) -> JournalEntry:
    """Write a journal entry; call it inside the transaction of the deed. `by` is None on the command line."""
    return JournalEntry.objects.create(at=at, by=by, deed=deed, subject=subject)
