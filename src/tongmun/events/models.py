"""What happens in a city on the day and around it."""

from datetime import date, datetime, time

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tongmun.campaigns.models import Edition, EditionCity
from tongmun.events.querysets import EventQuerySet
from tongmun.kit.clock import CivilTime


class Event(models.Model):
    """Something people can come to. Its time is civil time in the zone of its city."""

    class Kind(models.TextChoices):
        """Kinds of events."""

        DEMONSTRATION = "demonstration", _("demonstration")
        RALLY = "rally", _("rally")
        MARCH = "march", _("march")
        VIGIL = "vigil", _("vigil")
        PRESS_CONFERENCE = "press-conference", _("press conference")
        ONE_PERSON_PROTEST = "one-person-protest", _("one-person protest")
        PRAYER_SERVICE = "prayer-service", _("prayer service")
        SCREENING = "screening", _("screening")
        TALK = "talk", _("talk")
        FUNDRAISER = "fundraiser", _("fundraiser")
        LOBBYING_VISIT = "lobbying-visit", _("lobbying visit")
        ONLINE = "online", _("online event")

    class Status(models.TextChoices):
        """What has become of a plan."""

        PLANNED = "planned", _("planned")
        CONFIRMED = "confirmed", _("confirmed")
        CHANGED = "changed", _("changed")
        MOVED = "moved", _("moved")
        CANCELLED = "cancelled", _("cancelled")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="events")
    place = models.ForeignKey(EditionCity, on_delete=models.PROTECT, related_name="events")
    slug = models.SlugField(max_length=60)
    kind = models.CharField(max_length=20, choices=Kind)
    status = models.CharField(max_length=10, choices=Status, default=Status.PLANNED)
    own_day = models.DateField(null=True, blank=True)
    own_time = models.TimeField(null=True, blank=True)
    # Which reading is meant where the clocks show the time twice.
    later_reading = models.BooleanField(null=True, blank=True)
    ends_day = models.DateField(null=True, blank=True)
    ends_time = models.TimeField(null=True, blank=True)
    titles = models.JSONField()
    places = models.JSONField(default=dict)
    transit = models.JSONField(default=dict)
    note = models.JSONField(default=dict)
    latitude = models.FloatField(null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)])
    longitude = models.FloatField(null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)])
    host = models.CharField(max_length=150, blank=True)
    # RFC 5545 3.8.7.4: raised with every change that people who come must know.
    sequence = models.PositiveIntegerField(default=0)
    changed_on = models.DateField()

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "slug"], name="event_slug_once"),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "demonstration",
                        "rally",
                        "march",
                        "vigil",
                        "press-conference",
                        "one-person-protest",
                        "prayer-service",
                        "screening",
                        "talk",
                        "fundraiser",
                        "lobbying-visit",
                        "online",
                    ]
                ),
                name="event_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                # A comparison with nothing is unknown to SQL, and a check that is unknown is passed.
                | Q(latitude__isnull=False, longitude__isnull=False)
                & Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="event_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["planned", "confirmed", "changed", "moved", "cancelled"]),
                name="event_status_known",
            ),
            models.CheckConstraint(
                condition=Q(ends_day__isnull=True) | Q(ends_time__isnull=False), name="event_end_day_has_time"
            ),
            models.CheckConstraint(
                condition=Q(own_day__isnull=True) | Q(ends_day__isnull=True) | Q(ends_day__gte=F("own_day")),
                name="event_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def is_cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.status == self.Status.CANCELLED

    @property
    def uid(self) -> str:
        """The iCalendar UID: no other server's, and lasting as long as this one keeps its host (RFC 7986 5.3)."""
        return f"{self.slug}.{self.edition.slug}@{settings.PUBLIC_HOST}"

    def starts_at(self) -> datetime:
        """Give the aware local datetime. Reads self.place, its city and its edition.

        Raises NoSuchLocalTime or AmbiguousLocalTime; neither is let into the database by the loader.
        """
        default = self.place.starts_at()
        if self.own_day is None and self.own_time is None:
            return default
        day: date = self.own_day or default.date()
        at: time = self.own_time or default.time()
        return CivilTime(day, at, self.place.city.zone, later=self.later_reading).local()

    def ends_at(self) -> datetime | None:
        """Give the aware local end, or None when nobody has said; an end before the start is on the next day."""
        if self.ends_time is None:
            return None
        starts = self.starts_at()
        day = self.ends_day or starts.date()
        end = CivilTime(day, self.ends_time, self.place.city.zone, later=True).local()
        if self.ends_day is None and end <= starts:
            end = CivilTime(
                date.fromordinal(day.toordinal() + 1), self.ends_time, self.place.city.zone, later=True
            ).local()
        return end
