"""Steps of freezing, taken through the product's own actions: Carla organises, Minho and Eve sign."""

import datetime as dt
import secrets
from collections.abc import Sequence

from django.conf import settings
from tests.desk.desk_sample import AT, DAY, city, edition, letter, translation
from tests.papers.paper_steps import organiser

from tongmun.campaigns.models import Edition, Membership, Organisation
from tongmun.counts.actions.count import count_waiting
from tongmun.deliveries.actions.freeze import freeze_edition
from tongmun.deliveries.models import Freeze
from tongmun.kit.keyring import make_coalition_keys, token_key
from tongmun.kit.mailbox import canonical_form, parse_address
from tongmun.kit.sealing import mailbox_token
from tongmun.letters.queries import letter_in
from tongmun.people.models import User
from tongmun.signatures.actions.confirm import counted_rows
from tongmun.signatures.actions.moderate import show_name
from tongmun.signatures.disclosure import Disclosure, Level
from tongmun.signatures.entry import Entry
from tongmun.signatures.models import Signature
from tongmun.signatures.ways import Way

LATE = AT + dt.timedelta(days=2)
NOBODY = Disclosure(Level.PLACE, Level.PLACE, Level.PLACE, Level.PLACE)


def carla() -> User:
    return organiser("carla")


def rivers(cities: int = 2, languages: Sequence[str] = ("en", "ko")) -> Edition:
    """An edition with letters, cities with one mission each, and an organisation."""
    make_coalition_keys(settings.KEYS)
    made = edition(languages=list(languages), state="open")
    letter(made, carla(), languages[0])
    for language in languages[1:]:
        translation(made, carla(), language)
    for number in range(1, cities + 1):
        city(made, number)
    friends = Organisation.objects.create(slug="river-friends", names={"en": "River Friends", "ko": "강 벗들"})
    Membership.objects.create(edition=made, organisation=friends, position=1)
    return made


def disclosed(public: Level = Level.PLACE, addressee: Level = Level.PLACE) -> Disclosure:
    return Disclosure(public, addressee, Level.PLACE, Level.NAME)


def an_entry(name: str, disclosure: Disclosure, *, country: str = "KR", chosen: str = "") -> Entry:
    address = parse_address(f"{secrets.token_hex(8)}@example.org")
    way = Way.PUBLIC if disclosure.public == Level.NAME else Way.PRIVATE
    return Entry(way, name, chosen, address, country, "en", disclosure, consents_to_news=False)


def confirmed(of: Edition, entries: Sequence[Entry]) -> list[Signature]:
    """Count signatures, as the import writes them, and give their rows."""
    key, version, before = token_key(settings.KEYS, of.slug), letter_in(of, "en"), Signature.objects.count()
    for entry in entries:
        signature, count_entry = counted_rows(
            edition=of,
            letter=version,
            token=mailbox_token(canonical_form(entry.email), key=key),
            entry=entry,
            via=None,
            own_hash=secrets.token_bytes(32),
            on=AT.date(),
        )
        signature.save(force_insert=True)
        count_entry.save(force_insert=True)
    return list(Signature.objects.order_by("pk")[before:])


def let_through(signature: Signature) -> None:
    show_name(signature=signature, by=carla(), at=AT)


def count(of: Edition) -> None:
    """Take everything that waits into the log."""
    while count_waiting(edition=of, at=LATE):
        pass


def frozen(of: Edition, *, despite_claims: bool = False, at: dt.datetime = AT) -> Freeze:
    return freeze_edition(edition=of, despite_claims=despite_claims, by=carla(), at=at)


__all__ = ["AT", "DAY", "LATE"]
