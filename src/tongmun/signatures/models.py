"""Pending signatures, counted ones, the entries of the count, and the totals.

No table has a column for an IP address, a user agent or a time of day.
"""

from django.db import models
from django.db.models import Q

from tongmun.campaigns.models import Edition
from tongmun.letters.models import LetterVersion
from tongmun.signatures.querysets import CountEntryQuerySet, PendingQuerySet, SignatureQuerySet
from tongmun.signatures.ways import Way


class Pending(models.Model):
    """What was typed into the form, until its mailbox answers or a day has gone. Only this server can read the box."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    letter = models.ForeignKey(LetterVersion, on_delete=models.PROTECT, related_name="+")
    token = models.BinaryField(max_length=16)
    link_hash = models.BinaryField(max_length=32, unique=True)
    box = models.BinaryField()
    # A full hour, so that it does not tell the minute of signing.
    expires_at = models.DateTimeField()

    objects = PendingQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "pending"
        constraints = [models.UniqueConstraint(fields=["edition", "token"], name="pending_once_per_mailbox")]

    def __str__(self) -> str:
        return f"pending {self.pk}"


class Signature(models.Model):
    """A counted signature: one per mailbox and edition."""

    class Moderation(models.TextChoices):
        """Whether a name that is to be shown has been looked at. NONE: there is no name to show."""

        NONE = "NONE"
        WAITING = "WAITING"
        SHOWN = "SHOWN"
        REFUSED = "REFUSED"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="signatures")
    letter = models.ForeignKey(LetterVersion, on_delete=models.PROTECT, related_name="signatures")
    token = models.BinaryField(max_length=16)
    way = models.CharField(max_length=10, choices=Way)
    language = models.CharField(max_length=20)
    country = models.CharField(max_length=2, blank=True)
    confirmed_on = models.DateField()
    consents_to_show = models.BooleanField(default=False)
    consents_to_print = models.BooleanField(default=False)
    consents_to_news = models.BooleanField(default=False)
    moderation = models.CharField(max_length=8, choices=Moderation, default=Moderation.NONE)
    # Clear only once a person has let it through.
    shown_name = models.CharField(max_length=200, blank=True)
    # Readable by this server, for the moderator; emptied when the name is shown or refused.
    waiting_box = models.BinaryField(default=bytes)
    # Readable only with the coalition's private key: the name, and the address if news were asked for.
    sealed = models.BinaryField(default=bytes)
    # The opening of the commitment in the count, in a server box.
    opening_box = models.BinaryField()
    link_hash = models.BinaryField(max_length=32, unique=True)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "token"], name="signature_once_per_mailbox"),
            models.CheckConstraint(
                condition=Q(way__in=["public", "private", "counted", "pseudonym"]), name="signature_way_known"
            ),
            models.CheckConstraint(
                condition=(Q(moderation="SHOWN") & ~Q(shown_name="") & Q(consents_to_show=True))
                | (~Q(moderation="SHOWN") & Q(shown_name="")),
                name="signature_name_clear_only_when_let_through",
            ),
            models.CheckConstraint(
                condition=(Q(moderation="WAITING") & ~Q(waiting_box=b""))
                | (~Q(moderation="WAITING") & Q(waiting_box=b"")),
                name="signature_waiting_box_only_while_waiting",
            ),
            models.CheckConstraint(
                condition=~Q(way="counted") | Q(moderation="NONE", consents_to_show=False, consents_to_print=False),
                name="signature_counted_only_has_no_name",
            ),
        ]

    def __str__(self) -> str:
        return f"signature {self.pk}"


class CountEntry(models.Model):
    """+1 or −1 of an edition's count, written in the transaction that confirms or withdraws; nothing personal."""

    class Kind(models.TextChoices):
        """What an entry does to the count."""

        ADD = "ADD"
        VOID = "VOID"

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="count_entries")
    kind = models.CharField(max_length=4, choices=Kind)
    # A commitment (ADD) or nullifier (VOID): noise to whoever does not hold the opening.
    digest = models.BinaryField(max_length=32)
    country = models.CharField(max_length=2, blank=True)
    # Its place in the count, given by the worker in shuffled batches; none while it waits.
    position = models.PositiveBigIntegerField(null=True, blank=True)

    objects = CountEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "count entries"
        constraints = [
            models.UniqueConstraint(fields=["edition", "kind", "digest"], name="count_entry_once"),
            models.UniqueConstraint(fields=["edition", "position"], name="count_entry_position_once"),
            models.CheckConstraint(condition=Q(kind__in=["ADD", "VOID"]), name="count_entry_kind_known"),
        ]
        indexes = [models.Index(fields=["edition"], name="count_entry_waiting", condition=Q(position__isnull=True))]

    def __str__(self) -> str:
        return f"{self.kind} in {self.edition_id}"


class Tally(models.Model):
    """How many are counted, per country of an edition; derived from the entries, and can be derived again."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="tallies")
    # "" for those who did not say; the whole of an edition is the sum.
    country = models.CharField(max_length=2, blank=True)
    counted = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "tallies"
        constraints = [models.UniqueConstraint(fields=["edition", "country"], name="tally_once_per_country")]

    def __str__(self) -> str:
        return f"tally {self.edition_id} {self.country}"


class Reckoning(models.Model):
    """How far the entries of an edition have been taken into its tallies, and when."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="reckoning")
    upto = models.PositiveBigIntegerField(default=0)
    as_of = models.DateTimeField()

    def __str__(self) -> str:
        return f"reckoning of {self.edition_id}"
