"""Ten thousand signers, each choosing at random who learns what: nobody learns anything that was not chosen.

Another seed in each run. With SIGNERS_SEED in the environment a run that failed is repeated.
"""

import html
import os
import re
from collections import Counter
from itertools import pairwise
from random import Random, SystemRandom

import pytest
from django.core.management import call_command
from tests.signatures.everywhere import SIGNERS, gather
from tests.signatures.marked_signers import KEPT_BACK, TOO_FEW, Marks, other_spellings

from tongmun.campaigns.country_words import country_name
from tongmun.signatures.disclosure import Audience
from tongmun.signatures.ways import Way

# The mark has the database made; what lies in it is the work of one fixture.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SEED = int(os.environ.get("SIGNERS_SEED") or SystemRandom().randrange(2**32))
NAMES_AT_ONCE = 50


@pytest.fixture(scope="module")
def got(django_db_setup, django_db_blocker, tmp_path_factory):
    """Everything there is to get; gathered once, since that takes seconds."""
    with django_db_blocker.unblock():
        try:
            yield gather(seed=SEED, folder=tmp_path_factory.mktemp("undisclosed"))
        finally:
            call_command("flush", verbosity=0, interactive=False)


@pytest.fixture
def marks():
    print(f"SIGNERS_SEED={SEED}")  # noqa: T201 -- pytest shows it on failure alone
    return Marks(Random(SEED))  # noqa: S311 -- to be repeated


def in_pieces(marks: Marks, pieces: dict[str, bytes]) -> dict[str, set[str]]:
    """Give what is found where; all at once first, since mostly there is nothing."""
    if not marks.in_bytes(b"\n".join(pieces.values())):
        return {}
    return {where: found for where, content in pieces.items() if (found := marks.in_bytes(content))}


def items(page: str) -> list[str]:
    """Give the names on a page of signatures, each with its country."""
    rows = re.findall(r"<li><bdi>(.*?)</bdi>(.*?)</li>", page)
    return [html.unescape(line + rest) for line, rest in rows]


def test_search_finds_every_script_and_spelling(marks):
    for stem in (*marks.stems.values(), marks.local, marks.domain):
        for form in {*other_spellings(stem), stem.encode()}:
            assert marks.in_bytes(b"before" + form + b"after"), (stem, form)
    assert marks.in_text(f"a {marks.a_name('chosen')} b") != []
    assert marks.in_bytes(b"nothing of the kind, A. B. C.") == set()


def test_signers_choose_everything_that_can_be_chosen(got):
    entries = [one.entry for one in got.signers]
    chosen = Counter((audience, entry.disclosure.level(audience)) for entry in entries for audience in Audience)

    assert len(entries) == SIGNERS
    assert {entry.way for entry in entries} == set(Way)
    assert len(chosen) == 4 * 5
    assert min(chosen.values()) > SIGNERS / 50
    assert min(len(got.shown), len(got.waiting), len(got.mails)) > NAMES_AT_ONCE
    assert {one.public_line for one in got.was_shown} > {one.public_line for one in got.shown}


@pytest.mark.parametrize("language", ["en", "ko", "ar"])
def test_page_shows_exactly_the_lines_that_were_chosen_and_let_through(got, marks, language):
    page = got.signature_pages[language]

    told = [one.told[Audience.PUBLIC] for one in got.shown]
    lines = [", ".join(filter(None, (line, country_name(code, language) if code else ""))) for line, code in told]
    assert Counter(items(page)) == Counter(lines)
    assert sorted(marks.in_text(page)) == sorted(one.public_line for one in got.shown)


def test_order_on_the_page_is_not_that_of_signing(got, marks):
    place = {one.public_line: number for number, one in enumerate(got.shown)}
    signed = [place[line] for line in marks.in_text(got.signature_pages["en"])]

    rising = sum(one < following for one, following in pairwise(signed)) / len(signed)
    assert 0.4 < rising < 0.6


def test_a_country_nobody_lets_the_public_know_is_on_no_page(got):
    kept_back, too_few = country_name(KEPT_BACK, "en"), country_name(TOO_FEW, "en")

    # The form lists every country.
    pages = [content for address, content in got.public.items() if "/sign/" not in address]
    assert sum(one.entry.country == KEPT_BACK for one in got.signers) > 20
    assert [where for content in pages for where in (kept_back, too_few) if where.encode() in content] == []


def test_no_other_page_feed_file_or_tile_names_anybody(got, marks):
    others = {address: content for address, content in got.public.items() if not address.endswith("/signatures/")}

    assert {address.rpartition(".")[2] for address in others} > {"ics", "pdf", "atom", "json", "py"}
    assert sum("/log/tile/" in address for address in others) > 9
    assert in_pieces(marks, others) == {}


def test_no_refusal_and_no_landing_page_says_what_was_typed(got, marks):
    assert {what[:3] for what in got.refusals} == {"400", "403", "404", "410", "500", "sen", "cou", "wit", "era", "hid"}
    assert in_pieces(marks, got.refusals) == {}


def test_own_pages_name_their_owner_alone(got, marks):
    for one, page in got.own:
        typed = {
            one.typed.get("name"),
            one.typed.get("chosen"),
            one.entry.email,
            *(line for line, _ in one.told.values()),
        }
        assert set(marks.in_text(page)) <= typed


def test_mail_names_nobody_but_the_mailbox_it_goes_to(got, marks):
    for mail in got.mails:
        assert marks.in_text(mail) == re.findall(r"^To: (.+)$", mail, re.MULTILINE)


def test_nothing_that_is_logged_or_said_names_anybody(got, marks):
    assert "RuntimeError at " in got.told
    assert "Nothing to mend." in got.told or "- " in got.told
    assert marks.in_bytes(got.told.encode()) == set()


def test_exported_bundle_names_nobody(got, marks):
    assert len(got.bundle) > 10
    assert in_pieces(marks, got.bundle) == {}


@pytest.mark.parametrize("audience", list(Audience))
def test_private_key_opens_for_an_audience_exactly_what_was_chosen(got, audience):
    shown = {id(one) for one in got.shown}
    told = [
        ("", one.told[audience][1]) if audience == Audience.PUBLIC and id(one) not in shown else one.told[audience]
        for one in got.counted
    ]
    lines = [one for one in told if one != ("", "")]

    assert got.opened[audience] == sorted(lines)
    assert f"{len(told) - len(lines)} only as one more." in got.summaries[audience]


def test_desk_shows_fifty_names_to_decide_about_and_no_other(got, marks):
    [names] = [page for address, page in got.desk.items() if address.endswith("/names/")]
    others = {address: page.encode() for address, page in got.desk.items() if not address.endswith("/names/")}

    found = marks.in_text(names)
    assert len(found) == NAMES_AT_ONCE
    assert Counter(found) <= Counter(one.public_line for one in got.waiting)
    assert len(others) > 8
    assert in_pieces(marks, others) == {}


def test_dump_and_copy_of_the_folder_hold_no_name_but_those_let_through(got, marks):
    found = marks.in_bytes(got.stored)

    assert len(got.stored) > 5_000_000
    assert found - {one.public_line for one in got.was_shown} == set()
    assert {one.public_line for one in got.shown} - found == set()
