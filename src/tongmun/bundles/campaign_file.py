"""campaign.toml: the cause, the campaign, the edition and its organisations."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.utils.translation import gettext as _

from tongmun.bundles import columns
from tongmun.bundles.contents import CampaignPart, CausePart, EditionPart, OrganisationPart
from tongmun.bundles.fields import Field, read_fields
from tongmun.bundles.files import CAMPAIGN
from tongmun.bundles.problems import Place, Problem, choice_remedy
from tongmun.bundles.toml_tables import TomlFile, TomlTable, read_toml, toml_cells

P = TypeVar("P")
FORMAT = 1
TABLES = ("cause", "campaign", "edition")
ORGANISATION = "organisation"


@dataclass(frozen=True)
class CampaignFile:
    """What campaign.toml holds; a part that could not be read is None."""

    cause: CausePart | None = None
    campaign: CampaignPart | None = None
    edition: EditionPart | None = None
    organisations: tuple[OrganisationPart, ...] = ()


def read_campaign_file(text: str | None, on: dt.date, problems: list[Problem]) -> CampaignFile:
    """Read campaign.toml, or say that it is missing; a "coming" date is the first such day from `on`."""
    if text is None:
        problems.append(
            Place(CAMPAIGN).problem(
                _("The file “%(name)s” is missing.") % {"name": CAMPAIGN},
                _("Add it, with the tables [cause], [campaign] and [edition]."),
            )
        )
        return CampaignFile()
    toml = read_toml(CAMPAIGN, text, problems)
    if toml is None:
        return CampaignFile()
    problems += _top_problems(toml)
    return CampaignFile(
        _single(toml, "cause", columns.CAUSE, CausePart, problems),
        _single(toml, "campaign", columns.CAMPAIGN, CampaignPart, problems),
        _single(toml, "edition", columns.edition_fields(on), EditionPart, problems),
        _organisations(toml, problems),
    )


def _top_problems(toml: TomlFile) -> list[Problem]:
    top = toml.table("", toml.values)
    known = ["format", *TABLES, ORGANISATION]
    problems = [
        Place(CAMPAIGN, toml.lines.get((name, 0, "")) or top.lines.get(name), name).problem(
            _("The field “%(field)s” is not known.") % {"field": name}, choice_remedy(name, known)
        )
        for name in toml.values
        if name not in known
    ]
    if toml.values.get("format") != FORMAT:
        problems.append(
            top.place("format").problem(
                _("The format of the bundle is not known."),
                _("Write on the first line: format = %(format)s") % {"format": FORMAT},
            )
        )
    return problems


def _single(
    toml: TomlFile, name: str, fields: Sequence[Field], build: Callable[..., P], problems: list[Problem]
) -> P | None:
    values = toml.values.get(name)
    if not isinstance(values, dict):
        problems.append(
            Place(CAMPAIGN, toml.lines.get((name, 0, "")), name).problem(
                _("The table [%(name)s] is missing.") % {"name": name},
                _("Write the line [%(name)s] and its fields under it.") % {"name": name},
            )
        )
        return None
    return _part(toml.table(name, values), fields, build, problems)


def _part(table: TomlTable, fields: Sequence[Field], build: Callable[..., P], problems: list[Problem]) -> P | None:
    before = len(problems)
    cells = toml_cells(table, fields, problems)
    origin = Place(table.file, table.line)
    values = read_fields(fields, cells, whole=origin, problems=problems)
    return build(origin=table, **values) if values is not None and len(problems) == before else None


def _organisations(toml: TomlFile, problems: list[Problem]) -> tuple[OrganisationPart, ...]:
    listed = toml.values.get(ORGANISATION, [])
    if not isinstance(listed, list) or not all(isinstance(item, dict) for item in listed):
        problems.append(
            Place(CAMPAIGN, toml.lines.get((ORGANISATION, 0, "")), ORGANISATION).problem(
                _("An organisation is not written as a table."),
                _("Write the line [[organisation]], in two brackets, before the fields of each."),
            )
        )
        return ()
    tables = [toml.table(ORGANISATION, values, index) for index, values in enumerate(listed)]
    parts = [_part(table, columns.ORGANISATION, OrganisationPart, problems) for table in tables]
    return tuple(part for part in parts if part)
