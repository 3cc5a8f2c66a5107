"""Names that wait for a moderator."""

import pytest
from desk_sample import carla, client_of, edition, letter, waiting

from tongmun.people.models import JournalEntry
from tongmun.signatures.models import Signature

pytestmark = pytest.mark.django_db

PAGE = "/desk/rivers/names/"


@pytest.fixture
def user():
    return carla()


@pytest.fixture
def client(user):
    return client_of(user)


@pytest.fixture
def rivers():
    return edition()


@pytest.fixture
def seen(rivers, user):
    return letter(rivers, user)


def test_names_page_shows_what_waits_in_this_edition_alone(client, user, rivers, seen):
    lakes = edition("lakes")
    waiting(rivers, seen, "Suzie <b>Signer</b>")
    waiting(lakes, letter(lakes, user), "Somebody of the lakes")

    page = client.get(PAGE).content.decode()

    assert "Suzie &lt;b&gt;Signer&lt;/b&gt;" in page
    assert "Somebody of the lakes" not in page


def test_names_come_by_name_and_not_in_the_order_of_signing(client, rivers, seen):
    for name in ("Zoya", "Amal", "Minho"):
        waiting(rivers, seen, name)

    page = client.get(PAGE).content.decode()

    assert page.index("Amal") < page.index("Minho") < page.index("Zoya")


def test_name_that_is_shown_becomes_clear_and_stays_counted(client, user, rivers, seen):
    signature = waiting(rivers, seen, "Suzie")

    client.post(PAGE, {"signature": signature.pk, "decision": "show"})

    signature.refresh_from_db()
    assert (signature.moderation, signature.shown_name, bytes(signature.waiting_box)) == ("SHOWN", "Suzie", b"")
    entry = JournalEntry.objects.get(deed="signature.name-shown")
    assert (entry.by, entry.subject) == (user, "rivers")


def test_name_that_is_kept_hidden_is_erased_and_stays_counted(client, user, rivers, seen):
    signature = waiting(rivers, seen, "Suzie")

    client.post(PAGE, {"signature": signature.pk, "decision": "hide"})

    signature.refresh_from_db()
    assert (signature.moderation, signature.shown_name, bytes(signature.waiting_box)) == ("REFUSED", "", b"")
    assert Signature.objects.count() == 1
    entry = JournalEntry.objects.get(deed="signature.name-refused")
    assert (entry.by, entry.subject) == (user, "rivers")


@pytest.mark.parametrize("decision", ["", "delete", "SHOW"])
def test_name_without_a_clear_decision_goes_on_waiting(decision, client, rivers, seen):
    signature = waiting(rivers, seen, "Suzie")

    client.post(PAGE, {"signature": signature.pk, "decision": decision})

    signature.refresh_from_db()
    assert signature.moderation == "WAITING"


def test_name_of_another_edition_cannot_be_decided_here(client, user, rivers, seen):
    lakes = edition("lakes")
    other = waiting(lakes, letter(lakes, user), "Suzie")

    client.post(PAGE, {"signature": other.pk, "decision": "show"})

    other.refresh_from_db()
    assert other.moderation == "WAITING"


@pytest.mark.parametrize("number", ["", "x", "0", "9" * 30])
def test_decision_about_no_name_says_so(number, client, rivers, seen):
    waiting(rivers, seen, "Suzie")

    answer = client.post(PAGE, {"signature": number, "decision": "show"}, follow=True)

    assert "already decided" in answer.content.decode()
    assert Signature.objects.get().moderation == "WAITING"


def test_second_decision_about_a_name_says_that_somebody_was_faster(client, rivers, seen):
    signature = waiting(rivers, seen, "Suzie")
    client.post(PAGE, {"signature": signature.pk, "decision": "hide"})

    answer = client.post(PAGE, {"signature": signature.pk, "decision": "show"}, follow=True)

    signature.refresh_from_db()
    assert "already decided" in answer.content.decode()
    assert signature.moderation == "REFUSED"


def test_looking_at_names_decides_nothing(client, rivers, seen):
    signature = waiting(rivers, seen, "Suzie")

    client.get(PAGE, {"signature": signature.pk, "decision": "show"})

    signature.refresh_from_db()
    assert signature.moderation == "WAITING"


@pytest.mark.parametrize(("names", "says_more"), [(50, False), (51, True)])
def test_names_come_fifty_at_a_time(names, says_more, client, seen, django_assert_num_queries):
    rivers = seen.edition
    for number in range(names):
        waiting(rivers, seen, f"Signer {number}")

    with django_assert_num_queries(4):
        page = client.get(PAGE).content.decode()

    assert (page.count("<bdi>Signer"), "More names wait" in page) == (50, says_more)
