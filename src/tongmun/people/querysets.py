"""Sets of organiser links and journal entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from datetime import datetime

    from tongmun.people.models import JournalEntry, OrganiserLink


class OrganiserLinkQuerySet(models.QuerySet["OrganiserLink"]):
    """Organiser links."""

    def usable(self, at: datetime) -> OrganiserLinkQuerySet:
        """Give the links that are neither used nor expired."""
        return self.filter(used_at__isnull=True, expires_at__gt=at)


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
