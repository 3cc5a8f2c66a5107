"""The copy of a letter for one mission in one language: who it is sent through, where, and every line it has."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from tongmun.letters.notes import Lack, Note
from tongmun.letters.wording import wording


@dataclass(frozen=True)
class Addressing:
    """What is known on one day about the mission a copy goes to.

    `sending_name` is the formal name as a letter writes it, article included ("the Republic of Example"). `head_rank`
    and `head_name` are None for a vacant post; `head_gender` is "f", "m" or "" when nobody has said. `postal_lines` are
    kept as published. `receiving` is an ISO 3166-1 alpha-2 code or "". `country_name` is that of the city's country, in
    the language of the letter. The name of a head is foreign in another script than the letter's, that of the sending
    state in another language.
    """

    language: str
    mission_kind: str
    sending_name: str
    city_name: str
    head_rank: str | None
    head_name: str | None
    postal_lines: tuple[str, ...]
    receiving: str = ""
    country_name: str = ""
    head_gender: str = ""
    head_name_is_foreign: bool = False
    sending_name_is_foreign: bool = False


@dataclass(frozen=True)
class LetterCopy:
    """Everything printed on one copy, in reading order; an empty text or tuple leaves its part out.

    `notes` are not printed: they tell whoever looks the copy over what it could not say as it should.
    """

    language: str
    letterhead: tuple[str, ...]
    date_line: str
    inside_address: tuple[str, ...]
    subject: str
    salutation: str
    paragraphs: tuple[str, ...]
    close: str
    signatory: tuple[str, ...]
    notes: tuple[Note, ...] = ()

    def lines(self) -> list[str]:
        """List the lines of the copy from letterhead to signatory; a paragraph is one line."""
        parts = (
            *self.letterhead,
            self.date_line,
            *self.inside_address,
            self.subject,
            self.salutation,
            *self.paragraphs,
            self.close,
            *self.signatory,
        )
        return [part for part in parts if part]


def care_of_line(addressing: Addressing) -> str:
    """Write the care-of line: the head of mission by name, else the office, never a guess.

    The office is also addressed when no form is known for this rank at this kind of mission, or none without a gender
    that nobody has recorded. Raises NoFormsOfAddress.
    """
    forms = wording(addressing.language)
    named = _named(addressing)
    if named and addressing.head_name:
        return named.format(name=addressing.head_name)
    return forms.office(addressing.mission_kind)


def _named(addressing: Addressing) -> str:
    """Give the form that names the head of mission, "" without one."""
    forms = wording(addressing.language)
    return forms.head(addressing.head_rank or "", addressing.mission_kind, addressing.head_gender)


def mission_line(addressing: Addressing) -> str:
    """Name the mission: with its city or its receiving state where the language does so. Raises NoFormsOfAddress."""
    forms = wording(addressing.language)
    names = forms.mission(addressing.mission_kind)
    receiving = forms.receiving.get(addressing.receiving, "")
    if names.in_city and addressing.city_name:
        return forms.filled(names.in_city, sending=addressing.sending_name, city=addressing.city_name)
    if names.in_state and receiving:
        return forms.filled(names.in_state, sending=addressing.sending_name, receiving=receiving)
    return forms.filled(names.form, sending=addressing.sending_name)


def addressing_notes(addressing: Addressing, *, care_of: bool) -> tuple[Note, ...]:
    """List what the inside address could not say as it should. Raises NoFormsOfAddress."""
    language, rank, kind = addressing.language, addressing.head_rank or "", addressing.mission_kind
    notes = []
    if addressing.sending_name_is_foreign:
        notes.append(Note(Lack.SENDING_NAME, language))
    if care_of and addressing.head_name:
        if not _named(addressing):
            lack = Lack.GENDER if wording(language).has_head(rank, kind) else Lack.FORM
            notes.append(Note(lack, language, rank, kind))
        elif addressing.head_name_is_foreign:
            notes.append(Note(Lack.HEAD_NAME, language))
    return tuple(notes)


def locality(addressing: Addressing) -> tuple[str, ...]:
    """Name city and country in one line, as the language orders them; a city state is named once."""
    city, country = addressing.city_name, addressing.country_name
    if not city or not country or city == country:
        return tuple(filter(None, [city or country]))
    return (wording(addressing.language).locality.format(city=city, country=country),)


def inside_address(addressee: Sequence[str], addressing: Addressing | None, *, care_of: bool) -> list[str]:
    """List the lines of the inside address: addressee, care-of, mission, postal lines, in the order of the language.

    Where no postal line is known the address ends with city and country, so that the letter can still find its way.
    Without a mission only the addressee is left; without `care_of` the mission stays. Raises NoFormsOfAddress.
    """
    if addressing is None:
        return list(addressee)
    parts = {
        "addressee": addressee,
        "care_of": [care_of_line(addressing)] if care_of else [],
        "mission": [mission_line(addressing)],
        "post": addressing.postal_lines or locality(addressing),
    }
    return [line for part in wording(addressing.language).order for line in parts[part]]


def date_line(day: date, language: str) -> str:
    """Write a date in CLDR's long form ("22 September 2012" in en, "2012년 9월 22일" in ko), else in ISO 8601.

    English without a region is British, as the rest of it is here; en-US writes "September 22, 2012".
    """
    try:
        locale = Locale.parse("en-GB" if language == "en" else language, sep="-")
    except UnknownLocaleError:
        return day.isoformat()
    return format_date(day, "long", locale)
