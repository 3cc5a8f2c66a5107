"""An edition whose letter organisations sign on to, step by step."""

import datetime as dt
import re

from django.conf import settings

from tongmun.campaigns.models import Campaign, Cause, Edition, Organisation
from tongmun.kit.keyring import server_key
from tongmun.kit.sealing import unlock
from tongmun.letters.actions.write_version import write_version
from tongmun.letters.models import LetterVersion
from tongmun.outbox.models import Mail
from tongmun.people.models import User
from tongmun.signons.actions.confirm import Said, confirm
from tongmun.signons.actions.invite import ask, invite
from tongmun.signons.boxes import Person
from tongmun.signons.models import SignOn

AT = dt.datetime(2027, 8, 10, 9, 30, tzinfo=dt.UTC)
DAY = dt.date(2027, 9, 22)
MINA = Person("Mina Canary-Park", "chair of the board", "decision of the board of 3 May")


def carla() -> User:
    return User.objects.get_or_create(email="carla@example.org", defaults={"name": "Carla", "is_organiser": True})[0]


def an_edition(slug: str = "rivers", **changes: object) -> Edition:
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
        "names": {"en": f"Day of the {slug}", "ko": "강의 날", "ar": "يوم الأنهار"},
        "day": DAY,
        "time": dt.time(12),
        "languages": ["en", "ko", "ar"],
        "state": "open",
        "changed_on": dt.date(2027, 8, 1),
    }
    return Edition.objects.create(campaign=campaign, slug=slug, **{**values, **changes})


def a_letter(of: Edition, language: str = "en", *, based_on: int = 0, body: str = "First paragraph.") -> LetterVersion:
    return write_version(
        edition=of,
        language=language,
        based_on=based_on,
        by=carla(),
        at=AT,
        dated=None,
        subject="The rivers",
        addressee="Her Excellency Example",
        care_of="head-of-mission",
        salutation="Your Excellency,",
        body=body,
        close="Respectfully,",
        signatory="Those who joined",
    )


def said(name: str = "River Friends", **changes: object) -> Said:
    values = {"names": {"en": name}, "country": "DE", "members": None, "members_as_of": None, "person": MINA}
    return Said(**{**values, **changes})


def mails() -> list[dict[str, str]]:
    """What waits to be sent, in the order in which it was written."""
    key = server_key(settings.KEYS)
    waiting = Mail.objects.exclude(state=Mail.State.SENT).order_by("pk")
    return [unlock(bytes(one.box), key=key, purpose="mail") | {"kind": one.kind} for one in waiting]


def last_secret() -> str:
    return re.search(r"/(?:sign-on|organisation)/([^/\s]+)/", mails()[-1]["body"])[1]


def invited(of: Edition, address: str, organisation: Organisation | None = None, **changes: object) -> str:
    values = {"language": "en", "by": carla(), "at": AT, **changes}
    invite(edition=of, address=address, organisation=organisation, **values)
    return last_secret()


def asked(of: Edition, address: str, *, at: dt.datetime = AT) -> str:
    ask(edition=of, address=address, language="en", at=at)
    return last_secret()


def signed(of: Edition, seen: LetterVersion, name: str = "River Friends", **changes: object) -> SignOn:
    """Sign on from a domain made of the name, unless `address` says another."""
    address = str(changes.pop("address", f"office@{name.lower().replace(' ', '-')}.example"))
    return confirm(secret=asked(of, address), letter=seen, said=said(name, **changes), at=AT)
