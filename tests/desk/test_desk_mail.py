"""Mail that a person has to decide about."""

import pytest
from desk_sample import SUZIE, carla, client_of, mail

from tongmun.outbox.models import Mail
from tongmun.people.models import JournalEntry

pytestmark = pytest.mark.django_db

PAGE = "/desk/mail/"


@pytest.fixture
def user():
    return carla()


@pytest.fixture
def client(user):
    return client_of(user)


def test_mail_page_lists_what_is_stuck_without_saying_to_whom(client):
    states = ("QUEUED", "SENDING", "UNCERTAIN", "FAILED")
    numbers = {state: mail(state).pk for state in states}

    page = client.get(PAGE).content.decode()

    shown = {state for state in states if f'name="mail" value="{numbers[state]}"' in page}
    assert shown == {"UNCERTAIN", "FAILED"}
    assert not [secret for secret in (SUZIE, "Secret words") if secret in page]


@pytest.mark.parametrize("state", ["UNCERTAIN", "FAILED"])
def test_mail_can_be_sent_again(state, client, user):
    stuck = mail(state)

    client.post(PAGE, {"mail": stuck.pk, "decision": "again"})

    stuck.refresh_from_db()
    assert stuck.state == "QUEUED"
    entry = JournalEntry.objects.get(deed="mail.sent-again")
    assert (entry.by, entry.subject) == (user, str(stuck.pk))


@pytest.mark.parametrize("state", ["UNCERTAIN", "FAILED"])
def test_mail_that_is_let_go_is_emptied(state, client, user):
    stuck = mail(state)

    client.post(PAGE, {"mail": stuck.pk, "decision": "let-go"})

    stuck.refresh_from_db()
    assert (stuck.state, bytes(stuck.box)) == ("SENT", b"")
    assert JournalEntry.objects.get(deed="mail.let-go").by == user


@pytest.mark.parametrize("decision", ["", "delete"])
def test_mail_without_a_clear_decision_stays(decision, client):
    stuck = mail("FAILED")

    client.post(PAGE, {"mail": stuck.pk, "decision": decision})

    stuck.refresh_from_db()
    assert stuck.state == "FAILED"


@pytest.mark.parametrize("state", ["QUEUED", "SENDING"])
def test_mail_on_its_way_cannot_be_let_go(state, client):
    moving = mail(state)

    answer = client.post(PAGE, {"mail": moving.pk, "decision": "let-go"}, follow=True)

    moving.refresh_from_db()
    assert moving.state == state
    assert "already decided" in answer.content.decode()
    assert not JournalEntry.objects.filter(deed="mail.let-go").exists()


@pytest.mark.parametrize(("stuck", "says_more"), [(50, False), (51, True)])
def test_mail_comes_fifty_at_a_time(stuck, says_more, client, django_assert_num_queries):
    for _ in range(stuck):
        mail("FAILED")

    with django_assert_num_queries(3):
        page = client.get(PAGE).content.decode()

    assert (page.count('name="mail"'), "More is waiting" in page) == (50, says_more)
    assert Mail.objects.stuck().count() == stuck
