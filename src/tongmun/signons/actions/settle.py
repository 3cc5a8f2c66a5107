"""Decide about a sign-on that waits for a person."""

from datetime import datetime

from django.db import transaction

from tongmun.campaigns.models import Edition, Organisation
from tongmun.kit.sealing import new_link
from tongmun.outbox.actions.enqueue import enqueue
from tongmun.people.actions.record import record
from tongmun.people.models import User
from tongmun.signons.actions.confirm import AlreadySignedOn, new_organisation, stands_already, subject_of
from tongmun.signons.boxes import address_in
from tongmun.signons.emails import refused, stands
from tongmun.signons.models import SignOn


@transaction.atomic
def admit(*, sign_on: SignOn, organisation: Organisation | None, by: User, at: datetime) -> bool:
    """Let a held sign-on stand, for an organisation that is known or else a new one; False when it is held no more.

    Raises AlreadySignedOn. From then on the desk vouches for it, not the domain.
    """
    edition = Edition.objects.select_for_update(no_key=True).get(pk=sign_on.edition_id)
    held = SignOn.objects.select_for_update(of=("self",)).held().filter(pk=sign_on.pk).first()
    if held is None:
        return False
    if organisation and stands_already(edition, organisation):
        raise AlreadySignedOn
    address = address_in(held.address_box)
    secret, held.link_hash = new_link()
    held.organisation = organisation or new_organisation(held.names, held.country)
    held.state, held.held_for, held.domain, held.address_box = SignOn.State.STANDING, "", "", b""
    held.save(update_fields=["organisation", "state", "held_for", "domain", "address_box", "link_hash"])
    enqueue(**stands(edition, to=address, language=held.language, secret=secret))
    record(deed="sign-on.admitted", subject=subject_of(held), by=by, at=at)
    return True


@transaction.atomic
def refuse(*, sign_on: SignOn, by: User, at: datetime) -> bool:
    """Refuse a held sign-on, say so by mail, and forget who sent it; False when it is held no more."""
    held = SignOn.objects.select_for_update(of=("self",)).held().filter(pk=sign_on.pk).select_related("edition").first()
    if held is None:
        return False
    enqueue(**refused(held.edition, to=address_in(held.address_box), language=held.language))
    held.state, held.held_for, held.domain = SignOn.State.REFUSED, "", ""
    held.address_box, held.person_box = b"", b""
    held.save(update_fields=["state", "held_for", "domain", "address_box", "person_box"])
    record(deed="sign-on.refused", subject=f"{held.edition.slug} sign-on {held.pk}", by=by, at=at)
    return True
