"""What becomes of the rows of an import."""

import datetime as dt
from copy import copy

import pytest
from django.conf import settings
from import_steps import (
    AT,
    HEADINGS,
    MAPPING,
    an_edition,
    an_organisation,
    as_file,
    carla,
    finished,
    row,
    started,
    uploaded,
)

from tongmun.campaigns.models import Edition
from tongmun.counts.models import CountEntry
from tongmun.imports.actions import run
from tongmun.imports.actions.decide import cancel
from tongmun.imports.actions.run import run_step
from tongmun.imports.mapping import Mapping, Part
from tongmun.imports.models import Import
from tongmun.kit.keyring import COALITION_PRIVATE, NEWS_PRIVATE, server_key, token_key
from tongmun.kit.sealing import commitment, mailbox_token, unlock, unseal
from tongmun.outbox.models import Mail
from tongmun.people.models import JournalEntry
from tongmun.signatures.models import Signature

pytestmark = pytest.mark.django_db


def private(name: str) -> bytes:
    return bytes.fromhex((settings.KEYS / name).read_text())


def test_row_becomes_a_signature_and_an_entry_like_any_other():
    edition = an_edition()

    made = finished(as_file([row(name="Suzie Signer", country="KR", day="2027-08-02")]), edition)

    signature = Signature.objects.get()
    token = mailbox_token("signer1@example.org", key=token_key(settings.KEYS, "rivers"))
    assert bytes(signature.token) == token
    assert (signature.edition, signature.letter) == (edition, made.letter)
    assert (signature.way, signature.language, signature.country) == ("private", "en", "KR")
    assert (signature.confirmed_on, signature.via) == (dt.date(2027, 8, 2), an_organisation())
    assert (signature.moderation, signature.shown_name, signature.hold) == ("NONE", "", None)
    sealed = unseal(bytes(signature.sealed), private_key=private(COALITION_PRIVATE))
    assert sealed == {"name": "Suzie Signer", "chosen": "", "country": "KR"}
    entry = CountEntry.objects.get()
    opening = unlock(bytes(signature.opening_box), key=server_key(settings.KEYS), purpose="opening")["opening"]
    assert bytes(entry.digest) == commitment(token, opening=bytes.fromhex(opening), edition="rivers")
    assert (entry.kind, entry.amount, entry.country, entry.via) == ("ADD", 1, "KR", an_organisation())
    assert (entry.edition, entry.is_held, entry.position, entry.reason) == (edition, False, None, "")


def test_imported_signers_get_no_mail():
    finished(as_file([row(news="yes")]), an_edition())

    assert not Mail.objects.exists()


def levels(signature: Signature) -> tuple[str, ...]:
    return (signature.to_public, signature.to_addressee, signature.to_coalition, signature.to_organisers)


@pytest.mark.parametrize(
    ("cells", "way", "expected", "moderation"),
    [
        ({}, "private", ("place", "place", "place", "name"), "NONE"),
        ({"show": "yes"}, "public", ("name", "place", "name", "name"), "WAITING"),
        ({"print": "yes"}, "private", ("place", "name", "place", "name"), "NONE"),
        ({"show": " YES ", "print": "Yes"}, "public", ("name", "name", "name", "name"), "WAITING"),
        ({"show": "no", "print": "maybe"}, "private", ("place", "place", "place", "name"), "NONE"),
        ({"name": "", "show": "yes", "print": "yes"}, "counted", ("place", "place", "place", "place"), "NONE"),
    ],
)
def test_consents_decide_what_each_audience_learns(cells, way, expected, moderation):
    finished(as_file([row(**cells)]), an_edition())

    signature = Signature.objects.get()
    assert (signature.way, levels(signature), signature.moderation) == (way, expected, moderation)


def test_name_to_be_shown_waits_for_a_moderator():
    finished(as_file([row(name="Suzie Canary", show="yes")]), an_edition())

    box = bytes(Signature.objects.get().waiting_box)
    assert unlock(box, key=server_key(settings.KEYS), purpose="name") == {"name": "Suzie Canary"}


@pytest.mark.parametrize(("news", "consents"), [("yes", True), ("no", False), ("", False)])
def test_address_is_kept_for_those_alone_who_want_news(news, consents):
    finished(as_file([row(news=news)]), an_edition())

    signature = Signature.objects.get()
    assert signature.consents_to_news is consents
    opened = unseal(bytes(signature.news_box), private_key=private(NEWS_PRIVATE)) if signature.news_box else None
    assert opened == ({"email": "signer1@example.org"} if consents else None)


def test_consent_without_its_column_is_no_consent():
    mapping = Mapping({Part.EMAIL: 0, Part.NAME: 1}, frozenset({"yes"}))

    finished(as_file([row(show="yes", print="yes", news="yes")]), an_edition(), mapping)

    signature = Signature.objects.get()
    assert (signature.way, signature.to_addressee, signature.consents_to_news) == ("private", "place", False)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"email": ""}, "email-missing"),
        ({"email": "suzie"}, "email"),
        ({"email": "=cmd@example.org"}, "email"),
        ({"email": "a" * 321}, "email"),
        ({"name": "=HYPERLINK(1)"}, "formula"),
        ({"name": "see www.example.org"}, "link"),
        ({"name": "a" * 81}, "long"),
        ({"name": "a" * 321}, "long"),
        ({"name": "Su\u202ezie"}, "hidden"),
        ({"name": "12345"}, "letterless"),
        ({"country": "Atlantis"}, "country"),
        ({"day": "yesterday"}, "day"),
        ({"day": "2027-08-11"}, "day"),
        ({"day": "2027-08-01x"}, "day"),
    ],
)
def test_row_that_the_form_would_not_take_is_rejected(cells, reason):
    made = finished(as_file([row(1, **cells), row(2)]), an_edition())

    assert (made.state, made.done, made.added, made.rejected, made.duplicates) == ("DONE", 2, 1, 1, 0)
    assert [bytes(one.token) for one in Signature.objects.all()] == [
        mailbox_token("signer2@example.org", key=token_key(settings.KEYS, "rivers"))
    ]


@pytest.mark.parametrize("cells", [["signer1@example.org"], [*row(), "one more"]])
def test_row_with_another_number_of_cells_is_rejected(cells):
    made = finished(as_file([cells]), an_edition())

    assert (made.rejected, Signature.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("kr", "KR"),
        (" KR ", "KR"),
        ("South Korea", "KR"),
        ("germany", "DE"),
        ("대한민국", "KR"),
        ("مصر", "EG"),
        ("", ""),
    ],
)
def test_country_is_a_code_or_a_name(written, code):
    finished(as_file([row(country=written)]), an_edition())

    assert Signature.objects.get().country == code


def test_time_of_day_behind_the_day_is_thrown_away():
    finished(as_file([row(1, day="2027-08-02 14:31:07"), row(2, day="2027-08-03T23:59")]), an_edition())

    assert {one.confirmed_on.day for one in Signature.objects.all()} == {2, 3}


def test_mailbox_counts_once_within_a_file_and_against_what_is_counted():
    edition = an_edition()
    finished(as_file([row(1)]), edition)

    made = finished(as_file([row(1), row(2), row(2, email="Signer2@EXAMPLE.org"), row(3)]), edition)

    assert (made.added, made.duplicates, made.rejected) == (2, 2, 0)
    assert (Signature.objects.count(), CountEntry.objects.count()) == (3, 3)


def test_first_row_of_a_mailbox_is_the_one_that_counts():
    finished(as_file([row(1, country="KR"), row(1, country="DE")]), an_edition())

    assert Signature.objects.get().country == "KR"


def test_same_mailbox_signs_another_edition_as_well():
    for slug in ("rivers", "lakes"):
        finished(as_file([row(1)]), an_edition(slug))

    assert Signature.objects.count() == 2


def test_batches_are_taken_one_after_the_other(monkeypatch):
    monkeypatch.setattr("tongmun.imports.actions.run.ROWS_A_BATCH", 2)
    made = started(as_file([row(1), row(2), row(2), row(3), row(4, email="")]), an_edition())

    seen = []
    while run_step(at=AT):
        made.refresh_from_db()
        seen.append((made.state, made.done, made.added, made.duplicates, made.rejected))

    assert seen == [("RUNNING", 2, 2, 0, 0), ("RUNNING", 4, 3, 1, 0), ("DONE", 5, 3, 1, 1)]


def test_batch_of_long_rows_ends_before_it_fills_the_memory(monkeypatch):
    monkeypatch.setattr("tongmun.imports.actions.run.BYTES_A_BATCH", 200)
    made = started(as_file([row(number, name="x" * 150) for number in range(4)]), an_edition())

    run_step(at=AT)

    made.refresh_from_db()
    assert made.done == 2


def test_quoted_cells_may_hold_lines_commas_and_quotes():
    headings = ("address", "email")
    file = as_file([['1, River "Road"\nSeoul', "a@example.org"], ["x", "b@example.org"]], headings=headings)

    made = finished(file, an_edition(), Mapping({Part.EMAIL: 1}))

    assert (made.added, made.rejected) == (2, 0)


def test_empty_lines_are_no_rows():
    file = as_file([row(1)]) + b"\r\n\r\n" + as_file([row(2)]).split(b"\r\n", 1)[1] + b"\r\n"

    made = finished(file, an_edition())

    assert (made.rows, made.done, made.added, made.state) == (2, 2, 2, "DONE")


def test_nothing_is_imported_before_the_start():
    uploaded(as_file([row()]), an_edition())

    assert run_step(at=AT) is False
    assert not Signature.objects.exists()


def test_cancelled_import_goes_no_further(monkeypatch):
    monkeypatch.setattr("tongmun.imports.actions.run.ROWS_A_BATCH", 1)
    made = started(as_file([row(1), row(2)]), an_edition())
    run_step(at=AT)

    assert cancel(of=made, by=carla(), at=AT)

    assert run_step(at=AT) is False
    made.refresh_from_db()
    assert (made.state, made.done, Signature.objects.count()) == ("CANCELLED", 1, 1)
    assert not cancel(of=made, by=carla(), at=AT)


def test_import_stops_when_signing_is_over():
    edition = an_edition()
    made = started(as_file([row()]), edition)
    Edition.objects.filter(pk=edition.pk).update(state="closed")

    run_step(at=AT)

    made.refresh_from_db()
    assert (made.state, Signature.objects.count()) == ("CANCELLED", 0)


def test_import_whose_file_was_changed_on_the_disk_stops(data):
    made = started(as_file([row()]), an_edition())
    file = next(data.rglob("upload"))
    file.write_bytes(file.read_bytes()[:-1] + b"x")

    run_step(at=AT)

    made.refresh_from_db()
    assert (made.state, Signature.objects.count()) == ("CANCELLED", 0)


def in_hand(made: Import) -> tuple[Import, run.Batch, list]:
    """A batch that a worker has read and not yet written."""
    of = Import.objects.select_related("edition", "letter", "organisation").get(pk=made.pk)
    batch = run._read(of, AT.date())
    return of, batch, run._rows(of, batch)


def test_batch_that_somebody_else_has_written_changes_nothing(monkeypatch):
    monkeypatch.setattr("tongmun.imports.actions.run.ROWS_A_BATCH", 1)
    made = started(as_file([row(1), row(2)]), an_edition())
    stale = in_hand(made)
    run_step(at=AT)

    with pytest.raises(run.MovedMeanwhile):
        run._commit(*stale, AT)

    made.refresh_from_db()
    assert (made.state, made.done, made.added, CountEntry.objects.count()) == ("RUNNING", 1, 1, 1)


def test_mailbox_that_signs_while_its_batch_is_in_hand_counts_once():
    made = started(as_file([row(1), row(2)]), an_edition())
    of, batch, rows = in_hand(made)
    meanwhile = copy(rows[0][0])
    meanwhile.link_hash = b"m" * 32
    meanwhile.save(force_insert=True)

    run._commit(of, batch, rows, AT)

    made.refresh_from_db()
    assert (made.done, made.added, made.duplicates) == (2, 1, 1)
    assert bytes(CountEntry.objects.get().digest) == rows[1][1].digest
    assert Signature.objects.count() == 2


def test_deeds_of_an_import_are_in_the_journal():
    finished(as_file([row()]), an_edition())

    deeds = list(JournalEntry.objects.filter(deed__startswith="import.").order_by("pk").values_list("deed", "subject"))
    assert deeds == [(f"import.{deed}", "rivers river-friends") for deed in ("uploaded", "mapped", "started", "done")]


@pytest.mark.parametrize("rows", [3, 30])
def test_queries_of_a_batch_do_not_grow_with_its_rows(rows, django_assert_num_queries):
    started(as_file([row(number) for number in range(rows)]), an_edition())

    # The import, known tokens, savepoint or begin, two inserts, progress, done, journal, savepoint or commit.
    with django_assert_num_queries(9):
        run_step(at=AT)


def test_order_of_the_headings_is_that_of_the_parts():
    assert [HEADINGS[column] for column in MAPPING.columns.values()] == list(HEADINGS)
