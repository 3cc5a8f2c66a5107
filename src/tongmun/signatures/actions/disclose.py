"""Change who learns what of a signer, from the signer's own link."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from tongmun.counts.actions.move import move_entry
from tongmun.kit.keyring import server_key
from tongmun.kit.sealing import lock
from tongmun.signatures.actions.confirm import sealed_names
from tongmun.signatures.actions.withdraw import commitment_of, find_own
from tongmun.signatures.disclosure import NAMING, Audience, Disclosure, Level, Person, kept, learned
from tongmun.signatures.links import UnknownLink
from tongmun.signatures.models import Signature
from tongmun.signatures.ways import Way


@dataclass(frozen=True)
class NameNeeded(ValueError):
    """Cannot let an audience learn a name that the server cannot read: `fields` says which to type again."""

    fields: tuple[str, ...]


@transaction.atomic
def change_disclosure(*, secret: str, disclosure: Disclosure, name: str, chosen: str, keeps_news: bool) -> Signature:
    """Change what each audience learns; a name that nobody may learn any more is erased.

    `name` and `chosen` are what was typed now, "" for nothing: names are sealed, so whoever is to learn more than
    before needs them typed again. Raises NameNeeded, and UnknownLink as `find_own` does.
    """
    signature = Signature.objects.select_for_update().get(pk=find_own(secret=secret).pk)
    before = signature.disclosure
    missing = _missing(before, disclosure, name, chosen)
    if missing:
        raise NameNeeded(missing)
    fields: dict[str, object] = {f"to_{audience}": disclosure.level(audience) for audience in Audience}
    fields |= {"way": way_of(disclosure, signature.way), "consents_to_news": signature.consents_to_news and keeps_news}
    if not fields["consents_to_news"]:
        fields["news_box"] = b""
    typed = kept(Person(name, chosen, signature.country), disclosure)
    fields |= _names(disclosure, typed) | _public_line(disclosure, typed)
    if not Signature.objects.filter(pk=signature.pk).update(**fields):
        raise UnknownLink
    signature.refresh_from_db()
    _count_where_it_may(signature)
    return signature


def way_of(disclosure: Disclosure, way: str) -> Way:
    """Give the way of signing that fits what each audience learns."""
    levels = [disclosure.level(audience) for audience in Audience]
    if disclosure.public in NAMING:
        return Way.PSEUDONYM if disclosure.public == Level.CHOSEN else Way.PUBLIC
    if any(level in NAMING for level in levels):
        return Way.PRIVATE
    return Way(way) if way == Way.COUNTED else Way.COUNTED


def _missing(before: Disclosure, after: Disclosure, name: str, chosen: str) -> tuple[str, ...]:
    """List the names that have to be typed: those that are wanted and neither sealed already nor typed."""
    wanted = {after.level(audience) for audience in Audience} & NAMING
    held = {before.level(audience) for audience in Audience}
    if name or chosen:
        # What is typed takes the place of everything that was sealed.
        held = {level for level, typed in ((Level.NAME, name), (Level.CHOSEN, chosen)) if typed}
    if held & {Level.NAME, Level.CHOSEN}:
        held |= {Level.INITIALS}
    if after.public in NAMING and after.public != before.public and not (name or chosen):
        # The public line is clear or nothing: what was sealed cannot be shown.
        held -= {after.public}
    return tuple(sorted({"chosen" if level == Level.CHOSEN else "name" for level in wanted - held}))


def _names(disclosure: Disclosure, typed: Person) -> dict[str, object]:
    if all(disclosure.level(audience) not in NAMING for audience in Audience):
        return {"sealed": b""}
    return {"sealed": sealed_names(typed)} if typed.name or typed.chosen else {}


def _public_line(after: Disclosure, typed: Person) -> dict[str, object]:
    if after.public not in NAMING:
        return {"moderation": Signature.Moderation.NONE, "shown_name": "", "waiting_box": b""}
    line = learned(typed, after, Audience.PUBLIC).line
    if not line:
        return {}
    box = lock({"name": line}, key=server_key(settings.KEYS), purpose="name")
    return {"moderation": Signature.Moderation.WAITING, "shown_name": "", "waiting_box": box}


def _count_where_it_may(signature: Signature) -> None:
    """Let the public count follow: a signer who keeps the country back is counted without one."""
    if signature.opening_box:
        move_entry(edition=signature.edition, digest=commitment_of(signature), country=signature.counted_in)
