"""Sets of pending signatures and signatures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from datetime import date, datetime

    from tongmun.signatures.models import Pending, Signature


class PendingQuerySet(models.QuerySet["Pending"]):
    """Pending signatures."""

    def alive(self, at: datetime) -> PendingQuerySet:
        """Give those that can still be confirmed."""
        return self.filter(expires_at__gt=at)

    def expired(self, at: datetime) -> PendingQuerySet:
        """Give those that have to be erased."""
        return self.filter(expires_at__lte=at)


class SignatureQuerySet(models.QuerySet["Signature"]):
    """Counted signatures."""

    def shown(self) -> SignatureQuerySet:
        """Give those whose name everybody may read."""
        return self.filter(moderation="SHOWN")

    def waiting(self) -> SignatureQuerySet:
        """Give those whose name a moderator has to look at."""
        return self.filter(moderation="WAITING")

    def new(self) -> SignatureQuerySet:
        """Give those that were not looked at for surges yet."""
        return self.filter(is_new=True)

    def like(self, *, country: str, language: str, via: int | None, day: date | None) -> SignatureQuerySet:
        """Give those that have all of this in common; "" and None leave something open."""
        wanted = {"country": country, "language": language, "via": via, "confirmed_on": day}
        return self.filter(**{name: value for name, value in wanted.items() if value})

    def recognisable(self) -> SignatureQuerySet:
        """Give those whose mailbox would still be recognised."""
        return self.filter(token__isnull=False)

    def with_sealed_names(self) -> SignatureQuerySet:
        """Give those of whom a sealed name is kept."""
        return self.exclude(sealed=b"")

    def with_address(self) -> SignatureQuerySet:
        """Give those of whom a sealed address is kept, for the news."""
        return self.exclude(news_box=b"")

    def empty(self) -> SignatureQuerySet:
        """Give those that hold nothing any more: no token, no name, no address."""
        return self.filter(token__isnull=True, sealed=b"", news_box=b"", shown_name="")
