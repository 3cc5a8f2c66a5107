"""The four ways to sign."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Way(models.TextChoices):
    """How much of a signer is kept, and for whom. PRIVATE is the default."""

    PUBLIC = "public", _("With my name")
    PRIVATE = "private", _("Privately")
    COUNTED = "counted", _("Only counted")
    PSEUDONYM = "pseudonym", _("Under another name")
