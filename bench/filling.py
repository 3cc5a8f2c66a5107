"""Fill an installation with many signatures, as rows like those of the product: `python bench/filling.py NUMBER`.

The folder is the one in TONGMUN_DATA. Boxes are made once and used again, since nobody opens them here; tokens, links
and commitments are everybody's own. One in ten names is shown, but a thousand at least, as many as a page shows; one in
a hundred waits. All but the last 500 are in the log, in batches of the sequencer.
"""

import os
import secrets
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
os.environ.setdefault("TONGMUN_SECRET_KEY", "only-to-measure-" * 3)
os.environ["DJANGO_SETTINGS_MODULE"] = "tongmun.config.settings"

import django

django.setup()

from django.db import transaction  # noqa: E402

from tongmun.bundles.actions.load import load_bundle  # noqa: E402
from tongmun.campaigns.models import City, Edition, EditionCity, Membership, Organisation  # noqa: E402
from tongmun.config.first_start import prepare  # noqa: E402
from tongmun.counts.actions.count import count_waiting  # noqa: E402
from tongmun.counts.models import CountEntry  # noqa: E402
from tongmun.letters.queries import letter_in  # noqa: E402
from tongmun.signatures.actions.confirm import counted_rows  # noqa: E402
from tongmun.signatures.disclosure import disclosure_of  # noqa: E402
from tongmun.signatures.entry import Entry  # noqa: E402
from tongmun.signatures.inserting import insert  # noqa: E402
from tongmun.signatures.models import Signature  # noqa: E402
from tongmun.signatures.ways import Way  # noqa: E402

TOP = Path(__file__).resolve().parent.parent
ORGANISATIONS, CITIES = 70, 60
COUNTRIES = ("KR", "DE", "BR", "US", "EG", "FR", "JP", "TH", "GB", "")
KINDS, CHUNK, WAITING = 200, 10_000, 500
LEAST_SHOWN, SHOWN_EVERY, WAITS_EVERY = 1_000, 10, 100
Pair = tuple[Signature, CountEntry]


def main() -> None:
    """Fill the installation."""
    number = int(sys.argv[1])
    prepare()
    now = datetime.now(tz=UTC)
    load_bundle(path=TOP / "examples" / "coming", by=None, at=now)
    edition = Edition.objects.get(slug="coming")
    fill_up(edition)
    every = max(1, min(SHOWN_EVERY, number // LEAST_SHOWN))
    patterns = list(made_patterns(edition, now, every))
    for first in range(0, number, CHUNK):
        write(patterns, range(first, min(first + CHUNK, number)), every)
    settle(edition, now)
    write(patterns, range(number, number + WAITING), every)
    Signature.objects.update(is_new=False, domain_box=b"")


def fill_up(edition: Edition) -> None:
    """Bring the coalition and the cities to their full number."""
    for number in range(edition.memberships.count(), ORGANISATIONS):
        one = Organisation.objects.create(slug=f"friends-{number}", names={"en": f"Friends {number}"}, country="DE")
        Membership.objects.create(edition=edition, organisation=one, position=1_000 + number)
    pattern = edition.cities.select_related("city").first()
    missions = list(pattern.missions.all())
    for number in range(edition.cities.count(), CITIES):
        city = City.objects.create(
            slug=f"town-{number}", names={"en": f"Town {number}"}, country="DE", zone="Europe/Berlin",
            latitude=number - 30, longitude=number * 5 - 150,
        )  # fmt: skip
        part = EditionCity.objects.create(edition=edition, city=city, changed_on=pattern.changed_on)
        part.missions.set(missions)


def made_patterns(edition: Edition, now: datetime, every: int) -> Iterator[Pair]:
    """Make the two rows of some signers by the product's own function."""
    chance = Random(7)  # noqa: S311 -- the same rows every time
    letter = letter_in(edition, "en")
    members = [one.organisation for one in edition.memberships.select_related("organisation")]
    for number in range(KINDS):
        shows = number % every == 0
        way = Way.PUBLIC if shows else Way.PRIVATE
        entry = Entry(
            way=way,
            name=f"Signer {number}",
            chosen="",
            email=f"signer.{number}@example.org",
            country=chance.choice(COUNTRIES),
            language=chance.choice(["en", "ko", "ar"]),
            disclosure=disclosure_of(way, show=shows, print_name=False),
            consents_to_news=number % 4 == 0,
        )
        yield counted_rows(
            edition=edition,
            letter=letter,
            token=b"",
            entry=entry,
            via=chance.choice([*members, None]),
            own_hash=b"",
            on=now.date(),
        )


def write(patterns: list[Pair], numbers: range, every: int) -> None:
    """Write the rows of so many signers."""
    signatures, entries = [], []
    for number in numbers:
        signature, entry = patterns[number % KINDS]
        row = Signature(**{field: getattr(signature, field) for field in FIELDS})
        row.token, row.link_hash = secrets.token_bytes(16), secrets.token_bytes(32)
        if number % every == 0 and number % WAITS_EVERY:
            row.moderation, row.waiting_box = "SHOWN", b""
            row.shown_name = f"{secrets.token_hex(3)} Signer {number}"
        signatures.append(row)
        entries.append(
            CountEntry(
                edition_id=entry.edition_id,
                kind=entry.kind,
                amount=1,
                digest=secrets.token_bytes(32),
                country=entry.country,
                via_id=entry.via_id,
            )
        )
    with transaction.atomic():
        if insert(Signature, signatures) + insert(CountEntry, entries) != 2 * len(numbers):
            raise SystemExit("Not every row was written.")


FIELDS = [field.attname for field in Signature._meta.concrete_fields if not field.primary_key]  # noqa: SLF001 -- documented


def settle(edition: Edition, now: datetime) -> None:
    """Take into the log what waits."""
    while count_waiting(edition=edition, at=now):
        pass


if __name__ == "__main__":
    main()
