"""The entries of the count, what is derived from them, and the signed heads of the log they form."""

import secrets

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from tongmun.campaigns.models import Edition, Organisation
from tongmun.counts.querysets import CountEntryQuerySet

DIGEST_BYTES = 32


class CountEntry(models.Model):
    """One leaf of the log, written in the transaction of the deed it records; nothing personal."""

    class Kind(models.TextChoices):
        """ADD and VOID count signatures; PAPER and VOUCHED numbers from elsewhere, kept apart; NOTE is a remark."""

        ADD = "ADD"
        VOID = "VOID"
        PAPER = "PAPER"
        VOUCHED = "VOUCHED"
        NOTE = "NOTE"

    class Reason(models.TextChoices):
        """Why a signature is taken out of the count; public."""

        NONE = ""
        WITHDRAWN = "WITHDRAWN"
        FRAUD = "FRAUD"
        DUPLICATE = "DUPLICATE"
        MISTAKE = "MISTAKE"

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="count_entries")
    kind = models.CharField(max_length=7, choices=Kind)
    # A commitment (ADD), a nullifier (VOID), or the SHA-256 of what the number or remark rests on.
    digest = models.BinaryField(max_length=32)
    # +1, −1, a number of PAPER or VOUCHED signatures (below zero to correct one), 0 for a NOTE.
    amount = models.IntegerField()
    reason = models.CharField(max_length=9, choices=Reason, default=Reason.NONE, blank=True)
    # Public words, of PAPER, VOUCHED and NOTE.
    words = models.CharField(max_length=300, blank=True)
    country = models.CharField(max_length=2, blank=True)
    via = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Waits for a person, and no batch takes it.
    is_held = models.BooleanField(default=False)
    # Its place in the log from 0, given in shuffled batches; none while it waits.
    position = models.PositiveBigIntegerField(null=True, blank=True)

    objects = CountEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "count entries"
        constraints = [
            models.UniqueConstraint(fields=["edition", "kind", "digest"], name="entry_once"),
            models.UniqueConstraint(fields=["edition", "position"], name="entry_position_once"),
            models.CheckConstraint(
                condition=Q(kind="ADD", amount=1, words="")
                | Q(kind="VOID", amount=-1, words="")
                | (Q(kind__in=["PAPER", "VOUCHED"]) & ~Q(amount=0) & ~Q(words=""))
                | (Q(kind="NOTE", amount=0) & ~Q(words="")),
                name="entry_amount_fits_kind",
            ),
            models.CheckConstraint(
                condition=(Q(kind="VOID") & Q(reason__in=["WITHDRAWN", "FRAUD", "DUPLICATE", "MISTAKE"]))
                | (~Q(kind="VOID") & Q(reason="")),
                name="entry_reason_for_void_only",
            ),
            models.CheckConstraint(
                condition=Q(is_held=False) | Q(position__isnull=True), name="entry_held_is_not_logged"
            ),
            # One digest of another length would stop the log for good.
            models.CheckConstraint(condition=Exact(Length("digest"), DIGEST_BYTES), name="entry_digest_is_whole"),
        ]
        indexes = [
            models.Index(fields=["edition"], name="entry_waiting", condition=Q(position__isnull=True, is_held=False)),
            # The few on paper, for the page of the count: without it SQLite reads every entry of the edition.
            models.Index(fields=["edition", "kind", "position"], name="entry_on_paper", condition=Q(kind="PAPER")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} in {self.edition_id}"


class Tally(models.Model):
    """How many signatures are counted, per country; derived from the entries, and can be derived again."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="tallies")
    # "" for those who did not say; the whole of an edition is the sum.
    country = models.CharField(max_length=2, blank=True)
    counted = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "tallies"
        constraints = [models.UniqueConstraint(fields=["edition", "country"], name="counted_once_per_country")]

    def __str__(self) -> str:
        return f"tally {self.edition_id} {self.country}"


class Referral(models.Model):
    """How many counted signatures came through the links of an organisation; derived like a tally."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="referrals")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    counted = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "organisation"], name="referral_once")]

    def __str__(self) -> str:
        return f"referral {self.edition_id} {self.organisation_id}"


def new_folder() -> str:
    """Make a name for the folder of a log."""
    return secrets.token_hex(16)


class Reckoning(models.Model):
    """How far the entries of an edition have been taken into its log and tallies, and when."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="reckoning")
    # Number of entries in the log: the size of its tree.
    upto = models.PositiveBigIntegerField(default=0)
    as_of = models.DateTimeField()
    added = models.PositiveIntegerField(default=0)
    voided = models.PositiveIntegerField(default=0)
    paper = models.IntegerField(default=0)
    vouched = models.IntegerField(default=0)
    # Public host and slug of the edition, as they were when the log began: they stand in every leaf.
    origin = models.CharField(max_length=330, blank=True)
    # Under which the files derived from this log are kept. Random: another database never meets them.
    folder = models.CharField(max_length=32, default=new_folder)
    # The hashes of the perfect subtrees of the log, largest first, 32 bytes each: all that is needed to append.
    frontier = models.BinaryField(default=bytes)
    # A full hour before which nothing that waits for a batch was written; none when nothing waits.
    waiting_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(voided__lte=models.F("added")), name="reckoning_voids_what_was_added"),
        ]

    def __str__(self) -> str:
        return f"reckoning of {self.edition_id}"


class Checkpoint(models.Model):
    """A signed head of the log: its size, its root, and the note as it is served (C2SP tlog-checkpoint)."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="checkpoints")
    size = models.PositiveBigIntegerField()
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "size"], name="checkpoint_once_per_size")]

    def __str__(self) -> str:
        return f"checkpoint {self.size} of {self.edition_id}"


class Witness(models.Model):
    """Somebody outside who keeps the heads they have seen and cosigns those that follow from them."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="witnesses")
    # As in the signature line of a note: no space, no plus sign.
    name = models.CharField(max_length=120)
    # Ed25519, 32 bytes.
    public_key = models.BinaryField(max_length=32)

    class Meta:
        verbose_name_plural = "witnesses"
        constraints = [models.UniqueConstraint(fields=["edition", "name"], name="witness_name_once")]

    def __str__(self) -> str:
        return f"witness {self.pk}"


class Cosignature(models.Model):
    """A witness's signature under a checkpoint, as the line that stands under the note."""

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.CASCADE, related_name="cosignatures")
    witness = models.ForeignKey(Witness, on_delete=models.CASCADE, related_name="cosignatures")
    line = models.CharField(max_length=400)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["checkpoint", "witness"], name="cosignature_once")]

    def __str__(self) -> str:
        return f"cosignature of {self.witness_id} under {self.checkpoint_id}"
