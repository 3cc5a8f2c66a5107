"""Take down the number that an organisation vouches for."""

from datetime import date, datetime

from django.db import transaction

from tongmun.campaigns.models import Membership
from tongmun.counts.models import CountEntry
from tongmun.kit.text import in_language
from tongmun.papers.models import VouchedNumber
from tongmun.papers.statements import canonical, digest
from tongmun.people.actions.record import record
from tongmun.people.models import User

LONGEST_NAME = 200


class SameNumber(ValueError):
    """Cannot replace a number by itself."""


class StatedMeanwhile(RuntimeError):
    """Cannot follow a statement that is no longer the last."""


@transaction.atomic
def vouch(
    *,
    membership: Membership,
    signatures: int,
    statement: str,
    language: str,
    stated_on: date,
    follows: int,
    by: User,
    at: datetime,
) -> VouchedNumber:
    """Write the statement after number `follows` (0: the first); the entry of the count holds the difference.

    Raises SameNumber, also for a first statement of nothing, and StatedMeanwhile when another was written first.
    """
    member = (
        Membership.objects.select_for_update(of=("self",), no_key=True)
        .select_related("edition", "organisation")
        .get(pk=membership.pk)
    )
    before = VouchedNumber.objects.filter(membership=member).order_by("-number").first()
    if follows != (before.number if before else 0):
        raise StatedMeanwhile
    step = signatures - (before.signatures if before else 0)
    if not step:
        raise SameNumber
    facts = {
        "kind": "vouched",
        "edition": member.edition.slug,
        "organisation": member.organisation.slug,
        "number": follows + 1,
        "signatures": signatures,
        "statement": statement,
        "language": language,
        "stated_on": stated_on.isoformat(),
    }
    name = in_language(member.organisation.names, "en")[:LONGEST_NAME]
    entry = CountEntry.objects.create(
        edition=member.edition,
        kind=CountEntry.Kind.VOUCHED,
        amount=step,
        words=f"{name}: vouches for {signatures} in all",
        digest=digest(canonical(facts)),
    )
    vouched = VouchedNumber.objects.create(
        membership=member,
        number=follows + 1,
        signatures=signatures,
        statement=statement,
        language=language,
        stated_on=stated_on,
        entry=entry,
    )
    subject = f"{member.edition.slug} {member.organisation.slug}: {signatures}"
    record(deed="paper.number-vouched", subject=subject, by=by, at=at)
    return vouched
