"""Say that a claim was held against its source."""

from datetime import datetime

from django.db import transaction

from tongmun.campaigns.models import Edition
from tongmun.letters.actions.write_claim import claim_as_seen, note
from tongmun.letters.models import Claim
from tongmun.people.models import User


class ClaimHasNoSource(ValueError):
    """Cannot check a claim against a source that nobody has named."""


@transaction.atomic
def check_claim(*, edition: Edition, slug: str, seen: str, checked_by: str, by: User, at: datetime) -> Claim:
    """Mark the claim that had the digest `seen` as checked today by an office or organisation; gives it.

    Raises ClaimChangedMeanwhile and ClaimHasNoSource.
    """
    claim = claim_as_seen(edition, slug, seen)
    if not claim.source:
        raise ClaimHasNoSource
    claim.checked_on, claim.checked_by = at.date(), checked_by
    claim.save(update_fields=["checked_on", "checked_by"])
    note(claim, "claim.checked", by, at)
    return claim
