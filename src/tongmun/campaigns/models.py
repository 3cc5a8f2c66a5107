"""Causes, campaigns, editions and what belongs to an edition: calls, news, cities, organisations.

Names in several languages are JSON objects, language code → text; `tongmun.kit.text.in_language` picks one.
"""

from datetime import UTC, date, datetime, time

from babel.core import get_global
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tongmun.campaigns.querysets import EditionQuerySet
from tongmun.kit.clock import CivilTime, months_after
from tongmun.missions.models import Mission

# After the day of an edition.
MONTHS_OF_RECOGNITION = 1
# As long as the organisers of a European citizens' initiative may keep statements of support: Regulation (EU) 2019/788.
MONTHS_OF_NAMES = 21


class Cause(models.Model):
    """The lasting matter that campaigns serve."""

    slug = models.SlugField(max_length=60, unique=True)
    names = models.JSONField()

    def __str__(self) -> str:
        return self.slug


class Campaign(models.Model):
    """An organised effort for a cause, towards the missions of one state."""

    cause = models.ForeignKey(Cause, on_delete=models.PROTECT, related_name="campaigns")
    slug = models.SlugField(max_length=60, unique=True)
    names = models.JSONField()
    sending_state = models.CharField(max_length=2)
    # The formal name, as a letter writes it.
    sending_state_names = models.JSONField()

    def __str__(self) -> str:
        return self.slug


class Edition(models.Model):
    """One occurrence of a campaign: its day, its rule of time, its state."""

    class TimeRule(models.TextChoices):
        """Noon everywhere by the clock on the wall, or one moment for all."""

        LOCAL_WALL_CLOCK = "local-wall-clock", _("the same time by the local clock")
        SINGLE_INSTANT = "single-instant", _("one moment for all")

    class State(models.TextChoices):
        """DRAFT is not public, OPEN can be signed, CLOSED can be read."""

        DRAFT = "draft", _("draft")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="editions")
    slug = models.SlugField(max_length=60, unique=True)
    names = models.JSONField()
    day = models.DateField()
    time = models.TimeField()
    time_rule = models.CharField(max_length=20, choices=TimeRule, default=TimeRule.LOCAL_WALL_CLOCK)
    # Only a single instant has a zone of its own.
    zone = models.CharField(max_length=60, blank=True)
    languages = models.JSONField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    changed_on = models.DateField()

    objects = EditionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["draft", "open", "closed"]), name="edition_state_known"),
            models.CheckConstraint(
                condition=Q(time_rule="local-wall-clock", zone="") | (Q(time_rule="single-instant") & ~Q(zone="")),
                name="edition_zone_only_for_single_instant",
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def is_open(self) -> bool:
        """Whether it is published as open. Whether people can still sign also depends on the day."""
        return self.state == self.State.OPEN

    def takes_signatures(self, at: datetime) -> bool:
        """Whether people can sign: it is open, and its data has not ended."""
        return self.is_open and at.astimezone(UTC).date() < self.data_ends_on

    @property
    def data_ends_on(self) -> date:
        """The first day, in UTC, on which signers are no longer recognised and nobody can sign."""
        return months_after(self.day, MONTHS_OF_RECOGNITION)

    @property
    def names_end_on(self) -> date:
        """The first day, in UTC, on which sealed names are erased."""
        return months_after(self.day, MONTHS_OF_NAMES)

    def has_passed(self, at: datetime) -> bool:
        """Whether the day is over in every zone (UTC−12 is the last)."""
        return at.date() > self.day and (at.date() - self.day).days > 1


class Call(models.Model):
    """The public text of an edition in one language."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="calls")
    language = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    what = models.TextField()
    where = models.TextField(blank=True)
    body = models.TextField(blank=True)
    changed_on = models.DateField()
    # Raised with every change, so that two editors cannot overwrite each other unseen.
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "language"], name="call_once_per_language"),
            models.CheckConstraint(condition=~Q(title=""), name="call_has_title"),
        ]

    def __str__(self) -> str:
        return f"call {self.edition_id} {self.language}"


class City(models.Model):
    """A place with names in several languages, a country and a zone. It lasts longer than an edition."""

    slug = models.SlugField(max_length=60, unique=True)
    names = models.JSONField()
    country = models.CharField(max_length=2)
    zone = models.CharField(max_length=60)
    latitude = models.FloatField(validators=[MinValueValidator(-90), MaxValueValidator(90)])
    longitude = models.FloatField(validators=[MinValueValidator(-180), MaxValueValidator(180)])

    class Meta:
        verbose_name_plural = "cities"
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180)), name="city_on_earth"
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class EditionCity(models.Model):
    """A city's part in an edition: its missions, its own day and time if they differ, how to get there."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="cities")
    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="editions")
    missions = models.ManyToManyField(Mission, related_name="+", blank=True)
    own_day = models.DateField(null=True, blank=True)
    own_time = models.TimeField(null=True, blank=True)
    transit = models.JSONField(default=dict)
    note = models.JSONField(default=dict)
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.CharField(max_length=120, blank=True)
    changed_on = models.DateField()

    class Meta:
        verbose_name_plural = "edition cities"
        constraints = [models.UniqueConstraint(fields=["edition", "city"], name="city_once_per_edition")]

    def __str__(self) -> str:
        return f"{self.edition_id} in {self.city_id}"

    @property
    def civil_day(self) -> date:
        """The day in this city by its own calendar; for a single instant see `starts_at`."""
        return self.own_day or self.edition.day

    @property
    def civil_time(self) -> time:
        """The time in this city by its own clock, when the rule is the local wall clock."""
        return self.own_time or self.edition.time

    def starts_at(self) -> datetime:
        """Give the aware local datetime of the edition here. Reads self.edition and self.city.

        A noon that the clocks skip or show twice (there is none in the tz database from 2024 to 2034) is read as the
        later moment, so that nobody comes too early.
        """
        edition = self.edition
        if edition.time_rule == Edition.TimeRule.SINGLE_INSTANT and self.own_time is None and self.own_day is None:
            moment = CivilTime(edition.day, edition.time, edition.zone, later=True).instant()
            return moment.astimezone(CivilTime(edition.day, edition.time, self.city.zone).readings()[0].tzinfo)
        return CivilTime(self.civil_day, self.civil_time, self.city.zone, later=True).local()


class Organisation(models.Model):
    """An organisation under its names in several scripts."""

    slug = models.SlugField(max_length=60, unique=True)
    names = models.JSONField()
    country = models.CharField(max_length=2, blank=True)
    # Invented for an example; says so wherever it is shown.
    is_sample = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.slug

    @property
    def own_language(self) -> str:
        """The language of the name it bears at home: of its names the one most spoken officially in its country (CLDR).

        Else the first, other than English, that it has; PostgreSQL does not keep the order of a file.
        """
        spoken = get_global("territory_languages").get(self.country, {})
        official = [code for code in spoken if spoken[code]["official_status"]]
        by_rank = sorted(official, key=lambda code: -spoken[code]["population_percent"])
        at_home = [code.replace("_", "-") for code in by_rank]
        foreign = [code for code in self.names if code != "en"]
        return next((code for code in (*at_home, *foreign, *self.names) if self.names.get(code)), "")


class Membership(models.Model):
    """An organisation's part in an edition."""

    class Role(models.TextChoices):
        """What an organisation does in the coalition."""

        ENDORSER = "endorser", _("endorser")
        MEMBER = "member", _("member")
        HOST = "host", _("host")
        BENEFICIARY = "beneficiary", _("beneficiary")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=15, choices=Role, default=Role.ENDORSER)
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "organisation"], name="organisation_once_per_edition"),
            models.CheckConstraint(
                condition=Q(role__in=["endorser", "member", "host", "beneficiary"]), name="membership_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.edition_id}"


class Post(models.Model):
    """A piece of news of an edition in one language."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="posts")
    slug = models.SlugField(max_length=60)
    language = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    body = models.TextField()
    published_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "slug", "language"], name="post_once_per_language"),
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.language}"
