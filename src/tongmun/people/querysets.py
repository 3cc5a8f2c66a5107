"""Sets of organiser links and journal entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from datetime import datetime

    from tongmun.people.models import JournalEntry, OrganiserLink


class OrganiserLinkQuerySet(models.QuerySet["OrganiserLink"]):
    """Organiser links."""

    def unused(self) -> OrganiserLinkQuerySet:
        """Give the links that have opened nothing, whether or not they still could."""
        return self.filter(used_at__isnull=True)

    def usable(self, at: datetime) -> OrganiserLinkQuerySet:
        """Give the links that are neither used nor expired."""
        return self.unused().filter(expires_at__gt=at)


class JournalEntryQuerySet(models.QuerySet["JournalEntry"]):
    """Entries of the journal, which only grows."""

    def update(self, **_changes: object) -> int:
        """Refuse: what is written in the journal stays."""
        raise JournalIsAppendOnly

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse: what is written in the journal stays."""
        raise JournalIsAppendOnly


class JournalIsAppendOnly(TypeError):
    """Cannot change or remove a journal entry."""
