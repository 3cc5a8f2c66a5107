"""Missions that a table brought and no edition uses yet: a bundle that knows the item gives them its own slug."""

from collections.abc import Iterable

from tongmun.bundles.contents import MissionLine
from tongmun.campaigns.models import EditionCity
from tongmun.missions.models import Mission


def adoptable(lines: Iterable[MissionLine], sending: str) -> dict[str, Mission]:
    """Give such missions of a sending state by the slug they are to have; two queries."""
    slug_of = {line.wikidata: line.slug for line in lines if line.wikidata}
    taken = set(Mission.objects.filter(slug__in=slug_of.values()).values_list("slug", flat=True))
    unused = Mission.objects.filter(sending=sending, wikidata__in=slug_of, upstream__isnull=False).exclude(
        pk__in=EditionCity.missions.through.objects.values("mission")
    )
    return {slug_of[m.wikidata]: m for m in unused if slug_of[m.wikidata] not in taken}
