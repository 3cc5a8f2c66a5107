"""Make known addresses quickly, through the product's own actions. Reads the environment of an installation."""

import re
import secrets
from datetime import datetime

import django

django.setup()

from django.conf import settings  # noqa: E402 -- Django has its settings only now
from django.db import transaction  # noqa: E402

from tongmun.campaigns.models import Edition  # noqa: E402
from tongmun.kit.keyring import server_key  # noqa: E402
from tongmun.kit.mailbox import parse_address  # noqa: E402
from tongmun.kit.sealing import unlock  # noqa: E402
from tongmun.outbox.actions.enqueue import PURPOSE  # noqa: E402
from tongmun.outbox.models import Mail  # noqa: E402
from tongmun.signatures.actions.confirm import confirm  # noqa: E402
from tongmun.signatures.actions.sign import Intended, intend, take_in  # noqa: E402
from tongmun.signatures.actions.withdraw import withdraw  # noqa: E402
from tongmun.signatures.disclosure import disclosure_of  # noqa: E402
from tongmun.signatures.entry import Entry  # noqa: E402
from tongmun.signatures.ways import Way  # noqa: E402

BATCH = 200


def make(kind: str, number: int, *, slug: str, at: datetime) -> list[str]:
    """Give so many addresses that are "pending", "confirmed" or "withdrawn" in an edition."""
    edition = Edition.objects.get(slug=slug)
    made = [f"t{secrets.randbits(64):016x}@gmail.com" for _ in range(number)]
    for start in range(0, number, BATCH):
        batch = [_intended(edition, address, at) for address in made[start : start + BATCH]]
        take_in(batch)
        with transaction.atomic():
            for one in batch if kind != "pending" else []:
                _go_on(kind, one, at)
    return made


def _intended(edition: Edition, address: str, at: datetime) -> Intended:
    usual = disclosure_of(Way.PRIVATE, show=False, print_name=False)
    entry = Entry(Way.PRIVATE, "Min Example", "", parse_address(address), "KR", "en", usual, consents_to_news=False)
    return intend(edition=edition, letter=edition.letters.earliest("number"), entry=entry, at=at)


def _go_on(kind: str, one: Intended, at: datetime) -> None:
    confirm(secret=_secret(one.mail), at=at)
    if kind == "withdrawn":
        withdraw(secret=_secret(Mail.objects.order_by("pk").last()))


def _secret(mail: Mail | None) -> str:
    body = unlock(bytes(mail.box), key=server_key(settings.KEYS), purpose=PURPOSE)["body"] if mail else ""
    found = re.search(r"/(?:confirm|mine)/([\w-]+)/", body)
    if found is None:
        raise ValueError("a mail without a link")
    return found[1]
