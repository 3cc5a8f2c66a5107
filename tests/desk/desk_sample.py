"""Two editions and the people around a desk: Carla organises, Eve has an account but no task, Suzie has signed."""

import datetime as dt
import secrets

from django.conf import settings
from django.test import Client

from tongmun.campaigns.models import Call, Campaign, Cause, City, Edition, EditionCity, Membership, Organisation
from tongmun.imports.actions.receive import receive
from tongmun.imports.inbox import Inbox
from tongmun.imports.models import Import
from tongmun.kit.keyring import server_key
from tongmun.kit.sealing import lock
from tongmun.letters.actions.render import say_renderings
from tongmun.letters.actions.write_version import write_version
from tongmun.letters.digests import paragraph_digest
from tongmun.letters.models import LetterVersion
from tongmun.letters.queries import letters_of, master_language
from tongmun.missions.models import HeadOfMission, Mission, Premises
from tongmun.outbox.actions.enqueue import enqueue
from tongmun.outbox.models import Mail
from tongmun.papers.actions.fill_batch import put_in
from tongmun.papers.actions.number_sheets import number_sheets
from tongmun.papers.actions.open_batch import open_batch
from tongmun.papers.models import PaperBatch
from tongmun.people.models import User
from tongmun.signatures.models import Signature
from tongmun.signons.boxes import Person, lock_address, lock_person
from tongmun.signons.models import SignOn

AT = dt.datetime(2027, 8, 10, 9, 0, tzinfo=dt.UTC)
LATER = AT + dt.timedelta(days=3)
DAY = dt.date(2027, 9, 22)
PASSWORD = "river-lantern-noon-42"
CARLA, EVE, SUZIE = "carla@example.org", "eve@example.org", "suzie@example.org"
CALL = {"title": "Noon at the rivers", "what": "We carry a letter.", "where": "", "body": "**Come** early."}
LETTER = {
    "dated": None,
    "subject": "The rivers",
    "addressee": "Her Excellency Example\nPresident",
    "care_of": "head-of-mission",
    "salutation": "Your Excellency,",
    "body": "First paragraph.\n\nSecond paragraph.",
    "close": "Respectfully,",
    "signatory": "Those who joined",
}


def account(email: str, *, is_organiser: bool, name: str = "") -> User:
    user = User(email=email, name=name, is_organiser=is_organiser)
    user.set_password(PASSWORD)
    user.save()
    return user


def carla() -> User:
    return account(CARLA, is_organiser=True, name="Carla")


def client_of(user: User | None) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    return client


def edition(slug: str = "rivers", **changes: object) -> Edition:
    cause, _ = Cause.objects.get_or_create(slug="clean-rivers", defaults={"names": {"en": "Clean rivers"}})
    campaign, _ = Campaign.objects.get_or_create(
        slug="no-borders",
        defaults={
            "cause": cause,
            "names": {"en": "No borders"},
            "sending_state": "XA",
            "sending_state_names": {"en": "the Republic of Example"},
        },
    )
    values = {
        "names": {"en": f"Day of the {slug}", "ko": "강의 날"},
        "day": DAY,
        "time": dt.time(12),
        "languages": ["en", "ko", "ar"],
        "state": "draft",
        "changed_on": dt.date(2027, 8, 1),
    }
    return Edition.objects.create(campaign=campaign, slug=slug, **{**values, **changes})


def call(of: Edition, language: str = "en", **changes: str) -> Call:
    return Call.objects.create(edition=of, language=language, changed_on=of.changed_on, **{**CALL, **changes})


def letter(of: Edition, by: User, language: str = "en", **changes: object) -> LetterVersion:
    texts = {**LETTER, **changes}
    return write_version(edition=of, language=language, based_on=0, by=by, at=AT, **texts)


def translation(of: Edition, by: User, language: str, **changes: object) -> LetterVersion:
    """A letter that renders the master paragraph by paragraph, so that nothing of it is out of date."""
    master, version = letters_of(of)[master_language(of)], letter(of, by, language, **changes)
    pairs = zip(map(paragraph_digest, master.paragraphs), map(paragraph_digest, version.paragraphs), strict=True)
    say_renderings(edition=of, language=language, pairs=pairs)
    return version


def city(of: Edition, number: int, *, is_known: bool = True) -> EditionCity:
    """A city with one mission; what is known about it has an address, a head and a day of checking."""
    place = City.objects.create(
        slug=f"city-{number}", names={"en": f"City {number}"}, country="XB", zone="Asia/Seoul", latitude=1, longitude=2
    )
    checked = DAY if is_known else None
    mission = Mission.objects.create(slug=f"xa-{number}", kind="embassy", sending="XA", checked_on=checked)
    if is_known:
        Premises.objects.create(mission=mission, lines={"en": f"{number} River Road"}, checked_on=checked)
        HeadOfMission.objects.create(
            mission=mission, rank="ambassador", names={"en": f"Head {number}"}, checked_on=checked
        )
    part = EditionCity.objects.create(edition=of, city=place, changed_on=of.changed_on)
    part.missions.add(mission)
    return part


def sheets_in_batch(
    of: Edition, seen: LetterVersion, amount: int, *, place: EditionCity | None = None, signatures: int = 1
) -> PaperBatch:
    """An open batch with new sheets in it, none of them read."""
    by = User.objects.get(email=CARLA)
    sheets = number_sheets(
        edition=of, letter=seen, place=place, amount=amount, destroy_by=AT.date() + dt.timedelta(days=60), by=by, at=AT
    )
    batch = open_batch(edition=of, place=place, cover_sheets=amount, cover_signatures=signatures, by=by, at=AT)
    put_in(batch=batch, numbers=[sheet.number for sheet in sheets], by=by, at=AT)
    return batch


def waiting(of: Edition, seen: LetterVersion, name: str) -> Signature:
    return Signature.objects.create(
        edition=of,
        letter=seen,
        token=secrets.token_bytes(16),
        way="public",
        confirmed_on=AT.date(),
        to_public="name",
        moderation="WAITING",
        waiting_box=lock({"name": name}, key=server_key(settings.KEYS), purpose="name"),
        opening_box=b"opening",
        link_hash=secrets.token_bytes(32),
    )


def mail(state: str) -> Mail:
    made = enqueue(kind="confirmation", to=SUZIE, subject="Please confirm", body="Secret words", language="en")
    Mail.objects.filter(pk=made.pk).update(state=state)
    return made


def a_member(of: Edition) -> Organisation:
    friends, _ = Organisation.objects.get_or_create(slug="river-friends", defaults={"names": {"en": "River Friends"}})
    Membership.objects.get_or_create(edition=of, organisation=friends, defaults={"position": 1})
    return friends


def a_sign_on(of: Edition, seen: LetterVersion, **changes: object) -> SignOn:
    """A sign-on that waits because its mailbox is at a free provider."""
    values = {
        "edition": of,
        "letter": seen,
        "state": SignOn.State.HELD,
        "held_for": SignOn.Reason.FREE_MAIL,
        "names": {"en": "Lake Friends", "ko": "호수의 벗"},
        "domain": "gmail.com",
        "language": "en",
        "confirmed_on": AT.date(),
        "link_hash": secrets.token_bytes(32),
        "address_box": lock_address("mina@gmail.com"),
        "person_box": lock_person(Person("Mina Park", "chair", "decision of the board")),
    }
    return SignOn.objects.create(**{**values, **changes})


def an_import(of: Edition, seen: LetterVersion, by: User, content: bytes = b"email\nsuzie@example.org\n") -> Import:
    inbox = Inbox()
    inbox.take(content)
    inbox.close()
    statement = "Collected on the square; everybody read the letter."
    return receive(key=inbox.key, edition=of, organisation=a_member(of), letter=seen, statement=statement, by=by, at=AT)
