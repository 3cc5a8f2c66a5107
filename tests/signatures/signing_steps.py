"""Steps of signing, taken through the product's own actions."""

import re
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from tongmun.campaigns.models import Call, Campaign, Cause, Edition
from tongmun.kit.keyring import COALITION_PRIVATE, NEWS_PRIVATE, make_coalition_keys, server_key
from tongmun.kit.mailbox import parse_address
from tongmun.kit.sealing import unlock, unseal
from tongmun.letters.digests import letter_digest
from tongmun.letters.models import LetterVersion
from tongmun.outbox.models import Mail
from tongmun.signatures.actions.confirm import confirm
from tongmun.signatures.actions.sign import sign
from tongmun.signatures.admission import new_stamp
from tongmun.signatures.disclosure import disclosure_of
from tongmun.signatures.entry import Entry
from tongmun.signatures.forms import SignForm
from tongmun.signatures.models import Signature
from tongmun.signatures.ways import Way
from tongmun.signatures.writer import _writer

AT = datetime(2030, 9, 1, 10, 17, 23, tzinfo=UTC)
LANGUAGES = ["en", "ko", "ar"]


def an_edition(slug: str = "trial", state: str = "open") -> Edition:
    """Make an edition with a call in three languages and a letter in English."""
    make_coalition_keys(settings.KEYS)
    cause, _ = Cause.objects.get_or_create(slug="cause", defaults={"names": {"en": "Cause"}})
    campaign, _ = Campaign.objects.get_or_create(
        cause=cause,
        slug="campaign",
        defaults={
            "names": {"en": "Campaign"},
            "sending_state": "CN",
            "sending_state_names": {"en": "the People's Republic of China"},
        },
    )
    edition = Edition.objects.create(
        campaign=campaign,
        slug=slug,
        names={"en": f"The {slug} edition"},
        day=date(2030, 9, 22),
        time=time(12),
        languages=LANGUAGES,
        state=state,
        changed_on=date(2030, 8, 1),
    )
    for language in LANGUAGES:
        Call.objects.create(
            edition=edition, language=language, title=f"Call {language}", what="Come.", changed_on=date(2030, 8, 1)
        )
    fields = {
        "language": "en",
        "subject": "A request",
        "addressee": "The President",
        "care_of": "head-of-mission",
        "salutation": "Your Excellency,",
        "body": "Please let them go.",
        "close": "Respectfully,",
        "signatory": "We who signed",
    }
    digest = letter_digest(dated=None, **fields)
    LetterVersion.objects.create(edition=edition, number=1, digest=digest, changed_on=date(2030, 8, 1), **fields)
    return edition


def an_entry(email: str = "min@example.org", way: Way = Way.PRIVATE, **changes: object) -> Entry:
    """Give what somebody typed who signs privately and allows nothing, but for the changes."""
    shows = changes.pop("consents_to_show", way in {Way.PUBLIC, Way.PSEUDONYM})
    disclosure = disclosure_of(way, show=shows, print_name=changes.pop("consents_to_print", False))
    typed = "" if way == Way.COUNTED else changes.pop("name", "Min Example")
    said = {
        "name": "" if way == Way.PSEUDONYM else typed,
        "chosen": typed if way == Way.PSEUDONYM else "",
        "country": "KR",
        "language": "en",
        "disclosure": disclosure,
        "consents_to_news": False,
    }
    return Entry(way=way, email=parse_address(email), **{**said, **changes})


def a_form(edition: str = "trial", at: datetime = AT, **typed: str) -> SignForm:
    """Fill in the form of an edition a minute after it was opened."""
    stamp = new_stamp(edition=edition, at=at - timedelta(minutes=1))
    return SignForm(edition, at, {"stamp": stamp, **typed})


def do_sign(edition: Edition, entry: Entry, at: datetime = AT) -> None:
    """Sign the newest letter of an edition."""
    sign(edition=edition, letter=edition.letters.get(number=1), entry=entry, at=at)


def writing_connection() -> BaseDatabaseWrapper:
    """Give the connection that batches are written with."""
    return _writer() if connection.vendor == "sqlite" else connections["default"]


def mails(kind: str) -> list[dict[str, str]]:
    """Open the mails of one kind that are really to be sent, the oldest first."""
    key = server_key(settings.KEYS)
    rows = Mail.objects.filter(kind=kind, state=Mail.State.QUEUED).order_by("pk")
    return [unlock(bytes(row.box), key=key, purpose="mail") for row in rows]


def last_secret(kind: str) -> str:
    """Give the secret of the link in the newest mail of a kind ("confirmation" or "receipt")."""
    found = re.search(r"/(?:confirm|mine)/([^/\s]+)/", mails(kind)[-1]["body"])
    assert found, "no link in the mail"
    return found[1]


def pending_secret(edition: Edition, entry: Entry, at: datetime = AT) -> str:
    """Sign and give the secret of the link that confirms."""
    do_sign(edition, entry, at)
    return last_secret("confirmation")


def counted(edition: Edition, entry: Entry, at: datetime = AT) -> str:
    """Sign and confirm; give the secret of the signer's own link."""
    confirm(secret=pending_secret(edition, entry, at), at=at)
    return last_secret("receipt")


def opened(signature: Signature) -> dict[str, str]:
    """Open a sealed box with the coalition's private key."""
    return unseal(bytes(signature.sealed), private_key=_private(COALITION_PRIVATE))


def opened_address(signature: Signature) -> str:
    """Open the address of somebody who wants news, with the private key of whoever sends them."""
    return unseal(bytes(signature.news_box), private_key=_private(NEWS_PRIVATE))["email"]


def _private(name: str) -> bytes:
    return bytes.fromhex((settings.KEYS / name).read_text("ascii"))
