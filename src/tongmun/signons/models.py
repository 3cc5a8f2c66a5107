"""Invitations to sign on, and the sign-ons of organisations. No row has a time of day but the deadline."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tongmun.campaigns.models import Edition, Organisation
from tongmun.kit.clock import CivilTime
from tongmun.letters.models import LetterVersion
from tongmun.signons.querysets import InvitationQuerySet, SignOnQuerySet


class Deadline(models.Model):
    """Until when organisations can sign on to the letter of an edition, by the clock of a zone."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="sign_on_deadline")
    day = models.DateField()
    time = models.TimeField()
    zone = models.CharField(max_length=60)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(zone=""), name="deadline_has_zone")]

    def __str__(self) -> str:
        return f"deadline of {self.edition_id}"

    def ends_at(self) -> datetime:
        """Give the aware local datetime. A time that the clocks skip or show twice is read as the later moment."""
        return CivilTime(self.day, self.time, self.zone, later=True).local()


class Invitation(models.Model):
    """A link that went to a mailbox and leads to the page on which an organisation signs on; erased once it is used.

    Somebody at the desk invited the mailbox, or it was typed into the form that everybody can see.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="invitations")
    # Whom the desk means; None leaves it to whoever opens the link.
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_from_desk = models.BooleanField()
    language = models.CharField(max_length=20)
    link_hash = models.BinaryField(max_length=32, unique=True)
    # Recognises the mailbox (kit.sealing.mailbox_token), so that nobody can have it flooded.
    mailbox = models.BinaryField(max_length=16)
    # Server box: the address.
    box = models.BinaryField()
    # The first day, in UTC, on which the link no longer works.
    expires_on = models.DateField()

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "mailbox"], name="invitation_once_per_mailbox"),
            models.CheckConstraint(condition=~Q(box=b""), name="invitation_has_box"),
            models.CheckConstraint(
                condition=Q(is_from_desk=True) | Q(organisation__isnull=True),
                name="invitation_names_whom_the_desk_means",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class SignOn(models.Model):
    """An organisation's agreement to a version of the letter: as what, on what authority, withdrawn when."""

    class State(models.TextChoices):
        """HELD waits for the desk, which may make it REFUSED. STANDING is public, WITHDRAWN no longer."""

        HELD = "HELD", _("waits for a person")
        STANDING = "STANDING", _("stands")
        REFUSED = "REFUSED", _("refused")
        WITHDRAWN = "WITHDRAWN", _("withdrawn")

    class Reason(models.TextChoices):
        """Why a sign-on waits for a person."""

        FREE_MAIL = "FREE_MAIL", _("The mailbox is at a provider where everybody can have one.")
        SAME_DOMAIN = "SAME_DOMAIN", _("Another organisation has signed on from this domain.")
        SAME_NAME = "SAME_NAME", _("There is an organisation of this name already.")

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="sign_ons")
    # None until it is settled whom a held sign-on belongs to.
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="sign_ons"
    )
    letter = models.ForeignKey(LetterVersion, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=State)
    held_for = models.CharField(max_length=11, choices=Reason, blank=True)
    # Language code -> name, as the organisation gave them.
    names = models.JSONField()
    country = models.CharField(max_length=2, blank=True)
    members = models.PositiveIntegerField(null=True, blank=True)
    members_as_of = models.DateField(null=True, blank=True)
    # The domain that vouches for the name; "" where the desk does.
    domain = models.CharField(max_length=253, blank=True)
    # Of the mails and of the organisation's own page.
    language = models.CharField(max_length=20)
    confirmed_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)
    link_hash = models.BinaryField(max_length=32, unique=True)
    # Server box: the address, while a mail to it is still to be written.
    address_box = models.BinaryField(blank=True)
    # Server box: who confirmed, in which position, on what authority.
    person_box = models.BinaryField(blank=True)

    objects = SignOnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["HELD", "STANDING", "REFUSED", "WITHDRAWN"]), name="sign_on_state_known"
            ),
            models.UniqueConstraint(
                fields=["edition", "organisation"], condition=Q(state="STANDING"), name="sign_on_once_per_organisation"
            ),
            models.UniqueConstraint(
                fields=["edition", "domain"],
                condition=Q(state="STANDING") & ~Q(domain=""),
                name="sign_on_once_per_domain",
            ),
            models.CheckConstraint(
                condition=~Q(state="STANDING") | Q(organisation__isnull=False),
                name="sign_on_stands_for_an_organisation",
            ),
            models.CheckConstraint(
                condition=(Q(state="HELD") & ~Q(held_for="")) | (~Q(state="HELD") & Q(held_for="")),
                name="sign_on_is_held_for_a_reason",
            ),
            models.CheckConstraint(
                condition=(Q(state="HELD") & ~Q(address_box=b"")) | (~Q(state="HELD") & Q(address_box=b"")),
                name="sign_on_keeps_address_while_held",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["HELD", "STANDING"]) | Q(person_box=b""), name="sign_on_forgets_who_once_over"
            ),
            models.CheckConstraint(
                condition=Q(state="WITHDRAWN", withdrawn_on__isnull=False)
                | (~Q(state="WITHDRAWN") & Q(withdrawn_on__isnull=True)),
                name="sign_on_withdrawn_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(members__isnull=True, members_as_of__isnull=True)
                | Q(members__isnull=False, members__gte=1, members_as_of__isnull=False),
                name="sign_on_members_as_of_a_day",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("confirmed_on")),
                name="sign_on_withdrawn_after_it_was_made",
            ),
        ]

    def __str__(self) -> str:
        return f"sign-on {self.pk}"


class Logo(models.Model):
    """The picture of an organisation that stands, as kit.pictures has drawn it anew."""

    sign_on = models.OneToOneField(SignOn, on_delete=models.CASCADE, related_name="logo")
    # PNG.
    picture = models.BinaryField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(picture=b""), name="logo_has_picture")]

    def __str__(self) -> str:
        return f"logo of {self.sign_on_id}"
