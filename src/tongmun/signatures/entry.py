"""What a signer has said in the form, checked."""

from dataclasses import dataclass

from tongmun.signatures.disclosure import Disclosure, Level, Person
from tongmun.signatures.ways import Way

YES = "yes"


@dataclass(frozen=True)
class Entry:
    """One filled-in form. `name` and `chosen` are "" where there is none; `country` is ISO 3166-1 alpha-2 or ""."""

    way: Way
    name: str
    chosen: str
    email: str
    country: str
    language: str
    disclosure: Disclosure
    consents_to_news: bool

    @property
    def person(self) -> Person:
        """What was typed about the signer."""
        return Person(self.name, self.chosen, self.country)

    def as_fields(self) -> dict[str, str]:
        """Give the entry as it goes into a box."""
        return {
            "way": self.way.value,
            "name": self.name,
            "chosen": self.chosen,
            "email": self.email,
            "country": self.country,
            "language": self.language,
            "public": self.disclosure.public.value,
            "addressee": self.disclosure.addressee.value,
            "coalition": self.disclosure.coalition.value,
            "organisers": self.disclosure.organisers.value,
            "news": YES if self.consents_to_news else "",
        }

    @classmethod
    def from_fields(cls, fields: dict[str, str]) -> "Entry":
        """Read an entry back out of its box."""
        levels = (Level(fields[audience]) for audience in ("public", "addressee", "coalition", "organisers"))
        return cls(
            way=Way(fields["way"]),
            name=fields["name"],
            chosen=fields["chosen"],
            email=fields["email"],
            country=fields["country"],
            language=fields["language"],
            disclosure=Disclosure(*levels),
            consents_to_news=fields["news"] == YES,
        )
