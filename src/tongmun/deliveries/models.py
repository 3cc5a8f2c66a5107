"""An edition as it was frozen for the gate: texts, facts about missions, numbers, and which names go with them.

Everything a packet says is copied here, and a frozen row never changes: only names end, with the names of the edition.
"""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from tongmun.campaigns.models import Edition
from tongmun.deliveries.querysets import FreezeQuerySet, FrozenQuerySet, FrozenRowIsFixed
from tongmun.letters.models import LetterVersion
from tongmun.missions.models import Mission
from tongmun.signatures.models import Signature

HEX_OF_SHA256 = 64


class Freeze(models.Model):
    """One freezing of an edition. A later one replaces it, and leaves it as it is."""

    class State(models.TextChoices):
        """Whether packets of it are the ones to carry."""

        STANDS = "STANDS"
        REPLACED = "REPLACED"

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="freezes")
    # 1 for the first of the edition.
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.STANDS)
    frozen_on = models.DateField()
    # Of the edition, as they were: language code → name.
    names = models.JSONField()
    day = models.DateField()
    # In their order: {"slug", "names", "own_language"}.
    organisations = models.JSONField()
    # Numbers as the page of the count shows them: countries of fewer than ten are in none of the rows.
    counted = models.PositiveIntegerField()
    paper = models.PositiveIntegerField()
    vouched = models.PositiveIntegerField()
    by_country = models.JSONField()
    elsewhere = models.PositiveIntegerField()
    # The head of the log that the numbers rest on; empty while nothing was counted.
    log_size = models.PositiveBigIntegerField(default=0)
    log_root = models.CharField(max_length=HEX_OF_SHA256, blank=True)
    log_key = models.CharField(max_length=500, blank=True)
    checkpoint = models.TextField(blank=True)
    # How many names were clear when it was frozen, and how many lie sealed.
    clear_names = models.PositiveIntegerField()
    sealed_names = models.PositiveIntegerField()
    # Claims of the letter that were not settled, and were frozen all the same.
    open_claims = models.PositiveIntegerField(default=0)
    # {"mission", "kind", "city_names", "why"} of each mission that was left out.
    left_out = models.JSONField()
    names_erased_on = models.DateField(null=True, blank=True)

    objects = FreezeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="freeze_number_once"),
            models.UniqueConstraint(fields=["edition"], condition=Q(state="STANDS"), name="freeze_one_stands"),
            models.CheckConstraint(condition=Q(state__in=["STANDS", "REPLACED"]), name="freeze_state_known"),
            models.CheckConstraint(condition=Q(number__gte=1), name="freeze_numbers_from_one"),
            models.CheckConstraint(
                condition=Q(log_size=0, log_root="", log_key="", checkpoint="")
                | (Q(log_size__gte=1) & Exact(Length("log_root"), HEX_OF_SHA256) & ~Q(log_key="") & ~Q(checkpoint="")),
                name="freeze_head_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"freeze {self.number} of {self.edition_id}"

    @property
    def stands(self) -> bool:
        """Whether no later freeze has replaced it."""
        return self.state == self.State.STANDS


class Frozen(models.Model):
    """A row that was frozen: it is written once."""

    objects = FrozenQuerySet.as_manager()

    class Meta:
        abstract = True

    def save_base(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 -- handed on to Django as they are
        """Write a new row; raises FrozenRowIsFixed for one that is written."""
        if not self._state.adding:
            raise FrozenRowIsFixed
        super().save_base(*args, **options)


class FrozenLetter(Frozen):
    """Which version of the letter goes to the gate in a language."""

    freeze = models.ForeignKey(Freeze, on_delete=models.CASCADE, related_name="letters")
    letter = models.ForeignKey(LetterVersion, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=20)
    # The place of the language among those of the edition.
    position = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=HEX_OF_SHA256)

    class Meta(Frozen.Meta):
        constraints = [
            models.UniqueConstraint(fields=["freeze", "language"], name="frozen_letter_once_per_language"),
            models.CheckConstraint(
                condition=Exact(Length("digest"), HEX_OF_SHA256), name="frozen_letter_digest_is_whole"
            ),
        ]

    def __str__(self) -> str:
        return f"frozen letter {self.language} of {self.freeze_id}"


class FrozenMission(Frozen):
    """What was known about a mission on the day it was frozen for, and when people gather there."""

    freeze = models.ForeignKey(Freeze, on_delete=models.CASCADE, related_name="missions")
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="+")
    slug = models.CharField(max_length=60)
    kind = models.CharField(max_length=30)
    receiving = models.CharField(max_length=2, blank=True)
    city = models.CharField(max_length=60)
    city_names = models.JSONField()
    # Language code → postal lines as published.
    lines = models.JSONField()
    # "" and {} for a vacant post.
    head_rank = models.CharField(max_length=30, blank=True)
    head_names = models.JSONField()
    checked_on = models.DateField()
    # By the calendar and the clock of the city.
    day = models.DateField()
    time = models.TimeField()

    class Meta(Frozen.Meta):
        constraints = [models.UniqueConstraint(fields=["freeze", "mission"], name="frozen_mission_once")]

    def __str__(self) -> str:
        return f"frozen mission {self.mission_id} of {self.freeze_id}"


class FrozenCopy(Frozen):
    """Every line of the copy for one mission in one language."""

    mission = models.ForeignKey(FrozenMission, on_delete=models.CASCADE, related_name="copies")
    letter = models.ForeignKey(FrozenLetter, on_delete=models.CASCADE, related_name="copies")
    dated = models.DateField()
    # The fields of letters.copies.LetterCopy.
    parts = models.JSONField()

    class Meta(Frozen.Meta):
        verbose_name_plural = "frozen copies"
        constraints = [models.UniqueConstraint(fields=["mission", "letter"], name="frozen_copy_once")]

    def __str__(self) -> str:
        return f"frozen copy {self.mission_id} {self.letter_id}"


class FrozenName(Frozen):
    """A name that everybody could read and its owner let be printed in the letter, as it stood then."""

    freeze = models.ForeignKey(Freeze, on_delete=models.CASCADE, related_name="lines")
    line = models.CharField(max_length=200)
    country = models.CharField(max_length=2, blank=True)

    class Meta(Frozen.Meta):
        constraints = [models.CheckConstraint(condition=~Q(line=""), name="frozen_name_is_not_empty")]

    def __str__(self) -> str:
        return f"frozen name {self.pk}"


class FrozenSigner(Frozen):
    """Whose sealed name goes with a freeze. It goes when its owner withdraws: nothing sealed is copied."""

    freeze = models.ForeignKey(Freeze, on_delete=models.CASCADE, related_name="signers")
    signature = models.ForeignKey(Signature, on_delete=models.CASCADE, related_name="+")

    class Meta(Frozen.Meta):
        constraints = [models.UniqueConstraint(fields=["freeze", "signature"], name="frozen_signer_once")]

    def __str__(self) -> str:
        return f"frozen signer {self.pk}"
