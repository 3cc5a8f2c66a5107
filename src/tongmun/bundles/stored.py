"""An edition in the database as the lines and parts of a bundle, under the names of its columns and keys.

Rows come in the order in which they were first loaded, so that a table keeps the order its writer gave it.
"""

from collections import defaultdict
from typing import Any

from django.db.models import QuerySet

from tongmun.bundles.cells import UNKNOWN
from tongmun.campaigns.models import Call, Edition, EditionCity, Membership, Post
from tongmun.events.models import Event
from tongmun.letters.models import Claim, LetterVersion
from tongmun.letters.queries import said_of
from tongmun.missions.models import ConsularDistrict, HeadOfMission, Mission, Premises

Row = dict[str, Any]


def edition_row(edition: Edition) -> Row:
    """Give [edition]."""
    return {
        "slug": edition.slug,
        "name": edition.names,
        "date": edition.day,
        "time": edition.time,
        "time_rule": edition.time_rule,
        "zone": edition.zone,
        "languages": edition.languages,
        "state": edition.state,
        "changed": edition.changed_on,
    }


def campaign_row(edition: Edition) -> Row:
    """Give [campaign]. Reads edition.campaign."""
    campaign = edition.campaign
    return {
        "slug": campaign.slug,
        "name": campaign.names,
        "sending_state": campaign.sending_state,
        "sending_state_name": campaign.sending_state_names,
    }


def cause_row(edition: Edition) -> Row:
    """Give [cause]. Reads edition.campaign.cause."""
    return {"slug": edition.campaign.cause.slug, "name": edition.campaign.cause.names}


def organisation_rows(edition: Edition) -> list[Row]:
    """Give each [[organisation]] in the order of the edition."""
    memberships = Membership.objects.filter(edition=edition).select_related("organisation").order_by("position", "pk")
    return [
        {
            "slug": membership.organisation.slug,
            "name": membership.organisation.names,
            "country": membership.organisation.country,
            "role": membership.role,
            "sample": membership.organisation.is_sample or None,
        }
        for membership in memberships
    ]


def call_row(call: Call) -> Row:
    """Give the fields of call.<lang>.md."""
    return {"title": call.title, "what": call.what, "where": call.where, "changed": call.changed_on}


def letter_row(letter: LetterVersion, master: LetterVersion | None) -> Row:
    """Give the fields of letter.<lang>.md; what each paragraph translates only when it is not up to date."""
    said = said_of(letter, master) if master and master != letter else None
    return {
        "date": letter.dated,
        "subject": letter.subject,
        "addressee": letter.addressee.split("\n"),
        "care_of": letter.care_of,
        "salutation": letter.salutation,
        "close": letter.close,
        "signatory": letter.signatory.split("\n"),
        "translates": [digest or UNKNOWN for digest in said] if said else None,
        "changed": letter.changed_on,
    }


def post_row(post: Post) -> Row:
    """Give the fields of news/<slug>.<lang>.md."""
    return {"title": post.title, "date": post.published_on}


def city_rows(edition: Edition) -> list[Row]:
    """Give the lines of cities.csv."""
    return [
        {
            "slug": place.city.slug,
            "name": place.city.names,
            "country": place.city.country,
            "zone": place.city.zone,
            "latitude": place.city.latitude,
            "longitude": place.city.longitude,
            "date": place.own_day,
            "time": place.own_time,
            "transit": place.transit,
            "note": place.note,
            **_checked(place),
            "changed": place.changed_on,
        }
        for place in edition.cities.select_related("city").order_by("pk")
    ]


def mission_rows(edition: Edition) -> list[Row]:
    """Give the lines of missions.csv."""
    bare = [district for district in _districts(edition) if _is_bare(district)]
    regions: dict[int, list[str]] = defaultdict(list)
    for district in bare:
        regions[district.mission_id].append(district.region)
    links = EditionCity.missions.through.objects.filter(editioncity__edition=edition)
    return [
        {
            "slug": link.mission.slug,
            "city": link.editioncity.city.slug,
            "kind": link.mission.kind,
            "status": link.mission.status,
            "receiving": link.mission.receiving,
            "latitude": link.mission.latitude,
            "longitude": link.mission.longitude,
            "wikidata": link.mission.wikidata,
            "district": "\n".join(regions[link.mission_id]),
            "source": link.mission.source,
            **_checked(link.mission),
        }
        for link in links.select_related("mission", "editioncity__city").order_by("mission_id", "pk")
    ]


def premises_rows(edition: Edition) -> list[Row]:
    """Give the lines of premises.csv, of every time, for the missions of the edition."""
    facts = Premises.objects.filter(mission__in=_missions(edition)).select_related("mission").order_by("pk")
    return [{"function": fact.function, "lines": fact.lines, **_dated(fact)} for fact in facts]


def head_rows(edition: Edition) -> list[Row]:
    """Give the lines of heads.csv, of every time, for the missions of the edition."""
    facts = HeadOfMission.objects.filter(mission__in=_missions(edition)).select_related("mission").order_by("pk")
    return [
        {"rank": fact.rank, "title": fact.titles, "name": fact.names, "gender": fact.gender, **_dated(fact)}
        for fact in facts
    ]


def district_rows(edition: Edition) -> list[Row]:
    """Give the lines of districts.csv: those of which more is known than the column of missions.csv can hold."""
    return [
        {"region": district.region, **_dated(district)} for district in _districts(edition) if not _is_bare(district)
    ]


def event_rows(edition: Edition) -> list[Row]:
    """Give the lines of events.csv."""
    return [_event_row(event) for event in edition.events.select_related("place__city").order_by("pk")]


def claim_rows(edition: Edition) -> list[Row]:
    """Give the lines of claims.csv in the order of the letter's register."""
    return [
        {
            "slug": claim.slug,
            "text": claim.texts,
            "figure": claim.figure,
            "qualifier": claim.qualifier,
            "as_of": claim.as_of,
            "source": claim.source,
            **_checked(claim),
            "paragraph": claim.paragraph,
            "sentence": claim.sentences,
        }
        for claim in edition.claims.order_by("position", "pk")
    ]


def _event_row(event: Event) -> Row:
    reading = {None: "", False: "earlier", True: "later"}[event.later_reading]
    return {
        "slug": event.slug,
        "city": event.place.city.slug,
        "kind": event.kind,
        "status": event.status,
        "date": event.own_day,
        "time": event.own_time,
        "reading": reading,
        "ends_date": event.ends_day,
        "ends_time": event.ends_time,
        "title": event.titles,
        "place": event.places,
        "transit": event.transit,
        "note": event.note,
        "latitude": event.latitude,
        "longitude": event.longitude,
        "host": event.host,
        "sequence": event.sequence,
        "changed": event.changed_on,
    }


def _districts(edition: Edition) -> QuerySet[ConsularDistrict]:
    districts = ConsularDistrict.objects.filter(mission__in=_missions(edition))
    return districts.select_related("mission").order_by("pk")


def _is_bare(district: ConsularDistrict) -> bool:
    """Tell whether nothing but the region is known."""
    return not any((district.valid_from, district.valid_to, district.source, district.checked_on, district.checked_by))


def _missions(edition: Edition) -> list[int]:
    links = EditionCity.missions.through.objects.filter(editioncity__edition=edition)
    return list(links.values_list("mission_id", flat=True))


def _checked(row: EditionCity | Mission | Claim | Premises | HeadOfMission | ConsularDistrict) -> Row:
    return {"checked": row.checked_on, "checked_by": row.checked_by}


def _dated(fact: Premises | HeadOfMission | ConsularDistrict) -> Row:
    return {
        "mission": fact.mission.slug,
        "valid_from": fact.valid_from,
        "valid_to": fact.valid_to,
        "source": fact.source,
        **_checked(fact),
    }
