"""The two forms at the door of the desk."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, UsernameField
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tongmun.kit.mailbox import NotAMailbox, parse_address
from tongmun.kit.names import NameRefused, parse_name
from tongmun.people.models import User

# Django's own words say what is wrong with a field, and not what to do.
REMEDIES = {
    "required": _("Please fill this in."),
    "null_characters_not_allowed": _("Please type this once more: a character in it cannot be seen."),
}


class OpenDeskForm(forms.Form):
    """Who opens the desk with a one-time link."""

    email = forms.CharField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "dir": "ltr"}),
        error_messages=REMEDIES,
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages=REMEDIES,
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_(
            "At least 12 characters. Several words that you can remember are better than signs that you cannot."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages=REMEDIES,
    )

    def clean_email(self) -> str:
        """Refuse what is no public mailbox."""
        try:
            return parse_address(self.cleaned_data["email"])
        except NotAMailbox as error:
            raise ValidationError(
                _("This is not an e-mail address we can write to. It should look like name@example.org.")
            ) from error

    def clean_name(self) -> str:
        """Refuse what is no name in any script."""
        try:
            return parse_name(self.cleaned_data["name"])
        except NameRefused as error:
            raise ValidationError(
                _("Please write a name in letters of any script, without links or invisible characters.")
            ) from error

    def clean(self) -> dict[str, Any]:
        """Refuse a password that is short, known, or much like the address beside it."""
        data = self.cleaned_data
        if "password" in data:
            account = User(email=data.get("email", ""), name=data.get("name", ""))
            try:
                validate_password(data["password"], account)
            except ValidationError as error:
                self.add_error("password", error)
        return data


class SignInForm(AuthenticationForm):
    """Address and password; the message is the same whichever of them is wrong."""

    username = UsernameField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autofocus": True, "dir": "ltr"}),
        error_messages=REMEDIES,
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages=REMEDIES,
    )
    error_messages = {
        "invalid_login": _("Address and password do not belong together. Please check both."),
        "inactive": _("Address and password do not belong together. Please check both."),
    }

    def clean_username(self) -> str:
        """Give the address as it was kept: a domain in any script has one ASCII form."""
        typed: str = self.cleaned_data["username"]
        try:
            return parse_address(typed)
        except NotAMailbox:
            return typed
