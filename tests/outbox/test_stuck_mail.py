"""Mail that was interrupted, and what a person decides about it."""

from datetime import UTC, datetime

import pytest
from tests.outbox.post_office import queue, states

from tongmun.outbox.actions.decide import let_go, send_again
from tongmun.outbox.actions.deliver import deliver_queued
from tongmun.outbox.actions.recover import recover_interrupted
from tongmun.outbox.models import Mail

AT = datetime(2027, 9, 22, 3, 17, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_interrupted_files_are_sent_if_they_are_there_and_queued_if_not(mail_folder):
    there, missing, waiting = queue(3)
    mail_folder.mkdir()
    (mail_folder / f"{there}.eml").write_bytes(b"a mail")
    (mail_folder / f"{missing}.draft").write_bytes(b"half a m")
    Mail.objects.exclude(key=waiting).update(state="SENDING")

    recover_interrupted()

    assert states() == {there: "SENT", missing: "QUEUED", waiting: "QUEUED"}
    assert bytes(Mail.objects.get(key=there).box) == b""


def test_mail_interrupted_on_its_way_to_a_server_is_uncertain(sink):
    interrupted, waiting = queue(2)
    Mail.objects.filter(key=interrupted).update(state="SENDING")

    recover_interrupted()
    deliver_queued(at=AT, limit=10)

    assert states() == {interrupted: "UNCERTAIN", waiting: "SENT"}
    assert sink.ids == [waiting]


@pytest.mark.parametrize("state", ["UNCERTAIN", "FAILED"])
def test_stuck_mail_is_sent_again_when_somebody_says_so(sink, state):
    keys = queue(1)
    Mail.objects.update(state=state, tries=9)

    assert send_again(mail=Mail.objects.get())
    deliver_queued(at=AT, limit=1)

    assert sink.ids == keys
    assert states() == dict.fromkeys(keys, "SENT")


@pytest.mark.parametrize("state", ["UNCERTAIN", "FAILED"])
def test_stuck_mail_is_emptied_when_somebody_lets_it_go(sink, state):
    queue(1)
    Mail.objects.update(state=state)

    assert let_go(mail=Mail.objects.get())
    deliver_queued(at=AT, limit=1)

    assert sink.ids == []
    assert bytes(Mail.objects.get().box) == b""


@pytest.mark.parametrize("decide", [send_again, let_go])
@pytest.mark.parametrize("state", ["QUEUED", "SENDING"])
def test_mail_that_is_not_stuck_is_not_decided_about(mail_folder, decide, state):
    queue(1)
    Mail.objects.update(state=state)

    assert not decide(mail=Mail.objects.get())

    assert Mail.objects.get().state == state
    assert bytes(Mail.objects.get().box) != b""
