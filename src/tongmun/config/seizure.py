"""What whoever takes this installation, or a part of it, could read: worked out from what lies here now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, QuerySet
from nacl.exceptions import CryptoError

from tongmun.campaigns.models import Edition
from tongmun.kit.keyring import existing_server_key, existing_token_key
from tongmun.kit.pairs import private_files_here, private_keys_here
from tongmun.kit.sealing import unlock
from tongmun.outbox.actions.enqueue import PURPOSE
from tongmun.outbox.models import Mail
from tongmun.signatures.models import Pending, Signature
from tongmun.signatures.opening import unsealed
from tongmun.signatures.querysets import SignatureQuerySet
from tongmun.signons.boxes import ADDRESS, PERSON
from tongmun.signons.models import Invitation, SignOn

CHUNK = 2_000
NO = "no"


@dataclass(frozen=True)
class Row:
    """What one finder could read; each cell begins with "yes", "some", "no" or "later"."""

    who: str
    public_names: str
    private_names: str
    addresses: str
    whether_signed: str


@dataclass(frozen=True)
class Boxes:
    """How many boxes of a kind there are, and how many of them the keys that lie here open."""

    there: int
    opened: int


@dataclass(frozen=True)
class Holdings:
    """What lies here. Days are None when nothing waits for them.

    `testable` are the slugs of editions of which both tokens and key lie here; `overdue` those whose data should have
    ended.
    """

    shown: int
    names: Boxes
    news: Boxes
    waiting: Boxes
    pending: Boxes
    mail: Boxes
    domains: Boxes
    organisations: Boxes
    confirmers: Boxes
    mail_files: int
    testable: tuple[str, ...]
    overdue: tuple[str, ...]
    recognised_until: date | None
    sealed_until: date | None


def holdings(*, at: datetime) -> Holdings:
    """Look into the database and the folders, and try every box with every key that lies here. Raises KeyUnreadable."""
    signatures, today = Signature.objects.all(), at.astimezone(UTC).date()
    recognised = _editions(signatures.recognisable())
    sealed = _editions(signatures.with_sealed_names())
    return Holdings(
        shown=signatures.shown().count(),
        names=_sealed(signatures.with_sealed_names(), "sealed", opens="names"),
        news=_sealed(signatures.with_address(), "news_box", opens="news"),
        waiting=_locked(_boxes(signatures.waiting(), "waiting_box"), "name"),
        pending=_locked(_boxes(Pending.objects.all(), "box"), "pending"),
        mail=_locked(_boxes(Mail.objects.exclude(state=Mail.State.SENT), "box"), PURPOSE),
        domains=_locked(_boxes(signatures.exclude(domain_box=b""), "domain_box"), "domain"),
        organisations=_locked(_addresses_of_organisations(), ADDRESS),
        confirmers=_locked(_boxes(SignOn.objects.with_person(), "person_box"), PERSON),
        mail_files=len(list(Path(settings.MAIL_FOLDER).glob("*.eml"))),
        testable=tuple(one.slug for one in recognised if existing_token_key(settings.KEYS, one.slug) is not None),
        overdue=tuple(
            sorted(
                {one.slug for one in recognised if one.data_ends_on <= today}
                | {one.slug for one in sealed if one.names_end_on <= today}
            )
        ),
        recognised_until=max((one.data_ends_on for one in recognised), default=None),
        sealed_until=max((one.names_end_on for one in sealed), default=None),
    )


def _editions(signatures: SignatureQuerySet) -> list[Edition]:
    numbers = signatures.values("edition").annotate(Count("pk")).values("edition")
    return list(Edition.objects.filter(pk__in=numbers).order_by("slug"))


def _boxes(rows: QuerySet[Any], column: str) -> Iterable[bytes]:
    return rows.values_list(column, flat=True).iterator(CHUNK)


def _addresses_of_organisations() -> Iterable[bytes]:
    return chain(_boxes(Invitation.objects.all(), "box"), _boxes(SignOn.objects.held(), "address_box"))


def _sealed(signatures: SignatureQuerySet, column: str, *, opens: str) -> Boxes:
    keys = private_keys_here(settings.KEYS, opens)
    # Without a private half there is nothing to try.
    opened = sum(unsealed(bytes(box), keys) is not None for box in _boxes(signatures, column)) if keys else 0
    return Boxes(signatures.count(), opened)


def _locked(boxes: Iterable[bytes], purpose: str) -> Boxes:
    key = existing_server_key(settings.KEYS)
    there = opened = 0
    for box in boxes:
        there += 1
        opened += key is not None and _opens(bytes(box), key, purpose)
    return Boxes(there, opened)


def _opens(box: bytes, key: bytes, purpose: str) -> bool:
    try:
        unlock(box, key=key, purpose=purpose)
    except CryptoError:
        return False
    return True


def seizure_table(found: Holdings) -> list[Row]:
    """Say what each finder could read."""
    shown = f"yes: {found.shown}, as on the site" if found.shown else NO
    return [
        Row("backup file", shown, NO, NO, NO),
        Row("database and keys", shown, _private_names(found), _addresses(found), _whether_signed(found)),
        _running(found, shown),
        Row(
            "offline key holder",
            shown,
            f"yes: all {found.names.there} sealed, with a copy of the database" if found.names.there else NO,
            f"yes: {found.news.there} who asked for news, with a copy of the database" if found.news.there else NO,
            "some: those who asked for news, others by their name" if found.names.there or found.news.there else NO,
        ),
        _after_the_end(found, shown),
        _mail_provider(),
    ]


def _private_names(found: Holdings) -> str:
    return _verdict(
        [
            ("yes", found.names.opened, "sealed, whose private key lies here"),
            ("some", found.pending.opened, "not confirmed yet"),
            ("some", found.waiting.opened, "that wait to be looked at"),
            ("some", found.confirmers.opened, "who confirmed for organisations"),
        ],
        closed=found.names.there - found.names.opened,
    )


def _addresses(found: Holdings) -> str:
    return _verdict(
        [
            ("yes", found.news.opened, "of those who asked for news, whose private key lies here"),
            ("yes", found.mail_files, "in mail written to files, in clear"),
            ("some", found.pending.opened, "not confirmed yet"),
            ("some", found.mail.opened, "in mail that has not gone"),
            ("some", found.domains.opened, "by their domain alone"),
            ("some", found.organisations.opened, "of organisations that were sent a link or wait"),
        ],
        closed=found.news.there - found.news.opened,
    )


def _verdict(parts: list[tuple[str, int, str]], *, closed: int) -> str:
    """Join what is there, behind the gravest word of it; `closed` boxes stay so."""
    there = [(word, f"{number} {words}") for word, number, words in parts if number]
    stay = [f"{closed} stay sealed"] if closed else []
    if not there:
        return ": ".join([NO, *stay])
    gravest = "yes" if any(word == "yes" for word, _ in there) else "some"
    return f"{gravest}: {', '.join([words for _, words in there] + stay)}"


def _whether_signed(found: Holdings) -> str:
    if found.testable:
        return f"yes: any address, in {', '.join(found.testable)}"
    return "some: those who asked for news" if found.news.opened else NO


def _running(found: Holdings, shown: str) -> Row:
    later = "every form from then on" if settings.HTTPS else "every form, also for whoever is on the way: no HTTPS"
    return Row(
        "running server",
        shown,
        _and(_private_names(found), later),
        _and(_addresses(found), later),
        _and(_whether_signed(found), later),
    )


def _and(cell: str, more: str) -> str:
    word, _, words = cell.partition(": ")
    return f"{'some' if word == NO else word}: {', '.join(part for part in (words, more) if part)}"


def _after_the_end(found: Holdings, shown: str) -> Row:
    if found.overdue:
        still = f"yes, still: {', '.join(found.overdue)} should have ended; let the worker run"
        return Row("after the end of the campaign", shown, still, still, still)
    return Row(
        "after the end of the campaign",
        shown,
        f"later: none from {found.sealed_until} on" if found.sealed_until else NO,
        "some: those who asked for news, for 24 months, with the private key" if found.news.there else NO,
        f"later: no from {found.recognised_until} on" if found.recognised_until else NO,
    )


def _mail_provider() -> Row:
    if settings.MAIL_URL:
        return Row("the mail provider", NO, NO, "yes: every address a mail goes to", "yes, always")
    return Row("the mail provider", NO, NO, "no: no mail leaves, it is written to files here", NO)


def facts() -> list[str]:
    """Say what the table rests on, a sentence each."""
    return [
        _database(),
        *_keys(),
        "Mail goes to the mail server that is set; its operator reads every address."
        if settings.MAIL_URL
        else f"Mail is written to files in {settings.MAIL_FOLDER}, with addresses in clear.",
        f"Pages are served {'with' if settings.HTTPS else 'without'} HTTPS.",
        _backups(),
    ]


def _database() -> str:
    if connection.vendor == "sqlite":
        return f"The database is SQLite, in {connection.settings_dict['NAME']}; what is erased is overwritten there."
    return "The database is PostgreSQL; what is erased stays in its write-ahead log until that is recycled."


def _keys() -> list[str]:
    here = [str(path) for opens in ("names", "news") for path in private_files_here(settings.KEYS, opens)]
    server = existing_server_key(settings.KEYS) is not None
    return [
        f"Private halves that lie here: {', '.join(here) or 'none'}.",
        f"The key for pending signatures and mail {'lies here' if server else 'does not lie here'}.",
    ]


def _backups() -> str:
    if settings.KEYS.is_relative_to(settings.DATA):
        return f"A copy of the whole folder {settings.DATA} is not the first row but the second: the keys are in it."
    return f"A copy of {settings.DATA} is the first row; the keys lie apart from it, in {settings.KEYS}."
