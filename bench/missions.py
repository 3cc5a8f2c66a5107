"""Measure the directory of missions: `python bench/missions.py TABLE [--day 2027-09-22]`.

TABLE is the CSV of database-of-embassies. Prints how long its import takes, how long the second, which has to change
nothing, and how long all facts of a mission take as of a day, for sixty missions of an edition and for all.
"""

import argparse
import atexit
import datetime as dt
import hashlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

FOLDER = Path(tempfile.mkdtemp(prefix="tongmun-bench-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
os.environ["TONGMUN_DATA"] = str(FOLDER)
os.environ["TONGMUN_SECRET_KEY"] = "only-to-measure-" * 3
os.environ["DJANGO_SETTINGS_MODULE"] = "tongmun.config.settings"
os.environ.pop("TONGMUN_DATABASE_URL", None)

import django  # noqa: E402 -- it reads the environment set above

django.setup()

from django.core import serializers  # noqa: E402 -- as above
from django.core.management import call_command  # noqa: E402

from tongmun.missions.actions.import_table import ImportReport, import_table  # noqa: E402
from tongmun.missions.models import ConsularDistrict, HeadOfMission, Mission, OpeningHours, Premises  # noqa: E402
from tongmun.missions.queries import facts_on  # noqa: E402
from tongmun.missions.table import read_table  # noqa: E402

OF_AN_EDITION = 60
IMPORT_LIMIT, FACTS_LIMIT = 20.0, 0.001
Result = TypeVar("Result")


def main() -> int:
    """Measure and print; 0 when every limit is kept and the second import changed nothing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("table", type=Path)
    parser.add_argument("--day", type=dt.date.fromisoformat, default=dt.date(2027, 9, 22))
    options = parser.parse_args()
    call_command("migrate", verbosity=0, interactive=False)
    first, report = _timed(lambda: _import(options.table))
    before = _digest()
    second, again = _timed(lambda: _import(options.table))
    is_same = before == _digest() and not (again.new or again.changed or again.kept)
    print(f"import of {report.new} missions: {first:.1f} s (limit {IMPORT_LIMIT:.0f} s)")
    print(f"second import: {second:.1f} s, {'nothing changed' if is_same else 'IT CHANGED SOMETHING'}")
    missions = list(Mission.objects.order_by("pk"))
    _fill(missions)
    slowest = 0.0
    for some in (missions[:OF_AN_EDITION], missions):
        seconds, _facts = _timed(lambda some=some: facts_on(some, options.day))
        slowest = max(slowest, seconds / len(some))
        print(f"all facts of {len(some)} missions as of {options.day}: {1000 * seconds / len(some):.3f} ms a mission")
    print(f"load of the machine {os.getloadavg()[0]:.1f}")
    return 0 if is_same and first <= IMPORT_LIMIT and slowest <= FACTS_LIMIT else 1


def _timed(work: Callable[[], Result]) -> tuple[float, Result]:
    begins = time.perf_counter()
    result = work()
    return time.perf_counter() - begins, result


def _import(table: Path) -> ImportReport:
    rows, _refused = read_table(table)
    return import_table(rows=rows, name=table.name, by=None, at=dt.datetime.now(tz=dt.UTC))


def _digest() -> str:
    rows = (serializers.serialize("json", table.objects.order_by("pk")) for table in (Mission, ConsularDistrict))
    return hashlib.sha256("".join(rows).encode()).hexdigest()


def _fill(missions: list[Mission]) -> None:
    """Give each mission what the table has not: two addresses and two heads, one after the other, and its hours."""
    turn = dt.date(2025, 1, 1)
    spans = ({"valid_to": turn}, {"valid_from": turn})
    Premises.objects.bulk_create(
        Premises(mission=mission, lines={"en": "1 River Road"}, **span) for mission in missions for span in spans
    )
    HeadOfMission.objects.bulk_create(
        HeadOfMission(mission=mission, rank="ambassador", names={"en": "Head"}, **span)
        for mission in missions
        for span in spans
    )
    OpeningHours.objects.bulk_create(
        OpeningHours(mission=mission, weekday=weekday, opens=dt.time(9), closes=dt.time(12))
        for mission in missions
        for weekday in range(1, 6)
    )


if __name__ == "__main__":
    raise SystemExit(main())
