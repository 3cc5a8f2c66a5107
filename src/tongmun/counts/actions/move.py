"""Count a signature in another country, when its signer says so afterwards."""

from django.db import transaction
from django.db.models import F

from tongmun.campaigns.models import Edition
from tongmun.counts.models import CountEntry, Reckoning, Tally


@transaction.atomic
def move_entry(*, edition: Edition, digest: bytes, country: str) -> None:
    """Let an entry be counted in a country, or in none (""); the log does not change, it holds no countries."""
    Reckoning.objects.select_for_update().filter(edition=edition).first()
    entry = CountEntry.objects.select_for_update().get(edition=edition, kind=CountEntry.Kind.ADD, digest=digest)
    if entry.country == country:
        return
    if entry.position is not None:
        Tally.objects.get_or_create(edition=edition, country=country)
        Tally.objects.filter(edition=edition, country=country).update(counted=F("counted") + 1)
        Tally.objects.filter(edition=edition, country=entry.country).update(counted=F("counted") - 1)
    CountEntry.objects.filter(pk=entry.pk).update(country=country)
