"""What a seizure of this installation reveals, tried out: the table that is printed is held to what really opens."""

import gzip
import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.signatures.canaries import (
    Canary,
    canaries,
    count_all_of,
    everything_stored,
    leaks,
    shows_name,
    sign_all,
    spellings,
    unpacked,
)
from tests.signatures.signing_steps import AT, an_edition

from tongmun.config.seizure import NO, Row, facts, holdings, seizure_table
from tongmun.kit.keyring import COALITION_PRIVATE, NEWS_PRIVATE, destroy_token_key
from tongmun.kit.pairs import FORMER
from tongmun.outbox.actions.deliver import deliver_queued
from tongmun.outbox.models import Mail
from tongmun.people.models import User
from tongmun.signatures.actions.end import end_data
from tongmun.signatures.actions.moderate import refuse_name, show_name, waiting_name
from tongmun.signatures.models import Pending, Signature

pytestmark = pytest.mark.django_db
# SQLite writes its file only outside of a transaction.
on_the_disk = pytest.mark.django_db(transaction=True)

SIGNERS = 24
MANY = 200
NOT_CONFIRMED = 4


@pytest.fixture
def seed() -> int:
    """A fresh one each run; it stands in the report of a test that fails."""
    number = random.SystemRandom().randrange(2**32)
    print(f"canaries of seed {number}")  # noqa: T201 -- pytest shows it on failure alone
    return number


@pytest.fixture
def data(settings, tmp_path):
    """The data folder of an installation that is as it should be: no private half, a mail server, HTTPS."""
    settings.DATA = tmp_path
    settings.KEYS = tmp_path / "keys"
    settings.MAIL_FOLDER = tmp_path / "mail"
    settings.MAIL_URL = "smtp+tls://ana:s3cret@mail.example.org"
    settings.HTTPS = True
    return tmp_path


@pytest.fixture
def away(data, tmp_path_factory):
    """Where the private halves are."""
    return tmp_path_factory.mktemp("offline")


@pytest.fixture
def edition(data, away):
    edition = an_edition()
    for name in (COALITION_PRIVATE, NEWS_PRIVATE):
        (data / "keys" / name).rename(away / name)
    return edition


@pytest.fixture
def signers(edition, seed) -> list[Canary]:
    """Counted signers in every way and disclosure, and some who have not confirmed."""
    return let_sign(edition, seed, SIGNERS)


def let_sign(edition, seed: int, number: int) -> list[Canary]:
    every = canaries(random.Random(seed), number + NOT_CONFIRMED)  # noqa: S311 -- to be repeated
    count_all_of(edition, every[:number])
    sign_all(edition, every[number:])
    return every


def table() -> dict[str, Row]:
    return {row.who: row for row in seizure_table(holdings(at=AT))}


def look_at_names(edition) -> list[str]:
    """Let half of the waiting names through and refuse the others; gives those that are shown."""
    by = User.objects.create(email="desk@example.org")
    shown = []
    for place, signature in enumerate(Signature.objects.waiting().order_by("pk")):
        name = waiting_name(signature)
        if place % 2:
            refuse_name(signature=signature, by=by, at=AT)
        else:
            show_name(signature=signature, by=by, at=AT)
            shown.append(name)
    return shown


@on_the_disk
def test_search_finds_what_is_planted_in_every_spelling_and_packing(data, edition):
    word = "zlxkqvwtrbnm"

    for number, form in enumerate(sorted(spellings(word))):
        heap = b"before" + form + b"after"
        assert leaks([word], heap), form
        (data / f"{number}.gz").write_bytes(b"head" + gzip.compress(heap))
        assert leaks([word], b"\n".join(unpacked((data / f"{number}.gz").read_bytes())))
    assert leaks([edition.names["en"]], everything_stored())
    assert leaks([word], everything_stored(data))


@on_the_disk
@pytest.mark.slow
def test_two_hundred_signers_are_found_nowhere_but_for_names_that_were_let_through(data, edition, seed):
    signers = let_sign(edition, seed, MANY)
    everything = {word for one in signers for word in one.words}
    private = {word for one in signers if not shows_name(one) for word in one.words}
    private |= {one.entry.email for one in signers}

    heap = everything_stored(data)
    assert len(heap) > 100_000
    assert leaks(everything, heap) == []

    shown = look_at_names(edition)
    heap = everything_stored(data)
    assert leaks(private, heap) == []
    # Initials are too short to look for.
    assert leaks(everything, heap) == sorted(name for name in shown if name in everything)
    assert len(set(shown) & everything) > 20

    end_data(at=AT.replace(year=2031))
    heap = everything_stored(data)
    assert set(leaks(everything, heap)) <= set(shown)


@on_the_disk
def test_search_finds_addresses_in_mail_that_is_written_to_files_and_the_table_says_so(settings, data, signers):
    settings.MAIL_URL = ""
    deliver_queued(at=AT, limit=30)

    row = table()["database and keys"]

    assert leaks({one.entry.email for one in signers}, everything_stored(data))
    assert row.addresses.startswith("yes: 30 in mail written to files, in clear")
    assert table()["the mail provider"].whether_signed == NO


def test_table_of_an_installation_that_is_as_it_should_be(edition, signers):
    named = sum(bool(one.entry.name or one.entry.chosen) for one in signers[:SIGNERS])
    news = sum(one.entry.consents_to_news for one in signers[:SIGNERS])
    waiting, mails = Signature.objects.waiting().count(), Mail.objects.exclude(state="SENT").count()

    found = table()

    assert [row.who for row in found.values()] == [
        "backup file",
        "database and keys",
        "running server",
        "offline key holder",
        "after the end of the campaign",
        "the mail provider",
    ]
    assert found["backup file"] == Row("backup file", NO, NO, NO, NO)
    keys = found["database and keys"]
    assert keys.public_names == NO
    assert keys.private_names == (
        f"some: {NOT_CONFIRMED} not confirmed yet, {waiting} that wait to be looked at, {named} stay sealed"
    )
    assert keys.addresses == (
        f"some: {NOT_CONFIRMED} not confirmed yet, {mails} in mail that has not gone, "
        f"{SIGNERS} by their domain alone, {news} stay sealed"
    )
    assert keys.whether_signed == "yes: any address, in trial"
    assert found["running server"].private_names == f"{keys.private_names}, every form from then on"
    assert found["offline key holder"].private_names == f"yes: all {named} sealed, with a copy of the database"
    assert found["offline key holder"].addresses == f"yes: {news} who asked for news, with a copy of the database"
    assert found["after the end of the campaign"].whether_signed == "later: no from 2030-10-22 on"
    assert found["after the end of the campaign"].private_names == "later: none from 2032-06-22 on"
    assert found["the mail provider"].whether_signed == "yes, always"


def test_table_is_held_to_what_really_opens(edition, signers, data):
    """The server's key is another one: whoever has it opens nothing, however many boxes there are."""
    (data / "keys" / "server.key").write_text("ab" * 32)

    row = table()["database and keys"]

    assert row.private_names.startswith("no: ")
    assert row.addresses.startswith("no: ")


@pytest.mark.parametrize("place", ["", FORMER])
def test_private_halves_that_lie_here_open_everything_and_the_table_says_so(place, edition, signers, data, away):
    folder = data / "keys" / place
    folder.mkdir(exist_ok=True)
    (away / COALITION_PRIVATE).rename(folder / ("names-x.private.key" if place else COALITION_PRIVATE))
    (away / NEWS_PRIVATE).rename(folder / ("news-x.private.key" if place else NEWS_PRIVATE))

    row = table()["database and keys"]

    named = sum(bool(one.entry.name or one.entry.chosen) for one in signers[:SIGNERS])
    news = sum(one.entry.consents_to_news for one in signers[:SIGNERS])
    assert row.private_names.startswith(f"yes: {named} sealed, whose private key lies here")
    assert row.addresses.startswith(f"yes: {news} of those who asked for news, whose private key lies here")
    assert f"Private halves that lie here: {folder}" in "\n".join(facts())


def test_a_private_half_of_another_pair_opens_nothing_and_is_not_counted(edition, signers, data):
    (data / "keys" / COALITION_PRIVATE).write_text("ab" * 32)

    assert table()["database and keys"].private_names.startswith("some: ")


def test_without_the_key_of_the_edition_nobody_can_be_tested(edition, signers, data):
    destroy_token_key(data / "keys", edition.slug)

    assert table()["database and keys"].whether_signed == NO


def test_without_https_whoever_is_on_the_way_reads_too(settings, edition, data):
    settings.HTTPS = False

    row = table()["running server"]

    assert row.private_names == row.addresses == "some: every form, also for whoever is on the way: no HTTPS"
    assert "Pages are served without HTTPS." in facts()


def test_public_names_are_those_of_the_site_for_everybody(edition, signers):
    shown = look_at_names(edition)

    rows = table()

    assert {row.public_names for row in rows.values()} == {f"yes: {len(shown)}, as on the site", NO}
    assert rows["backup file"].public_names != NO


def test_what_should_have_ended_is_named(edition, signers):
    late = holdings(at=datetime(2031, 1, 1, tzinfo=UTC))

    row = {one.who: one for one in seizure_table(late)}["after the end of the campaign"]

    assert row.whether_signed == "yes, still: trial should have ended; let the worker run"
    assert row.private_names == row.whether_signed


def test_after_the_end_the_table_says_no(edition, signers, data):
    Mail.objects.all().delete()
    end_data(at=AT.replace(year=2040))

    rows = table()

    assert rows["database and keys"] == Row("database and keys", NO, NO, NO, NO)
    assert replace(rows["after the end of the campaign"], who="") == Row("", NO, NO, NO, NO)
    assert Pending.objects.count() == 0


def test_a_copy_of_the_whole_folder_is_said_to_hold_the_keys(settings, edition, data, tmp_path_factory):
    assert "the keys are in it" in facts()[-1]
    settings.KEYS = tmp_path_factory.mktemp("elsewhere")

    assert "the keys lie apart from it" in facts()[-1]
