"""What a bundle holds, once it has been read. Attributes are named like the columns and keys."""

import datetime as dt
from dataclasses import dataclass

from tongmun.bundles.problems import Place
from tongmun.bundles.toml_tables import TomlTable

Texts = dict[str, str]


@dataclass(frozen=True)
class CausePart:
    """[cause] of campaign.toml."""

    origin: TomlTable
    slug: str
    name: Texts


@dataclass(frozen=True)
class CampaignPart:
    """[campaign] of campaign.toml."""

    origin: TomlTable
    slug: str
    name: Texts
    sending_state: str
    sending_state_name: Texts


@dataclass(frozen=True)
class EditionPart:
    """[edition] of campaign.toml; `date` is fixed, also where "coming" is written."""

    origin: TomlTable
    slug: str
    name: Texts
    date: dt.date
    time: dt.time
    time_rule: str
    zone: str
    languages: tuple[str, ...]
    state: str
    changed: dt.date | None


@dataclass(frozen=True)
class OrganisationPart:
    """One [[organisation]] of campaign.toml."""

    origin: TomlTable
    slug: str
    name: Texts
    country: str
    role: str
    sample: bool


@dataclass(frozen=True)
class CallPart:
    """call.<lang>.md."""

    origin: Place
    language: str
    title: str
    what: str
    where: str
    changed: dt.date | None
    body: str


@dataclass(frozen=True)
class LetterPart:
    """letter.<lang>.md."""

    origin: Place
    language: str
    date: dt.date | None
    subject: str
    addressee: str
    care_of: str
    salutation: str
    close: str
    signatory: str
    translates: str
    changed: dt.date | None
    body: str


@dataclass(frozen=True)
class NewsPart:
    """news/<slug>.<lang>.md."""

    origin: Place
    slug: str
    language: str
    title: str
    date: dt.date
    body: str


@dataclass(frozen=True)
class CityLine:
    """A line of cities.csv."""

    origin: Place
    slug: str
    name: Texts
    country: str
    zone: str
    latitude: float
    longitude: float
    date: dt.date | None
    time: dt.time | None
    transit: Texts
    note: Texts
    checked: dt.date | None
    checked_by: str
    changed: dt.date | None


@dataclass(frozen=True)
class MissionLine:
    """A line of missions.csv."""

    origin: Place
    slug: str
    city: str
    kind: str
    status: str
    receiving: str
    latitude: float | None
    longitude: float | None
    wikidata: str
    district: tuple[str, ...]
    source: str
    checked: dt.date | None
    checked_by: str


@dataclass(frozen=True)
class PremisesLine:
    """A line of premises.csv."""

    origin: Place
    mission: str
    function: str
    lines: Texts
    valid_from: dt.date | None
    valid_to: dt.date | None
    source: str
    checked: dt.date | None
    checked_by: str


@dataclass(frozen=True)
class HeadLine:
    """A line of heads.csv."""

    origin: Place
    mission: str
    rank: str
    title: Texts
    name: Texts
    gender: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    source: str
    checked: dt.date | None
    checked_by: str


@dataclass(frozen=True)
class DistrictLine:
    """A line of districts.csv."""

    origin: Place
    mission: str
    region: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    source: str
    checked: dt.date | None
    checked_by: str


@dataclass(frozen=True)
class EventLine:
    """A line of events.csv; `reading` is True for the later of two readings, None when nobody has said."""

    origin: Place
    slug: str
    city: str
    kind: str
    status: str
    date: dt.date | None
    time: dt.time | None
    reading: bool | None
    ends_date: dt.date | None
    ends_time: dt.time | None
    title: Texts
    place: Texts
    transit: Texts
    note: Texts
    latitude: float | None
    longitude: float | None
    host: str
    sequence: int
    changed: dt.date | None


@dataclass(frozen=True)
class ClaimLine:
    """A line of claims.csv."""

    origin: Place
    slug: str
    text: Texts
    figure: str
    qualifier: str
    as_of: dt.date | None
    source: str
    checked: dt.date | None
    checked_by: str
    paragraph: int | None
    sentence: Texts
