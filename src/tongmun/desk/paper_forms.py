"""The forms of the desk for paper sheets and vouched numbers. They ask for numbers, never for a signer."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext_lazy as _

from tongmun.bundles.cells import text
from tongmun.campaigns.models import Edition, EditionCity, Membership
from tongmun.desk.forms import TextField
from tongmun.desk.page import page_language
from tongmun.kit.text import in_language
from tongmun.papers.numbers import LINES, MOST_SHEETS, NotSheetNumbers, TooManySheets, read_sheet_numbers
from tongmun.papers.queries import members_of

DAYS_KEPT = 31
MOST_ON_A_COVER = 10_000
MOST_VOUCHED = 100_000_000
SHORTEST_STATEMENT, LONGEST_STATEMENT = 20, 1_000
SHORTEST_REASON, LONGEST_REASON = 10, 200


class NumberField(forms.IntegerField):
    """A whole number, for which a telephone shows its keys for digits."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 -- as in Django
        # Not type="number": a wheel or a stroke over it would change what was typed.
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "dir": "ltr", "size": 8})
        super().__init__(widget=widget, **options)


class PlaceField(forms.ModelChoiceField):  # type: ignore[type-arg]  # takes none when the program runs
    """A city of an edition, or none."""

    def label_from_instance(self, obj: EditionCity) -> str:
        """Name the city in the language of the page."""
        return in_language(obj.city.names, page_language())


class MemberField(forms.ModelChoiceField):  # type: ignore[type-arg]  # as above
    """An organisation of an edition."""

    def label_from_instance(self, obj: Membership) -> str:
        """Name the organisation in the language of the page."""
        return in_language(obj.organisation.names, page_language())


def place_field(edition: Edition) -> PlaceField:
    """Make the field for a city of an edition."""
    return PlaceField(
        edition.cities.select_related("city").order_by("city__slug"),
        label=_("City"),
        required=False,
        empty_label=_("No city"),
    )


def language_choices(languages: Iterable[str]) -> list[tuple[str, str]]:
    """Give codes of languages with their names in the language of the page."""
    return [(code, get_language_info(code)["name_translated"]) for code in languages]


def day_field(**options: Any) -> forms.DateField:  # noqa: ANN401 -- a field's own
    """Make a field for a day."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(widget=widget, input_formats=["%Y-%m-%d"], **options)


class SheetNumbersField(forms.CharField):
    """Numbers of sheets as "1-12, 015"; gives a list of numbers."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 -- as in Django
        widget = forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"})
        super().__init__(max_length=2_000, widget=widget, **options)

    def clean(self, value: Any) -> Any:  # noqa: ANN401 -- as in Django
        """Read the numbers."""
        typed = super().clean(value)
        try:
            return read_sheet_numbers(typed)
        except NotSheetNumbers as error:
            raise ValidationError(
                _("“%(part)s” is not the number of a sheet. Write numbers like 1-12, 15.") % {"part": error.part}
            ) from error
        except TooManySheets as error:
            raise ValidationError(
                _("These are more than %(most)s sheets. Put them in in several goes.") % {"most": MOST_SHEETS}
            ) from error


class PrintForm(forms.Form):
    """How many sheets to print, for where, in which language."""

    amount = NumberField(
        label=_("How many sheets"),
        min_value=1,
        max_value=MOST_SHEETS,
        help_text=_("1 to 200. A sheet has 12 lines."),
    )
    language = forms.ChoiceField(label=_("Language"))
    destroy_by = day_field(
        label=_("Destroyed by"),
        help_text=_(
            "This day is printed on the sheets. It is a promise to those who sign: on it the paper must be gone."
        ),
    )
    field_order = ("amount", "place", "language", "destroy_by")

    def __init__(self, edition: Edition, languages: Iterable[str], today: date, data: Any = None) -> None:  # noqa: ANN401 -- as in Django
        kept_until = max(edition.day, today) + timedelta(days=DAYS_KEPT)
        super().__init__(data, initial={"destroy_by": kept_until})
        self.today = today
        self.fields["place"] = place_field(edition)
        language: forms.ChoiceField = self.fields["language"]  # type: ignore[assignment]  # as declared above
        language.choices = language_choices(languages)
        self.order_fields(self.field_order)

    def clean_destroy_by(self) -> date:
        """Refuse a day that is already here."""
        day: date = self.cleaned_data["destroy_by"]
        if day <= self.today:
            raise ValidationError(
                _("This day is not in the future. Give a day on which the sheets will have been counted.")
            )
        return day


class PrintAgainForm(forms.Form):
    """Which numbered sheets to print once more."""

    sheets = SheetNumbersField(label=_("Sheets"), help_text=_("For example 13-24."))


class CoverForm(forms.Form):
    """What was counted by hand before anybody types."""

    cover_sheets = NumberField(label=_("Sheets, counted by hand"), min_value=1, max_value=MOST_ON_A_COVER)
    cover_signatures = NumberField(
        label=_("Signatures, counted by hand"),
        min_value=1,
        max_value=MOST_ON_A_COVER * LINES,
        help_text=_("Valid lines only, without those that are struck."),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse more signatures than there are lines."""
        data = self.cleaned_data
        sheets, signatures = data.get("cover_sheets"), data.get("cover_signatures")
        if sheets and signatures and signatures > sheets * LINES:
            message = ngettext(
                "One sheet has %(lines)s lines. Count the signatures again.",
                "%(sheets)s sheets have %(lines)s lines. Count the signatures again.",
                sheets,
            )
            self.add_error("cover_signatures", message % {"sheets": sheets, "lines": sheets * LINES})
        return data


class BatchForm(CoverForm):
    """A batch: where its sheets were signed, and its cover."""

    field_order = ("place", "cover_sheets", "cover_signatures")

    def __init__(self, edition: Edition, data: Any = None) -> None:  # noqa: ANN401 -- as in Django
        super().__init__(data)
        self.fields["place"] = place_field(edition)
        self.order_fields(self.field_order)


class PutInForm(forms.Form):
    """Which sheets are in a batch."""

    sheets = SheetNumbersField(
        label=_("Numbers of the sheets"), help_text=_("As they stand at the top of the sheets, for example 1-12, 15.")
    )


class ReadingForm(forms.Form):
    """What stands on one sheet."""

    # Which reading the page asked for, so that nobody decides who meant to read a second time.
    reading = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=3)
    signatures = NumberField(
        label=_("Valid lines"),
        min_value=0,
        max_value=LINES,
        help_text=_("Lines with a signature that are not struck, 0 to 12."),
    )
    struck = NumberField(
        label=_("Struck lines"),
        min_value=0,
        max_value=LINES,
        required=False,
        help_text=_("Lines that are crossed out or that nobody can read."),
    )

    def clean_struck(self) -> int:
        """Take an empty field for none."""
        return self.cleaned_data["struck"] or 0

    def clean(self) -> dict[str, Any]:
        """Refuse more lines than a sheet has."""
        data = self.cleaned_data
        if "signatures" in data and "struck" in data and data["signatures"] + data["struck"] > LINES:
            self.add_error(
                "struck",
                _("A sheet has %(lines)s lines, and these are %(typed)s together. Count them again.")
                % {"lines": LINES, "typed": data["signatures"] + data["struck"]},
            )
        return data


class CorrectionForm(forms.Form):
    """A step up or down in what a batch counts, and why."""

    # Plain text keys: those for digits have no minus sign on many telephones.
    amount = forms.IntegerField(
        label=_("How many more or fewer"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr", "size": 8}),
        min_value=-MOST_ON_A_COVER * LINES,
        max_value=MOST_ON_A_COVER * LINES,
        help_text=_("For example 3, or -3 to take three away."),
    )
    reason = TextField(
        text(LONGEST_REASON),
        label=_("Reason"),
        help_text=_("Everybody can read it in the log of the count. Name no person."),
    )

    def clean_amount(self) -> int:
        """Refuse a correction of nothing."""
        amount: int = self.cleaned_data["amount"]
        if not amount:
            raise ValidationError(_("A correction of 0 changes nothing."))
        return amount

    def clean_reason(self) -> str:
        """Refuse what explains nothing."""
        reason: str = self.cleaned_data["reason"]
        if len(reason) < SHORTEST_REASON:
            raise ValidationError(_("Please write at least %(least)s characters.") % {"least": SHORTEST_REASON})
        return reason


class VouchedForm(forms.Form):
    """The number an organisation vouches for, in its own words."""

    # The newest statement on the page, so that nobody replaces one they have not seen.
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    signatures = NumberField(
        label=_("Signatures in all"),
        min_value=0,
        max_value=MOST_VOUCHED,
        help_text=_("Not only those since the last statement. 0 takes the number back."),
    )
    statement = TextField(
        text(LONGEST_STATEMENT, lines=True),
        rows=6,
        label=_("Statement"),
        help_text=_(
            "In the words of the organisation, 20 to 1000 characters: how the signatures were collected, when, and how"
            " they were counted. Everybody can read it. Name no person."
        ),
    )
    language = forms.ChoiceField(label=_("Language of the statement"))
    stated_on = day_field(label=_("Stated on"))
    field_order = ("seen", "organisation", "signatures", "statement", "language", "stated_on")

    def __init__(self, edition: Edition, today: date, data: Any = None, *, seen: int = 0) -> None:  # noqa: ANN401 -- as in Django
        super().__init__(data, initial={"stated_on": today, "seen": seen})
        self.today = today
        self.fields["organisation"] = MemberField(members_of(edition), label=_("Organisation"))
        language: forms.ChoiceField = self.fields["language"]  # type: ignore[assignment]  # as declared above
        language.choices = language_choices(edition.languages)
        self.order_fields(self.field_order)

    def clean_statement(self) -> str:
        """Refuse what explains nothing."""
        statement: str = self.cleaned_data["statement"]
        if len(statement) < SHORTEST_STATEMENT:
            raise ValidationError(
                _("Please write at least %(least)s characters: how, when, and how counted.")
                % {"least": SHORTEST_STATEMENT}
            )
        return statement

    def clean_stated_on(self) -> date:
        """Refuse a day that has not come."""
        day: date = self.cleaned_data["stated_on"]
        if day > self.today:
            raise ValidationError(_("This day has not come yet. Give the day on which the organisation said so."))
        return day
