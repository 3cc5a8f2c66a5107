"""Sets of count entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from tongmun.counts.models import CountEntry


class CountEntryQuerySet(models.QuerySet["CountEntry"]):
    """Entries of the count."""

    def waiting(self) -> CountEntryQuerySet:
        """Give entries that the next batch may take."""
        return self.filter(position__isnull=True, is_held=False)

    def logged(self) -> CountEntryQuerySet:
        """Give entries that have their place in the log, in its order."""
        return self.filter(position__isnull=False).order_by("position")
