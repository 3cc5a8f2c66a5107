"""The forms of the desk for missions. A text is read by the rules of a bundle, so whatever is saved can be exported."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from tongmun.bundles.cells import (
    LONGEST_NAME,
    degrees,
    limit_of,
    read_lines,
    read_region,
    read_slug,
    read_state,
    read_wikidata,
    text,
)
from tongmun.bundles.tables import FORMULA_MARKS
from tongmun.desk.forms import TextField
from tongmun.desk.paper_forms import day_field
from tongmun.kit.text import direction
from tongmun.missions.actions.begin_fact import Fact
from tongmun.missions.models import ConsularDistrict, HeadOfMission, Holiday, Mission, OpeningHours, Premises
from tongmun.missions.queries import FactsOnDay

LONGEST_SOURCE = limit_of(Mission, "source")
# To an organisation, not to a state.
WITHOUT_STATE = {Mission.Kind.PERMANENT_MISSION, Mission.Kind.PERMANENT_DELEGATION}
WEEKDAYS = [
    (1, _("Monday")),
    (2, _("Tuesday")),
    (3, _("Wednesday")),
    (4, _("Thursday")),
    (5, _("Friday")),
    (6, _("Saturday")),
    (7, _("Sunday")),
]


def plain(read: Callable[[str], str]) -> Callable[[str], str]:
    """Refuse also what a spreadsheet would run, because no bundle can hold it."""

    def checked(value: str) -> str:
        if value.strip()[:1] in tuple(FORMULA_MARKS):
            raise ValidationError(
                _("Do not begin with “%(mark)s”: a spreadsheet takes that for a formula.") % {"mark": value.strip()[:1]}
            )
        return read(value)

    return checked


def empty_or(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """Make a reader that leaves an empty field empty."""
    return lambda value: read(value.strip()) if value.strip() else ""


def source_field() -> TextField:
    """Make the field for where a fact is from."""
    return TextField(
        plain(text(LONGEST_SOURCE)),
        label=_("Source"),
        help_text=_("Where this stands, for example a page of the mission and the day you read it."),
    )


def from_field() -> forms.DateField:
    """Make the field for the first day of a fact."""
    return day_field(
        label=_("With effect from"),
        required=False,
        help_text=_("What held until then ends on this day. Leave it empty to correct what stands there now."),
    )


class MissionForm(forms.Form):
    """What is not dated about a mission."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Mission.Kind.choices)
    status = forms.ChoiceField(label=_("Status"), choices=Mission.Status.choices)
    receiving = TextField(
        empty_or(read_state),
        label=_("Receiving state"),
        required=False,
        help_text=_("Two letters, for example KR. Only a mission to an organisation has none."),
    )
    locality = TextField(plain(text(limit_of(Mission, "locality"))), label=_("City"), required=False)
    latitude = TextField(empty_or(degrees(90)), label=_("Latitude"), required=False)
    longitude = TextField(empty_or(degrees(180)), label=_("Longitude"), required=False)
    phone = TextField(text(limit_of(Mission, "phone")), label=_("Telephone"), required=False)
    email = forms.EmailField(label=_("E-mail address"), required=False, max_length=limit_of(Mission, "email"))
    website = forms.URLField(
        label=_("Website"), required=False, max_length=limit_of(Mission, "website"), assume_scheme="https"
    )
    source = source_field()

    def clean(self) -> dict[str, Any]:
        """Refuse one coordinate without the other, and a mission in no state."""
        data = super().clean() or {}
        for name, other in (("latitude", "longitude"), ("longitude", "latitude")):
            if name not in self.errors and data.get(name) == "" and data.get(other) not in {"", None}:
                self.add_error(name, _("Give both latitude and longitude, or neither."))
        if data.get("receiving") == "" and data.get("kind") not in WITHOUT_STATE:
            self.add_error("receiving", _("Give the state in which it is: without it an address has no country."))
        return data

    def filled(self, mission: Mission) -> Mission:
        """Put what was typed into a mission, once the form is valid."""
        for name, value in self.cleaned_data.items():
            setattr(mission, name, None if value == "" and name in {"latitude", "longitude"} else value)
        return mission


class NewMissionForm(MissionForm):
    """A mission that is not in the directory."""

    slug = TextField(
        read_slug, label=_("Short name"), help_text=_("For addresses and files, such as xa-seoul-embassy.")
    )
    sending = TextField(read_state, label=_("Sending state"), help_text=_("Two letters, for example CN."))
    wikidata = TextField(
        empty_or(read_wikidata), label=_("Item of Wikidata"), required=False, help_text=_("For example Q42.")
    )
    field_order = ("slug", "sending", "receiving", "kind", "status", "locality")

    def clean_slug(self) -> str:
        """Refuse a name that is taken."""
        slug: str = self.cleaned_data["slug"]
        if Mission.objects.filter(slug=slug).exists():
            raise ValidationError(_("Another mission has this name. Choose another, or correct that mission."))
        return slug

    def clean_wikidata(self) -> str:
        """Refuse an item that is taken."""
        item: str = self.cleaned_data["wikidata"]
        held = Mission.objects.filter(wikidata=item).first() if item else None
        if held:
            raise ValidationError(_("This item is the mission %(slug)s. Correct that one.") % {"slug": held.slug})
        return item


class FactForm(forms.Form):
    """A dated fact. What it says in several languages has a field for each."""

    # Name of the fact's column → label, reader and rows of its fields.
    spoken: dict[str, tuple[Any, Callable[[str], str], int]] = {}
    valid_from = from_field()
    source = source_field()
    is_checked = forms.BooleanField(label=_("I have checked this today"), required=False)

    def __init__(self, mission: Mission, data: Any = None, *, current: Any = None) -> None:  # noqa: ANN401 -- as in Django
        self.mission = mission
        initial = {name: getattr(current, name) for name in self.base_fields if hasattr(current, name)}
        # A new fact has a source of its own.
        super().__init__(
            data, initial={**initial, "valid_from": None, "source": ""}, prefix=type(self).__name__.lower()
        )
        codes = [code for code, _name in settings.LANGUAGES]
        for name, (label, read, rows) in self.spoken.items():
            texts = getattr(current, name, {})
            for code in [*codes, *sorted(set(texts) - set(codes))]:
                field = TextField(plain(read), rows=rows, required=False, initial=texts.get(code, ""))
                language = get_language_info(code)["name_local"] if code in codes else code
                field.label = f"{label} ({language})"
                field.widget.attrs |= {"lang": code, "dir": direction(code)}
                self.fields[f"{name}_{code}"] = field
        self.order_fields([name for name in self.fields if name not in FactForm.base_fields])

    def texts(self, name: str) -> dict[str, str]:
        """Give what was typed for a column, by language."""
        start = f"{name}_"
        return {
            key.removeprefix(start): value
            for key, value in self.cleaned_data.items()
            if key.startswith(start) and value
        }

    def said(self, today: date, checked_by: str) -> dict[str, Any]:
        """Give the columns that every fact has, once the form is valid."""
        checked = self.cleaned_data["is_checked"]
        return {
            "mission": self.mission,
            "valid_from": self.cleaned_data["valid_from"],
            "source": self.cleaned_data["source"],
            "checked_on": today if checked else None,
            "checked_by": checked_by if checked else "",
        }

    def fact(self, today: date, checked_by: str) -> Fact:
        """Make the fact, not saved yet."""
        raise NotImplementedError


class AddressForm(FactForm):
    """A building and its address."""

    spoken = {"lines": (_("Address"), read_lines, 4)}
    function = forms.ChoiceField(label=_("Function"), choices=Premises.Function.choices)

    def clean(self) -> dict[str, Any]:
        """Refuse an address without a line, or in no country."""
        data = super().clean() or {}
        if not self.errors and not self.texts("lines"):
            self.add_error("lines_en", _("Write the address in at least one language, as it is published."))
        if not self.mission.receiving and self.mission.kind not in WITHOUT_STATE:
            self.add_error(
                None, _("This address has no country. Give the receiving state of the mission first, further below.")
            )
        return data

    def fact(self, today: date, checked_by: str) -> Premises:
        """Make the premises."""
        return Premises(
            function=self.cleaned_data["function"], lines=self.texts("lines"), **self.said(today, checked_by)
        )


class HeadForm(FactForm):
    """Who heads the mission."""

    spoken = {
        "names": (_("Name"), text(LONGEST_NAME), 1),
        "titles": (_("Title before the name"), text(LONGEST_NAME), 1),
    }
    rank = forms.ChoiceField(label=_("Rank"), choices=HeadOfMission.Rank.choices)
    gender = forms.ChoiceField(
        label=_("Form of address"),
        required=False,
        choices=[("", _("not known")), ("f", _("as a woman")), ("m", _("as a man"))],
    )

    def clean(self) -> dict[str, Any]:
        """Refuse somebody without a name."""
        data = super().clean() or {}
        if not self.errors and not self.texts("names"):
            self.add_error("names_en", _("Write the name in at least one script, as the mission writes it."))
        return data

    def fact(self, today: date, checked_by: str) -> HeadOfMission:
        """Make the head of mission."""
        return HeadOfMission(
            rank=self.cleaned_data["rank"],
            gender=self.cleaned_data["gender"],
            names=self.texts("names"),
            titles=self.texts("titles"),
            **self.said(today, checked_by),
        )


class DistrictForm(FactForm):
    """A region the mission looks after."""

    region = TextField(
        read_region,
        label=_("Region"),
        help_text=_("A state such as KR, or a part of it by ISO 3166-2, such as KR-26."),
    )

    def fact(self, today: date, checked_by: str) -> ConsularDistrict:
        """Make the district."""
        return ConsularDistrict(region=self.cleaned_data["region"], **self.said(today, checked_by))


class HoursForm(FactForm):
    """When the door is open on one day of the week."""

    weekday = forms.TypedChoiceField(label=_("Day of the week"), choices=WEEKDAYS, coerce=int)
    opens = forms.TimeField(label=_("Opens"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
    closes = forms.TimeField(label=_("Closes"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))

    def clean(self) -> dict[str, Any]:
        """Refuse to close before opening."""
        data = super().clean() or {}
        if data.get("opens") and data.get("closes") and data["closes"] <= data["opens"]:
            self.add_error("closes", _("It closes before it opens. Give hours after midnight to the next day."))
        return data

    def fact(self, today: date, checked_by: str) -> OpeningHours:
        """Make the hours."""
        names = ("weekday", "opens", "closes")
        return OpeningHours(**{name: self.cleaned_data[name] for name in names}, **self.said(today, checked_by))


class EndForm(forms.Form):
    """Which fact ends, and when."""

    fact = forms.ChoiceField(label=_("What ends"))
    on = day_field(label=_("First day on which it no longer holds"))

    def __init__(self, facts: FactsOnDay, data: Any = None) -> None:  # noqa: ANN401 -- as in Django
        super().__init__(data, prefix="endform")
        self.facts = {f"{type(fact).__name__}-{fact.pk}": fact for fact in facts.dated}
        field: forms.ChoiceField = self.fields["fact"]  # type: ignore[assignment]  # as declared above
        field.choices = [(key, _label(fact)) for key, fact in self.facts.items()]

    def chosen(self) -> Fact:
        """Give the fact, once the form is valid."""
        return self.facts[self.cleaned_data["fact"]]


def _label(fact: Fact) -> str:
    if isinstance(fact, Premises):
        return f"{fact.get_function_display()}: {_first(fact.lines.values())}"
    if isinstance(fact, HeadOfMission):
        return f"{fact.get_rank_display()}: {_first(fact.names.values())}"
    if isinstance(fact, ConsularDistrict):
        return fact.region
    return f"{dict(WEEKDAYS)[fact.weekday]} {fact.opens:%H:%M}–{fact.closes:%H:%M}"


def _first(texts: Iterable[str]) -> str:
    return next(iter(texts), "").partition("\n")[0]


class HolidayForm(forms.Form):
    """A day on which the offices of a state are shut."""

    state = TextField(read_state, label=_("State"), help_text=_("Two letters, for example KR."))
    day = day_field(label=_("Day"))
    source = source_field()

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401 -- as in Django
        super().__init__(data)
        for code, _name in settings.LANGUAGES:
            field = TextField(plain(text(LONGEST_NAME)), required=False)
            field.label = f"{_('Name')} ({get_language_info(code)['name_local']})"
            field.widget.attrs |= {"lang": code, "dir": direction(code)}
            self.fields[f"names_{code}"] = field

    def clean(self) -> dict[str, Any]:
        """Refuse a day without a name, or one that is there already."""
        data = super().clean() or {}
        if not self.errors and not self.names():
            self.add_error("names_en", _("Write its name in at least one language."))
        if not self.errors and Holiday.objects.filter(state=data["state"], day=data["day"]).exists():
            self.add_error("day", _("This state has a holiday on this day already."))
        return data

    def names(self) -> dict[str, str]:
        """Give its names by language."""
        named = {code: self.cleaned_data.get(f"names_{code}", "") for code, _name in settings.LANGUAGES}
        return {code: name for code, name in named.items() if name}
