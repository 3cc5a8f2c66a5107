"""Sets of dated facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from datetime import date


class DatedQuerySet(models.QuerySet):  # type: ignore[type-arg]  # shared by Premises and HeadOfMission
    """Facts that hold from one day to another."""

    def on(self, day: date) -> Self:
        """Give the facts that hold on a day; of several the one that began last comes first."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gt=day)
        ).order_by(models.F("valid_from").desc(nulls_last=True), "pk")
