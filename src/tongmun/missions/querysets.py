"""Sets of dated facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from datetime import date


class DatedQuerySet(models.QuerySet):  # type: ignore[type-arg]  # shared by all kinds of dated facts
    """Facts that hold from one day to another."""

    def on(self, day: date) -> Self:
        """Give the facts that hold on a day; of several the one that began last comes first."""
        return self.between(day, day)

    def between(self, first: date, last: date) -> Self:
        """Give the facts that hold on some day from the first to the last, in the same order."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=last), Q(valid_to__isnull=True) | Q(valid_to__gt=first)
        ).order_by(models.F("valid_from").desc(nulls_last=True), "pk")
