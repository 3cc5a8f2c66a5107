"""The names that pages show."""

from tongmun.campaigns.models import Edition
from tongmun.signatures.models import Signature


def shown_names(edition: Edition, *, limit: int) -> list[str]:
    """Give the names their owners wanted shown and a moderator let through, in order of the letters, not of signing."""
    return list(
        Signature.objects.shown()
        .filter(edition=edition)
        .order_by("shown_name")
        .values_list("shown_name", flat=True)[:limit]
    )
