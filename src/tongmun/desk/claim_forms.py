"""The forms of the desk for the register of claims. What is saved can be exported and loaded."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tongmun.bundles.cells import LONGEST_TEXT, NUMBER, limit_of, text
from tongmun.bundles.problems import Unreadable
from tongmun.bundles.tables import FORMULA_MARKS
from tongmun.campaigns.models import Edition
from tongmun.desk.forms import TextField
from tongmun.kit.text import direction
from tongmun.letters.models import Claim, LetterVersion
from tongmun.letters.queries import master_language
from tongmun.letters.sources import is_source
from tongmun.look.templatetags.look import language_name
from tongmun.people.forms import REMEDIES


def cell(read: Callable[[str], str]) -> Callable[[str], str]:
    """Make the reader of a text that becomes a cell of a table."""

    def read_cell(value: str) -> str:
        clean = read(value)
        if clean[:1] in tuple(FORMULA_MARKS) and not NUMBER.fullmatch(clean):
            raise Unreadable(
                gettext("A spreadsheet takes a cell that begins with “%(mark)s” for a formula.") % {"mark": clean[:1]},
                gettext("Leave the mark out, or write a word in front of it."),
            )
        return clean

    return read_cell


def on_one_line(value: str) -> str:
    """Read words that were copied from a page, where a line may break anywhere."""
    return text(LONGEST_TEXT)(value.replace("\n", " "))


def text_label(language: str) -> str:
    """Name the field for what is asserted, in a language."""
    return gettext("What is asserted: %(language)s") % {"language": language_name(language)}


def sentence_label(language: str) -> str:
    """Name the field for the sentence of the letter in a language."""
    return gettext("Its sentence in the letter: %(language)s") % {"language": language_name(language)}


class ClaimForm(forms.Form):
    """A claim: what it says in each language of the edition, its figure and source, and where the letter makes it."""

    figure = TextField(
        cell(text(limit_of(Claim, "figure"))),
        label=_("Figure"),
        required=False,
        help_text=_("The number alone, for example 27500."),
    )
    qualifier = TextField(
        cell(text(limit_of(Claim, "qualifier"))),
        label=_("Before the figure"),
        required=False,
        help_text=_("In English: over, about, at least or up to. These are translated."),
    )
    as_of = forms.DateField(
        label=_("As of"),
        required=False,
        help_text=_("The day on which this was so."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d"],
    )
    source = TextField(
        cell(text(limit_of(Claim, "source"))),
        label=_("Source"),
        required=False,
        help_text=_("A document that others can find, with its page, or an address that begins with https://"),
    )
    paragraph = forms.IntegerField(
        label=_("Paragraph"),
        required=False,
        min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "dir": "ltr", "size": 4}),
        help_text=_("Found by itself when you give the sentence."),
        error_messages={
            "invalid": _("Write the number of a paragraph, for example 2."),
            "min_value": _("Write the number of a paragraph, for example 2."),
        },
    )

    def __init__(
        self,
        edition: Edition,
        letters: Mapping[str, LetterVersion],
        data: Any = None,  # noqa: ANN401 -- as in Django
        *,
        claim: Claim | None = None,
    ) -> None:
        values = {name: getattr(claim, name) for name in self.base_fields} if claim else {}
        super().__init__(data, initial=values)
        self.languages, self.letters, self.claim = list(edition.languages), letters, claim
        self.master = master_language(edition)
        for language in self.languages:
            self._add_text(language)
        for language in letters:
            self._add_sentence(language)
        for field in self.fields.values():
            field.error_messages |= REMEDIES
        self.order_fields([*(f"text_{code}" for code in self.languages), *(f"sentence_{code}" for code in letters)])

    def _add_text(self, language: str) -> None:
        field = TextField(
            cell(text(LONGEST_TEXT, lines=True)),
            rows=2,
            label=text_label(language),
            required=language == self.master,
            initial=self.claim.texts.get(language, "") if self.claim else "",
        )
        field.widget.attrs |= {"lang": language, "dir": direction(language)}
        self.fields[f"text_{language}"] = field

    def _add_sentence(self, language: str) -> None:
        field = TextField(
            cell(on_one_line),
            rows=2,
            label=sentence_label(language),
            required=False,
            help_text=_("Copied from the letter as it stands there. The source is printed behind it."),
            initial=self.claim.sentences.get(language, "") if self.claim else "",
        )
        field.widget.attrs |= {"lang": language, "dir": direction(language)}
        self.fields[f"sentence_{language}"] = field

    def clean_source(self) -> str:
        """Refuse what names nothing that anybody could look up."""
        source: str = self.cleaned_data["source"]
        if source and not is_source(source):
            raise ValidationError(
                _(
                    "“%(source)s” is neither an address nor the name of a document. Write an address that begins with "
                    "https://, or name the document in words."
                )
                % {"source": source}
            )
        return source

    def clean(self) -> dict[str, Any]:
        """Hold sentences and paragraph against the letter, and fill the paragraph in where only one is meant."""
        data = super().clean() or self.cleaned_data
        for language, letter in self.letters.items():
            self._look_for_sentence(language, letter.paragraphs)
        paragraph = data.get("paragraph")
        most = max((len(letter.paragraphs) for letter in self.letters.values()), default=0)
        if paragraph and paragraph > most:
            self.add_error(
                "paragraph",
                _("No letter has a paragraph %(number)s.") % {"number": paragraph}
                + " "
                + _("Write a number from 1 to %(most)s.") % {"most": most}
                if most
                else _("The letter is not written yet. Leave this empty until it is."),
            )
        return data

    def _look_for_sentence(self, language: str, paragraphs: list[str]) -> None:
        sentence, wanted = self.cleaned_data.get(f"sentence_{language}"), self.cleaned_data.get("paragraph")
        if not sentence:
            return
        names = {"language": language_name(language), "number": wanted}
        places = [number for number, paragraph in enumerate(paragraphs, 1) if sentence in paragraph]
        if not places:
            self.add_error(
                f"sentence_{language}",
                _(
                    "These words do not stand in the letter in %(language)s. Copy one sentence from a single paragraph "
                    "of it, without changing anything."
                )
                % names,
            )
        elif language == self.master and not wanted:
            self.cleaned_data["paragraph"] = places[0]
        elif language == self.master and wanted not in places:
            self.add_error(
                "paragraph",
                _("The sentence stands in paragraph %(found)s, not in %(number)s. Write that, or leave this empty.")
                % {**names, "found": places[0]},
            )

    def values(self) -> dict[str, Any]:
        """Give what the action writes, once the form is valid; texts in other languages stay as they are."""
        data = self.cleaned_data
        return {
            **{name: data[name] for name in self.base_fields},
            "texts": self._by_language("text", self.claim.texts if self.claim else {}),
            "sentences": self._by_language("sentence", self.claim.sentences if self.claim else {}),
        }

    def _by_language(self, kind: str, stored: Mapping[str, str]) -> dict[str, str]:
        given = {
            name.removeprefix(f"{kind}_"): value
            for name, value in self.cleaned_data.items()
            if name.startswith(f"{kind}_")
        }
        return {code: value for code, value in {**stored, **given}.items() if value}


class CheckForm(forms.Form):
    """Who has held a claim against its source."""

    checked_by = TextField(
        cell(text(limit_of(Claim, "checked_by"))),
        label=_("Checked by"),
        help_text=_("An office or an organisation, never the name of a person. This is public."),
    )

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401 -- as in Django
        super().__init__(data)
        self.fields["checked_by"].error_messages |= REMEDIES
