"""What pages say of data that has ended, and of a key that lies where it should not."""

import random
from datetime import UTC, datetime

import pytest
import time_machine
from django.utils.html import escape
from tests.signatures.canaries import canaries, count_all_of
from tests.signatures.signing_steps import AT, an_edition

from tongmun.kit.keyring import COALITION_PRIVATE
from tongmun.signatures.actions.end import end_data
from tongmun.signatures.models import Asked, Pending

pytestmark = pytest.mark.django_db
LAST_MOMENT = datetime(2030, 10, 21, 23, 59, 59, tzinfo=UTC)
OVER = datetime(2030, 10, 22, tzinfo=UTC)
LONG_OVER = datetime(2032, 6, 22, tzinfo=UTC)
FORM = {
    "way": "private",
    "name": "Min Example",
    "email": "min@example.org",
    "country": "KR",
    "to_public": "",
    "to_addressee": "",
    "to_coalition": "",
    "to_organisers": "",
}
ERASED = "The codes by which we knew a mailbox again, and the countries and days of signers, were erased on"
NAMES_ERASED = "The names that were not shown here were erased on"
KEY_IS_HERE = "This server made the key of the names itself and still holds it"


@pytest.fixture
def keys(settings, tmp_path):
    settings.KEYS = tmp_path / "keys"
    return settings.KEYS


@pytest.fixture
def edition(keys):
    edition = an_edition()
    count_all_of(edition, canaries(random.SystemRandom(), 4))
    return edition


def body(client, page, at=AT):
    with time_machine.travel(at, tick=False):
        return client.get(f"/en/trial/{page}").content.decode()


def test_nothing_is_called_erased_while_nothing_is(client, edition):
    assert "erased on" not in body(client, "signatures/")


def test_days_on_which_data_ended_stand_on_the_page_of_signatures(client, edition):
    end_data(at=OVER)
    one = body(client, "signatures/", LONG_OVER)
    end_data(at=LONG_OVER)
    both = body(client, "signatures/", LONG_OVER)

    assert f"{ERASED} Tuesday, 22 October 2030." in one.replace("Tuesday 22", "Tuesday, 22")
    assert NAMES_ERASED not in one
    assert f"{NAMES_ERASED} Tuesday, 22 June 2032." in both.replace("Tuesday 22", "Tuesday, 22")


def test_nobody_signs_once_the_data_has_ended(client, edition):
    before = Pending.objects.count(), Asked.objects.count()
    with time_machine.travel(OVER, tick=False):
        answer = client.post("/en/trial/sign/", FORM)

    assert "Signing is closed" in answer.content.decode()
    assert (Pending.objects.count(), Asked.objects.count()) == before
    assert "Signing is closed" not in body(client, "sign/", LAST_MOMENT)


@pytest.mark.parametrize("page", ["", "letter/", "signatures/"])
def test_no_page_asks_to_sign_what_cannot_be_signed(page, client, edition):
    button = 'class="button" href="/en/trial/sign/"'

    assert button in body(client, page, LAST_MOMENT)
    assert button not in body(client, page, OVER)


def test_list_of_editions_says_that_it_is_closed(client, edition):
    with time_machine.travel(LAST_MOMENT, tick=False):
        assert "Open: you can sign and come" in client.get("/en/").content.decode()
    with time_machine.travel(OVER, tick=False):
        assert "Closed: you can read it" in client.get("/en/").content.decode()


def test_page_to_sign_on_says_when_this_server_could_open_the_names(client, edition, keys):
    with_key = body(client, "sign/")
    (keys / COALITION_PRIVATE).unlink()
    without = body(client, "sign/")

    assert escape(KEY_IS_HERE) in with_key
    assert escape(KEY_IS_HERE) not in without


def test_page_of_signatures_asks_the_database_as_often_after_its_end(client, edition, django_assert_num_queries):
    end_data(at=OVER)
    with time_machine.travel(LONG_OVER, tick=False):
        client.get("/en/trial/signatures/")
        with django_assert_num_queries(8):
            client.get("/en/trial/signatures/")
