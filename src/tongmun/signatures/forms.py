"""The form people sign with."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tongmun.kit.mailbox import NotAMailbox, parse_address
from tongmun.kit.names import LONGEST_NAME, NameRefused, parse_name
from tongmun.signatures.countries import country_choices
from tongmun.signatures.entry import Entry
from tongmun.signatures.ways import Way

NAME_REFUSED = {
    "hidden": _("The name contains invisible or control characters. Please type it again without them."),
    "long": _("The name is longer than 80 characters. Please shorten it."),
    "formula": _("A name cannot begin with one of the signs = + - @. Please leave that sign out."),
    "link": _("A name cannot contain a link or an e-mail address. Please write the name alone."),
    "letterless": _("The name has no letter in it. Please write it in letters of any script."),
}


class SignForm(forms.Form):
    """Validates a signature; never writes."""

    way = forms.ChoiceField(
        label=_("How do you want to sign?"),
        choices=Way.choices,
        initial=Way.PRIVATE,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one of the four ways to sign.")},
    )
    name = forms.CharField(
        label=_("Name"),
        required=False,
        strip=False,
        max_length=4 * LONGEST_NAME,
        help_text=_(
            "Your name in any script, or the other name you want to sign under. "
            "Leave it empty if you only want to be counted."
        ),
        error_messages={"max_length": NAME_REFUSED["long"]},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.CharField(
        label=_("E-mail address"),
        max_length=320,
        help_text=_(
            "We send one mail to it, with a link to confirm. After that we forget the address, unless you ask for news."
        ),
        error_messages={
            "required": _("Please write your e-mail address: a signature is counted once its mailbox has answered."),
            "max_length": _("This address is too long to be an e-mail address. Please check it."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
    country = forms.ChoiceField(
        label=_("Country where you live"),
        required=False,
        choices=country_choices,
        help_text=_("You need not say. A country is shown only once ten people have named it."),
        error_messages={"invalid_choice": _("Please choose a country from the list, or leave this empty.")},
    )
    consents_to_show = forms.BooleanField(label=_("Show my name on this site."), required=False)
    consents_to_print = forms.BooleanField(
        label=_("Print my name in the letter given to this government."), required=False
    )
    consents_to_news = forms.BooleanField(label=_("Send me news of this campaign by e-mail."), required=False)

    def clean_name(self) -> str:
        """Refuse what is no name in any script."""
        try:
            return parse_name(self.cleaned_data["name"])
        except NameRefused as refused:
            raise ValidationError(NAME_REFUSED[refused.reason]) from refused

    def clean_email(self) -> str:
        """Refuse what is no public mailbox."""
        try:
            return parse_address(self.cleaned_data["email"])
        except NotAMailbox as error:
            raise ValidationError(
                _("This is not an e-mail address we can write to. It should look like name@example.org.")
            ) from error

    def clean(self) -> dict[str, Any]:
        """Hold the ways to sign and the consents together."""
        data = super().clean() or {}
        way = data.get("way")
        if way and "name" in data:
            self._check_name(way, data["name"])
        if way in {Way.PUBLIC, Way.PSEUDONYM} and not data.get("consents_to_show"):
            self.add_error(
                "consents_to_show",
                _("To sign in this way, tick “Show my name on this site”, or choose “Privately” above."),
            )
        if way in {Way.PRIVATE, Way.COUNTED} and data.get("consents_to_show"):
            self.add_error(
                "consents_to_show",
                _("You chose a way to sign that shows no name. Please untick this, or choose “With my name” above."),
            )
        if way == Way.COUNTED and data.get("consents_to_print"):
            self.add_error(
                "consents_to_print",
                _(
                    "If you are only counted there is no name to print. "
                    "Please untick this, or choose another way above."
                ),
            )
        return data

    def _check_name(self, way: str, name: str) -> None:
        if not name and way != Way.COUNTED:
            self.add_error("name", _("Please write a name, or choose “Only counted” above."))

    def entry(self) -> Entry:
        """Give what was said. A name typed by somebody who only wants to be counted is dropped here."""
        data = self.cleaned_data
        way = Way(data["way"])
        return Entry(
            way=way,
            name="" if way == Way.COUNTED else data["name"],
            email=data["email"],
            country=data["country"],
            language=get_language() or "en",
            consents_to_show=data["consents_to_show"],
            consents_to_print=data["consents_to_print"],
            consents_to_news=data["consents_to_news"],
        )
