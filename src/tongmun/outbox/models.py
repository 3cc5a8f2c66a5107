"""Mail on its way out."""

from django.db import models
from django.db.models import Q

from tongmun.outbox.querysets import MailQuerySet


class Mail(models.Model):
    """One mail to one person. The address and the words are in a server box that is emptied once it is sent."""

    class State(models.TextChoices):
        """Where a mail is. UNCERTAIN: the worker died while handing it over, and nobody can say whether it went."""

        QUEUED = "QUEUED"
        SENDING = "SENDING"
        SENT = "SENT"
        UNCERTAIN = "UNCERTAIN"
        FAILED = "FAILED"

    # Also the Message-ID, so that a second delivery of the same mail can be recognised as one.
    key = models.UUIDField(unique=True)
    kind = models.CharField(max_length=40)
    box = models.BinaryField()
    state = models.CharField(max_length=9, choices=State, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "mail"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["QUEUED", "SENDING", "SENT", "UNCERTAIN", "FAILED"]), name="mail_state_known"
            ),
            models.CheckConstraint(
                condition=(Q(state="SENT") & Q(box=b"")) | (~Q(state="SENT") & ~Q(box=b"")),
                name="mail_box_empty_once_sent",
            ),
        ]
        indexes = [
            # The worker asks for these at every pass; sent mail, which is nearly all, stays out of the index.
            models.Index(fields=["id"], name="mail_waiting", condition=Q(state="QUEUED")),
        ]

    def __str__(self) -> str:
        return f"mail {self.pk} ({self.kind}, {self.state})"
