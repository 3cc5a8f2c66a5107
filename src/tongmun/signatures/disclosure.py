"""What each audience learns of a signer. Every page, feed, export, packet and mail asks `learned` and nothing else."""

import unicodedata
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from tongmun.signatures.ways import Way


class Audience(models.TextChoices):
    """Who may learn something of a signer."""

    PUBLIC = "public", _("everybody, on this site")
    ADDRESSEE = "addressee", _("the government the letter is given to")
    COALITION = "coalition", _("the organisations of the coalition")
    ORGANISERS = "organisers", _("the organisers of this campaign")


class Level(models.TextChoices):
    """How much an audience learns, the most first."""

    NAME = "name", _("full name and country")
    CHOSEN = "chosen", _("other name and country")
    INITIALS = "initials", _("initials and country")
    PLACE = "place", _("country only")
    COUNT = "count", _("only that one more person signed")


NAMING = frozenset({Level.NAME, Level.CHOSEN, Level.INITIALS})


@dataclass(frozen=True)
class Person:
    """What a signer typed about themselves; each is "" when there is none. `country` is ISO 3166-1 alpha-2."""

    name: str = ""
    chosen: str = ""
    country: str = ""


@dataclass(frozen=True)
class Disclosure:
    """A level for each of the four audiences."""

    public: Level
    addressee: Level
    coalition: Level
    organisers: Level

    def level(self, audience: Audience) -> Level:
        """Give what one audience may learn."""
        level: Level = getattr(self, audience.value)
        return level

    def as_rows(self) -> list[tuple[str, str]]:
        """Give each audience and what it learns, in the language of the page."""
        return [(str(audience.label), str(self.level(audience).label)) for audience in Audience]


@dataclass(frozen=True)
class Learned:
    """What an audience learns: a line to print and a country, either of them "" when it does not learn that."""

    line: str = ""
    country: str = ""


def learned(person: Person, disclosure: Disclosure, audience: Audience) -> Learned:
    """Give what an audience learns of a person. This is the line that decides whether a name is shown."""
    match disclosure.level(audience):
        case Level.NAME:
            return Learned(person.name, person.country)
        case Level.CHOSEN:
            return Learned(person.chosen, person.country)
        case Level.INITIALS:
            return Learned(initials(person.name or person.chosen), person.country)
        case Level.PLACE:
            return Learned("", person.country)
        case Level.COUNT:
            return Learned()


def kept(person: Person, disclosure: Disclosure) -> Person:
    """Give what has to be kept of a person: no name that nobody may learn."""
    levels = {disclosure.level(audience) for audience in Audience}
    name = person.name if levels & {Level.NAME, Level.INITIALS} else ""
    chosen = person.chosen if Level.CHOSEN in levels or (Level.INITIALS in levels and not name) else ""
    return Person(name, chosen, person.country)


def disclosure_of(way: Way, *, show: bool, print_name: bool) -> Disclosure:
    """Give what a way to sign means, with the two consents: to be shown, and to be printed in the letter."""
    named = {Way.PUBLIC: Level.NAME, Way.PRIVATE: Level.NAME, Way.PSEUDONYM: Level.CHOSEN, Way.COUNTED: Level.PLACE}[
        way
    ]
    to_partners = {Way.PRIVATE: Level.PLACE}.get(way, named)
    return Disclosure(
        public=named if show else Level.PLACE,
        addressee=named if print_name else Level.PLACE,
        coalition=to_partners,
        organisers=named,
    )


def initials(name: str) -> str:
    """Give the first letter of each word of a name, with a full stop; of 김민수, written without spaces, only 김."""
    letters = []
    for word in name.split():
        first = next((sign for sign in word if unicodedata.category(sign).startswith("L")), "")
        letters.append(f"{first.upper()}." if first else "")
    return " ".join(letter for letter in letters if letter)
