"""Measure each page and the way in with 1,000,000 signatures against 1,000: `python bench/count_page.py`.

Fills two installations, then renders every page in both in turn, each time in a new process, and prints the CPU
time in milliseconds and the ratio. Nothing is cached between two renderings. Of the rounds the quickest counts,
since other work on the machine only makes them slower. With --keep FOLDER the installations stay and are used again.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

HERE = Path(__file__).resolve().parent
ROUNDS, RENDERINGS, FORMS = 3, 9, 300
EDITION = "/en/coming/"
PUBLIC = (
    *("", "letter/", "sign/", "signatures/", "log/", "cities/", "cities/seoul/", "events/seoul-demonstration/"),
    *("news/", "organisations/", "log/count.json", "log/checkpoint", "calendar.ics", "news.atom"),
)
DESK = ("/desk/", "/desk/coming/", "/desk/coming/names/", "/desk/coming/floods/", "/desk/coming/papers/", "/desk/mail/")
SIGNING = "one signature taken in"
Timings = dict[str, float]


def main() -> None:
    """Fill, measure and print; or measure one installation for the process that asks."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--small", type=int, default=1_000)
    parser.add_argument("--large", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(dict(measured())))
    elif options.keep:
        compare(options, options.keep)
    else:
        with tempfile.TemporaryDirectory(prefix="tongmun-bench-") as folder:
            compare(options, Path(folder))


def compare(options: argparse.Namespace, folder: Path) -> None:
    """Measure both in turn and print a table."""
    sizes = (options.small, options.large)
    for size in sizes:
        if not (folder / str(size)).exists():
            (folder / str(size)).mkdir(parents=True)
            run("filling.py", str(size), data=folder / str(size))
    rounds: dict[int, list[Timings]] = {size: [] for size in sizes}
    for _ in range(ROUNDS):
        for size in sizes:
            rounds[size].append(json.loads(run("count_page.py", "--measure", data=folder / str(size))))
    best = {size: {page: min(one[page] for one in found) for page in found[0]} for size, found in rounds.items()}
    print(f"{'CPU in ms, by number of signatures':40}{options.small:>12}{options.large:>12}{'ratio':>8}")
    for page, small in best[options.small].items():
        large = best[options.large][page]
        print(f"{page:40}{small:12.2f}{large:12.2f}{large / small:8.2f}")


def run(*words: str, data: Path) -> str:
    """Run one of the benches on an installation and give what it prints."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TONGMUN_")}
    environment = kept | {"TONGMUN_DATA": str(data), "TONGMUN_PUBLIC_URL": "http://testserver"}
    command = [sys.executable, str(HERE / words[0]), *words[1:]]
    return subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout


def measured() -> Iterator[tuple[str, float]]:
    """Give what each page, and a signature, costs in the installation of the environment."""
    # Both read the environment when they are imported.
    sys.path.insert(0, str(HERE))
    import filling  # noqa: F401, PLC0415 -- sets Django up
    from django.test import Client  # noqa: PLC0415

    from tongmun.people.models import User  # noqa: PLC0415

    client = Client()
    for page in PUBLIC:
        yield EDITION + page, cost_of(lambda page=page: client.get(EDITION + page))
    user, _ = User.objects.get_or_create(email="bench@example.org", defaults={"is_organiser": True})
    client.force_login(user)
    for page in DESK:
        yield page, cost_of(lambda page=page: client.get(page))
    yield SIGNING, cost_of_signing()


def cost_of(get: Callable[[], Any]) -> float:
    """Give the CPU time of a rendering, in milliseconds: the median of some, after one that loads the templates."""
    if get().status_code != 200:  # noqa: PLR2004 -- of HTTP
        raise SystemExit("A page was not given.")
    costs = []
    for _ in range(RENDERINGS):
        began = time.process_time()
        get()
        costs.append(time.process_time() - began)
    return median(costs) * 1_000


def cost_of_signing() -> float:
    """Give the CPU time of taking in one signature by the door before Django, in milliseconds, commit included."""
    from tongmun.signatures.admission import new_stamp  # noqa: PLC0415 -- as above
    from tongmun.web.front_door import FrontDoor  # noqa: PLC0415

    door = FrontDoor(lambda _environ, _start: sys.exit("Django was asked."))
    stamp = new_stamp(edition="coming", at=datetime.now(tz=UTC) - timedelta(minutes=1))
    shared = {"way": "private", "name": "Min Example", "country": "KR", "letter": letter_digest(), "stamp": stamp}
    costs = []
    for number in range(FORMS):
        form = urlencode({**shared, "email": f"b{time.time_ns()}.{number}@example.org"}).encode()
        began = time.process_time()
        door(environ_of(form), lambda _status, _headers: None)
        costs.append(time.process_time() - began)
    return median(costs) * 1_000


def letter_digest() -> str:
    """Give the digest of the letter that is signed."""
    from tongmun.campaigns.models import Edition  # noqa: PLC0415 -- as above
    from tongmun.letters.queries import letter_in  # noqa: PLC0415

    return letter_in(Edition.objects.get(slug="coming"), "en").digest


def environ_of(form: bytes) -> dict[str, Any]:
    """Give the environment in which a server hands over a form."""
    return {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": f"{EDITION}sign/",
        "CONTENT_LENGTH": str(len(form)),
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": BytesIO(form),
    }


if __name__ == "__main__":
    main()
