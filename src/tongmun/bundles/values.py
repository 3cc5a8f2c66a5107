"""The values that lines of a bundle have in the columns of the tables, apart from relations and days of change."""

from typing import Any

from tongmun.bundles.contents import (
    CallPart,
    CityLine,
    ClaimLine,
    DistrictLine,
    EditionPart,
    EventLine,
    HeadLine,
    LetterPart,
    MissionLine,
    NewsPart,
    PremisesLine,
)
from tongmun.letters.digests import letter_digest

Values = dict[str, Any]


def edition_values(part: EditionPart) -> Values:
    """Give the columns of Edition."""
    return {
        "slug": part.slug,
        "names": part.name,
        "day": part.date,
        "time": part.time,
        "time_rule": part.time_rule,
        "zone": part.zone,
        "languages": list(part.languages),
        "state": part.state,
    }


def city_values(line: CityLine) -> Values:
    """Give the columns of City."""
    return {
        "slug": line.slug,
        "names": line.name,
        "country": line.country,
        "zone": line.zone,
        "latitude": line.latitude,
        "longitude": line.longitude,
    }


def place_values(line: CityLine) -> Values:
    """Give the columns of EditionCity."""
    return {
        "own_day": line.date,
        "own_time": line.time,
        "transit": line.transit,
        "note": line.note,
        "checked_on": line.checked,
        "checked_by": line.checked_by,
    }


def mission_values(line: MissionLine) -> Values:
    """Give the columns of Mission."""
    return {
        "slug": line.slug,
        "kind": line.kind,
        "status": line.status,
        "receiving": line.receiving,
        "latitude": line.latitude,
        "longitude": line.longitude,
        "wikidata": line.wikidata,
        "source": line.source,
        "checked_on": line.checked,
        "checked_by": line.checked_by,
    }


def premises_values(line: PremisesLine) -> Values:
    """Give the columns of Premises."""
    return {"function": line.function, "lines": line.lines, **_period(line)}


def head_values(line: HeadLine) -> Values:
    """Give the columns of HeadOfMission."""
    return {"rank": line.rank, "names": line.name, "gender": line.gender, **_period(line)}


def district_values(line: DistrictLine) -> Values:
    """Give the columns of ConsularDistrict."""
    return {"region": line.region, **_period(line)}


def event_values(line: EventLine) -> Values:
    """Give the columns of Event."""
    return {
        "slug": line.slug,
        "kind": line.kind,
        "status": line.status,
        "own_day": line.date,
        "own_time": line.time,
        "later_reading": line.reading,
        "ends_day": line.ends_date,
        "ends_time": line.ends_time,
        "titles": line.title,
        "places": line.place,
        "transit": line.transit,
        "note": line.note,
        "latitude": line.latitude,
        "longitude": line.longitude,
        "host": line.host,
        "sequence": line.sequence,
    }


def claim_values(line: ClaimLine, position: int) -> Values:
    """Give the columns of Claim."""
    return {
        "slug": line.slug,
        "position": position,
        "texts": line.text,
        "figure": line.figure,
        "qualifier": line.qualifier,
        "as_of": line.as_of,
        "source": line.source,
        "checked_on": line.checked,
        "checked_by": line.checked_by,
        "paragraph": line.paragraph,
        "sentences": line.sentence,
    }


def call_values(part: CallPart) -> Values:
    """Give the columns of Call."""
    return {
        "language": part.language,
        "title": part.title,
        "what": part.what,
        "where": part.where,
        "body": part.body,
    }


def post_values(part: NewsPart) -> Values:
    """Give the columns of Post."""
    return {
        "slug": part.slug,
        "language": part.language,
        "title": part.title,
        "body": part.body,
        "published_on": part.date,
    }


def letter_values(part: LetterPart) -> Values:
    """Give the columns of LetterVersion, its digest included."""
    values: Values = {
        "language": part.language,
        "dated": part.date,
        "subject": part.subject,
        "addressee": part.addressee,
        "care_of": part.care_of,
        "salutation": part.salutation,
        "body": part.body,
        "close": part.close,
        "signatory": part.signatory,
    }
    return {**values, "digest": letter_digest(**values)}


def _period(line: PremisesLine | HeadLine | DistrictLine) -> Values:
    return {
        "valid_from": line.valid_from,
        "valid_to": line.valid_to,
        "source": line.source,
        "checked_on": line.checked,
        "checked_by": line.checked_by,
    }
