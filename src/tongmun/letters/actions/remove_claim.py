"""Take a claim out of the register, because the letter no longer makes it."""

from datetime import datetime

from django.db import transaction

from tongmun.campaigns.models import Edition
from tongmun.letters.actions.write_claim import claim_as_seen, note
from tongmun.people.models import User


@transaction.atomic
def remove_claim(*, edition: Edition, slug: str, seen: str, by: User, at: datetime) -> None:
    """Delete the claim that had the digest `seen`; raises ClaimChangedMeanwhile."""
    claim = claim_as_seen(edition, slug, seen)
    note(claim, "claim.removed", by, at)
    claim.delete()
