"""Numbered sheets of paper, what two people read off each, and the numbers that partners vouch for.

Only numbers are kept: names and handwriting stay on the paper. No row has a time of day.
"""

from django.db import models
from django.db.models import F, Q

from tongmun.campaigns.models import Edition, EditionCity, Membership
from tongmun.counts.models import CountEntry
from tongmun.letters.models import LetterVersion
from tongmun.papers.numbers import LINES, sheet_label
from tongmun.people.models import User


class PaperBatch(models.Model):
    """Sheets of one city that came back together, with what was counted by hand before anybody typed.

    It is open until its sheets are read and agree with its cover; then it is counted, once.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="paper_batches")
    number = models.PositiveIntegerField()
    # None for sheets of no city.
    place = models.ForeignKey(EditionCity, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    cover_sheets = models.PositiveIntegerField()
    cover_signatures = models.PositiveIntegerField()
    closed_on = models.DateField(null=True, blank=True)
    entry = models.OneToOneField(CountEntry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # What was counted, with every correction since.
    counted = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "paper batches"
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="batch_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="batch_numbers_from_one"),
            models.CheckConstraint(
                condition=Q(
                    cover_sheets__gte=1, cover_signatures__gte=1, cover_signatures__lte=F("cover_sheets") * LINES
                ),
                name="batch_cover_fits_its_lines",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, entry__isnull=True, counted__isnull=True)
                | Q(closed_on__isnull=False, entry__isnull=False, counted__isnull=False),
                name="batch_is_closed_and_counted",
            ),
            models.CheckConstraint(
                condition=Q(counted__isnull=True) | Q(counted__gte=0), name="batch_never_below_nothing"
            ),
        ]

    def __str__(self) -> str:
        return f"batch {self.number} of {self.edition_id}"

    @property
    def is_closed(self) -> bool:
        """Whether it is counted, and no sheet or reading of it can change."""
        return self.closed_on is not None


class PaperSheet(models.Model):
    """One numbered sheet, printed for a version of the letter; in no batch until it comes back."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="paper_sheets")
    number = models.PositiveIntegerField()
    place = models.ForeignKey(EditionCity, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    letter = models.ForeignKey(LetterVersion, on_delete=models.PROTECT, related_name="+")
    printed_on = models.DateField()
    # As printed on the sheet: a promise to whoever signs it.
    destroy_by = models.DateField()
    batch = models.ForeignKey(PaperBatch, on_delete=models.PROTECT, null=True, blank=True, related_name="sheets")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="sheet_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="sheet_numbers_from_one"),
            models.CheckConstraint(condition=Q(destroy_by__gt=F("printed_on")), name="sheet_destroyed_after_printing"),
        ]

    def __str__(self) -> str:
        return f"sheet {self.number} of {self.edition_id}"

    @property
    def label(self) -> str:
        """The number as it is printed: "042"."""
        return sheet_label(self.number)


class SheetReading(models.Model):
    """What one person read off a sheet. The first two come from two people; a third decides between them."""

    sheet = models.ForeignKey(PaperSheet, on_delete=models.CASCADE, related_name="readings")
    number = models.PositiveSmallIntegerField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    signatures = models.PositiveSmallIntegerField()
    struck = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="reading_number_once"),
            models.UniqueConstraint(fields=["sheet", "by"], condition=Q(number__lte=2), name="reading_by_two_people"),
            models.CheckConstraint(condition=Q(number__range=(1, 3)), name="reading_first_second_or_third"),
            models.CheckConstraint(
                condition=Q(signatures__gte=0, struck__gte=0, signatures__lte=LINES - F("struck")),
                name="reading_fits_the_lines",
            ),
        ]

    def __str__(self) -> str:
        return f"reading {self.number} of {self.sheet_id}"


class PaperCorrection(models.Model):
    """A step up or down in what a closed batch counts, with its reason, which is public."""

    batch = models.ForeignKey(PaperBatch, on_delete=models.PROTECT, related_name="corrections")
    number = models.PositiveIntegerField()
    amount = models.IntegerField()
    reason = models.CharField(max_length=200)
    entry = models.OneToOneField(CountEntry, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="correction_number_once"),
            models.CheckConstraint(condition=~Q(amount=0), name="correction_changes_something"),
            models.CheckConstraint(condition=~Q(reason=""), name="correction_has_reason"),
        ]

    def __str__(self) -> str:
        return f"correction {self.number} of {self.batch_id}"


class VouchedNumber(models.Model):
    """How many signatures an organisation says it has collected by its own means; a later one replaces it."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="vouched_numbers")
    # 1 for the first statement of the organisation in the edition; the highest one stands.
    number = models.PositiveIntegerField()
    signatures = models.PositiveIntegerField()
    statement = models.CharField(max_length=1_000)
    language = models.CharField(max_length=20)
    stated_on = models.DateField()
    # Holds the step from the statement before.
    entry = models.OneToOneField(CountEntry, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership", "number"], name="vouched_statement_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="vouched_statements_from_one"),
            models.CheckConstraint(
                condition=Q(number__gt=1) | Q(signatures__gte=1), name="vouched_first_is_not_nothing"
            ),
            models.CheckConstraint(condition=~Q(statement="") & ~Q(language=""), name="vouched_has_statement"),
        ]

    def __str__(self) -> str:
        return f"vouched number {self.number} of {self.membership_id}"
