"""The coalition of an edition as its page shows it: members from the bundle and organisations that have signed on."""

from collections.abc import Iterable
from dataclasses import dataclass

from tongmun.campaigns.models import Edition, Membership, Organisation
from tongmun.campaigns.queries import coalition_of
from tongmun.kit.collation import collation_key
from tongmun.kit.ring import Ring, RingName, ring_layout, ring_order
from tongmun.kit.text import in_language
from tongmun.signons.models import SignOn
from tongmun.signons.queries import standing_sign_ons


@dataclass(frozen=True)
class Partner:
    """An organisation once, whichever way it came: its names, those it signed on with before the others."""

    slug: str
    names: dict[str, str]
    country: str
    is_sample: bool
    member: Membership | None
    sign_on: SignOn | None

    @property
    def own_language(self) -> str:
        """The language of the name it bears at home."""
        return Organisation(names=self.names, country=self.country).own_language

    def others(self, shown: str) -> list[tuple[str, str]]:
        """Give language and name of those that differ from the one that is shown."""
        return [(code, name) for code, name in sorted(self.names.items()) if name != shown]


def partners_of(edition: Edition) -> list[Partner]:
    """Give the coalition; two queries."""
    members = {one.organisation_id: one for one in coalition_of(edition)}
    sign_ons = {one.organisation.pk: one for one in standing_sign_ons(edition) if one.organisation}
    organisations = {key: one.organisation for key, one in members.items()}
    organisations |= {key: one.organisation for key, one in sign_ons.items() if one.organisation}
    return [_partner(one, members.get(key), sign_ons.get(key)) for key, one in organisations.items()]


def _partner(organisation: Organisation, member: Membership | None, sign_on: SignOn | None) -> Partner:
    return Partner(
        slug=organisation.slug,
        names={**organisation.names, **(sign_on.names if sign_on else {})},
        country=(sign_on.country if sign_on else "") or organisation.country,
        is_sample=organisation.is_sample,
        member=member,
        sign_on=sign_on,
    )


def in_alphabet(partners: Iterable[Partner], language: str) -> list[tuple[str, Partner]]:
    """Give name and partner in the alphabet of a language."""
    named = [(in_language(one.names, language), one) for one in partners]
    place = collation_key(language)
    return sorted(named, key=lambda pair: place(pair[0]))


def ring_of(edition: Edition, partners: Iterable[Partner], language: str) -> Ring:
    """Set the coalition into the ring that is drawn for the edition."""
    seed = f"{edition.campaign.slug}/{edition.slug}"
    drawn = ring_order(partners, seed, name=lambda one: one.slug)
    return ring_layout([_ring_name(one, language) for one in drawn])


def _ring_name(partner: Partner, language: str) -> RingName:
    """Write an organisation as it writes itself, with what a reader of the page can read beside it."""
    own, reading = partner.own_language, in_language(partner.names, language)
    name = partner.names.get(own, "")
    return RingName(name, lang=own, reading=reading if reading != name else "", is_sample=partner.is_sample)
