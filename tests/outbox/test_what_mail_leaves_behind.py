"""What somebody who takes the database learns of mail: neither to whom nor what about, before and after it went."""

import base64
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from tongmun.config.worker import _empty_write_ahead_log
from tongmun.outbox.actions.deliver import deliver_queued
from tongmun.outbox.actions.enqueue import enqueue
from tongmun.outbox.models import Mail

AT = datetime(2027, 9, 22, 3, 17, tzinfo=UTC)
WORDS = ["omar.canary@example.org", "Subject of a canary", "Body of a canary"]
KIND = "marker-in-clear"


def spellings(word: str) -> list[bytes]:
    """Give the ways a word could lie in a file; in base64 it depends on what stands before it."""
    plain = word.encode()
    wide = [word.encode("utf-16-le"), word.encode("utf-16-be")]
    encoded = [base64.b64encode(b" " * shift + plain)[4:-4] for shift in range(3)]
    return [plain, *wide, plain.hex().encode(), plain.hex().upper().encode(), *encoded]


def stored() -> bytes:
    """Give all bytes the database keeps of mail: its files, or on PostgreSQL the rows as they are dumped."""
    if connection.vendor == "sqlite":
        database = Path(connection.settings_dict["NAME"])
        return b"".join(path.read_bytes() for path in sorted(database.parent.glob(f"{database.name}*")))
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(outbox_mail::text, E'\n') FROM outbox_mail")
        return cursor.fetchone()[0].encode()


def queue_canary() -> bytes:
    to, subject, body = WORDS
    return bytes(enqueue(kind=KIND, to=to, subject=subject, body=body, language="en").box)


@pytest.mark.django_db(transaction=True)
def test_neither_address_nor_words_lie_in_the_database_before_and_after_sending(mail_folder):
    queue_canary()
    before = stored()
    deliver_queued(at=AT, limit=1)
    after = stored()

    for found in (before, after):
        assert KIND.encode() in found
        assert [word for word in WORDS for spelling in spellings(word) if spelling in found] == []


@pytest.mark.django_db(transaction=True)
def test_the_box_itself_is_gone_from_the_files_once_the_mail_went(mail_folder):
    box = queue_canary()
    assert Mail.objects.filter(box=box).exists()

    deliver_queued(at=AT, limit=1)

    if connection.vendor == "sqlite":
        assert box in stored()
        _empty_write_ahead_log()
    assert box not in stored()
    assert box.hex().encode() not in stored()


@pytest.mark.django_db
def test_a_mail_is_spoken_of_by_number_and_kind_alone():
    queue_canary()

    said = str(Mail.objects.get())

    assert said == f"mail {Mail.objects.get().pk} ({KIND}, QUEUED)"
