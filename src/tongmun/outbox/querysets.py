"""Sets of mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from tongmun.outbox.models import Mail


class MailQuerySet(models.QuerySet["Mail"]):
    """Mail in the outbox."""

    def queued(self) -> MailQuerySet:
        """Give mail that waits, oldest first."""
        return self.filter(state="QUEUED").order_by("id")

    def interrupted(self) -> MailQuerySet:
        """Give mail whose worker died while handing it over."""
        return self.filter(state="SENDING")

    def stuck(self) -> MailQuerySet:
        """Give mail that a person has to decide about."""
        return self.filter(state__in=["UNCERTAIN", "FAILED"])
