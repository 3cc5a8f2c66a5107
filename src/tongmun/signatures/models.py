"""Pending signatures, mailboxes that were asked, counted signatures, and holds.

No table has a column for an IP address, a user agent or a time of day.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tongmun.campaigns.models import Edition, Organisation
from tongmun.letters.models import LetterVersion
from tongmun.signatures.disclosure import Audience, Disclosure, Level, Person, learned
from tongmun.signatures.querysets import PendingQuerySet, SignatureQuerySet
from tongmun.signatures.ways import Way

MOST_ASKED = 3


class Pending(models.Model):
    """What was typed into the form, until its mailbox answers or a day has gone. Only this server can read the box."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+", db_index=False)
    letter = models.ForeignKey(LetterVersion, on_delete=models.PROTECT, related_name="+", db_index=False)
    token = models.BinaryField(max_length=16)
    link_hash = models.BinaryField(max_length=32, unique=True)
    box = models.BinaryField()
    # The organisation whose link was followed.
    via = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    # A full hour, so that it does not tell the minute of signing.
    expires_at = models.DateTimeField()

    objects = PendingQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "pending"
        constraints = [models.UniqueConstraint(fields=["edition", "token"], name="pending_once_per_mailbox")]

    def __str__(self) -> str:
        return f"pending {self.pk}"


class Asked(models.Model):
    """How often a mailbox was asked to confirm: once a day and three times in all, so that ours annoys nobody."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+", db_index=False)
    token = models.BinaryField(max_length=16)
    times = models.PositiveSmallIntegerField(default=0)
    # The day in UTC on which it was asked last.
    last_on = models.DateField()

    class Meta:
        verbose_name_plural = "asked"
        constraints = [
            models.UniqueConstraint(fields=["edition", "token"], name="asked_once_per_mailbox"),
            models.CheckConstraint(condition=Q(times__lte=MOST_ASKED), name="asked_three_times_at_most"),
        ]

    def __str__(self) -> str:
        return f"asked {self.pk}"


class Hold(models.Model):
    """Confirmations of one kind that came too fast: they wait for a person before they count."""

    class Kind(models.TextChoices):
        """What they have in common."""

        COUNTRY = "COUNTRY", _("Country")
        LANGUAGE = "LANGUAGE", _("Language")
        DOMAIN = "DOMAIN", _("Mail domain")

    class State(models.TextChoices):
        """Whether somebody has looked: OPEN still gathers, RELEASED were counted, VOIDED were counted and taken out.

        LAPSED: nobody looked before the data of the edition ended, and they never counted.
        """

        OPEN = "OPEN"
        RELEASED = "RELEASED"
        VOIDED = "VOIDED"
        LAPSED = "LAPSED"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="holds")
    kind = models.CharField(max_length=8, choices=Kind)
    # A code of a country or language, or a domain that fifty mailboxes share.
    value = models.CharField(max_length=255)
    began_on = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "kind", "value"], condition=Q(state="OPEN"), name="hold_open_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=["COUNTRY", "LANGUAGE", "DOMAIN"]), name="hold_kind_known"),
            models.CheckConstraint(
                condition=Q(state__in=["OPEN", "RELEASED", "VOIDED", "LAPSED"]), name="hold_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"hold {self.pk}"


class Pulse(models.Model):
    """How many confirmations with something in common came in an hour: seven days of it are the usual."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="pulses")
    kind = models.CharField(max_length=8, choices=Hold.Kind)
    value = models.CharField(max_length=255)
    hour = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "kind", "value", "hour"], name="pulse_once_an_hour"),
            models.CheckConstraint(condition=Q(kind__in=["COUNTRY", "LANGUAGE", "DOMAIN"]), name="pulse_kind_known"),
        ]

    def __str__(self) -> str:
        return f"pulse {self.pk}"


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
    # None once the data of the edition has ended: nobody is recognised any more.
    token = models.BinaryField(max_length=16, null=True)
    way = models.CharField(max_length=10, choices=Way)
    language = models.CharField(max_length=20)
    country = models.CharField(max_length=2, blank=True)
    confirmed_on = models.DateField()
    to_public = models.CharField(max_length=8, choices=Level, default=Level.PLACE)
    to_addressee = models.CharField(max_length=8, choices=Level, default=Level.PLACE)
    to_coalition = models.CharField(max_length=8, choices=Level, default=Level.PLACE)
    to_organisers = models.CharField(max_length=8, choices=Level, default=Level.PLACE)
    consents_to_news = models.BooleanField(default=False)
    via = models.ForeignKey(Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    # Not yet looked at for surges.
    is_new = models.BooleanField(default=True)
    # Set while a person has to look before it counts.
    hold = models.ForeignKey(Hold, on_delete=models.PROTECT, null=True, blank=True, related_name="signatures")
    moderation = models.CharField(max_length=8, choices=Moderation, default=Moderation.NONE)
    # Clear only once a person has let it through.
    shown_name = models.CharField(max_length=200, blank=True)
    # Readable by this server, for the moderator; emptied when the name is shown or refused.
    waiting_box = models.BinaryField(default=bytes)
    # Readable only with the coalition's private key: the names that were typed.
    sealed = models.BinaryField(default=bytes)
    # Readable only with the private key of whoever sends the news: the address.
    news_box = models.BinaryField(default=bytes)
    # The domain of the address, in a server box, until the next look for floods.
    domain_box = models.BinaryField(default=bytes)
    # The opening of the commitment in the count, in a server box; empty once the data of the edition has ended.
    opening_box = models.BinaryField(default=bytes)
    link_hash = models.BinaryField(max_length=32, unique=True)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["edition"], name="signature_new", condition=Q(is_new=True)),
            # The list of names on the page of the count, in its order, and the names at the desk. With the state in it,
            # or SQLite would rather take the index of the edition and read every row.
            models.Index(fields=["edition", "shown_name"], name="signature_shown", condition=Q(moderation="SHOWN")),
            models.Index(
                fields=["edition", "moderation", "token"], name="signature_waiting", condition=Q(moderation="WAITING")
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["edition", "token"], name="signature_once_per_mailbox"),
            models.CheckConstraint(
                condition=Q(way__in=["public", "private", "counted", "pseudonym"]), name="signature_way_known"
            ),
            models.CheckConstraint(
                condition=(Q(moderation="SHOWN") & ~Q(shown_name="") & Q(to_public__in=["name", "chosen", "initials"]))
                | (~Q(moderation="SHOWN") & Q(shown_name="")),
                name="signature_name_clear_only_when_let_through",
            ),
            models.CheckConstraint(
                condition=(Q(moderation="WAITING") & ~Q(waiting_box=b""))
                | (~Q(moderation="WAITING") & Q(waiting_box=b"")),
                name="signature_waiting_box_only_while_waiting",
            ),
            models.CheckConstraint(
                condition=~Q(way="counted")
                | Q(
                    moderation="NONE",
                    to_public__in=["place", "count"],
                    to_addressee__in=["place", "count"],
                    to_coalition__in=["place", "count"],
                    to_organisers__in=["place", "count"],
                ),
                name="signature_counted_only_has_no_name",
            ),
            models.CheckConstraint(
                condition=Q(
                    to_public__in=Level.values,
                    to_addressee__in=Level.values,
                    to_coalition__in=Level.values,
                    to_organisers__in=Level.values,
                ),
                name="signature_levels_known",
            ),
            models.CheckConstraint(
                condition=Q(consents_to_news=True) | Q(news_box=b""), name="signature_address_only_for_news"
            ),
        ]

    def __str__(self) -> str:
        return f"signature {self.pk}"

    @property
    def counted_in(self) -> str:
        """The country in which the public count holds this signature, "" when everybody only learns of one more."""
        return learned(Person(country=self.country), self.disclosure, Audience.PUBLIC).country

    @property
    def disclosure(self) -> Disclosure:
        """What each audience may learn of this signer."""
        return Disclosure(
            Level(self.to_public), Level(self.to_addressee), Level(self.to_coalition), Level(self.to_organisers)
        )


class Ended(models.Model):
    """That data of an edition was erased because its time was over: what, and on which day. Public."""

    class What(models.TextChoices):
        """RECOGNITION: tokens, openings, countries, days. NAMES: what was sealed."""

        RECOGNITION = "RECOGNITION"
        NAMES = "NAMES"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="endings")
    what = models.CharField(max_length=11, choices=What)
    on = models.DateField()

    class Meta:
        verbose_name_plural = "ended"
        constraints = [
            models.UniqueConstraint(fields=["edition", "what"], name="ended_once"),
            models.CheckConstraint(condition=Q(what__in=["RECOGNITION", "NAMES"]), name="ended_what_known"),
        ]

    def __str__(self) -> str:
        return f"ended {self.pk}"
