"""Measure an import against a bare load of the same file: `python bench/import_rows.py [--rows 1000000]`.

The bare load reads the file with `csv` and writes its columns into an SQLite table by executemany, a thousand rows a
transaction. What sealing takes is measured alone and subtracted, because no loader has to do it; both are printed.
"""

import argparse
import atexit
import csv
import datetime as dt
import os
import random
import resource
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
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

from django.conf import settings  # noqa: E402 -- as above
from django.core.management import call_command  # noqa: E402

from tongmun.campaigns.models import Campaign, Cause, Edition, Membership, Organisation  # noqa: E402
from tongmun.imports.actions.decide import map_columns, start  # noqa: E402
from tongmun.imports.actions.receive import receive  # noqa: E402
from tongmun.imports.actions.run import run_step  # noqa: E402
from tongmun.imports.checking import Checker  # noqa: E402
from tongmun.imports.inbox import Inbox  # noqa: E402
from tongmun.imports.mapping import Mapping, guess  # noqa: E402
from tongmun.imports.models import Import  # noqa: E402
from tongmun.kit.keyring import make_coalition_keys, server_key  # noqa: E402
from tongmun.kit.sealing import lock  # noqa: E402
from tongmun.letters.actions.write_version import write_version  # noqa: E402
from tongmun.people.models import User  # noqa: E402
from tongmun.signatures.actions.confirm import sealed_address, sealed_names  # noqa: E402
from tongmun.signatures.entry import Entry  # noqa: E402

HEADINGS = ("email", "name", "country", "show", "print", "news")
NAMES = ("Suzie Signer", "김민수", "Amal Haddad", "João da Silva", "Omar", "Nguyễn Thị Lan")
COUNTRIES = ("KR", "DE", "BR", "US", "EG", "")
BATCH = 1_000
SEALED = 2_400
Result = TypeVar("Result")
PIECE = 64 * 1024
AT = dt.datetime(2027, 8, 10, tzinfo=dt.UTC)
LETTER = {
    "dated": None,
    "subject": "The rivers",
    "addressee": "Her Excellency Example",
    "care_of": "head-of-mission",
    "salutation": "Your Excellency,",
    "body": "First paragraph.",
    "close": "Respectfully,",
    "signatory": "Those who joined",
}


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock on the wall, and of this process alone: on a machine with other work the second count."""

    wall: float
    cpu: float


def main() -> None:
    """Make the file, load it, import it, and print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=1_000_000)
    rows = options.parse_args().rows
    path = FOLDER / "rows.csv"
    write_file(path, rows)
    bare, _ = timed(lambda: load_bare(path))
    call_command("migrate", verbosity=0)
    received, made = timed(lambda: received_file(path))
    before = peak()
    whole, _ = timed(run_all)
    made.refresh_from_db()
    if (made.state, made.added) != (Import.State.DONE, rows):
        raise SystemExit(f"The import is {made.state} with {made.added} rows.")
    show(rows, bare, received, whole, seal_cost(path, rows))
    print(f"peak memory {peak():.0f} MiB, before the import {before:.0f} MiB")


def show(rows: int, bare: Cost, received: Cost, whole: Cost, sealing: Cost) -> None:
    """Print the figures."""
    apart = Cost(whole.wall - sealing.wall, whole.cpu - sealing.cpu)
    print(f"{rows} rows             wall      CPU")
    lines = {"bare csv to SQLite": bare, "received and locked": received, "import": whole, "of it sealing": sealing}
    for name, cost in {**lines, "import, sealing apart": apart}.items():
        share = f"{bare.wall / cost.wall:6.1%} and {bare.cpu / cost.cpu:6.1%} of the bare load"
        print(f"{name:22}{cost.wall:8.1f}{cost.cpu:8.1f} s {rows / cost.wall:9.0f} rows/s, {share}")


def peak() -> float:
    """Give the most memory this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(work: Callable[[], Result]) -> tuple[Cost, Result]:
    """Give what something costs, and what it gives."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    return Cost(time.perf_counter() - wall, time.process_time() - cpu), result


def write_file(path: Path, rows: int) -> None:
    """Write the file of an organisation: every second person is shown, every third printed, every fourth wants news."""
    chance = random.Random(7)  # noqa: S311 -- the same file every time
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEADINGS)
        for number in range(rows):
            consents = ["yes" if number % every == 0 else "" for every in (2, 3, 4)]
            person = [f"signer.{number}@example{number % 50}.org", chance.choice(NAMES), chance.choice(COUNTRIES)]
            out.writerow([*person, *consents])


def rows_in(path: Path) -> Iterator[list[str]]:
    """Give the rows below the headings."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from islice(csv.reader(file), 1, None)


def load_bare(path: Path) -> None:
    """Load the file as it stands."""
    connection = sqlite3.connect(FOLDER / "bare.sqlite3", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE rows (email, name, country, shows, prints, news)")
    rows = rows_in(path)
    while batch := list(islice(rows, BATCH)):
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?)", batch)
        connection.execute("COMMIT")
    connection.close()


def received_file(path: Path) -> Import:
    """Receive, map and start the file by the product's own actions."""
    edition, organisation, by = prepared()
    inbox = Inbox()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            inbox.take(piece)
    inbox.close()
    letter = edition.letters.get()
    statement = "Made up to measure how fast an import is."
    made = receive(
        key=inbox.key, edition=edition, organisation=organisation, letter=letter, statement=statement, by=by, at=AT
    )
    map_columns(of=made, mapping=mapping(), by=by, at=AT)
    start(of=made, by=by, at=AT)
    return made


def prepared() -> tuple[Edition, Organisation, User]:
    """Make an edition that can be signed."""
    make_coalition_keys(settings.KEYS)
    by = User.objects.create(email="organiser@example.org", is_organiser=True)
    cause = Cause.objects.create(slug="cause", names={"en": "Cause"})
    state = {"sending_state": "XA", "sending_state_names": {"en": "Example"}}
    campaign = Campaign.objects.create(cause=cause, slug="campaign", names={"en": "Campaign"}, **state)
    organisation = Organisation.objects.create(slug="friends", names={"en": "Friends"})
    edition = Edition.objects.create(
        campaign=campaign,
        slug="rivers",
        names={"en": "Rivers"},
        day=AT.date(),
        time=dt.time(12),
        languages=["en"],
        state=Edition.State.OPEN,
        changed_on=AT.date(),
    )
    Membership.objects.create(edition=edition, organisation=organisation, position=1)
    write_version(edition=edition, language="en", based_on=0, by=by, at=AT, **LETTER)
    return edition, organisation, by


def mapping() -> Mapping:
    """Read the columns as the desk would guess them."""
    return Mapping(guess(HEADINGS), frozenset({"yes"}))


def run_all() -> None:
    """Take the worker's step until nothing is left."""
    while run_step(at=AT):
        pass


def seal_cost(path: Path, rows: int) -> Cost:
    """Give what the boxes of so many signatures cost, by the first rows of the file."""
    checker = Checker(mapping(), len(HEADINGS), "en", AT.date())
    entries = [checker.check(cells).entry for cells in islice(rows_in(path), SEALED)]
    cost, _ = timed(lambda: [seal_all(entry) for entry in entries])
    return Cost(cost.wall * rows / len(entries), cost.cpu * rows / len(entries))


def seal_all(entry: Entry) -> None:
    """Make every box that counting a signature makes."""
    server = server_key(settings.KEYS)
    sealed_names(entry.person)
    lock({"domain": entry.email.rpartition("@")[2]}, key=server, purpose="domain")
    lock({"opening": "0" * 64}, key=server, purpose="opening")
    if entry.consents_to_news:
        sealed_address(entry.email)
    if entry.disclosure.public == "name":
        lock({"name": entry.name}, key=server, purpose="name")


if __name__ == "__main__":
    main()
