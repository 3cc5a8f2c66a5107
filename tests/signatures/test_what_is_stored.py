import base64
from pathlib import Path

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from tests.signatures.signing_steps import AT, an_edition, an_entry, counted, do_sign, mails, opened

from tongmun.counts.models import Checkpoint, Reckoning
from tongmun.outbox.actions.deliver import deliver_queued
from tongmun.people.models import User
from tongmun.signatures.actions.moderate import refuse_name, show_name, waiting_name
from tongmun.signatures.actions.withdraw import erase, withdraw
from tongmun.signatures.models import Pending, Pulse, Signature
from tongmun.signatures.queries import shown_lines
from tongmun.signatures.ways import Way

CANARIES = {"name": "Kanarienvogel 카나리아", "email": "canary.7431@birds.example.org"}
ROOMS_OF_SIGNERS = ("signatures", "counts", "outbox")


def forms_of(words: str) -> set[bytes]:
    """Give the bytes a text can lie in a file as: three encodings, and what is usually made of them."""
    forms = set()
    for part in {words, *words.split(), *words.split("@")}:
        for raw in (part.encode(), part.encode("utf-16-le"), part.encode("utf-16-be")):
            encoded = base64.b64encode(raw).rstrip(b"=")
            # The last group depends on what follows.
            forms |= {raw, raw.hex().encode(), raw.hex().upper().encode(), encoded[: len(encoded) // 4 * 4]}
    return {form for form in forms if len(form) >= 6}


def database_bytes() -> bytes:
    """Give all that a thief of the database reads: the files of SQLite, every row and column of PostgreSQL."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("PRAGMA database_list")
            path = cursor.fetchone()[2]
        return b"".join(Path(path + end).read_bytes() for end in ("", "-wal"))
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                found += [bytes(cell) if isinstance(cell, (bytes, memoryview)) else str(cell).encode() for cell in row]
    return b"\n".join(found)


def leaks(words: str) -> list[bytes]:
    content = database_bytes()
    return [form for form in forms_of(words) if form in content]


def every_way(edition: object) -> list[str]:
    """Sign in every way with every consent it may have; leave one unconfirmed. Gives the own links."""
    name, (local, domain) = CANARIES["name"], CANARIES["email"].split("@")
    entries = [
        an_entry(f"{local}.{way}@{domain}", way, name="" if way == Way.COUNTED else name, consents_to_news=True)
        for way in Way
    ]
    do_sign(edition, an_entry(CANARIES["email"], name=name))
    return [counted(edition, entry) for entry in entries]


def test_search_for_canaries_finds_them_in_every_form():
    planted = "Kanarienvogel"

    assert planted.encode() in forms_of(planted)
    assert base64.b64encode(planted.encode())[:16] in forms_of(planted)


@pytest.mark.django_db(transaction=True)
def test_database_finds_a_canary_that_is_planted():
    edition = an_edition("kanarienvogel")

    assert leaks(edition.slug)


@pytest.mark.django_db(transaction=True)
def test_no_name_and_no_address_is_clear_in_the_database():
    every_way(an_edition())

    assert Signature.objects.count() == len(Way)
    assert {words: leaks(words) for words in CANARIES.values()} == {words: [] for words in CANARIES.values()}


@pytest.mark.django_db(transaction=True)
def test_nothing_is_clear_after_the_mail_went_and_the_rows_are_erased(settings, tmp_path):
    settings.MAIL_FOLDER = tmp_path
    secrets = every_way(an_edition())
    deliver_queued(at=AT, limit=100)

    withdraw(secret=secrets[0])
    for secret in secrets[1:]:
        erase(secret=secret)

    assert len(list(tmp_path.glob("*.eml"))) == 2 * len(Way) + 1
    assert {words: leaks(words) for words in CANARIES.values()} == {words: [] for words in CANARIES.values()}


@pytest.mark.django_db
def test_sealed_name_opens_with_the_coalitions_key_alone():
    counted(an_edition(), an_entry(name=CANARIES["name"]))

    signature = Signature.objects.get()
    assert opened(signature)["name"] == CANARIES["name"]
    assert bytes(signature.waiting_box) == b""


@pytest.mark.django_db
def test_only_counted_leaves_no_name_and_no_address():
    counted(an_edition(), an_entry(way=Way.COUNTED))

    signature = Signature.objects.get()
    assert [bytes(signature.sealed), bytes(signature.waiting_box), signature.shown_name] == [b"", b"", ""]


@pytest.mark.django_db
def test_sealed_boxes_of_short_and_long_names_have_one_length():
    edition = an_edition()
    counted(edition, an_entry("a@example.org", name="Bo"))
    counted(edition, an_entry("b@example.org", name="Maximiliane Example"))

    assert len({len(bytes(box)) for box in Signature.objects.values_list("sealed", flat=True)}) == 1


def test_no_column_of_a_signer_can_hold_a_time_of_day():
    timed = {
        (model.__name__, field.name)
        for room in ROOMS_OF_SIGNERS
        for model in apps.get_app_config(room).get_models()
        for field in model._meta.get_fields()
        if isinstance(field, (models.DateTimeField, models.TimeField, models.DurationField))
    }

    # A full hour, and what the worker writes for nobody and everybody.
    assert timed == {
        (Pending.__name__, "expires_at"),
        (Pulse.__name__, "hour"),
        (Reckoning.__name__, "as_of"),
        (Reckoning.__name__, "waiting_since"),
        (Checkpoint.__name__, "made_at"),
    }


def test_no_column_of_a_signer_is_meant_for_an_address_or_device():
    names = {
        field.name
        for room in ROOMS_OF_SIGNERS
        for model in apps.get_app_config(room).get_models()
        for field in model._meta.get_fields()
    }

    assert not {
        name for name in names for part in ("ip", "agent", "referr", "email", "device") if part in name.split("_")
    }
    assert not any(
        isinstance(field, models.GenericIPAddressField)
        for model in apps.get_models()
        for field in model._meta.get_fields()
    )


@pytest.mark.django_db
def test_words_for_a_row_name_nobody():
    edition = an_edition()
    do_sign(edition, an_entry("other@example.org"))
    counted(edition, an_entry(way=Way.PUBLIC))
    signature = Signature.objects.get()
    show_name(signature=signature, by=User.objects.create(email="desk@example.org"), at=AT)

    for row in (Signature.objects.get(), Pending.objects.get()):
        assert "Min" not in f"{row} {row!r}"
        assert "example.org" not in f"{row} {row!r}"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"shown_name": "Min"},
        {"moderation": "SHOWN"},
        {"moderation": "WAITING"},
        {"waiting_box": b"box"},
        {"way": "openly"},
        {"way": "counted", "to_addressee": "name"},
        {"moderation": "SHOWN", "shown_name": "Min", "to_public": "place"},
    ],
)
def test_database_refuses_states_that_would_show_somebody(changes):
    counted(an_edition(), an_entry())

    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.update(**changes)


@pytest.mark.django_db
def test_moderator_reads_the_waiting_name_and_lets_it_through_once():
    by = User.objects.create(email="desk@example.org")
    counted(an_edition(), an_entry(way=Way.PSEUDONYM, name="A refugee in Seoul"))
    signature = Signature.objects.get()

    assert waiting_name(signature) == "A refugee in Seoul"
    assert show_name(signature=signature, by=by, at=AT)
    assert not show_name(signature=signature, by=by, at=AT)
    assert not refuse_name(signature=signature, by=by, at=AT)
    signature.refresh_from_db()
    assert (signature.shown_name, bytes(signature.waiting_box)) == ("A refugee in Seoul", b"")


@pytest.mark.django_db
def test_names_stand_in_the_order_of_their_letters_not_of_signing():
    by = User.objects.create(email="desk@example.org")
    edition = an_edition()
    for number, name in enumerate(["Min", "Zoe", "Ana"]):
        counted(edition, an_entry(f"signer{number}@example.org", way=Way.PUBLIC, name=name))
    for signature in Signature.objects.order_by("-pk"):
        show_name(signature=signature, by=by, at=AT)

    assert [one.line for one in shown_lines(edition, limit=9)] == ["Ana", "Min", "Zoe"]
    assert [one.line for one in shown_lines(edition, limit=2)] == ["Ana", "Min"]


@pytest.mark.django_db
def test_refused_name_is_forgotten_by_the_server_and_stays_counted():
    by = User.objects.create(email="desk@example.org")
    counted(an_edition(), an_entry(way=Way.PUBLIC))
    signature = Signature.objects.get()

    assert refuse_name(signature=signature, by=by, at=AT)

    signature.refresh_from_db()
    assert (signature.moderation, signature.shown_name, bytes(signature.waiting_box)) == ("REFUSED", "", b"")


@pytest.mark.django_db
def test_receipt_goes_to_the_signer_and_names_nobody():
    counted(an_edition(), an_entry())

    [mail] = mails("receipt")
    assert mail["to"] == "min@example.org"
    assert "Min Example" not in mail["body"] + mail["subject"]


def test_entry_survives_its_box():
    entry = an_entry(way=Way.PUBLIC, consents_to_print=True, language="ar")

    assert type(entry).from_fields(entry.as_fields()) == entry
