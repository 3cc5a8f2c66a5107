"""The drill finds all there is about one address, no more than the documentation says, and leaves no trace."""

import logging
import random
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings as configured
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.signatures.canaries import Canary, canaries, count_all_of, sign_all
from tests.signatures.signing_steps import AT, an_edition

from tongmun.counts.models import CountEntry
from tongmun.kit.mailbox import NotAMailbox
from tongmun.outbox.actions.deliver import deliver_queued
from tongmun.outbox.models import Mail
from tongmun.people.models import JournalEntry, User
from tongmun.signatures.actions.end import end_data
from tongmun.signatures.actions.moderate import show_name, waiting_name
from tongmun.signatures.drill import NOTHING, OF_AN_EDITION, OF_THE_SERVER, drill
from tongmun.signatures.models import Signature
from tongmun.signatures.ways import Way
from tongmun.signons.drill import OF_ORGANISATIONS

pytestmark = pytest.mark.django_db
PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "answer-a-demand-for-data.md"
LATER = AT.replace(year=2031)


@pytest.fixture(autouse=True)
def keys(settings, tmp_path):
    settings.KEYS = tmp_path / "keys"
    settings.MAIL_FOLDER = tmp_path / "mail"
    return settings.KEYS


@pytest.fixture
def edition(keys):
    return an_edition()


def signer(way: Way, *, news: bool) -> Canary:
    """Give somebody who signs in one way."""
    chance = random.SystemRandom()
    return next(one for one in canaries(chance, 400) if one.entry.way == way and one.entry.consents_to_news == news)


@pytest.fixture
def suzie(edition) -> Canary:
    """Signs with her name, wants news, and is counted among others."""
    suzie = signer(Way.PUBLIC, news=True)
    count_all_of(edition, [suzie, *canaries(random.SystemRandom(), 8)])
    return suzie


def found(address, edition) -> dict[str, str]:
    sections = list(drill(address, editions=[edition]))
    return {name: words for section in sections for name, words in section.found.items()}


def away(keys, *names):
    for name in names:
        (keys / name).unlink()


def test_the_documentation_says_the_same_of_every_class_of_data():
    table = re.findall(
        r"^\| ([^|]+?) \| ([^|]+?) \|$", PAGE.read_text(encoding="utf-8").split("\n## ")[1], re.MULTILINE
    )

    documented = {what: at_most for what, at_most in table if what not in ("what", "---")}
    assert documented == {name: one.at_most for name, one in (OF_AN_EDITION | OF_THE_SERVER).items()} | OF_ORGANISATIONS


@pytest.mark.parametrize("model", ["Signature", "Pending", "Asked", "Mail"])
def test_every_column_about_a_signer_belongs_to_a_class(model):
    room = "outbox" if model == "Mail" else "signatures"
    columns = {f"{model}.{field.name}" for field in apps.get_model(room, model)._meta.concrete_fields} - {f"{model}.id"}

    listed = [one for kind in (OF_AN_EDITION | OF_THE_SERVER).values() for one in kind.columns]
    assert len(listed) == len(set(listed))
    assert {one for one in listed if one.startswith(f"{model}.")} == columns


def test_everything_about_a_counted_signer_is_found_class_by_class(edition, suzie, keys):
    away(keys, "coalition.private.key", "news.private.key")
    signature = next(one for one in Signature.objects.waiting() if waiting_name(one) in suzie.entry.name)

    told = found(suzie.entry.email, edition)

    assert told["recognition"] == "this mailbox signed: its token matches"
    assert told["waiting name"] == f"name {waiting_name(signature)}"
    assert told["sealed names"] == told["address for news"] == "a sealed box that cannot be opened here"
    assert told["domain"] == f"domain {suzie.entry.email.rpartition('@')[2]}"
    assert told["pending"] == told["public name"] == NOTHING
    assert told["asked"] == f"1 times, last on {AT.date()}"
    assert (
        f"way public, language {suzie.entry.language}, country {suzie.entry.country or 'not kept'}"
        in told["clear fields"]
    )
    assert "news wanted" in told["clear fields"]
    digests = {bytes(one).hex() for one in CountEntry.objects.values_list("digest", flat=True)}
    assert re.findall(r"[0-9a-f]{64}", told["entry in the count"])[0] in digests
    # The confirmation and the receipt have not gone yet.
    assert told["mail in the outbox"].startswith("2: ")
    assert set(told) == {*OF_AN_EDITION, *OF_THE_SERVER}


def test_names_and_addresses_are_opened_when_the_private_keys_lie_here(edition, suzie):
    told = found(suzie.entry.email, edition)

    assert suzie.entry.name in told["sealed names"]
    assert suzie.entry.email in told["address for news"]


def test_a_name_that_is_shown_is_found_as_public(edition, suzie):
    signature = next(one for one in Signature.objects.waiting() if waiting_name(one) == suzie.entry.name)
    show_name(signature=signature, by=User.objects.create(email="desk@example.org"), at=AT)

    told = found(suzie.entry.email, edition)

    assert (told["public name"], told["waiting name"]) == (suzie.entry.name, NOTHING)


def test_whoever_is_only_counted_leaves_no_name_and_no_address(edition):
    omar = signer(Way.COUNTED, news=False)
    count_all_of(edition, [omar])

    told = found(omar.entry.email, edition)

    assert told["recognition"].startswith("this mailbox signed")
    assert [told[name] for name in ("public name", "waiting name", "sealed names", "address for news")] == [NOTHING] * 4


def test_a_pending_signature_is_found_with_all_that_was_typed(edition):
    omar = signer(Way.PRIVATE, news=False)
    sign_all(edition, [omar])

    told = found(omar.entry.email, edition)

    assert told["recognition"] == "no signature has the token of this mailbox"
    assert f"name {omar.entry.name}" in told["pending"]
    assert f"email {omar.entry.email}" in told["pending"]


def test_another_spelling_of_the_mailbox_finds_the_same(edition, suzie):
    assert found(suzie.entry.email.upper(), edition) == found(suzie.entry.email, edition)


def test_a_stranger_is_found_nowhere(edition, suzie):
    told = found("eve@stranger.example", edition)

    assert told.pop("recognition") == "no signature has the token of this mailbox"
    assert set(told.values()) == {NOTHING}


def test_after_the_end_a_mailbox_is_no_longer_recognised(edition, suzie, keys):
    away(keys, "coalition.private.key", "news.private.key")
    Mail.objects.all().delete()

    end_data(at=LATER)
    told = found(suzie.entry.email, edition)

    assert told.pop("recognition").startswith("there is no key to recognise a mailbox with")
    assert set(told.values()) == {NOTHING}


def test_after_the_end_the_private_key_of_the_news_still_finds_who_wanted_them(edition, suzie):
    end_data(at=LATER)

    told = found(suzie.entry.email, edition)

    assert told["recognition"].startswith("this mailbox signed: found by the address for the news")
    assert "country not kept" in told["clear fields"]
    assert told["entry in the count"] == NOTHING


def test_mail_in_files_and_accounts_are_found(edition, suzie):
    User.objects.create(email=suzie.entry.email, name="Suzie at the desk")
    deliver_queued(at=AT, limit=100)

    told = found(suzie.entry.email, edition)

    assert told["mail in the outbox"] == NOTHING
    assert told["mail as files"].startswith("2: ")
    assert "Suzie at the desk" in told["account at the desk"]


def test_without_the_servers_key_its_boxes_stay_closed_and_none_is_made(edition, suzie, keys):
    away(keys, "server.key")

    told = found(suzie.entry.email, edition)

    assert told["waiting name"] == told["domain"] == "a box that cannot be opened here"
    assert told["mail in the outbox"] == NOTHING
    assert not (keys / "server.key").exists()


def test_a_drill_leaves_nothing_behind(edition, suzie, keys, caplog):
    caplog.set_level(logging.DEBUG)
    other = an_edition("nobody-signed")
    files = {path: path.read_bytes() for path in keys.rglob("*") if path.is_file()}
    deeds = JournalEntry.objects.count()

    list(drill(suzie.entry.email, editions=[edition, other]))
    said = caplog.text
    with CaptureQueriesContext(connection) as queries:
        list(drill(suzie.entry.email, editions=[edition, other]))

    assert {query["sql"].split()[0] for query in queries} <= {"SELECT", "DECLARE"}
    assert {path: path.read_bytes() for path in keys.rglob("*") if path.is_file()} == files
    assert JournalEntry.objects.count() == deeds
    assert said == ""


def test_what_is_no_address_is_refused_without_repeating_it(edition):
    with pytest.raises(NotAMailbox) as refused:
        list(drill("suzie at example", editions=[edition]))

    assert "suzie" not in str(refused.value)
    assert configured.KEYS.exists()
