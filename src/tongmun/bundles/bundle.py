"""Read a whole bundle: every file, every field, and what they say of each other."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from tongmun.bundles import columns, references
from tongmun.bundles.campaign_file import CampaignFile, read_campaign_file
from tongmun.bundles.contents import (
    CampaignPart,
    CausePart,
    CityLine,
    ClaimLine,
    DistrictLine,
    EditionPart,
    EventLine,
    HeadLine,
    MissionLine,
    OrganisationPart,
    PremisesLine,
)
from tongmun.bundles.documents import Documents, read_documents
from tongmun.bundles.files import read_files
from tongmun.bundles.overlaps import overlap_problems
from tongmun.bundles.problems import BundleRefused, Problem
from tongmun.bundles.tables import Lines, read_table
from tongmun.bundles.times import time_problems


@dataclass(frozen=True)
class Tables:
    """The CSV files of a bundle."""

    cities: Lines[CityLine]
    missions: Lines[MissionLine]
    premises: Lines[PremisesLine]
    heads: Lines[HeadLine]
    districts: Lines[DistrictLine]
    events: Lines[EventLine]
    claims: Lines[ClaimLine]


@dataclass(frozen=True)
class Bundle:
    """One edition as it is to be; nothing is wrong with it as far as the bundle alone can tell."""

    cause: CausePart
    campaign: CampaignPart
    edition: EditionPart
    organisations: tuple[OrganisationPart, ...]
    documents: Documents
    tables: Tables


def read_bundle(*, path: Path, on: dt.date) -> Bundle:
    """Read a folder or a zip; a "coming" date is the first such day from `on`. Raises BundleRefused."""
    texts, problems = read_files(path)
    head = read_campaign_file(texts.get("campaign.toml"), on, problems)
    documents = read_documents(texts, problems)
    tables = _read_tables(texts, problems)
    problems += _table_problems(tables, documents)
    problems += _edition_problems(head, tables, documents, texts)
    if problems or not (head.cause and head.campaign and head.edition):
        raise BundleRefused(problems)
    return Bundle(head.cause, head.campaign, head.edition, head.organisations, documents, tables)


def _read_tables(texts: dict[str, str], problems: list[Problem]) -> Tables:
    return Tables(
        cities=read_table(columns.CITIES, texts.get("cities.csv"), problems),
        missions=read_table(columns.MISSIONS, texts.get("missions.csv"), problems),
        premises=read_table(columns.PREMISES, texts.get("premises.csv"), problems),
        heads=read_table(columns.HEADS, texts.get("heads.csv"), problems),
        districts=read_table(columns.DISTRICTS, texts.get("districts.csv"), problems),
        events=read_table(columns.EVENTS, texts.get("events.csv"), problems),
        claims=read_table(columns.CLAIMS, texts.get("claims.csv"), problems),
    )


def _table_problems(tables: Tables, documents: Documents) -> list[Problem]:
    cities, missions = tables.cities.raw, tables.missions.raw
    premises, heads, districts = tables.premises.raw, tables.heads.raw, tables.districts.raw
    events, claims = tables.events.raw, tables.claims.raw
    return [
        *references.repeated_lines(cities, columns.CITIES.key),
        *references.repeated_lines(missions, columns.MISSIONS.key),
        *references.repeated_lines(premises, columns.PREMISES.key),
        *references.repeated_lines(heads, columns.HEADS.key),
        *references.repeated_lines(districts, columns.DISTRICTS.key),
        *references.repeated_lines(events, columns.EVENTS.key),
        *references.repeated_lines(claims, columns.CLAIMS.key),
        *references.repeated_wikidata(missions),
        *references.unknown_references(missions, "city", cities, columns.CITIES.file),
        *references.unknown_references(events, "city", cities, columns.CITIES.file),
        *references.unknown_references(premises, "mission", missions, columns.MISSIONS.file),
        *references.unknown_references(heads, "mission", missions, columns.MISSIONS.file),
        *references.unknown_references(districts, "mission", missions, columns.MISSIONS.file),
        *references.coordinate_problems([*missions, *events]),
        *references.paragraph_problems(tables.claims.good, documents.letters),
        *overlap_problems(tables.premises.good, tables.heads.good, tables.districts.good),
    ]


def _edition_problems(head: CampaignFile, tables: Tables, documents: Documents, texts: dict[str, str]) -> list[Problem]:
    problems = references.repeated_organisations(head.organisations)
    if head.edition:
        parts = [part for part in (head.cause, head.campaign, head.edition) if part]
        problems += [
            *references.name_problems(head.edition, parts),
            *references.zone_problems(head.edition),
            *references.call_problems(head.edition, texts),
            *references.news_problems(head.edition, documents.news),
            *references.city_name_problems(head.edition, tables.cities.good),
            *time_problems(head.edition, tables.cities.good, tables.events.good),
        ]
    return problems
