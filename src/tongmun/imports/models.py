"""Imports: where a file came from, how its columns are read, how far it has been taken in. Nothing of any signer."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual
from django.utils.translation import gettext_lazy as _

from tongmun.campaigns.models import Edition, Organisation
from tongmun.imports.mapping import Mapping
from tongmun.imports.querysets import ImportQuerySet
from tongmun.imports.reading import Place
from tongmun.letters.models import LetterVersion
from tongmun.people.models import User

SHORTEST_STATEMENT = 20
LONGEST_STATEMENT = 1000


class Import(models.Model):
    """One file of signatures that an organisation collected elsewhere. The name of the file is not kept."""

    class State(models.TextChoices):
        """UPLOADED waits for its columns, MAPPED for its start; CANCELLED keeps what was imported until then."""

        UPLOADED = "UPLOADED", _("columns to be chosen")
        MAPPED = "MAPPED", _("ready to start")
        RUNNING = "RUNNING", _("running")
        DONE = "DONE", _("done")
        CANCELLED = "CANCELLED", _("cancelled")

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="imports")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    # The version its signers saw.
    letter = models.ForeignKey(LetterVersion, on_delete=models.PROTECT, related_name="+")
    # How the signatures were collected, in the words of the organisation.
    statement = models.CharField(max_length=LONGEST_STATEMENT)
    state = models.CharField(max_length=9, choices=State, default=State.UPLOADED)
    # Names the folder of its files.
    key = models.UUIDField(unique=True, default=uuid4)
    has_files = models.BooleanField(default=True)
    delimiter = models.CharField(max_length=1)
    columns = models.PositiveIntegerField()
    # A mapping.Mapping as JSON.
    mapping = models.JSONField(null=True)
    # Of the file as UTF-8, in bytes.
    size = models.PositiveBigIntegerField()
    rows = models.PositiveIntegerField()
    # Where the next batch begins.
    offset = models.PositiveBigIntegerField()
    line = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    duplicates = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    made_on = models.DateField()
    # The day of the last change of state.
    changed_on = models.DateField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ImportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(state="UPLOADED", mapping__isnull=True))
                | Q(state__in=["MAPPED", "RUNNING", "DONE"], mapping__isnull=False)
                | Q(state="CANCELLED"),
                name="import_mapped_before_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["RUNNING", "DONE"], started_by__isnull=False)
                | Q(state__in=["UPLOADED", "MAPPED"], started_by__isnull=True, done=0)
                | Q(state="CANCELLED"),
                name="import_nothing_before_somebody_starts",
            ),
            models.CheckConstraint(
                condition=Q(done=F("added") + F("duplicates") + F("rejected")), name="import_every_row_has_one_fate"
            ),
            models.CheckConstraint(
                condition=Q(done__lte=F("rows"), offset__lte=F("size"), rows__gte=1), name="import_within_its_file"
            ),
            models.CheckConstraint(
                condition=~Q(state="DONE") | Q(done=F("rows"), offset=F("size")), name="import_done_is_whole"
            ),
            models.CheckConstraint(
                condition=GreaterThanOrEqual(Length("statement"), Value(SHORTEST_STATEMENT)),
                name="import_says_how_it_was_collected",
            ),
            models.CheckConstraint(condition=Q(delimiter__in=[",", ";", "\t"]), name="import_delimiter_known"),
        ]

    def __str__(self) -> str:
        return f"import {self.pk}"

    @property
    def subject(self) -> str:
        """How the journal calls it. Reads self.edition and self.organisation."""
        return f"{self.edition.slug} {self.organisation.slug}"

    @property
    def place(self) -> Place:
        """Where the next batch begins."""
        return Place(self.offset, self.line)

    @property
    def read_by(self) -> Mapping:
        """How its columns are read; only once they have been chosen."""
        return Mapping.from_json(self.mapping or {})

    @property
    def is_in_preparation(self) -> bool:
        """Whether nothing has been imported and its columns can be chosen."""
        return self.state in {self.State.UPLOADED, self.State.MAPPED}

    @property
    def has_rejected_rows(self) -> bool:
        """Whether rejected rows can be fetched."""
        return self.has_files and self.rejected > 0

    @property
    def can_be_cancelled(self) -> bool:
        """Whether there is anything to stop."""
        return self.is_in_preparation or self.state == self.State.RUNNING
