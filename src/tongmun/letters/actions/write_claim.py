"""Add a claim to the register of a letter, or change one."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from tongmun.campaigns.models import Edition
from tongmun.letters.models import Claim
from tongmun.people.actions.record import record
from tongmun.people.models import User

# What a check has looked at; where a claim stands in the letter is another matter.
CHECKED = ("texts", "figure", "qualifier", "as_of", "source")


class ClaimChangedMeanwhile(RuntimeError):
    """Cannot change a claim that is not as its editor saw it. `current` is what it is now, None when it is gone."""

    def __init__(self, current: Claim | None) -> None:
        super().__init__()
        self.current = current


@transaction.atomic
def write_claim(
    *,
    edition: Edition,
    slug: str,
    seen: str,
    texts: Mapping[str, str],
    figure: str,
    qualifier: str,
    as_of: date | None,
    source: str,
    paragraph: int | None,
    sentences: Mapping[str, str],
    by: User,
    at: datetime,
) -> Claim:
    """Change the claim that had the digest `seen`, or add one when `slug` is "". Gives it.

    What was checked was the claim as it stood: changing what it says or its source takes the check away. Raises
    ClaimChangedMeanwhile.
    """
    values: dict[str, Any] = {
        "texts": dict(texts),
        "figure": figure,
        "qualifier": qualifier,
        "as_of": as_of,
        "source": source,
        "paragraph": paragraph,
        "sentences": dict(sentences),
    }
    if not slug:
        return _add(edition, values, by, at)
    claim = claim_as_seen(edition, slug, seen)
    changed = {name for name, value in values.items() if getattr(claim, name) != value}
    if not changed:
        return claim
    if changed & set(CHECKED):
        values |= {"checked_on": None, "checked_by": ""}
    for name, value in values.items():
        setattr(claim, name, value)
    claim.save(update_fields=list(values))
    note(claim, "claim.changed", by, at)
    return claim


def claim_as_seen(edition: Edition, slug: str, seen: str) -> Claim:
    """Lock a claim; raises ClaimChangedMeanwhile when it is gone or not as it was seen."""
    claim = Claim.objects.select_for_update().filter(edition=edition, slug=slug).first()
    if claim is None or claim.digest != seen:
        raise ClaimChangedMeanwhile(claim)
    return claim


def note(claim: Claim, deed: str, by: User, at: datetime) -> None:
    """Write a change of the register into the journal, and date the edition: its page has changed."""
    Edition.objects.filter(pk=claim.edition_id).update(changed_on=at.date())
    slug = Edition.objects.values_list("slug", flat=True).get(pk=claim.edition_id)
    record(deed=deed, subject=f"{slug} {claim.slug}", by=by, at=at)


def _add(edition: Edition, values: dict[str, Any], by: User, at: datetime) -> Claim:
    # Of two who add at once the second waits here, and takes the next number.
    Edition.objects.select_for_update().get(pk=edition.pk)
    taken = dict(Claim.objects.filter(edition=edition).values_list("slug", "position"))
    position = max(taken.values(), default=0) + 1
    number = next(n for n in range(position, position + len(taken) + 1) if f"claim-{n}" not in taken)
    claim = Claim.objects.create(edition=edition, slug=f"claim-{number}", position=position, **values)
    note(claim, "claim.added", by, at)
    return claim
