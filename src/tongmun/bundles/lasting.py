"""Put into the database what outlasts an edition: causes, campaigns, organisations, cities, missions.

Nothing here is ever deleted. A text in a language the bundle has no column for stays.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from tongmun.bundles.adopting import adoptable
from tongmun.bundles.contents import (
    CampaignPart,
    CausePart,
    CityLine,
    DistrictLine,
    HeadLine,
    MissionLine,
    OrganisationPart,
    PremisesLine,
)
from tongmun.bundles.settle import merged, settle
from tongmun.bundles.tables import Lines
from tongmun.bundles.values import city_values, district_values, head_values, mission_values, premises_values
from tongmun.campaigns.models import Campaign, Cause, City, Organisation
from tongmun.missions.models import ConsularDistrict, HeadOfMission, Mission, Premises


def put_campaign(cause: CausePart, part: CampaignPart) -> Campaign:
    """Put the cause and the campaign."""
    causes = {row.slug: row for row in Cause.objects.filter(slug=cause.slug)}
    names = _names(causes, cause.slug, cause.name)
    stored_cause = settle(Cause, existing=causes, wanted={cause.slug: {"slug": cause.slug, "names": names}})[cause.slug]
    campaigns = {row.slug: row for row in Campaign.objects.filter(slug=part.slug)}
    stored = campaigns.get(part.slug)
    values = {
        "cause_id": stored_cause.pk,
        "slug": part.slug,
        "names": _names(campaigns, part.slug, part.name),
        "sending_state": part.sending_state,
        "sending_state_names": merged(stored.sending_state_names if stored else {}, part.sending_state_name, spoken=()),
    }
    return settle(Campaign, existing=campaigns, wanted={part.slug: values})[part.slug]


def put_organisations(parts: Iterable[OrganisationPart]) -> dict[str, Organisation]:
    """Put the organisations; give them by slug."""
    parts = list(parts)
    existing = {row.slug: row for row in Organisation.objects.filter(slug__in=[part.slug for part in parts])}
    wanted = {
        part.slug: {
            "slug": part.slug,
            "names": _names(existing, part.slug, part.name),
            "country": part.country,
            "is_sample": part.sample,
        }
        for part in parts
    }
    return settle(Organisation, existing=existing, wanted=wanted)


def put_cities(lines: Lines[CityLine]) -> dict[str, City]:
    """Put the cities; give them by slug."""
    existing = {row.slug: row for row in City.objects.filter(slug__in=[line.slug for line in lines.good])}
    wanted = {
        line.slug: {**city_values(line), "names": _names(existing, line.slug, line.name, spoken=lines.spoken["name"])}
        for line in lines.good
    }
    return settle(City, existing=existing, wanted=wanted)


def put_missions(lines: Iterable[MissionLine], sending: str) -> dict[str, Mission]:
    """Put the missions of a sending state; give them by slug."""
    lines = list(lines)
    for slug, mission in adoptable(lines, sending).items():
        Mission.objects.filter(pk=mission.pk).update(slug=slug)
    existing = {row.slug: row for row in Mission.objects.filter(slug__in=[line.slug for line in lines])}
    moved = [line.slug for line in lines if line.slug in existing and existing[line.slug].wikidata != line.wikidata]
    # Two missions that exchange their items would collide on the way.
    Mission.objects.filter(slug__in=moved).update(wikidata="")
    return settle(
        Mission, existing=existing, wanted={line.slug: {**mission_values(line), "sending": sending} for line in lines}
    )


def put_premises(lines: Lines[PremisesLine], missions: Mapping[str, Mission]) -> None:
    """Put the premises; one is known by its mission, function and first day."""
    existing = {
        (row.mission_id, row.function, row.valid_from): row
        for row in Premises.objects.filter(mission__in=_pks(missions, lines.good))
    }
    wanted = {}
    for line in lines.good:
        key = (missions[line.mission].pk, line.function, line.valid_from)
        stored = existing[key].lines if key in existing else {}
        texts = merged(stored, line.lines, spoken=lines.spoken["lines"])
        wanted[key] = {**premises_values(line), "mission_id": key[0], "lines": texts}
    _end_first(Premises, existing, wanted)
    settle(Premises, existing=existing, wanted=wanted)


def put_heads(lines: Lines[HeadLine], missions: Mapping[str, Mission]) -> None:
    """Put the heads of mission; one is known by mission, rank and first day."""
    existing = {
        (row.mission_id, row.rank, row.valid_from): row
        for row in HeadOfMission.objects.filter(mission__in=_pks(missions, lines.good))
    }
    wanted = {}
    for line in lines.good:
        key = (missions[line.mission].pk, line.rank, line.valid_from)
        stored = existing[key].names if key in existing else {}
        names = merged(stored, line.name, spoken=lines.spoken["name"])
        titles = merged(existing[key].titles if key in existing else {}, line.title, spoken=lines.spoken["title"])
        wanted[key] = {**head_values(line), "mission_id": key[0], "names": names, "titles": titles}
    _end_first(HeadOfMission, existing, wanted)
    settle(HeadOfMission, existing=existing, wanted=wanted)


def put_districts(
    lines: Lines[DistrictLine], mission_lines: Iterable[MissionLine], missions: Mapping[str, Mission]
) -> None:
    """Put the districts; one is known by mission, region and first day.

    One in the column of missions.csv says nothing about its time, so it adds only what no line and no row says.
    """
    existing = {
        (row.mission_id, row.region, row.valid_from): row
        for row in ConsularDistrict.objects.filter(mission__in=[mission.pk for mission in missions.values()])
    }
    wanted: dict[tuple[int, str, object], dict[str, Any]] = {}
    for line in lines.good:
        key = (missions[line.mission].pk, line.region, line.valid_from)
        wanted[key] = {**district_values(line), "mission_id": key[0]}
    said = {key[:2] for key in (*wanted, *existing)}
    for mission_line in mission_lines:
        pk = missions[mission_line.slug].pk
        for region in mission_line.district:
            if (pk, region) not in said:
                wanted[pk, region, None] = {"mission_id": pk, "region": region}
    _end_first(ConsularDistrict, existing, wanted)
    settle(ConsularDistrict, existing=existing, wanted=wanted)


def _end_first(
    model: type[HeadOfMission | Premises | ConsularDistrict],
    existing: Mapping[Any, Any],
    wanted: Mapping[Any, Mapping[str, Any]],
) -> None:
    """End the facts that are to end: of two chanceries or heads without an end there may be one only, at every step."""
    for key, row in existing.items():
        if key in wanted and row.valid_to is None and wanted[key].get("valid_to"):
            model.objects.filter(pk=row.pk).update(valid_to=wanted[key]["valid_to"])


def _pks(missions: Mapping[str, Mission], lines: Iterable[PremisesLine | HeadLine]) -> set[int]:
    return {missions[line.mission].pk for line in lines}


def _names(
    existing: Mapping[str, Cause | Campaign | Organisation | City],
    slug: str,
    given: dict[str, str],
    *,
    spoken: Iterable[str] = (),
) -> dict[str, str]:
    stored = existing.get(slug)
    return merged(stored.names if stored else {}, given, spoken=spoken)
