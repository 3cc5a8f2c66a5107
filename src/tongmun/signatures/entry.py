"""What a signer has said in the form, checked."""

from dataclasses import dataclass

from tongmun.signatures.ways import Way


@dataclass(frozen=True)
class Entry:
    """One filled-in form. `name` is "" for the way that keeps none; `country` is ISO 3166-1 alpha-2 or ""."""

    way: Way
    name: str
    email: str
    country: str
    language: str
    consents_to_show: bool
    consents_to_print: bool
    consents_to_news: bool

    def as_fields(self) -> dict[str, str]:
        """Give the entry as it goes into a box."""
        return {
            "way": self.way.value,
            "name": self.name,
            "email": self.email,
            "country": self.country,
            "language": self.language,
            "show": "yes" if self.consents_to_show else "",
            "print": "yes" if self.consents_to_print else "",
            "news": "yes" if self.consents_to_news else "",
        }

    @classmethod
    def from_fields(cls, fields: dict[str, str]) -> "Entry":
        """Read an entry back out of its box."""
        return cls(
            way=Way(fields["way"]),
            name=fields["name"],
            email=fields["email"],
            country=fields["country"],
            language=fields["language"],
            consents_to_show=bool(fields["show"]),
            consents_to_print=bool(fields["print"]),
            consents_to_news=bool(fields["news"]),
        )
