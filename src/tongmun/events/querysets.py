"""Sets of events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from tongmun.events.models import Event


class EventQuerySet(models.QuerySet["Event"]):
    """Events."""

    def with_place(self) -> EventQuerySet:
        """Fetch what `starts_at` reads in the same query."""
        return self.select_related("edition", "place__city", "place__edition")
