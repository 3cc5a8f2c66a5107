"""Missions and the dated facts about them."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tongmun.missions.querysets import DatedQuerySet


class Mission(models.Model):
    """A post of one state in another. What changes with time is in Premises and HeadOfMission."""

    class Kind(models.TextChoices):
        """Kinds of posts (Vienna Conventions of 1961 and 1963, and usage)."""

        EMBASSY = "embassy", _("embassy")
        HIGH_COMMISSION = "high-commission", _("high commission")
        CONSULATE_GENERAL = "consulate-general", _("consulate general")
        CONSULATE = "consulate", _("consulate")
        PERMANENT_MISSION = "permanent-mission", _("permanent mission")
        PERMANENT_DELEGATION = "permanent-delegation", _("permanent delegation")
        REPRESENTATIVE_OFFICE = "representative-office", _("representative office")
        LIAISON_OFFICE = "liaison-office", _("liaison office")
        INTERESTS_SECTION = "interests-section", _("interests section")
        HONORARY_CONSULATE = "honorary-consulate", _("honorary consulate")
        NUNCIATURE = "nunciature", _("nunciature")

    class Status(models.TextChoices):
        """Whether anybody is there."""

        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")
        SUSPENDED = "suspended", _("suspended")
        RELOCATED = "relocated", _("relocated")

    slug = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=30, choices=Kind)
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    sending = models.CharField(max_length=2)
    receiving = models.CharField(max_length=2, blank=True)
    latitude = models.FloatField(null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)])
    longitude = models.FloatField(null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)])
    wikidata = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=300, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                # A comparison with nothing is unknown to SQL, and a check that is unknown is passed.
                | Q(latitude__isnull=False, longitude__isnull=False)
                & Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="mission_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["open", "closed", "suspended", "relocated"]), name="mission_status_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "embassy",
                        "high-commission",
                        "consulate-general",
                        "consulate",
                        "permanent-mission",
                        "permanent-delegation",
                        "representative-office",
                        "liaison-office",
                        "interests-section",
                        "honorary-consulate",
                        "nunciature",
                    ]
                ),
                name="mission_kind_known",
            ),
            models.UniqueConstraint(fields=["wikidata"], condition=~Q(wikidata=""), name="mission_wikidata_once"),
        ]

    def __str__(self) -> str:
        return self.slug


class Dated(models.Model):
    """A fact that holds from one day to another, with who says so."""

    valid_from = models.DateField(null=True, blank=True)
    # The first day on which it holds no longer.
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.CharField(max_length=120, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="%(class)s_ends_after_it_begins",
            ),
        ]


class Premises(Dated):
    """A building of a mission, and what it is used for."""

    class Function(models.TextChoices):
        """What a building is used for. Only the chancery takes letters."""

        CHANCERY = "chancery", _("chancery")
        CONSULAR_SECTION = "consular-section", _("consular section")
        RESIDENCE = "residence", _("residence")
        VISA_OFFICE = "visa-office", _("visa office")

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="premises")
    function = models.CharField(max_length=20, choices=Function, default=Function.CHANCERY)
    # Language code → postal lines as published, joined by line breaks.
    lines = models.JSONField()

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name_plural = "premises"
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(function__in=["chancery", "consular-section", "residence", "visa-office"]),
                name="premises_function_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.function} of {self.mission_id}"


class HeadOfMission(Dated):
    """Who heads a mission. On a day that no row covers the post is vacant."""

    class Rank(models.TextChoices):
        """Ranks of heads of post."""

        AMBASSADOR = "ambassador", _("ambassador")
        HIGH_COMMISSIONER = "high-commissioner", _("high commissioner")
        CONSUL_GENERAL = "consul-general", _("consul general")
        CONSUL = "consul", _("consul")
        PERMANENT_REPRESENTATIVE = "permanent-representative", _("permanent representative")
        CHARGE_DAFFAIRES = "charge-daffaires", _("chargé d’affaires")
        NUNCIO = "nuncio", _("nuncio")

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="heads")
    rank = models.CharField(max_length=30, choices=Rank)
    # Language code → name in that language's script; never transliterated by machine.
    names = models.JSONField()
    gender = models.CharField(max_length=1, blank=True, choices=[("f", "f"), ("m", "m")])

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name_plural = "heads of mission"
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(
                    rank__in=[
                        "ambassador",
                        "high-commissioner",
                        "consul-general",
                        "consul",
                        "permanent-representative",
                        "charge-daffaires",
                        "nuncio",
                    ]
                ),
                name="head_of_mission_rank_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rank} at {self.mission_id}"
