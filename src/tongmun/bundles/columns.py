"""The fields of every file of a bundle, in the order in which they are written. See docs/reference/bundle.md."""

import datetime as dt

from tongmun.bundles.cells import (
    LONGEST_NAME,
    LONGEST_TEXT,
    choice,
    degrees,
    limit_of,
    one_of,
    read_count,
    read_digests,
    read_flag,
    read_lines,
    read_reading,
    read_region,
    read_regions,
    read_site_languages,
    read_slug,
    read_state,
    read_wikidata,
    read_zone,
    text,
)
from tongmun.bundles.contents import (
    CityLine,
    ClaimLine,
    DistrictLine,
    EventLine,
    HeadLine,
    MissionLine,
    PremisesLine,
)
from tongmun.bundles.dates import edition_date, read_date, read_time
from tongmun.bundles.fields import Field
from tongmun.bundles.tables import Table
from tongmun.campaigns.models import Call, Edition, EditionCity, Membership, Post
from tongmun.events.models import Event
from tongmun.letters.form_rows import OFFICES
from tongmun.letters.models import Claim, LetterVersion
from tongmun.missions.models import ConsularDistrict, HeadOfMission, Mission, Premises

SLUG = Field("slug", read_slug, needed=True)
NAME = Field("name", text(LONGEST_NAME), needed=True, per_language=True)
CHANGED = Field("changed", read_date)
LATITUDE, LONGITUDE = Field("latitude", degrees(90)), Field("longitude", degrees(180))
TRANSIT = Field("transit", text(LONGEST_TEXT, lines=True), per_language=True, lines=True)
NOTE = Field("note", text(LONGEST_TEXT, lines=True), per_language=True, lines=True)
PERIOD = (Field("valid_from", read_date), Field("valid_to", read_date))

CAUSE = (SLUG, NAME)
CAMPAIGN = (
    SLUG,
    NAME,
    Field("sending_state", read_state, needed=True),
    Field("sending_state_name", text(LONGEST_NAME), needed=True, per_language=True),
)
ORGANISATION = (
    SLUG,
    NAME,
    Field("country", read_state, empty=""),
    Field("role", choice(Membership.Role), needed=True),
    Field("sample", read_flag, empty=False),
)
CALL = (
    Field("title", text(limit_of(Call, "title")), needed=True),
    Field("what", text(lines=True), needed=True, lines=True),
    Field("where", text(lines=True), empty="", lines=True),
    CHANGED,
)
LETTER = (
    Field("date", read_date),
    Field("subject", text(limit_of(LetterVersion, "subject")), empty=""),
    Field("addressee", read_lines, empty="", lines=True),
    Field("care_of", choice(LetterVersion.CareOf), empty=LetterVersion.CareOf.HEAD_OF_MISSION.value),
    Field("salutation", text(limit_of(LetterVersion, "salutation")), empty=""),
    Field("close", text(limit_of(LetterVersion, "close")), empty=""),
    Field("signatory", read_lines, needed=True, lines=True),
    Field("translates", read_digests, empty="", lines=True),
    CHANGED,
)
# From these addressee, salutation and close are written out where the letter leaves them out; they are never exported.
ADDRESSEE = (
    Field("addressee_office", one_of(*OFFICES), empty=""),
    Field("addressee_title", text(LONGEST_NAME), empty=""),
    Field("addressee_spoken", text(LONGEST_NAME), empty=""),
    Field("addressee_name", text(LONGEST_NAME), empty=""),
    Field("addressee_gender", one_of("f", "m"), empty=""),
    Field("addressee_number", one_of("one", "many"), empty="one"),
)
NEWS = (Field("title", text(limit_of(Post, "title")), needed=True), Field("date", read_date, needed=True))


def edition_fields(on: dt.date) -> tuple[Field, ...]:
    """Give the fields of [edition], where a "coming" date is the first such day from `on`."""
    return (
        SLUG,
        NAME,
        Field("date", edition_date(on), needed=True),
        Field("time", read_time, needed=True),
        Field("time_rule", choice(Edition.TimeRule), needed=True),
        Field("zone", read_zone, empty=""),
        Field("languages", read_site_languages, needed=True, lines=True),
        Field("state", choice(Edition.State), needed=True),
        CHANGED,
    )


def _checked(
    model: type[EditionCity | Mission | Premises | HeadOfMission | ConsularDistrict | Claim],
) -> tuple[Field, Field]:
    return Field("checked", read_date), Field("checked_by", text(limit_of(model, "checked_by")), empty="")


CITIES = Table(
    "cities.csv",
    (
        SLUG,
        NAME,
        Field("country", read_state, needed=True),
        Field("zone", read_zone, needed=True),
        Field("latitude", degrees(90), needed=True),
        Field("longitude", degrees(180), needed=True),
        Field("date", read_date),
        Field("time", read_time),
        TRANSIT,
        NOTE,
        *_checked(EditionCity),
        CHANGED,
    ),
    CityLine,
    key=("slug",),
)
MISSIONS = Table(
    "missions.csv",
    (
        SLUG,
        Field("city", read_slug, needed=True),
        Field("kind", choice(Mission.Kind), needed=True),
        Field("status", choice(Mission.Status), needed=True),
        Field("receiving", read_state, empty=""),
        LATITUDE,
        LONGITUDE,
        Field("wikidata", read_wikidata, empty=""),
        Field("district", read_regions, empty=(), lines=True),
        Field("source", text(limit_of(Mission, "source")), empty=""),
        *_checked(Mission),
    ),
    MissionLine,
    key=("slug",),
)
PREMISES = Table(
    "premises.csv",
    (
        Field("mission", read_slug, needed=True),
        Field("function", choice(Premises.Function), needed=True),
        Field("lines", read_lines, needed=True, per_language=True, lines=True),
        *PERIOD,
        Field("source", text(limit_of(Premises, "source")), empty=""),
        *_checked(Premises),
    ),
    PremisesLine,
    key=("mission", "function", "valid_from"),
    needed=False,
)
HEADS = Table(
    "heads.csv",
    (
        Field("mission", read_slug, needed=True),
        Field("rank", choice(HeadOfMission.Rank), needed=True),
        Field("title", text(LONGEST_NAME), per_language=True),
        NAME,
        Field("gender", one_of("f", "m"), empty=""),
        *PERIOD,
        Field("source", text(limit_of(HeadOfMission, "source")), empty=""),
        *_checked(HeadOfMission),
    ),
    HeadLine,
    key=("mission", "rank", "valid_from"),
    needed=False,
)
DISTRICTS = Table(
    "districts.csv",
    (
        Field("mission", read_slug, needed=True),
        Field("region", read_region, needed=True),
        *PERIOD,
        Field("source", text(limit_of(ConsularDistrict, "source")), empty=""),
        *_checked(ConsularDistrict),
    ),
    DistrictLine,
    key=("mission", "region", "valid_from"),
    needed=False,
)
EVENTS = Table(
    "events.csv",
    (
        SLUG,
        Field("city", read_slug, needed=True),
        Field("kind", choice(Event.Kind), needed=True),
        Field("status", choice(Event.Status), needed=True),
        Field("date", read_date),
        Field("time", read_time),
        Field("reading", read_reading),
        Field("ends_date", read_date),
        Field("ends_time", read_time),
        Field("title", text(LONGEST_NAME), needed=True, per_language=True),
        Field("place", text(LONGEST_NAME), per_language=True),
        TRANSIT,
        NOTE,
        LATITUDE,
        LONGITUDE,
        Field("host", text(limit_of(Event, "host")), empty=""),
        Field("sequence", read_count, empty=0),
        CHANGED,
    ),
    EventLine,
    key=("slug",),
)
CLAIMS = Table(
    "claims.csv",
    (
        SLUG,
        Field("text", text(LONGEST_TEXT, lines=True), needed=True, per_language=True, lines=True),
        Field("figure", text(limit_of(Claim, "figure")), empty=""),
        Field("qualifier", text(limit_of(Claim, "qualifier")), empty=""),
        Field("as_of", read_date),
        Field("source", text(limit_of(Claim, "source")), empty=""),
        *_checked(Claim),
        Field("paragraph", read_count),
        Field("sentence", text(LONGEST_TEXT), per_language=True, sparse=True),
    ),
    ClaimLine,
    key=("slug",),
)
