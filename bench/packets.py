"""Measure how long the packets of a large edition take: `python bench/packets.py [--missions 60] [--languages 8]`.

Makes an edition in a folder of its own, freezes it and packs it as `tongmun packet` does, with 70 organisations and
totals by country in the annex and no names. The reference is one letter, typeset alone in the same run.
"""

import argparse
import atexit
import datetime as dt
import os
import shutil
import sys
import tempfile
import time
from itertools import chain, islice
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="tongmun-bench-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
os.environ["TONGMUN_DATA"] = str(FOLDER)
os.environ["TONGMUN_SECRET_KEY"] = "only-to-measure-" * 3
os.environ["DJANGO_SETTINGS_MODULE"] = "tongmun.config.settings"
os.environ.pop("TONGMUN_DATABASE_URL", None)

import django  # noqa: E402 -- it reads the environment set above

django.setup()

from django.core.management import call_command  # noqa: E402 -- as above

from tongmun.campaigns.models import Campaign, Cause, City, Edition, EditionCity, Membership, Organisation  # noqa: E402
from tongmun.counts.models import Tally  # noqa: E402
from tongmun.deliveries.actions.freeze import freeze_edition  # noqa: E402
from tongmun.deliveries.models import Freeze  # noqa: E402
from tongmun.deliveries.names import clear_names  # noqa: E402
from tongmun.deliveries.packing import Packing, stored_copy  # noqa: E402
from tongmun.letters.actions.render import say_renderings  # noqa: E402
from tongmun.letters.actions.write_version import write_version  # noqa: E402
from tongmun.letters.digests import paragraph_digest  # noqa: E402
from tongmun.letters.printing import letter_pdf  # noqa: E402
from tongmun.letters.wording import worded_languages  # noqa: E402
from tongmun.missions.models import HeadOfMission, Mission, Premises  # noqa: E402
from tongmun.people.models import User  # noqa: E402

AT = dt.datetime(2027, 8, 10, 9, tzinfo=dt.UTC)
# Regions with forms of address of their base language, when too few languages have a file of their own.
REGIONS = ("en-GB", "en-US", "en-AU", "ko-KR", "en-CA", "en-NZ", "en-IE", "en-ZA")
STATES = "AR AU AT BR CA CL CZ DK EG FI FR DE GR HU IN ID IE IT JP KE KR MY MX NL NZ NO PE PH PL PT".split()  # noqa: SIM905 -- thirty
PARAGRAPH = "We ask that those who crossed the river are not sent back, and that they may go on in safety. "
ORGANISATIONS, PARAGRAPHS = 70, 6


def main() -> None:
    """Make, freeze, pack, and print how long each took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--missions", type=int, default=60)
    parser.add_argument("--languages", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=60, help="fail when packing takes longer (default 60)")
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    user = User.objects.create(email="bench@example.org", is_organiser=True)
    edition = an_edition(options.missions, options.languages, user)
    freeze, froze = timed(lambda: freeze_edition(edition=edition, despite_claims=False, by=user, at=AT))
    alone = one_letter(freeze)
    files, packed = timed(lambda: pack(freeze))
    pdfs, size = files
    print(f"froze {options.missions} missions in {options.languages} languages in {froze:.1f} s")
    print(f"packed {pdfs} PDFs, {size / 1e6:.0f} MB, in {packed:.1f} s: {packed / pdfs * 1000:.0f} ms each")
    print(f"a letter alone takes {alone * 1000:.0f} ms: ratio {packed / pdfs / alone:.2f}")
    if packed > options.seconds:
        raise SystemExit(f"That is more than {options.seconds:.0f} s.")


def an_edition(missions: int, languages: int, user: User) -> Edition:
    """Make an edition with a letter in each language and one mission in each city."""
    spoken = list(islice(dict.fromkeys(chain(sorted(worded_languages()), REGIONS)), languages))
    cause = Cause.objects.create(slug="rivers", names={"en": "Rivers"})
    campaign = Campaign.objects.create(
        cause=cause, slug="rivers", names={"en": "Rivers"}, sending_state="XA", sending_state_names={"en": "Example"}
    )
    edition = Edition.objects.create(
        campaign=campaign, slug="rivers", names={"en": "Day of the rivers"}, day=dt.date(2027, 9, 22),
        time=dt.time(12), languages=spoken, state="open", changed_on=AT.date(),
    )  # fmt: skip
    for language in spoken:
        letter = write_version(
            edition=edition, language=language, based_on=0, dated=None, subject=f"The rivers ({language})",
            addressee="His Excellency\nPresident", care_of="head-of-mission", salutation="Your Excellency,",
            body="\n\n".join([PARAGRAPH * 6] * PARAGRAPHS), close="Respectfully,", signatory="Those who joined",
            by=user, at=AT,
        )  # fmt: skip
        # The same words in each language, so each paragraph is said to translate itself.
        said = [paragraph_digest(paragraph) for paragraph in letter.paragraphs]
        say_renderings(edition=edition, language=language, pairs=zip(said, said, strict=True))
    for number in range(missions):
        a_mission(edition, number)
    for number in range(ORGANISATIONS):
        one = Organisation.objects.create(slug=f"friends-{number}", names={"en": f"Friends of river {number}"})
        Membership.objects.create(edition=edition, organisation=one, position=number)
    Tally.objects.bulk_create(
        Tally(edition=edition, country=state, counted=1000 + place) for place, state in enumerate(STATES)
    )
    return edition


def a_mission(edition: Edition, number: int) -> None:
    """Make a city with a mission about which everything is known and checked."""
    state = STATES[number % len(STATES)]
    city = City.objects.create(
        slug=f"town-{number}", names={"en": f"Town {number}"}, country=state, zone="UTC", latitude=0, longitude=0
    )
    facts = {"checked_on": AT.date()}
    mission = Mission.objects.create(slug=f"xa-{number}", kind="embassy", sending="XA", receiving=state, **facts)
    Premises.objects.create(mission=mission, lines={"en": f"{number} River Road\n{1000 + number} Town"}, **facts)
    HeadOfMission.objects.create(mission=mission, rank="ambassador", names={"en": f"Head {number}"}, **facts)
    EditionCity.objects.create(edition=edition, city=city, changed_on=AT.date()).missions.add(mission)


def one_letter(freeze: Freeze) -> float:
    """Give how long one letter takes when the fonts are loaded, in seconds."""
    copies = [stored_copy(one) for one in freeze.missions.earliest("pk").copies.order_by("pk")]
    letter_pdf(copies[0], day=freeze.day)
    _, took = timed(lambda: [letter_pdf(copy, day=freeze.day) for copy in copies[1:]])
    return took / (len(copies) - 1)


def pack(freeze: Freeze) -> tuple[int, int]:
    """Pack everything; gives how many PDFs there are in it, and how many bytes."""
    packing = Packing(freeze, clear_names(freeze))
    cities = packing.chosen()
    size = sum(len(content) for _, content in packing.whole(cities.items()))
    sheets = len(packing.sheet_languages()) + 2
    return len(packing.missions) * (len(packing.letters) + sheets) + len(packing.letters), size


def timed(work):  # noqa: ANN001, ANN201 -- gives what it is given
    """Do something; gives what came of it, and how many seconds it took."""
    start = time.perf_counter()
    return work(), time.perf_counter() - start


if __name__ == "__main__":
    main()
