"""The forms of the desk. A text is read by the rules of a bundle, so whatever is saved can be exported and loaded."""

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from tongmun.bundles.cells import limit_of, read_markdown, text
from tongmun.bundles.problems import Unreadable
from tongmun.campaigns.models import Call, Edition, Organisation
from tongmun.counts.models import CountEntry
from tongmun.kit.text import direction
from tongmun.outbox.models import Mail
from tongmun.people.forms import REMEDIES
from tongmun.signatures.actions.take_out import Traits
from tongmun.signatures.countries import countries
from tongmun.signatures.models import Hold, Signature


def open_country_choices() -> list[tuple[str, str]]:
    """Give every country in the language of the page; the first leaves it open."""
    return [("", str(_("any"))), *countries(get_language() or "en")]


# A number of a row: no longer than a database takes.
NUMBER = re.compile("[0-9]{1,18}")


class TextField(forms.CharField):
    """A text in any script; `read` tidies it or raises Unreadable."""

    def __init__(self, read: Callable[[str], str], *, rows: int = 1, **options: Any) -> None:  # noqa: ANN401 -- a field's own
        widget = forms.Textarea(attrs={"rows": rows}) if rows > 1 else forms.TextInput()
        super().__init__(strip=False, widget=widget, **options)
        self.read = read

    def to_python(self, value: Any) -> str:  # noqa: ANN401 -- as in Django
        """Tidy the text; browsers end lines with CR LF."""
        try:
            return self.read(str(value or "").replace("\r\n", "\n"))
        except Unreadable as error:
            raise ValidationError(f"{error.message} {error.remedy}") from error


class TextForm(forms.Form):
    """A text in one language, which the browser is told for its spelling and its direction."""

    def __init__(self, language: str, *args: Any, **options: Any) -> None:  # noqa: ANN401 -- as in Django
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.error_messages |= REMEDIES
            if isinstance(field, TextField):
                field.widget.attrs |= {"lang": language, "dir": direction(language)}


class CallForm(TextForm):
    """The call in one language."""

    title = TextField(text(limit_of(Call, "title")), label=_("Title"), max_length=limit_of(Call, "title"))
    what = TextField(
        text(lines=True),
        rows=4,
        label=_("What"),
        help_text=_("What happens and what is asked for, in two or three sentences."),
    )
    where = TextField(
        text(lines=True),
        rows=3,
        label=_("Where"),
        required=False,
        help_text=_("The list of cities is added by itself."),
    )
    body = TextField(
        read_markdown,
        rows=16,
        label=_("More"),
        required=False,
        help_text=_(
            "Markdown: ## before a heading, - before a point of a list, **bold**, [words](https://example.org)."
        ),
    )


class NameDecision(forms.Form):
    """What a moderator decides about the ticked ones of an edition's waiting names."""

    decision = forms.ChoiceField(choices=[("show", ""), ("hide", "")])

    def __init__(self, edition: Edition, data: QueryDict) -> None:
        ticked = {number for number in data.getlist("signature") if NUMBER.fullmatch(number)}
        waiting = Signature.objects.waiting().filter(edition=edition, pk__in=ticked).select_related("edition")
        self.waiting = {str(signature.pk): signature for signature in waiting}
        super().__init__(data)
        self.fields["signature"] = forms.MultipleChoiceField(choices=[(number, "") for number in ticked])

    def signatures(self) -> list[Signature]:
        """Give those of the ticked ones that still wait, once the form is valid."""
        return list(self.waiting.values())

    @property
    def is_late(self) -> bool:
        """Whether somebody else has decided about one of them."""
        return len(self.waiting) < len(self.cleaned_data["signature"])


class HoldDecision(forms.Form):
    """What an organiser decides about what is held back in an edition."""

    do = forms.ChoiceField(choices=[("release", ""), ("void", "")])

    def __init__(self, edition: Edition, data: Any) -> None:  # noqa: ANN401 -- as in Django
        super().__init__(data)
        self.fields["hold"] = forms.ModelChoiceField(
            edition.holds.filter(state=Hold.State.OPEN).select_related("edition")
        )


class TakeOutForm(forms.Form):
    """What the signatures of an edition that are to be taken out have in common."""

    country = forms.ChoiceField(label=_("Country"), required=False, choices=open_country_choices)
    day = forms.DateField(label=_("Confirmed on"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.ChoiceField(
        label=_("Reason, shown in public"),
        choices=[
            (CountEntry.Reason.FRAUD, _("invented")),
            (CountEntry.Reason.DUPLICATE, _("the same people twice")),
            (CountEntry.Reason.MISTAKE, _("a mistake of ours")),
        ],
    )
    number = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, edition: Edition, data: Any = None) -> None:  # noqa: ANN401 -- as in Django
        super().__init__(data)
        spoken = [(code, str(get_language_info(code)["name_translated"])) for code in edition.languages]
        members = Organisation.objects.filter(memberships__edition=edition).order_by("slug")
        self.fields["language"] = forms.ChoiceField(
            label=_("Language"), required=False, choices=[("", _("any")), *spoken]
        )
        self.fields["via"] = forms.ModelChoiceField(
            members, label=_("Came through the links of"), required=False, empty_label=_("any")
        )

    def clean(self) -> dict[str, Any]:
        """Refuse to take out everything by leaving everything open."""
        data = super().clean() or {}
        if not self.errors and not any(data.get(name) for name in ("country", "language", "via", "day")):
            raise ValidationError(_("Please choose at least one thing these signatures have in common."))
        return data

    def traits(self) -> Traits:
        """Give what they have in common, once the form is valid."""
        data = self.cleaned_data
        via = data["via"].pk if data["via"] else None
        return Traits(country=data["country"], language=data["language"], via=via, day=data["day"])


class MailDecision(forms.Form):
    """What somebody decides about one stuck mail."""

    mail = forms.ModelChoiceField(Mail.objects.stuck())
    decision = forms.ChoiceField(choices=[("again", ""), ("let-go", "")])
