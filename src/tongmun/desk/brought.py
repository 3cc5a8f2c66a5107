"""What each organisation of an edition has brought, and the link it hands out."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings

from tongmun.campaigns.models import Edition
from tongmun.campaigns.queries import coalition_of
from tongmun.counts.queries import referrals_of
from tongmun.kit.text import in_language


@dataclass(frozen=True)
class Brought:
    """One organisation: how many counted signatures came through its links, and its link; "" for a draft."""

    name: str
    counted: int
    link: str


def brought_in(edition: Edition, *, language: str, page: str) -> tuple[Brought, ...]:
    """Read who brought how many, the most first; two queries. `page` is the path of the call, "" for a draft."""
    counted = referrals_of(edition)
    rows = [
        Brought(
            name=in_language(one.organisation.names, language),
            counted=counted.get(one.organisation_id, 0),
            link=f"{settings.PUBLIC_URL}{page}?{urlencode({'via': one.organisation.slug})}" if page else "",
        )
        for one in coalition_of(edition)
    ]
    return tuple(sorted(rows, key=lambda row: (-row.counted, row.name)))
