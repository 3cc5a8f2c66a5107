"""Dated facts that cannot both hold: two chanceries or heads of one mission, or one district twice, on one day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from django.utils.translation import gettext as _

from tongmun.bundles.contents import DistrictLine, HeadLine, PremisesLine
from tongmun.bundles.problems import Place, Problem
from tongmun.missions.models import ConsularDistrict, HeadOfMission, Premises


@dataclass(frozen=True)
class Span:
    """A fact about a mission from one day to another; `origin` is None for one that is in the database only.

    `region` is that of a district, of which a mission may have several.
    """

    mission: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    origin: Place | None
    region: str = ""

    def overlaps(self, other: "Span") -> bool:
        """Tell whether both hold on some day."""
        return (self.valid_from or dt.date.min) < (other.valid_to or dt.date.max) and (
            other.valid_from or dt.date.min
        ) < (self.valid_to or dt.date.max)

    @property
    def days(self) -> str:
        """The first day and the first day no longer, in the way of the file."""
        return f"{self.valid_from or '…'} – {self.valid_to or '…'}"


def overlap_problems(
    premises: Iterable[PremisesLine], heads: Iterable[HeadLine], districts: Iterable[DistrictLine]
) -> list[Problem]:
    """Find lines that end before they begin, and lines that overlap."""
    premises, heads, districts = list(premises), list(heads), list(districts)
    dated: list[PremisesLine | HeadLine | DistrictLine] = [*premises, *heads, *districts]
    problems = [
        line.origin.at("valid_to").problem(
            _("It ends on %(to)s, before it begins on %(from)s.") % {"to": line.valid_to, "from": line.valid_from},
            _("Write the first day on which it no longer holds, after “valid_from”."),
        )
        for line in dated
        if line.valid_from and line.valid_to and line.valid_to <= line.valid_from
    ]
    spans = (chancery_spans(premises), head_spans(heads), district_spans(districts))
    return problems + [problem for together in spans for problem in overlapping(together)]


def chancery_spans(premises: Iterable[PremisesLine]) -> list[Span]:
    """Give the spans of chanceries; other buildings may overlap."""
    return [
        Span(line.mission, line.valid_from, line.valid_to, line.origin)
        for line in premises
        if line.function == Premises.Function.CHANCERY
    ]


def head_spans(heads: Iterable[HeadLine]) -> list[Span]:
    """Give the spans of heads of mission, of any rank."""
    return [Span(line.mission, line.valid_from, line.valid_to, line.origin) for line in heads]


def district_spans(districts: Iterable[DistrictLine]) -> list[Span]:
    """Give the spans of districts."""
    return [Span(line.mission, line.valid_from, line.valid_to, line.origin, line.region) for line in districts]


def stored_span(fact: Premises | HeadOfMission | ConsularDistrict) -> Span:
    """Give the span of a fact in the database. Reads fact.mission."""
    region = fact.region if isinstance(fact, ConsularDistrict) else ""
    return Span(fact.mission.slug, fact.valid_from, fact.valid_to, None, region)


def overlapping(spans: Sequence[Span]) -> list[Problem]:
    """Find pairs that hold on the same day, of which at least the second is in the bundle."""
    of_mission: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for span in spans:
        of_mission[span.mission, span.region].append(span)
    return [
        _overlap(first, second, second.origin)
        for together in of_mission.values()
        for first, second in combinations(together, 2)
        if second.origin and first.overlaps(second)
    ]


def _overlap(first: Span, second: Span, place: Place) -> Problem:
    words = {"mission": second.mission, "days": second.days, "others": first.days}
    if first.origin is None:
        return place.at("valid_from").problem(
            _("For “%(mission)s”, %(days)s overlaps with %(others)s, which is in the database already.") % words,
            _("Add the line that begins on the same day as the one in the database, and give it its “valid_to”."),
        )
    return place.at("valid_from").problem(
        _("For “%(mission)s”, %(days)s overlaps with %(others)s on line %(line)s.")
        % {**words, "line": first.origin.line},
        _("Let one end on the day on which the other begins."),
    )
