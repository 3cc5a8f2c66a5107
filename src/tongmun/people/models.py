"""Accounts, the one-time links that open the desk, and the journal."""

from typing import Any, ClassVar, NoReturn

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from tongmun.people.querysets import JournalEntryQuerySet, JournalIsAppendOnly, OrganiserLinkQuerySet


class UserManager(BaseUserManager["User"]):
    """Finds accounts; they are made by the action that redeems an organiser's link."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find an account by its address, in any case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """Somebody who works at the desk. Signers have no account."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150, blank=True)
    is_active = models.BooleanField(default=True)
    is_organiser = models.BooleanField(default=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(email=""), name="user_has_email"),
            models.UniqueConstraint(Lower("email"), name="user_email_once_in_any_case"),
        ]

    def __str__(self) -> str:
        return f"account {self.pk}"


class OrganiserLink(models.Model):
    """A link that opens the desk once. Only the hash of its secret is kept."""

    secret_hash = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = OrganiserLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("made_at")), name="organiser_link_lasts"),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True, used_by__isnull=True)
                | Q(used_at__isnull=False, used_by__isnull=False),
                name="organiser_link_used_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"organiser link {self.pk}"


class JournalEntry(models.Model):
    """Who did what at the desk, written in the same transaction as the deed. Never about signers."""

    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    deed = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)

    objects = JournalEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "journal entries"
        constraints = [models.CheckConstraint(condition=~Q(deed=""), name="journal_entry_has_deed")]

    def __str__(self) -> str:
        return f"{self.deed} {self.subject}"

    def save_base(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 -- handed on to Django as they are
        """Write a new entry; raises JournalIsAppendOnly for one that is written."""
        if not self._state.adding:
            raise JournalIsAppendOnly
        # Also an entry made up anew under the number of an old one is an insertion, which the old one then stops.
        super().save_base(*args, **options | {"force_insert": True})

    def delete(self, using: str | None = None, keep_parents: bool = False) -> NoReturn:  # noqa: ARG002, FBT001, FBT002 -- Django's signature
        """Refuse: what is written in the journal stays."""
        raise JournalIsAppendOnly
