"""Sets of invitations and sign-ons."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from datetime import datetime

    from tongmun.signons.models import Invitation, SignOn


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations."""

    def alive(self, at: datetime) -> InvitationQuerySet:
        """Give those whose link still works."""
        return self.filter(expires_on__gt=at.astimezone(UTC).date())

    def expired(self, at: datetime) -> InvitationQuerySet:
        """Give those that have to be erased."""
        return self.filter(expires_on__lte=at.astimezone(UTC).date())


class SignOnQuerySet(models.QuerySet["SignOn"]):
    """Sign-ons."""

    def held(self) -> SignOnQuerySet:
        """Give those that wait for a person at the desk."""
        return self.filter(state="HELD")

    def standing(self) -> SignOnQuerySet:
        """Give those that everybody can see."""
        return self.filter(state="STANDING")

    def with_person(self) -> SignOnQuerySet:
        """Give those of whom it is kept who confirmed."""
        return self.exclude(person_box=b"")
