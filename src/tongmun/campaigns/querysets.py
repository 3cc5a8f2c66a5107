"""Sets of editions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from tongmun.campaigns.models import Edition


class EditionQuerySet(models.QuerySet["Edition"]):
    """Editions."""

    def public(self) -> EditionQuerySet:
        """Give the editions that everybody may read."""
        return self.exclude(state="draft")

    def in_language(self, language: str) -> EditionQuerySet:
        """Give the editions that have a call in a language."""
        return self.filter(calls__language=language)

    def latest_first(self) -> EditionQuerySet:
        """Order by their day, the coming one first."""
        return self.order_by("-day", "slug")
