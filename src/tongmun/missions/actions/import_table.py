"""Bring the directory to what a table says, without taking away anything and without undoing what a person did."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from tongmun.missions.flags import Flag, flags_of_spots, spots_of
from tongmun.missions.models import ConsularDistrict, Mission, Upstream
from tongmun.missions.table import UpstreamMission
from tongmun.people.actions.record import record
from tongmun.people.models import User

PLAIN = ("kind", "sending", "receiving", "locality", "phone", "email", "website")
LONGEST_SLUG = 60
LONGEST_KIND = len("-representative-office")
AT_A_TIME = 1_000
SOURCE = "https://www.wikidata.org/wiki/{item}"


@dataclass(frozen=True)
class Difference:
    """One field of a mission: what is or was here, and what the table says."""

    mission: str
    field: str
    here: Any
    upstream: Any


@dataclass
class ImportReport:
    """What an import did, in missions; `kept` are fields that a person changed here and that the table says anew."""

    new: int = 0
    unchanged: int = 0
    changed: list[Difference] = field(default_factory=list)
    kept: list[Difference] = field(default_factory=list)
    standing: int = 0
    absent: int = 0
    flagged: list[tuple[str, tuple[Flag, ...]]] = field(default_factory=list)

    @property
    def changed_missions(self) -> int:
        """The number of missions in which something was changed."""
        return len({difference.mission for difference in self.changed})


@dataclass
class _Known:
    """A mission in the database, what the table said of it last, and the districts it has now."""

    mission: Mission
    upstream: Upstream | None
    districts: list[ConsularDistrict]

    def here(self, name: str) -> Any:  # noqa: ANN401 -- a value of any field
        if name == "position":
            return [] if self.mission.latitude is None else [self.mission.latitude, self.mission.longitude]
        if name == "districts":
            return sorted(district.region for district in self.districts)
        return getattr(self.mission, name)

    def is_checked(self, name: str) -> bool:
        if name == "districts":
            return any(district.checked_by for district in self.districts)
        return bool(self.mission.checked_by)


@transaction.atomic
def import_table(
    *,
    rows: Sequence[UpstreamMission],
    name: str,
    by: User | None,
    at: datetime,
    progress: Callable[[int], object] = lambda _done: None,
) -> ImportReport:
    """Put the rows of a table into the directory; `name` is that of the table, `progress` is told how many are done.

    A field is written only where nothing stands or where what the table said last still stands unchecked. What the
    table leaves empty or no longer has stays.
    """
    report = ImportReport()
    known = _known()
    report.absent = sum(1 for one in known.values() if one.upstream) - sum(
        1 for row in rows if row.item in known and known[row.item].upstream
    )
    slugs = set(Mission.objects.values_list("slug", flat=True))
    is_touched = False
    for start in range(0, len(rows), AT_A_TIME):
        some = rows[start : start + AT_A_TIME]
        is_touched |= _put_new([row for row in some if row.item not in known], slugs, report)
        is_touched |= _put_known([(row, known[row.item]) for row in some if row.item in known], report, today=at.date())
        progress(min(start + AT_A_TIME, len(rows)))
    report.flagged = _flagged()
    if is_touched:
        record(deed="missions.imported", subject=name[:LONGEST_SLUG], by=by, at=at)
    return report


def _known() -> dict[str, _Known]:
    missions = Mission.objects.select_for_update().exclude(wikidata="").in_bulk()
    upstream = {row.mission_id: row for row in Upstream.objects.all()}
    districts: dict[int, list[ConsularDistrict]] = defaultdict(list)
    for district in ConsularDistrict.objects.filter(valid_to=None):
        districts[district.mission_id].append(district)
    return {
        mission.wikidata: _Known(mission, upstream.get(pk), districts.get(pk, [])) for pk, mission in missions.items()
    }


def _put_new(rows: Iterable[UpstreamMission], slugs: set[str], report: ImportReport) -> bool:
    pairs = [(row, _new_mission(row, slugs)) for row in rows]
    Mission.objects.bulk_create(mission for _row, mission in pairs)
    Upstream.objects.bulk_create(Upstream(mission=mission, values=row.values) for row, mission in pairs)
    ConsularDistrict.objects.bulk_create(
        ConsularDistrict(mission=mission, region=region, source=mission.source)
        for row, mission in pairs
        for region in row.values["districts"]
    )
    report.new += len(pairs)
    return bool(pairs)


def _new_mission(row: UpstreamMission, slugs: set[str]) -> Mission:
    mission = Mission(slug=_slug(row, slugs), wikidata=row.item, source=SOURCE.format(item=row.item))
    for name in (*PLAIN, "position"):
        _write(mission, name, row.values[name])
    return mission


def _slug(row: UpstreamMission, slugs: set[str]) -> str:
    """Name it by sending state, city and kind; where that is taken, by its item too."""
    values = row.values
    place = slugify(values["locality"]) or values["receiving"].lower()
    slug = f"{values['sending'].lower()}-{place}"[: LONGEST_SLUG - LONGEST_KIND].rstrip("-") + f"-{values['kind']}"
    if slug in slugs:
        ending = f"-{row.item.lower()}"
        slug = slug[: LONGEST_SLUG - len(ending)].rstrip("-") + ending
    slugs.add(slug)
    return slug


def _put_known(pairs: Iterable[tuple[UpstreamMission, _Known]], report: ImportReport, *, today: date) -> bool:
    touched, said, fresh = [], [], []
    for row, known in pairs:
        before = dict(known.upstream.values) if known.upstream else {}
        after = {**before, **{name: value for name, value in row.values.items() if value}}
        written = [name for name in after if _settle_field(known, name, before.get(name), after[name], report)]
        for name in written:
            if name == "districts":
                _put_districts(known, after[name], today)
            else:
                _write(known.mission, name, after[name])
        if set(written) - {"districts"}:
            touched.append(known.mission)
        report.unchanged += not written
        if known.upstream is None:
            fresh.append(Upstream(mission=known.mission, values=after))
        elif before != after:
            known.upstream.values = after
            said.append(known.upstream)
    if touched:
        Mission.objects.bulk_update(touched, [*PLAIN, "latitude", "longitude"])
    if said:
        Upstream.objects.bulk_update(said, ["values"])
    Upstream.objects.bulk_create(fresh)
    return bool(touched or said or fresh)


def _settle_field(known: _Known, name: str, before: Any, after: Any, report: ImportReport) -> bool:  # noqa: ANN401 -- as above
    """Tell whether a field is to be written, and note what was found."""
    here = known.here(name)
    if here == after:
        return False
    difference = Difference(known.mission.slug, name, here, after)
    if (not here and not before) or (here == before and not known.is_checked(name)):
        report.changed.append(difference)
        return True
    report.standing += 1
    if before != after:
        report.kept.append(difference)
    return False


def _write(mission: Mission, name: str, value: Any) -> None:  # noqa: ANN401 -- as above
    if name == "position":
        mission.latitude, mission.longitude = value or (None, None)
    else:
        setattr(mission, name, value)


def _put_districts(known: _Known, regions: Iterable[str], today: date) -> None:
    """End those that the table has no longer, and begin those that are new; before today nobody can say."""
    wanted, here = set(regions), {district.region: district for district in known.districts}
    gone = [district for region, district in here.items() if region not in wanted]
    ConsularDistrict.objects.filter(
        pk__in=[one.pk for one in gone if one.valid_from and one.valid_from >= today]
    ).delete()
    ConsularDistrict.objects.filter(pk__in=[one.pk for one in gone]).update(valid_to=today)
    former = set(
        ConsularDistrict.objects.filter(mission=known.mission, region__in=wanted).values_list("region", flat=True)
    )
    ConsularDistrict.objects.bulk_create(
        ConsularDistrict(
            mission=known.mission,
            region=region,
            valid_from=today if region in former or here else None,
            source=SOURCE.format(item=known.mission.wikidata),
        )
        for region in sorted(wanted - set(here))
    )


def _flagged() -> list[tuple[str, tuple[Flag, ...]]]:
    flags = flags_of_spots(spots_of(Mission.objects.all()))
    slugs = dict(Mission.objects.filter(pk__in=list(flags)).values_list("pk", "slug"))
    return sorted((slugs[pk], found) for pk, found in flags.items())
