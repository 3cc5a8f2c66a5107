"""Who has signed on, and until when one can."""

from dataclasses import dataclass
from datetime import date, datetime

from tongmun.campaigns.models import Edition
from tongmun.kit.collation import collation_key
from tongmun.kit.text import in_language
from tongmun.signons.models import Deadline, SignOn


@dataclass(frozen=True)
class SignedOn:
    """An organisation that stands under the letter: its name in a language, what it said of itself, what it agreed to.

    `country` is a code of ISO 3166-1 or "", `version` the number of a letters.LetterVersion.
    """

    name: str
    country: str
    members: int | None
    as_of: date | None
    version: int


def signed_on(edition: Edition, language: str) -> list[SignedOn]:
    """Give the organisations whose sign-on stands, in the alphabet of a language; one query."""
    rows = [
        SignedOn(in_language(one.names, language), one.country, one.members, one.members_as_of, one.letter_id)
        for one in edition.sign_ons.standing()
    ]
    place = collation_key(language)
    return sorted(rows, key=lambda row: place(row.name))


def standing_sign_ons(edition: Edition) -> list[SignOn]:
    """Give the sign-ons that stand, each with its organisation, letter and whether it has a logo; one query."""
    standing = edition.sign_ons.standing().select_related("organisation", "letter", "logo")
    return list(standing.defer("logo__picture").order_by("organisation__slug"))


def held_sign_ons(edition: Edition) -> list[SignOn]:
    """Give the sign-ons that wait for a person, the one that has waited longest first; one query."""
    return list(edition.sign_ons.held().select_related("organisation", "letter").order_by("pk"))


def deadline_of(edition: Edition) -> Deadline | None:
    """Give the deadline of an edition, if it has one; one query."""
    return Deadline.objects.filter(edition=edition).first()


def takes_sign_ons(edition: Edition, deadline: Deadline | None, at: datetime) -> bool:
    """Tell whether organisations can sign on: people can sign, and the deadline has not come."""
    return edition.takes_signatures(at) and (deadline is None or at < deadline.ends_at())
