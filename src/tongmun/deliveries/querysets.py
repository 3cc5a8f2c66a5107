"""Sets of frozen rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from tongmun.campaigns.models import Edition
    from tongmun.deliveries.models import Freeze


class FrozenRowIsFixed(TypeError):
    """Cannot change what was frozen; freeze anew."""


class FrozenQuerySet(models.QuerySet):  # type: ignore[type-arg]  # shared by all that is frozen
    """Rows that were frozen."""

    def update(self, **_changes: object) -> int:
        """Refuse: what is handed over is what was frozen."""
        raise FrozenRowIsFixed


class FreezeQuerySet(models.QuerySet["Freeze"]):
    """Freezes of editions."""

    def of(self, edition: Edition) -> FreezeQuerySet:
        """Give those of an edition, the newest first."""
        return self.filter(edition=edition).order_by("-number")

    def standing(self) -> FreezeQuerySet:
        """Give those that no later one has replaced."""
        return self.filter(state="STANDS")
