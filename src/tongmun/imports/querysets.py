"""Sets of imports."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from datetime import date

    from tongmun.imports.models import Import

DAYS_KEPT = 7


class ImportQuerySet(models.QuerySet["Import"]):
    """Imports."""

    def running(self) -> ImportQuerySet:
        """Give those that the worker works at, the oldest first."""
        return self.filter(state="RUNNING").order_by("pk")

    def in_preparation(self) -> ImportQuerySet:
        """Give those of which nothing has been imported yet."""
        return self.filter(state__in=["UPLOADED", "MAPPED"])

    def left_for_days(self, today: date) -> ImportQuerySet:
        """Give those whose files nobody has needed for a week."""
        return self.filter(has_files=True, changed_on__lte=today - timedelta(days=DAYS_KEPT)).exclude(state="RUNNING")
