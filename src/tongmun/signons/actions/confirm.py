"""Sign on in the name of an organisation, with the link that its mailbox got."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import transaction
from django.utils.text import slugify

from tongmun.campaigns.models import Edition, Organisation
from tongmun.kit.mailbox import gives_to_anybody
from tongmun.kit.sealing import link_hash, new_link
from tongmun.kit.text import in_language, searchable
from tongmun.letters.models import LetterVersion
from tongmun.outbox.actions.enqueue import enqueue
from tongmun.people.actions.record import record
from tongmun.signons.actions.invite import SignOnsClosed
from tongmun.signons.boxes import Person, address_in, lock_address, lock_person
from tongmun.signons.emails import stands
from tongmun.signons.links import UnknownLink
from tongmun.signons.models import Invitation, SignOn
from tongmun.signons.queries import deadline_of, takes_sign_ons

LONGEST_SLUG = 40


class AlreadySignedOn(ValueError):
    """Cannot sign on for an organisation whose sign-on to this edition stands."""


@dataclass(frozen=True)
class Said:
    """What whoever confirms says: of the organisation, and of themselves. `names` has at least one, by language."""

    names: Mapping[str, str]
    country: str
    members: int | None
    members_as_of: date | None
    person: Person


def find_invitation(*, secret: str, at: datetime) -> Invitation:
    """Find what a link invites to; raises UnknownLink when it was used, has expired or never was."""
    alive = Invitation.objects.alive(at).filter(link_hash=link_hash(secret))
    found = alive.select_related("edition__campaign", "organisation").first()
    if found is None:
        raise UnknownLink
    return found


@transaction.atomic
def confirm(*, secret: str, letter: LetterVersion, said: Said, at: datetime) -> SignOn:
    """Sign on to a version of the letter, at once or, when the domain says too little, after a look at the desk.

    Raises UnknownLink, SignOnsClosed, AlreadySignedOn, and ValueError for the letter of another edition.
    """
    found = find_invitation(secret=secret, at=at)
    # Those who sign on at the same moment come one after the other, so that names and domains can be compared.
    edition = Edition.objects.select_for_update(no_key=True).get(pk=found.edition_id)
    if letter.edition_id != edition.pk:
        raise ValueError("the letter belongs to another edition")
    if not takes_sign_ons(edition, deadline_of(edition), at):
        raise SignOnsClosed
    erased, _ = Invitation.objects.filter(pk=found.pk).delete()
    if not erased:
        raise UnknownLink
    address = address_in(found.box)
    domain = address.rpartition("@")[2]
    known = _of_that_name(said.names)
    organisation = found.organisation or _at_home_in(domain, known)
    if organisation and stands_already(edition, organisation):
        raise AlreadySignedOn
    reason = _reason(edition, domain, is_name_taken=bool(known) and organisation is None)
    own_secret, own_hash = new_link()
    made = SignOn.objects.create(
        edition=edition,
        organisation=organisation if reason or organisation else new_organisation(said.names, said.country),
        letter=letter,
        state=SignOn.State.HELD if reason else SignOn.State.STANDING,
        held_for=reason,
        names=dict(said.names),
        country=said.country,
        members=said.members,
        members_as_of=said.members_as_of,
        domain=domain,
        language=found.language,
        confirmed_on=at.astimezone(UTC).date(),
        # While it is held there is nothing to change, and the link comes with the decision.
        link_hash=own_hash,
        address_box=lock_address(address) if reason else b"",
        person_box=lock_person(said.person),
    )
    if reason:
        record(deed="sign-on.held", subject=f"{edition.slug} sign-on {made.pk}", by=None, at=at)
    else:
        enqueue(**stands(edition, to=address, language=found.language, secret=own_secret))
        record(deed="sign-on.confirmed", subject=subject_of(made), by=None, at=at)
    return made


def stands_already(edition: Edition, organisation: Organisation) -> bool:
    """Tell whether an organisation has signed on; inside a transaction that has locked the edition."""
    return SignOn.objects.standing().filter(edition=edition, organisation=organisation).exists()


def new_organisation(names: Mapping[str, str], country: str) -> Organisation:
    """Make an organisation. Its slug, which gives its place in the ring, ends in what nobody can choose."""
    stem = slugify(in_language(names, "en"))[:LONGEST_SLUG].strip("-") or "organisation"
    return Organisation.objects.create(slug=f"{stem}-{secrets.token_hex(4)}", names=dict(names), country=country)


def subject_of(sign_on: SignOn) -> str:
    """Name a sign-on in the journal, by its organisation if that is known. Reads both relations."""
    whose = sign_on.organisation.slug if sign_on.organisation else f"sign-on {sign_on.pk}"
    return f"{sign_on.edition.slug} {whose}"


def _of_that_name(names: Mapping[str, str]) -> list[Organisation]:
    """Give the organisations that bear one of the names, in any language, as people compare names."""
    wanted = {searchable(name) for name in names.values()}
    return [one for one in Organisation.objects.all() if wanted & set(map(searchable, one.names.values()))]


def _at_home_in(domain: str, known: list[Organisation]) -> Organisation | None:
    """Give the one of these organisations that has signed on from a domain of its own before."""
    before = SignOn.objects.filter(
        organisation__in=known, domain=domain, state__in=[SignOn.State.STANDING, SignOn.State.WITHDRAWN]
    )
    ours = {one.organisation_id for one in before}
    return next((one for one in known if one.pk in ours), None) if not gives_to_anybody(domain) else None


def _reason(edition: Edition, domain: str, *, is_name_taken: bool) -> str:
    if gives_to_anybody(domain):
        return SignOn.Reason.FREE_MAIL
    if SignOn.objects.standing().filter(edition=edition, domain=domain).exists():
        return SignOn.Reason.SAME_DOMAIN
    return SignOn.Reason.SAME_NAME if is_name_taken else ""
