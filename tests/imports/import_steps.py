"""Steps of an import, taken through the product's own actions. An organisation has collected signatures on a square."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence

from django.conf import settings

from tongmun.campaigns.models import Campaign, Cause, Edition, Membership, Organisation
from tongmun.imports.actions.decide import map_columns, start
from tongmun.imports.actions.receive import receive
from tongmun.imports.actions.run import run_step
from tongmun.imports.inbox import Inbox
from tongmun.imports.mapping import Mapping, Part
from tongmun.imports.models import Import
from tongmun.kit.keyring import make_coalition_keys
from tongmun.letters.actions.write_version import write_version
from tongmun.people.models import User

AT = dt.datetime(2027, 8, 10, 9, 0, tzinfo=dt.UTC)
STATEMENT = "Collected on the square in August; everybody read the letter."
HEADINGS = ("email", "name", "country", "show", "print", "news", "day")
COLUMNS = dict(zip(Part, range(7), strict=True))
MAPPING = Mapping(COLUMNS, frozenset({"yes"}))
TEXTS = {
    "dated": None,
    "subject": "The rivers",
    "addressee": "Her Excellency Example",
    "care_of": "head-of-mission",
    "salutation": "Your Excellency,",
    "body": "First paragraph.",
    "close": "Respectfully,",
    "signatory": "Those who joined",
}


def carla() -> User:
    user, _ = User.objects.get_or_create(email="carla@example.org", defaults={"name": "Carla", "is_organiser": True})
    return user


def an_edition(slug: str = "rivers", state: str = "open") -> Edition:
    """An edition with a letter in English and one organisation."""
    make_coalition_keys(settings.KEYS)
    cause, _ = Cause.objects.get_or_create(slug="cause", defaults={"names": {"en": "Cause"}})
    names = {"names": {"en": "C"}, "sending_state": "XA", "sending_state_names": {"en": "Example"}}
    campaign, _ = Campaign.objects.get_or_create(cause=cause, slug="campaign", defaults=names)
    edition = Edition.objects.create(
        campaign=campaign,
        slug=slug,
        names={"en": slug},
        day=dt.date(2027, 9, 22),
        time=dt.time(12),
        languages=["en"],
        state=state,
        changed_on=AT.date(),
    )
    write_version(edition=edition, language="en", based_on=0, by=carla(), at=AT, **TEXTS)
    Membership.objects.create(edition=edition, organisation=an_organisation(), position=1)
    return edition


def an_organisation() -> Organisation:
    return Organisation.objects.get_or_create(slug="river-friends", defaults={"names": {"en": "River Friends"}})[0]


def row(number: int = 1, **changes: str) -> list[str]:
    """A row with a name and no consent."""
    cells = {"email": f"signer{number}@example.org", "name": "Suzie Signer", "country": "KR"}
    return [{**cells, **changes}.get(heading, "") for heading in HEADINGS]


def as_file(rows: Iterable[Sequence[str]], *, headings: Sequence[str] = HEADINGS, delimiter: str = ",") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([headings, *rows])
    return text.getvalue().encode()


def locked(content: bytes, *, piece: int = 1000) -> Inbox:
    """Send a file as an upload comes, in pieces."""
    inbox = Inbox()
    for begin in range(0, len(content), piece):
        inbox.take(content[begin : begin + piece])
    inbox.close()
    return inbox


def uploaded(content: bytes, edition: Edition) -> Import:
    return receive(
        key=locked(content).key,
        edition=edition,
        organisation=an_organisation(),
        letter=edition.letters.first(),
        statement=STATEMENT,
        by=carla(),
        at=AT,
    )


def started(content: bytes, edition: Edition, mapping: Mapping = MAPPING) -> Import:
    made = uploaded(content, edition)
    assert map_columns(of=made, mapping=mapping, by=carla(), at=AT)
    assert start(of=made, by=carla(), at=AT)
    return made


def finished(content: bytes, edition: Edition, mapping: Mapping = MAPPING) -> Import:
    made = started(content, edition, mapping)
    while run_step(at=AT):
        pass
    made.refresh_from_db()
    return made
