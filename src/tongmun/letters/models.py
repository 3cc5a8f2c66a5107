"""The letter of an edition, version by version, what translates what, and the claims it makes."""

from typing import Any

from django.db import models
from django.db.models import Q

from tongmun.campaigns.models import Edition
from tongmun.letters.digests import claim_digest
from tongmun.letters.querysets import LetterVersionIsFixed, LetterVersionQuerySet


class LetterVersion(models.Model):
    """The letter of an edition in one language, as it stood. A change makes a new version; a version never changes.

    A signature points at the version its signer saw.
    """

    class CareOf(models.TextChoices):
        """Through whom the letter is sent."""

        HEAD_OF_MISSION = "head-of-mission"
        NONE = "none"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="letters")
    language = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    # The date on the letter; the edition's day when it has none of its own.
    dated = models.DateField(null=True, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    addressee = models.TextField()
    care_of = models.CharField(max_length=20, choices=CareOf, default=CareOf.HEAD_OF_MISSION)
    salutation = models.CharField(max_length=200)
    body = models.TextField()
    close = models.CharField(max_length=200)
    signatory = models.TextField()
    digest = models.CharField(max_length=64)
    changed_on = models.DateField()

    objects = LetterVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "language", "number"], name="letter_version_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="letter_version_counts_from_one"),
            models.CheckConstraint(condition=~Q(body=""), name="letter_version_has_body"),
        ]

    def __str__(self) -> str:
        return f"letter {self.edition_id} {self.language} v{self.number}"

    def save_base(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 -- handed on to Django as they are
        """Write a new version; raises LetterVersionIsFixed for one that is written."""
        if not self._state.adding:
            raise LetterVersionIsFixed
        super().save_base(*args, **options)

    @property
    def paragraphs(self) -> list[str]:
        """The paragraphs of the body, each on one line."""
        return [" ".join(block.split()) for block in self.body.split("\n\n") if block.strip()]


class Rendering(models.Model):
    """Somebody has said: this paragraph of a translation renders that paragraph of the master. Each by its digest.

    It belongs to two texts, not to versions or places, so it holds again when a text comes back, and is never changed.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="renderings")
    language = models.CharField(max_length=20)
    master_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "language", "digest", "master_digest"], name="rendering_said_once"
            )
        ]

    def __str__(self) -> str:
        return f"rendering {self.edition_id} {self.language}"


class Claim(models.Model):
    """Something the letter asserts, with its source or without one."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="claims")
    slug = models.SlugField(max_length=60)
    position = models.PositiveIntegerField()
    texts = models.JSONField()
    figure = models.CharField(max_length=40, blank=True)
    qualifier = models.CharField(max_length=40, blank=True)
    as_of = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=500, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.CharField(max_length=120, blank=True)
    paragraph = models.PositiveSmallIntegerField(null=True, blank=True)
    # Language → the words of the letter that assert it, as they stand there. See letters.anchors.
    sentences = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "slug"], name="claim_slug_once")]

    def __str__(self) -> str:
        return self.slug

    @property
    def digest(self) -> str:
        """What tells whether somebody has changed it since it was read."""
        return claim_digest({field.attname: getattr(self, field.attname) for field in self._meta.concrete_fields})
