"""The copy of a letter for one mission in one language: who it is sent through, where, and every line it has."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from tongmun.letters.wording import wording


@dataclass(frozen=True)
class Addressing:
    """What is known on one day about the mission a copy goes to.

    `sending_name` is the formal name as a letter writes it, article included ("the Republic of Example"). `head_rank`
    and `head_name` are None for a vacant post. `postal_lines` are kept as published. `receiving` is an ISO 3166-1
    alpha-2 code or "". `country_name` is that of the city's country, in the language of the letter.
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


@dataclass(frozen=True)
class LetterCopy:
    """Everything printed on one copy, in reading order; an empty text or tuple leaves its part out."""

    language: str
    letterhead: tuple[str, ...]
    date_line: str
    inside_address: tuple[str, ...]
    subject: str
    salutation: str
    paragraphs: tuple[str, ...]
    close: str
    signatory: tuple[str, ...]

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

    The office is also addressed when no form is known for this rank at this kind of mission. Raises NoFormsOfAddress.
    """
    forms = wording(addressing.language)
    named = forms.head(addressing.head_rank or "", addressing.mission_kind)
    if addressing.head_name and named:
        return named.format(name=addressing.head_name)
    return forms.office(addressing.mission_kind)


def mission_line(addressing: Addressing) -> str:
    """Name the mission: with its city or its receiving state where the language does so. Raises NoFormsOfAddress."""
    forms = wording(addressing.language)
    names = forms.mission(addressing.mission_kind)
    receiving = forms.receiving.get(addressing.receiving, "")
    if names.in_city and addressing.city_name:
        return names.in_city.format(sending=addressing.sending_name, city=addressing.city_name)
    if names.in_state and receiving:
        return names.in_state.format(sending=addressing.sending_name, receiving=receiving)
    return names.form.format(sending=addressing.sending_name)


def locality(addressing: Addressing) -> tuple[str, ...]:
    """Name city and country in one line, as the language orders them; a city state is named once."""
    city, country = addressing.city_name, addressing.country_name
    if not city or not country or city == country:
        return tuple(filter(None, [city or country]))
    return (wording(addressing.language).locality.format(city=city, country=country),)


def inside_address(addressee: Sequence[str], addressing: Addressing | None, *, care_of: bool) -> list[str]:
    """List the lines of the inside address: addressee, care-of, mission, postal lines.

    Where no postal line is known the address ends with city and country, so that the letter can still find its way.
    Without a mission only the addressee is left; without `care_of` the mission stays. Raises NoFormsOfAddress.
    """
    if addressing is None:
        return list(addressee)
    through = [care_of_line(addressing)] if care_of else []
    return [*addressee, *through, mission_line(addressing), *(addressing.postal_lines or locality(addressing))]


def date_line(day: date, language: str) -> str:
    """Write a date in CLDR's long form ("22 September 2012" in en, "2012년 9월 22일" in ko), else in ISO 8601.

    English without a region is British, as the rest of it is here; en-US writes "September 22, 2012".
    """
    try:
        locale = Locale.parse("en-GB" if language == "en" else language, sep="-")
    except UnknownLocaleError:
        return day.isoformat()
    return format_date(day, "long", locale)
