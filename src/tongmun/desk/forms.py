"""The forms of the desk. A text is read by the rules of a bundle, so whatever is saved can be exported and loaded."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tongmun.bundles.cells import limit_of, read_lines, read_markdown, text
from tongmun.bundles.problems import Unreadable
from tongmun.campaigns.models import Call, Edition
from tongmun.kit.text import direction
from tongmun.letters.models import LetterVersion
from tongmun.outbox.models import Mail
from tongmun.people.forms import REMEDIES
from tongmun.signatures.models import Signature

CARE_OF = [
    (LetterVersion.CareOf.HEAD_OF_MISSION, _("the head of each mission")),
    (LetterVersion.CareOf.NONE, _("nobody: to the mission itself")),
]


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


class LetterForm(TextForm):
    """The letter in one language."""

    dated = forms.DateField(
        label=_("Date on the letter"),
        required=False,
        help_text=_("Leave this empty for the day of the edition."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d"],
    )
    addressee = TextField(
        read_lines,
        rows=3,
        label=_("Addressee"),
        help_text=_("Name and office, each on its own line. The address of each mission is added by itself."),
    )
    subject = TextField(text(limit_of(LetterVersion, "subject")), label=_("Subject"), required=False)
    care_of = forms.ChoiceField(
        label=_("Sent through"), choices=CARE_OF, help_text=_("Whose name and office stand in the address.")
    )
    salutation = TextField(text(limit_of(LetterVersion, "salutation")), label=_("Salutation"))
    body = TextField(
        text(100_000, lines=True), rows=24, label=_("Text"), help_text=_("An empty line begins a new paragraph.")
    )
    close = TextField(text(limit_of(LetterVersion, "close")), label=_("Close"))
    signatory = TextField(
        read_lines, rows=3, label=_("Who signs"), help_text=_("This also stands at the head of the letter.")
    )


class NameDecision(forms.Form):
    """What a moderator decides about one waiting name of an edition."""

    decision = forms.ChoiceField(choices=[("show", ""), ("hide", "")])

    def __init__(self, edition: Edition, data: Any) -> None:  # noqa: ANN401 -- as in Django
        super().__init__(data)
        waiting = Signature.objects.waiting().filter(edition=edition).select_related("edition")
        self.fields["signature"] = forms.ModelChoiceField(waiting)


class MailDecision(forms.Form):
    """What somebody decides about one stuck mail."""

    mail = forms.ModelChoiceField(Mail.objects.stuck())
    decision = forms.ChoiceField(choices=[("again", ""), ("let-go", "")])
