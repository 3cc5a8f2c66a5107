"""The forms of the desk for the letter: the master as one text, a translation paragraph by paragraph."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tongmun.bundles.cells import limit_of, read_lines, text
from tongmun.desk.forms import TextField, TextForm
from tongmun.kit.text import direction
from tongmun.letters.models import LetterVersion
from tongmun.letters.translations import Pair, Standing

CARE_OF = [
    (LetterVersion.CareOf.HEAD_OF_MISSION, _("the head of each mission")),
    (LetterVersion.CareOf.NONE, _("nobody: to the mission itself")),
]
LONGEST_BODY = 100_000
# A line of a text area holds about as many characters.
IN_A_LINE = 70


class LetterHeadForm(TextForm):
    """What a letter has around its text."""

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
    close = TextField(text(limit_of(LetterVersion, "close")), label=_("Close"))
    signatory = TextField(
        read_lines, rows=3, label=_("Who signs"), help_text=_("This also stands at the head of the letter.")
    )


class LetterForm(LetterHeadForm):
    """The letter in the language that translations start from."""

    body = TextField(
        text(LONGEST_BODY, lines=True),
        rows=24,
        label=_("Text"),
        help_text=_("An empty line begins a new paragraph."),
    )
    field_order = ("dated", "addressee", "subject", "care_of", "salutation", "body")


def paragraph_label(number: str) -> str:
    """Name the field for a paragraph."""
    return gettext("Paragraph %(number)s") % {"number": number}


class ParagraphField(TextField):
    """One paragraph of a translation, for one of the master; its messages name both."""

    def __init__(self, pair: Pair, master_name: str) -> None:
        names = {"number": pair.number, "language": master_name}
        super().__init__(
            text(LONGEST_BODY, lines=True),
            rows=max(3, len(pair.master) // IN_A_LINE + 2),
            label=paragraph_label(str(pair.number)),
            initial=pair.text,
        )
        self.error_messages["required"] = (
            _(
                "Paragraph %(number)s is empty. Write what paragraph %(number)s says in %(language)s, or take that one "
                "out first."
            )
            % names
        )
        self.names = names

    def clean(self, value: Any) -> Any:  # noqa: ANN401 -- as in Django
        """Refuse a second paragraph: it would stand beside nothing."""
        cleaned = super().clean(value)
        count = len(LetterVersion(body=cleaned).paragraphs)
        if count > 1:
            raise ValidationError(
                gettext(
                    "This holds %(count)s paragraphs, and paragraph %(number)s in %(language)s is one. Take the empty "
                    "lines out, or divide that one first."
                )
                % {**self.names, "count": count}
            )
        return cleaned


class TranslationForm(LetterHeadForm):
    """A translation: a field for each paragraph of the master, and a box to tick for each that is out of date."""

    def __init__(
        self,
        language: str,
        master_name: str,
        pairs: Sequence[Pair],
        data: Any,  # noqa: ANN401 -- as in Django
        *,
        initial: dict[str, Any],
    ) -> None:
        super().__init__(language, data, initial=initial)
        self.numbers = [pair.number for pair in pairs if pair.number]
        for pair in pairs:
            if not pair.number:
                continue
            field = ParagraphField(pair, master_name)
            field.widget.attrs |= {"lang": language, "dir": direction(language)}
            self.fields[f"paragraph_{pair.number}"] = field
            if pair.standing == Standing.STALE:
                self.fields[f"still_{pair.number}"] = forms.BooleanField(
                    required=False, label=_("It is right as it stands, also beside the text it has now")
                )

    def texts(self) -> dict[str, Any]:
        """Give what stands around the text, once the form is valid."""
        return {name: self.cleaned_data[name] for name in LetterHeadForm.base_fields}

    def paragraphs(self) -> list[str]:
        """Give the paragraphs in the order of the master's, once the form is valid."""
        return [self.cleaned_data[f"paragraph_{number}"] for number in self.numbers]

    def still_right(self) -> set[int]:
        """Give the numbers of those that were ticked, once the form is valid."""
        return {number for number in self.numbers if self.cleaned_data.get(f"still_{number}")}
