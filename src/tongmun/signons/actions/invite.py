"""Send an organisation the link with which it can sign on."""

from datetime import UTC, date, datetime, timedelta

from django.db import IntegrityError, transaction

from tongmun.campaigns.models import Edition, Organisation
from tongmun.kit.sealing import new_link
from tongmun.outbox.actions.enqueue import enqueue, forget_unsent, queued
from tongmun.people.actions.record import record
from tongmun.people.models import User
from tongmun.signons.boxes import lock_address, mailbox_of
from tongmun.signons.emails import asked, invited
from tongmun.signons.models import Invitation
from tongmun.signons.queries import deadline_of, takes_sign_ons

DAYS_INVITED = 30
DAYS_ASKED = 3


class SignOnsClosed(RuntimeError):
    """Cannot sign on to an edition that takes no sign-ons, or none any more."""


@transaction.atomic
def invite(
    *, edition: Edition, address: str, organisation: Organisation | None, language: str, by: User, at: datetime
) -> Invitation:
    """Invite a mailbox, which `parse_address` has given; an earlier link to it stops working. Raises SignOnsClosed."""
    # One after the other: two who invite one mailbox at once would both make its only row.
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    _refuse_late(edition, at)
    mailbox = mailbox_of(edition, address)
    Invitation.objects.filter(edition=edition, mailbox=mailbox).delete()
    secret, link_hash = new_link()
    made = Invitation.objects.create(
        edition=edition,
        organisation=organisation,
        is_from_desk=True,
        language=language,
        link_hash=link_hash,
        mailbox=mailbox,
        box=lock_address(address),
        expires_on=_day_after(at, DAYS_INVITED),
    )
    enqueue(**invited(edition, to=address, language=language, secret=secret, days=DAYS_INVITED))
    subject = f"{edition.slug} {organisation.slug}" if organisation else edition.slug
    record(deed="sign-on.invited", subject=subject, by=by, at=at)
    return made


@transaction.atomic
def ask(*, edition: Edition, address: str, language: str, at: datetime, slowly: bool = False) -> None:
    """Send a link to a mailbox that was typed into the form. Raises SignOnsClosed.

    One that has a link already gets no second one, so that nobody can have it flooded; the work is the same.
    """
    _refuse_late(edition, at)
    mailbox = mailbox_of(edition, address)
    Invitation.objects.expired(at).filter(edition=edition, mailbox=mailbox).delete()
    secret, link_hash = new_link()
    words = asked(edition, to=address, language=language, secret=secret, days=DAYS_ASKED)
    mail = queued(**words, slowly=slowly)
    try:
        with transaction.atomic():
            Invitation.objects.create(
                edition=edition,
                is_from_desk=False,
                language=language,
                link_hash=link_hash,
                mailbox=mailbox,
                box=lock_address(address),
                expires_on=_day_after(at, DAYS_ASKED),
            )
    except IntegrityError:
        forget_unsent(mail)
    mail.save(force_insert=True)


def _refuse_late(edition: Edition, at: datetime) -> None:
    if not takes_sign_ons(edition, deadline_of(edition), at):
        raise SignOnsClosed


def _day_after(at: datetime, days: int) -> date:
    return (at.astimezone(UTC) + timedelta(days=days)).date()
