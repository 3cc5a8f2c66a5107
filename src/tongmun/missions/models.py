"""Missions and the dated facts about them."""

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tongmun.missions.querysets import DatedQuerySet

# The shape of a code of ISO 3166-1 alpha-2 or ISO 3166-2.
REGION = r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$"


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
    # The city or district, as the source calls it; cities of an edition have names in several languages of their own.
    locality = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=120, blank=True)
    website = models.CharField(max_length=300, blank=True)
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

    def holds_on(self, day: date) -> bool:
        """Tell whether the fact holds on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)

    def overlaps(self, valid_from: date | None, valid_to: date | None) -> bool:
        """Tell whether the fact holds on some day of a period; None leaves the period open."""
        return (self.valid_from or date.min) < (valid_to or date.max) and (valid_from or date.min) < (
            self.valid_to or date.max
        )


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
            # Two letters cannot go to two chanceries. That periods do not overlap is looked at before writing: SQLite
            # has no constraint for it.
            models.UniqueConstraint(
                fields=["mission"],
                condition=Q(function="chancery", valid_to__isnull=True),
                name="chancery_without_end_once",
                violation_error_message=_("This mission has a chancery already. End that one first."),
            ),
            models.UniqueConstraint(
                fields=["mission", "valid_from"],
                condition=Q(function="chancery"),
                name="chancery_begins_once_a_day",
                violation_error_message=_("Another chancery begins on the same day."),
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
    # Language code → title as it stands before the name, such as an academic or military one.
    titles = models.JSONField(default=dict, blank=True)
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
            models.UniqueConstraint(
                fields=["mission"],
                condition=Q(valid_to__isnull=True),
                name="head_of_mission_without_end_once",
                violation_error_message=_("This mission has a head already. End that term first."),
            ),
            models.UniqueConstraint(
                fields=["mission", "valid_from"],
                name="head_of_mission_begins_once_a_day",
                violation_error_message=_("Another head begins on the same day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rank} at {self.mission_id}"


class ConsularDistrict(Dated):
    """A region that a mission looks after: a part of a state by ISO 3166-2 (US-CA), or a whole one by ISO 3166-1."""

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="districts")
    region = models.CharField(max_length=6, validators=[RegexValidator(REGION)])

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["mission", "region"],
                condition=Q(valid_to__isnull=True),
                name="district_without_end_once",
                violation_error_message=_("This mission looks after the region already."),
            ),
            models.UniqueConstraint(fields=["mission", "region", "valid_from"], name="district_begins_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"district {self.pk} of {self.mission_id}"


class OpeningHours(Dated):
    """When a mission opens its door on one day of the week, by the clock of its place."""

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="hours")
    # ISO 8601: Monday is 1.
    weekday = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(7)])
    opens = models.TimeField()
    closes = models.TimeField()

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name_plural = "opening hours"
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(weekday__range=(1, 7)), name="hours_on_a_day_of_the_week"),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="hours_close_after_they_open"),
            models.UniqueConstraint(
                fields=["mission", "weekday", "opens"],
                condition=Q(valid_to__isnull=True),
                name="hours_without_end_once",
            ),
        ]

    def __str__(self) -> str:
        return f"hours {self.pk} of {self.mission_id}"


class Holiday(models.Model):
    """A day on which the offices of a state are shut, wherever they are."""

    state = models.CharField(max_length=2)
    day = models.DateField()
    # Language code → name.
    names = models.JSONField()
    source = models.CharField(max_length=300, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["state", "day"],
                name="holiday_once_a_day",
                violation_error_message=_("This state has a holiday on this day already."),
            ),
        ]

    def __str__(self) -> str:
        return f"holiday {self.pk}"


class Upstream(models.Model):
    """What an imported table said of a mission last, by field; what differs from it here was changed by a person."""

    mission = models.OneToOneField(Mission, on_delete=models.CASCADE, related_name="upstream")
    values = models.JSONField()

    def __str__(self) -> str:
        return f"upstream of {self.mission_id}"
