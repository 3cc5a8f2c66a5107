"""The forms of an import: the file and where it comes from, and what its columns hold."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tongmun.bundles.cells import text
from tongmun.campaigns.models import Edition, Organisation
from tongmun.desk.forms import TextField
from tongmun.desk.page import page_language
from tongmun.desk.uploads import LockedUpload
from tongmun.imports.mapping import CONSENTS, Mapping, Part, folded_word
from tongmun.imports.models import LONGEST_STATEMENT, SHORTEST_STATEMENT
from tongmun.imports.refusals import REFUSALS
from tongmun.kit.text import in_language
from tongmun.letters.models import LetterVersion

MOST_YES = 20
LONGEST_YES = 40
LONGEST_HEADING = 60
NOT_THERE = ""


class OrganisationField(forms.ModelChoiceField):  # type: ignore[type-arg]  # it can be given none when it runs
    """An organisation by its name in the language of the page."""

    def label_from_instance(self, obj: Organisation) -> str:
        """Name it."""
        return in_language(obj.names, page_language()) or obj.slug


class LetterField(forms.ModelChoiceField):  # type: ignore[type-arg]  # as above
    """A version of the letter by its language and number."""

    def label_from_instance(self, obj: LetterVersion) -> str:
        """Name it."""
        language = get_language_info(obj.language)["name_translated"]
        return _now("%(language)s, version %(number)s") % {"language": language, "number": obj.number}


class UploadForm(forms.Form):
    """A file, whose it is, and how the signatures came to be."""

    organisation = OrganisationField(
        Organisation.objects.none(),
        label=_("Organisation"),
        help_text=_("Who collected the signatures. They are counted as having come through this organisation."),
    )
    letter = LetterField(
        LetterVersion.objects.none(),
        label=_("The letter they signed"),
        help_text=_("In the language and version that the signers saw."),
    )
    statement = TextField(
        text(LONGEST_STATEMENT, lines=True),
        rows=4,
        label=_("How the signatures were collected"),
        help_text=_("Where, from when to when, and what people were told. 20 to 1,000 characters."),
    )
    file = forms.FileField(
        label=_("The file"),
        help_text=_("A CSV in UTF-8 with a row of headings, at most 1,000,000 rows and 512 MiB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
    )

    def __init__(self, edition: Edition, *args: Any, **options: Any) -> None:  # noqa: ANN401 -- as in Django
        super().__init__(*args, **options)
        members = Organisation.objects.filter(memberships__edition=edition).order_by("slug")
        versions = LetterVersion.objects.filter(edition=edition).order_by("language", "-number")
        self.fields["organisation"] = _with(self.fields["organisation"], members)
        self.fields["letter"] = _with(self.fields["letter"], versions)

    def clean_statement(self) -> str:
        """Refuse a statement that says nothing."""
        statement: str = self.cleaned_data["statement"]
        if len(statement) < SHORTEST_STATEMENT:
            raise ValidationError(
                _now("Write at least %(least)s characters: where, from when to when, and what people were told.")
                % {"least": SHORTEST_STATEMENT}
            )
        return statement

    def clean_file(self) -> LockedUpload:
        """Say what is wrong with a file that could not be received."""
        upload: LockedUpload = self.cleaned_data["file"]
        if upload.inbox.problem:
            raise ValidationError(REFUSALS[upload.inbox.problem])
        return upload


def _with(field: forms.Field, rows: Any) -> forms.Field:  # noqa: ANN401 -- a queryset of either
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = rows
    return field


class MappingForm(forms.Form):
    """What each part of a signature is called in the file. The fields are named as the parts are."""

    yes = TextField(
        text(LONGEST_STATEMENT),
        label=_("Words that mean yes"),
        required=False,
        help_text=_("Separated by commas. Anything else in a column of consent, and an empty cell, means no."),
    )

    def __init__(self, headings: Sequence[str], mapping: Mapping, data: Any = None) -> None:  # noqa: ANN401 -- as in Django
        super().__init__(data, initial=_initial(mapping))
        columns = [(str(number), _heading(number, name)) for number, name in enumerate(headings)]
        for part in Part:
            is_needed = part is Part.EMAIL
            none = [] if is_needed and Part.EMAIL in mapping.columns else [(NOT_THERE, _now("not in the file"))]
            self.fields[part.value] = forms.ChoiceField(label=part.label, choices=[*none, *columns], required=is_needed)
        self.order_fields([*Part.values, "yes"])

    def clean(self) -> dict[str, Any]:
        """Read the mapping; a column holds one thing."""
        chosen = {part: self.cleaned_data.get(part.value, NOT_THERE) for part in Part}
        taken: set[str] = set()
        for part, column in chosen.items():
            if column and column in taken:
                self.add_error(part.value, _now("This column is chosen for something else already."))
            taken.add(column)
        return self.cleaned_data

    def clean_yes(self) -> frozenset[str]:
        """Read the words."""
        words = frozenset(folded_word(word) for word in self.cleaned_data["yes"].replace("،", ",").split(",")) - {""}
        if len(words) > MOST_YES or any(len(word) > LONGEST_YES for word in words):
            raise ValidationError(
                _now("Write at most %(most)s words of at most %(long)s characters.")
                % {"most": MOST_YES, "long": LONGEST_YES}
            )
        if not words and any(self.data.get(part.value) for part in CONSENTS):
            raise ValidationError(_now("Write which words mean yes, or choose no column of consent."))
        return words

    @property
    def mapping(self) -> Mapping:
        """What was chosen; only once the form is valid."""
        columns = {part: self.cleaned_data[part.value] for part in Part}
        return Mapping({part: int(column) for part, column in columns.items() if column}, self.cleaned_data["yes"])


def _initial(mapping: Mapping) -> dict[str, str]:
    columns = {part.value: str(column) for part, column in mapping.columns.items()}
    return {**columns, "yes": ", ".join(sorted(mapping.yes))}


def _heading(number: int, name: str) -> str:
    short = name.strip()[:LONGEST_HEADING]
    return short or _now("Column %(number)s") % {"number": number + 1}
