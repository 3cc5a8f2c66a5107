"""What a bundle says against the database: names that are taken, facts that cannot both hold."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from tongmun.bundles import columns
from tongmun.bundles.adopting import adoptable
from tongmun.bundles.bundle import Bundle
from tongmun.bundles.overlaps import Span, chancery_spans, district_spans, head_spans, overlapping, stored_span
from tongmun.bundles.problems import Place, Problem
from tongmun.campaigns.models import City, Edition, EditionCity
from tongmun.missions.models import ConsularDistrict, HeadOfMission, Mission, Premises


def clashes(bundle: Bundle) -> list[Problem]:
    """List what keeps a bundle from being loaded into this database."""
    return [
        *_edition_clash(bundle),
        *_city_clashes(bundle),
        *_mission_clashes(bundle),
        *_wikidata_clashes(bundle),
        *_premises_clashes(bundle),
        *_head_clashes(bundle),
        *_district_clashes(bundle),
    ]


def _edition_clash(bundle: Bundle) -> list[Problem]:
    slug = bundle.edition.slug
    held = Edition.objects.select_related("campaign").filter(slug=slug).exclude(campaign__slug=bundle.campaign.slug)
    return [
        bundle.edition.origin.place("slug").problem(
            _("The edition “%(slug)s” belongs to the campaign “%(campaign)s” already.")
            % {"slug": slug, "campaign": edition.campaign.slug},
            _("Write another slug, for example “%(example)s”.") % {"example": f"{bundle.campaign.slug}-{slug}"[:60]},
        )
        for edition in held
    ]


def _city_clashes(bundle: Bundle) -> list[Problem]:
    """Find cities that another edition uses and that would move to another country."""
    lines = {line.slug: line for line in bundle.tables.cities.good}
    elsewhere = City.objects.filter(
        slug__in=lines, editions__in=EditionCity.objects.exclude(edition__slug=bundle.edition.slug)
    )
    return [
        _taken(lines[city.slug].origin, city.slug, city.country, f"{city.slug}-{lines[city.slug].country.lower()}")
        for city in elsewhere.distinct()
        if city.country != lines[city.slug].country
    ]


def _mission_clashes(bundle: Bundle) -> list[Problem]:
    lines = {line.slug: line for line in bundle.tables.missions.good}
    others = Mission.objects.filter(slug__in=lines).exclude(sending=bundle.campaign.sending_state)
    return [
        _taken(
            lines[mission.slug].origin,
            mission.slug,
            mission.sending,
            f"{bundle.campaign.sending_state.lower()}-{mission.slug}",
        )
        for mission in others
    ]


def _taken(origin: Place, slug: str, state: str, example: str) -> Problem:
    return origin.at("slug").problem(
        _("“%(slug)s” is in the database already, with the state “%(state)s”.") % {"slug": slug, "state": state},
        _("Write another slug, for example “%(example)s”.") % {"example": example[:60]},
    )


def _wikidata_clashes(bundle: Bundle) -> list[Problem]:
    lines = {line.wikidata: line for line in bundle.tables.missions.good if line.wikidata}
    mine = [line.slug for line in bundle.tables.missions.good]
    adopted = [mission.pk for mission in adoptable(lines.values(), bundle.campaign.sending_state).values()]
    return [
        lines[mission.wikidata]
        .origin.at("wikidata")
        .problem(
            _("The item %(item)s is that of the mission “%(mission)s” in the database.")
            % {"item": mission.wikidata, "mission": mission.slug},
            _("Use the slug “%(mission)s” for this mission, or look up the item again.") % {"mission": mission.slug},
        )
        for mission in Mission.objects.filter(wikidata__in=lines).exclude(slug__in=mine).exclude(pk__in=adopted)
    ]


def _premises_clashes(bundle: Bundle) -> list[Problem]:
    lines = bundle.tables.premises.good
    given = {tuple(getattr(line, name) for name in columns.PREMISES.key) for line in lines}
    chanceries = Premises.objects.filter(
        mission__slug__in={line.mission for line in lines}, function=Premises.Function.CHANCERY
    ).select_related("mission")
    kept = [fact for fact in chanceries if (fact.mission.slug, fact.function, fact.valid_from) not in given]
    return _against(kept, chancery_spans(lines))


def _head_clashes(bundle: Bundle) -> list[Problem]:
    lines = bundle.tables.heads.good
    given = {tuple(getattr(line, name) for name in columns.HEADS.key) for line in lines}
    heads = HeadOfMission.objects.filter(mission__slug__in={line.mission for line in lines}).select_related("mission")
    kept = [fact for fact in heads if (fact.mission.slug, fact.rank, fact.valid_from) not in given]
    return _against(kept, head_spans(lines))


def _district_clashes(bundle: Bundle) -> list[Problem]:
    lines = bundle.tables.districts.good
    given = {tuple(getattr(line, name) for name in columns.DISTRICTS.key) for line in lines}
    districts = ConsularDistrict.objects.filter(mission__slug__in={line.mission for line in lines})
    kept = [
        fact
        for fact in districts.select_related("mission")
        if (fact.mission.slug, fact.region, fact.valid_from) not in given
    ]
    return _against(kept, district_spans(lines))


def _against(kept: Iterable[Premises | HeadOfMission | ConsularDistrict], given: list[Span]) -> list[Problem]:
    """Compare facts that stay in the database with those of the bundle, which do not overlap among themselves."""
    return overlapping([*map(stored_span, kept), *given])
