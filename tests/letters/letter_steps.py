"""An edition whose letter has a master in English, and somebody who writes at the desk."""

import datetime as dt

from tongmun.campaigns.models import Campaign, Cause, Edition
from tongmun.letters.actions.translate import translate
from tongmun.letters.actions.write_version import write_version
from tongmun.letters.models import Claim, LetterVersion
from tongmun.people.models import User

AT = dt.datetime(2027, 8, 10, 9, 0, tzinfo=dt.UTC)
TODAY = AT.date()
HEAD = {
    "dated": None,
    "subject": "The rivers",
    "addressee": "Her Excellency Example",
    "care_of": "head-of-mission",
    "salutation": "Your Excellency,",
    "close": "Respectfully,",
    "signatory": "Those who joined",
}
MASTER = ["The river is long. It is 1,200 km.", "It was clean.", "We ask you to keep it."]
KOREAN = ["강은 길다. 1,200킬로미터이다.", "강은 깨끗했다.", "지켜 주십시오."]


def carla() -> User:
    return User.objects.create(email="carla@example.org", name="Carla", is_organiser=True)


def an_edition(slug: str = "rivers", languages: tuple[str, ...] = ("en", "ko")) -> Edition:
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
    return Edition.objects.create(
        campaign=campaign,
        slug=slug,
        names={"en": "Day of the rivers", "ko": "강의 날"},
        day=dt.date(2027, 9, 22),
        time=dt.time(12),
        languages=list(languages),
        state="open",
        changed_on=dt.date(2027, 8, 1),
    )


def master(of: Edition, by: User, *paragraphs: str, based_on: int = 0) -> LetterVersion:
    """Write the next version of the master from its paragraphs."""
    body = "\n\n".join(paragraphs or MASTER)
    return write_version(edition=of, language="en", based_on=based_on, body=body, by=by, at=AT, **HEAD)


def translated(
    beside: LetterVersion, by: User, *paragraphs: str, based_on: int = 0, still_right: tuple[int, ...] = ()
) -> LetterVersion:
    """Write the next version in Korean beside a version of the master."""
    return translate(
        master=beside,
        language="ko",
        based_on=based_on,
        paragraphs=paragraphs or KOREAN,
        still_right=still_right,
        by=by,
        at=AT,
        **HEAD,
    )


def a_claim(of: Edition, **changes: object) -> Claim:
    """A claim that nothing is wrong with, on TODAY."""
    number = of.claims.count() + 1
    values = {
        "slug": f"c{number}",
        "position": number,
        "texts": {"en": "The river is long."},
        "source": "Atlas, page 3",
        "checked_on": TODAY,
        "checked_by": "Archive",
    }
    return Claim.objects.create(edition=of, **{**values, **changes})
