"""The form that freezes an edition."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tongmun.deliveries.readiness import Readiness


class FreezeForm(forms.Form):
    """Asks for nothing while all is settled; else whether to freeze although it is not."""

    despite_claims = forms.BooleanField(label=_("Freeze although these claims are not settled"), required=False)

    def __init__(self, ready: Readiness, *args: Any, **options: Any) -> None:  # noqa: ANN401 -- as in Django
        super().__init__(*args, **options)
        self.ready = ready
        if not ready.claims:
            del self.fields["despite_claims"]

    def clean(self) -> dict[str, Any]:
        """Refuse what the action would refuse."""
        cleaned = super().clean() or {}
        if not self.ready.can_freeze:
            raise ValidationError(_("There is no letter to freeze, or no mission it could be carried to."))
        if self.ready.claims and not cleaned.get("despite_claims"):
            self.add_error("despite_claims", _("Give each claim a source first, or tick this box."))
        return cleaned
