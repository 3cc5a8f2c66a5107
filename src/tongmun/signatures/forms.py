"""The form people sign with. What may be signed with is decided by `checking.check`; here it gets its words."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tongmun.kit.names import NameRefused, parse_name
from tongmun.signatures.admission import STAMP, new_stamp, refusal
from tongmun.signatures.checking import Checked, check
from tongmun.signatures.countries import country_choices
from tongmun.signatures.country_select import CountrySelect
from tongmun.signatures.disclosure import Audience, Disclosure, Level
from tongmun.signatures.entry import Entry
from tongmun.signatures.models import Signature
from tongmun.signatures.ways import Way

MESSAGES = {
    "way": _("Please choose one of the four ways to sign."),
    "hidden": _("The name contains invisible or control characters. Please type it again without them."),
    "long": _("The name is longer than 80 characters. Please shorten it."),
    "formula": _("A name cannot begin with one of the signs = + - @. Please leave that sign out."),
    "link": _("A name cannot contain a link or an e-mail address. Please write the name alone."),
    "letterless": _("The name has no letter in it. Please write it in letters of any script."),
    "name-missing": _("Please write a name, or choose “Only counted” above."),
    "chosen-missing": _("You chose to be known by another name. Please write it here."),
    "email-missing": _("Please write your e-mail address: a signature is counted once its mailbox has answered."),
    "email-long": _("This address is too long to be an e-mail address. Please check it."),
    "email": _("This is not an e-mail address we can write to. It should look like name@example.org."),
    "country": _("Please choose a country from the list, or leave this empty."),
    "show-missing": _("To sign in this way, tick “Show my name on this site”, or choose “Privately” above."),
    "show-contradicts": _(
        "You chose a way to sign that shows no name. Please untick this, or choose “With my name” above."
    ),
    "print-contradicts": _(
        "If you are only counted there is no name to print. Please untick this, or choose another way above."
    ),
    "level": _("Please choose one of the lines of this list."),
    "tick-first": _("Nobody learns your name here unless you tick the sentence above that allows it."),
    "untick-first": _("You allow your name above, and here you keep it back. Please change one of the two."),
    "stamp-quick": _(
        "That was quicker than anybody reads. Please look once more at what you typed, and press the button again."
    ),
    "stamp-old": _(
        "This page had been open for a long time. What you typed is still here: please press the button again."
    ),
    "trap": _("The field at the end has to stay empty. Please empty it, and press the button again."),
    "type-again": _("Somebody is to learn this name, and we cannot read the one that is sealed. Please type it here."),
    "no-name-to-show": _("If you are only counted there is no name. Please choose “country only” or less."),
}


def level_choices() -> list[tuple[str, Any]]:
    """Give the levels an audience can have; the first leaves it to the way of signing."""
    return [("", _("as I chose above")), *Level.choices]


class DisclosureFields(forms.Form):
    """Who learns what, in detail. Only the words: `checking` decides."""

    chosen = forms.CharField(
        label=_("Another name"),
        required=False,
        strip=False,
        help_text=_("For those below who are to know you by another name."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    to_public = forms.CharField(label=Audience.PUBLIC.label, required=False, widget=forms.Select)
    to_addressee = forms.CharField(label=Audience.ADDRESSEE.label, required=False, widget=forms.Select)
    to_coalition = forms.CharField(label=Audience.COALITION.label, required=False, widget=forms.Select)
    to_organisers = forms.CharField(label=Audience.ORGANISERS.label, required=False, widget=forms.Select)

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 -- as in Django
        super().__init__(*args, **options)
        for audience in Audience:
            self.fields[f"to_{audience}"].widget.choices = level_choices()

    @property
    def has_details(self) -> bool:
        """Whether something was typed or is wrong in the details, so that they have to stand open."""
        names = ("chosen", *(f"to_{audience}" for audience in Audience))
        return any(self[name].value() or self[name].errors for name in names)


class OwnForm(DisclosureFields):
    """What a signer changes afterwards; each audience begins with what it learns now."""

    name = forms.CharField(
        label=_("Name"), required=False, strip=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    keeps_news = forms.BooleanField(label=_("Go on sending me news of this campaign by e-mail."), required=False)

    def __init__(self, signature: Signature, data: Mapping[str, str] | None = None) -> None:
        now = {f"to_{audience}": signature.disclosure.level(audience) for audience in Audience}
        super().__init__(data, initial={**now, "keeps_news": signature.consents_to_news})
        for audience in Audience:
            self.fields[f"to_{audience}"].widget.choices = Level.choices

    def clean(self) -> dict[str, Any]:
        """Read the names and levels by the rules of signing."""
        data = super().clean() or {}
        for name in ("name", "chosen"):
            try:
                data[name] = parse_name(data.get(name, ""))
            except NameRefused as refused:
                self.add_error(name, str(MESSAGES[refused.reason]))
        for audience in Audience:
            if data.get(f"to_{audience}") not in Level.values:
                self.add_error(f"to_{audience}", str(MESSAGES["level"]))
        return data

    def disclosure(self) -> Disclosure:
        """Give what each audience is to learn, once the form is valid."""
        return Disclosure(*(Level(self.cleaned_data[f"to_{audience}"]) for audience in Audience))

    def ask_for(self, names: Iterable[str]) -> None:
        """Say beside each name that it has to be typed again."""
        for name in names:
            self.add_error(name, str(MESSAGES["type-again"]))


class SignForm(DisclosureFields):
    """Shows a signature's fields and mistakes; never writes."""

    way = forms.CharField(
        label=_("How do you want to sign?"),
        required=False,
        initial=Way.PRIVATE,
        widget=forms.RadioSelect(choices=Way.choices),
    )
    name = forms.CharField(
        label=_("Name"),
        required=False,
        strip=False,
        help_text=_(
            "Your name in any script, or the other name you want to sign under. "
            "Leave it empty if you only want to be counted."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.CharField(
        label=_("E-mail address"),
        required=False,
        strip=False,
        help_text=_(
            "We send one mail to it, with a link to confirm. After that we forget the address, unless you ask for news."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr", "required": True}),
    )
    country = forms.CharField(
        label=_("Country where you live"),
        required=False,
        help_text=_("You need not say. A country is shown only once ten people have named it."),
        widget=CountrySelect,
    )
    consents_to_show = forms.BooleanField(label=_("Show my name on this site."), required=False)
    consents_to_print = forms.BooleanField(
        label=_("Print my name in the letter given to this government."), required=False
    )
    consents_to_news = forms.BooleanField(label=_("Send me news of this campaign by e-mail."), required=False)

    # People do not see this field; programs that fill in everything do.
    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, edition: str, at: datetime, data: Mapping[str, str] | None = None) -> None:
        super().__init__(data)
        self.edition, self.at = edition, at
        self.fields["country"].widget.choices = country_choices()
        self.found = Checked()

    def clean(self) -> dict[str, Any]:
        """Read what was typed, and put every mistake beside its field."""
        self.found = check(self.data, language=get_language() or "en")
        for name, code in self.found.mistakes.items():
            self.add_error(name, str(MESSAGES[code]))
        code = refusal(self.data, edition=self.edition, at=self.at)
        if code:
            self.add_error(None, str(MESSAGES[code]))
        return super().clean() or {}

    @property
    def stamp(self) -> str:
        """The stamp the form goes out with: the one it came with, as long as that can still be used."""
        if self.is_bound and refusal(self.data, edition=self.edition, at=self.at) != "stamp-old":
            return str(self.data.get(STAMP))
        return new_stamp(edition=self.edition, at=self.at)

    def entry(self) -> Entry:
        """Give what was said, once the form is valid."""
        if self.found.entry is None:
            raise ValueError("the form has mistakes")
        return self.found.entry
