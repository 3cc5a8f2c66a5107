"""The forms of the desk for sign-ons of organisations."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tongmun.campaigns.models import Edition, Organisation
from tongmun.desk.page import page_language
from tongmun.desk.paper_forms import day_field, language_choices
from tongmun.kit.clock import zones
from tongmun.kit.collation import collation_key
from tongmun.kit.mailbox import NotAMailbox, parse_address
from tongmun.kit.text import in_language
from tongmun.people.forms import REMEDIES
from tongmun.signons.models import Deadline, SignOn


class OrganisationField(forms.ChoiceField):
    """An organisation that is known, or none; gives the row."""

    def __init__(self, *, empty: Any, **options: Any) -> None:  # noqa: ANN401 -- a lazy text and a field's own
        super().__init__(required=False, **options)
        language = page_language()
        self.known = {str(one.pk): one for one in Organisation.objects.all()}
        named = [(number, in_language(one.names, language)) for number, one in self.known.items()]
        place = collation_key(language)
        named.sort(key=lambda pair: place(pair[1]))
        self.choices = [("", empty), *named]

    def clean(self, value: Any) -> Any:  # noqa: ANN401 -- as in Django
        """Give the organisation chosen, or None."""
        return self.known.get(super().clean(value))


class InviteForm(forms.Form):
    """Whom to invite, and in which language."""

    email = forms.CharField(
        label=_("E-mail address"),
        strip=False,
        help_text=_("Of somebody who may sign for the organisation, at its own domain if it has one."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    language = forms.ChoiceField(label=_("Language of the mail and of the letter"))

    def __init__(self, edition: Edition, data: Any = None) -> None:  # noqa: ANN401 -- as in Django
        super().__init__(data)
        language: forms.ChoiceField = self.fields["language"]  # type: ignore[assignment]  # as declared above
        language.choices = language_choices(edition.languages)
        self.fields["organisation"] = OrganisationField(
            label=_("Which organisation it is"),
            empty=_("one that is not known here yet"),
            help_text=_("Choose it if it is in the list, so that it stands in the ring once."),
        )
        for field in self.fields.values():
            field.error_messages |= REMEDIES

    def clean_email(self) -> str:
        """Refuse what is no public mailbox."""
        try:
            return parse_address(self.cleaned_data["email"])
        except NotAMailbox as error:
            raise ValidationError(
                _("This is not an e-mail address we can write to. It should look like name@example.org.")
            ) from error


class DeadlineForm(forms.Form):
    """Until when organisations can sign on."""

    day = day_field(label=_("Day"))
    clock = forms.TimeField(
        label=_("Time"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        input_formats=["%H:%M"],
    )
    zone = forms.ChoiceField(
        label=_("By the clock of"), help_text=_("A zone of the tz database, for example Asia/Seoul.")
    )

    def __init__(self, deadline: Deadline | None, data: Any = None) -> None:  # noqa: ANN401 -- as in Django
        given = {"day": deadline.day, "clock": deadline.time, "zone": deadline.zone} if deadline else {"zone": "UTC"}
        super().__init__(data, initial=given)
        zone: forms.ChoiceField = self.fields["zone"]  # type: ignore[assignment]  # as declared above
        zone.choices = [(name, name.replace("_", " ")) for name in sorted(zones())]
        for field in self.fields.values():
            field.error_messages |= REMEDIES


class DecisionForm(forms.Form):
    """For whom a held sign-on is to stand."""

    def __init__(self, sign_on: SignOn, data: Any = None) -> None:  # noqa: ANN401 -- as in Django
        # Whom the desk invited is whom it meant.
        super().__init__(data, initial={"organisation": sign_on.organisation_id})
        self.fields["organisation"] = OrganisationField(
            label=_("Which organisation it is"),
            empty=_("a new one, under the name given"),
            help_text=_("Choose it if it is in the list, so that it stands in the ring once."),
        )
