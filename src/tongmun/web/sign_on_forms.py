"""The forms for organisations: the one that asks for a link, and the one behind it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from babel import Locale
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from tongmun.campaigns.models import Edition
from tongmun.kit.mailbox import NotAMailbox, parse_address
from tongmun.kit.names import NameRefused, parse_name
from tongmun.kit.pictures import MOST_BYTES
from tongmun.kit.text import direction, searchable
from tongmun.people.forms import REMEDIES
from tongmun.signatures.admission import STAMP, new_stamp, refusal
from tongmun.signatures.countries import countries
from tongmun.signatures.country_select import CountrySelect
from tongmun.signatures.forms import MESSAGES
from tongmun.signons.actions.confirm import Said
from tongmun.signons.boxes import Person
from tongmun.signons.naming import parse_line, parse_organisation_name

MOST_MEMBERS = 1_000_000_000
TWO_LETTERS = 2
NAME_REMEDIES = {
    **MESSAGES,
    "long": _("The name is longer than 160 characters. Please shorten it."),
    "link": _("A name cannot be an address or hold an @. Please write the name alone."),
}
LINE_REMEDIES = {
    "hidden": _("This contains invisible or control characters. Please type it again without them."),
    "long": _("This is longer than 300 characters. Please shorten it."),
}
PICTURE_REMEDIES = {
    "bytes": _("This file is larger than 2 MB. Please send a smaller one."),
    "drawing": _(
        "This is a drawing (SVG), which can hold programs, so it is not taken. Please send the logo as PNG, JPEG or"
        " WebP; about 480 pixels wide is enough."
    ),
    "format": _("This is no picture that can be shown here. Please send the logo as PNG, JPEG or WebP."),
    "pixels": _("This picture is more than 4000 pixels wide or high. Please send a smaller one."),
    "small": _("This picture is less than 16 pixels wide or high. Please send a larger one."),
    "broken": _("This file cannot be read to its end. Please save the picture anew and send it again."),
}


class AskForm(forms.Form):
    """Where to send the link. Made as the form for signers is: with a stamp and a trap, without a cookie."""

    email = forms.CharField(
        label=_("E-mail address of your organisation"),
        strip=False,
        help_text=_(
            "At the domain of your organisation. Sign-ons from a provider where everybody can have an address wait"
            " until the organisers have looked at them."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
        error_messages=REMEDIES,
    )
    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, edition: str, at: datetime, data: Mapping[str, str] | None = None) -> None:
        super().__init__(data)
        self.edition, self.at = edition, at

    def clean_email(self) -> str:
        """Refuse what is no public mailbox."""
        try:
            return parse_address(self.cleaned_data["email"])
        except NotAMailbox as error:
            raise ValidationError(str(MESSAGES["email"])) from error

    def clean(self) -> dict[str, Any]:
        """Refuse what no person has sent."""
        code = refusal(self.data, edition=self.edition, at=self.at)
        if code:
            raise ValidationError(str(MESSAGES[code]))
        return super().clean() or {}

    @property
    def stamp(self) -> str:
        """The stamp the form goes out with: the one it came with, as long as that can still be used."""
        if self.is_bound and refusal(self.data, edition=self.edition, at=self.at) != "stamp-old":
            return str(self.data.get(STAMP))
        return new_stamp(edition=self.edition, at=self.at)


class SignOnForm(forms.Form):
    """What an organisation says of itself, and whoever confirms of themselves."""

    own_name = forms.CharField(
        label=_("Name in another language or script"),
        required=False,
        strip=False,
        help_text=_("If your organisation writes itself in a language that is not asked for above."),
    )
    own_language = forms.ChoiceField(label=_("Which language that is"), required=False)
    country = forms.ChoiceField(
        label=_("Country of your organisation"),
        required=False,
        widget=CountrySelect,
        help_text=_("Leave it open if it works in no one country."),
    )
    members = forms.IntegerField(
        label=_("Members it represents"),
        required=False,
        min_value=1,
        max_value=MOST_MEMBERS,
        help_text=_("A whole number, or nothing. It is shown, and not added to the signatures."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "dir": "ltr", "size": 12}),
    )
    members_as_of = forms.DateField(
        label=_("Counted on"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d"],
    )
    person = forms.CharField(
        label=_("Your name"),
        strip=False,
        help_text=_("Only the organisers can read this and the next two. It is erased a month after the day."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    position = forms.CharField(label=_("Your position"), strip=False, help_text=_("For example: chair of the board."))
    authority = forms.CharField(
        label=_("On what authority you sign"),
        strip=False,
        help_text=_("For example: decision of the board of 3 May, or: I may sign for it alone."),
    )
    agrees = forms.BooleanField(error_messages={"required": _("Without this tick nothing is signed.")})

    def __init__(self, edition: Edition, today: date, data: Mapping[str, str] | None = None) -> None:
        super().__init__(data)
        self.today = today
        self.spoken = {code: f"name_{code}" for code in edition.languages}
        for code, field in self.spoken.items():
            widget = forms.TextInput(attrs={"lang": code, "dir": direction(code), "autocomplete": "off"})
            label = _("Name in %(language)s") % {"language": get_language_info(code)["name_translated"]}
            self.fields[field] = forms.CharField(label=label, required=False, strip=False, widget=widget)
        language = get_language() or "en"
        languages: forms.ChoiceField = self.fields["own_language"]  # type: ignore[assignment]  # as declared above
        languages.choices = [("", "–"), *_languages(language, without=edition.languages)]
        country: forms.ChoiceField = self.fields["country"]  # type: ignore[assignment]  # as declared above
        country.choices = [("", "–"), *countries(language)]
        self.order_fields([*self.spoken.values(), *SignOnForm.base_fields])
        for one in self.fields.values():
            one.error_messages = REMEDIES | one.error_messages | {"required": self._required(one)}

    @staticmethod
    def _required(field: forms.Field) -> Any:  # noqa: ANN401 -- a lazy text
        return field.error_messages["required"] if isinstance(field, forms.BooleanField) else REMEDIES["required"]

    def clean(self) -> dict[str, Any]:
        """Read names and lines, and see that what belongs together is there together."""
        data = super().clean() or {}
        for field in (*self.spoken.values(), "own_name"):
            self._read(field, parse_organisation_name, NAME_REMEDIES)
        self._read("person", parse_name, MESSAGES)
        for field in ("position", "authority"):
            self._read(field, parse_line, LINE_REMEDIES)
        if not self.errors.keys() & {*self.spoken.values(), "own_name"} and not self._names():
            self.add_error(next(iter(self.spoken.values())), _("Please write the name in at least one language."))
        if data.get("own_name") and not data.get("own_language"):
            self.add_error("own_language", _("Please choose the language of this name."))
        if data.get("members") and not data.get("members_as_of") and "members_as_of" not in self.errors:
            self.add_error("members_as_of", _("Please say on which day they were counted."))
        if data.get("members_as_of") and not data.get("members") and "members" not in self.errors:
            self.add_error("members", _("Please say how many there were, or leave out the day."))
        if (data.get("members_as_of") or self.today) > self.today:
            self.add_error("members_as_of", _("This day has not come yet. Give the day on which they were counted."))
        return data

    def _read(self, field: str, read: Any, remedies: Mapping[str, Any]) -> None:  # noqa: ANN401 -- one of the parsers
        if field not in self.cleaned_data:
            return
        try:
            self.cleaned_data[field] = read(self.cleaned_data[field])
        except NameRefused as refused:
            self.add_error(field, str(remedies[refused.reason]))

    def _names(self) -> dict[str, str]:
        data = self.cleaned_data
        names = {code: data.get(field, "") for code, field in self.spoken.items()}
        return {code: name for code, name in {**names, data.get("own_language"): data.get("own_name")}.items() if name}

    def said(self) -> Said:
        """Give what was said, once the form is valid."""
        data = self.cleaned_data
        return Said(
            names=self._names(),
            country=data["country"],
            members=data["members"],
            members_as_of=data["members_as_of"],
            person=Person(data["person"], data["position"], data["authority"]),
        )


class LogoForm(forms.Form):
    """A picture; whether it is one is seen when it is drawn anew."""

    logo = forms.FileField(
        label=_("Logo"),
        help_text=_("PNG, JPEG or WebP, up to 2 MB. It is drawn anew: nothing but the picture is kept."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
        error_messages={"required": _("Please choose a file."), "empty": PICTURE_REMEDIES["format"]},
    )

    def clean_logo(self) -> Any:  # noqa: ANN401 -- an uploaded file
        """Refuse a large file before it is read."""
        logo = self.cleaned_data["logo"]
        if logo.size > MOST_BYTES:
            raise ValidationError(str(PICTURE_REMEDIES["bytes"]))
        return logo


def _languages(language: str, *, without: list[str]) -> list[tuple[str, str]]:
    """Give the two-letter codes of CLDR with their names in a language, sorted."""
    names = {str(code): str(name) for code, name in Locale.parse(language, sep="-").languages.items()}
    codes = [code for code in names if len(code) == TWO_LETTERS and code not in without]
    return sorted(((code, names[code]) for code in codes), key=lambda pair: searchable(pair[1]))
