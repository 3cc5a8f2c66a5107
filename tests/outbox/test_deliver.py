"""What happens to a queued mail: it goes once, waits, fails or stays in doubt, and is emptied when it has gone."""

import email
import os
import stat
from datetime import UTC, datetime

import pytest
from django.db import transaction
from tests.outbox.post_office import free_port, queue, states

from tongmun.outbox.actions.deliver import TRIES, deliver_deferred, deliver_queued
from tongmun.outbox.actions.enqueue import enqueue, forget_unsent, queued
from tongmun.outbox.models import Mail
from tongmun.outbox.transport import MailFolder, WayOutClosed

AT = datetime(2027, 9, 22, 3, 17, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def only_mail() -> Mail:
    return Mail.objects.get()


def test_mail_leaves_as_a_file_named_by_its_key(mail_folder):
    keys = queue(2)

    gone = deliver_queued(at=AT, limit=10)

    assert gone == 2
    assert sorted(path.name for path in mail_folder.iterdir()) == sorted(f"{key}.eml" for key in keys)
    first = email.message_from_bytes((mail_folder / f"{keys[0]}.eml").read_bytes())
    assert first["To"] == "person0@example.org"
    assert states() == dict.fromkeys(keys, "SENT")


def test_words_of_a_mail_can_be_read_in_its_file(mail_folder):
    enqueue(kind="news", to="suzie@example.org", subject="s", body="통문을 돌립니다.\n", language="ko")

    deliver_queued(at=AT, limit=1)

    [file] = mail_folder.iterdir()
    assert "통문을 돌립니다." in file.read_text("utf-8").splitlines()


def test_mail_folder_is_for_its_owner_alone(mail_folder):
    queue(1)

    deliver_queued(at=AT, limit=1)

    assert mail_folder.stat().st_mode & 0o777 == 0o700


def test_mail_leaves_by_the_server_in_the_order_it_was_queued(sink):
    keys = queue(3)

    gone = deliver_queued(at=AT, limit=10)

    assert gone == 3
    assert sink.ids == keys
    assert sink.recipients == ["person0@example.org", "person1@example.org", "person2@example.org"]
    assert states() == dict.fromkeys(keys, "SENT")


def test_all_mail_of_a_pass_goes_over_one_line(sink):
    queue(5)

    deliver_queued(at=AT, limit=10)

    assert sink.lines == 1


def test_a_mail_that_was_queued_in_a_broken_transaction_never_leaves(mail_folder):
    with transaction.atomic():
        queue(1)
        transaction.set_rollback(True)

    assert deliver_queued(at=AT, limit=10) == 0
    assert not mail_folder.exists()


def test_no_more_than_the_limit_go(mail_folder):
    keys = queue(3)

    assert deliver_queued(at=AT, limit=2) == 2
    assert [states()[key] for key in keys] == ["SENT", "SENT", "QUEUED"]


def test_stopping_is_heeded_between_two_mails(sink):
    keys = queue(3)

    gone = deliver_queued(at=AT, limit=10, stopping=lambda: len(sink.mails) == 1)

    assert gone == 1
    assert [states()[key] for key in keys] == ["SENT", "QUEUED", "QUEUED"]


def test_a_box_is_empty_once_its_mail_has_gone(mail_folder):
    queue(1)

    deliver_queued(at=AT, limit=1)

    assert bytes(only_mail().box) == b""


def test_nothing_is_queued_as_a_row_that_looks_sent(mail_folder):
    mail = queued(kind="confirmation", to="min@example.org", subject="s", body="b", language="en")
    forget_unsent(mail)
    mail.save()

    assert deliver_queued(at=AT, limit=1) == 0
    assert (only_mail().kind, only_mail().state, bytes(only_mail().box)) == ("confirmation", "SENT", b"")


def test_an_address_in_another_script_reaches_a_server_that_knows_them(sink):
    enqueue(kind="news", to="한@xn--3e0b707e.kr", subject="정오", body="오세요.\n", language="ko")

    deliver_queued(at=AT, limit=1)

    assert sink.recipients == ["한@xn--3e0b707e.kr"]
    assert sink.mails[0]["Subject"] == "정오"
    assert only_mail().state == "SENT"


def test_an_address_in_another_script_fails_where_a_server_does_not_know_them(old_sink):
    enqueue(kind="news", to="한@xn--3e0b707e.kr", subject="정오", body="오세요.\n", language="ko")
    others = queue(1)

    deliver_queued(at=AT, limit=10)

    assert old_sink.ids == others
    assert Mail.objects.get(state="FAILED").kind == "news"


@pytest.mark.parametrize("reply", ["550 no such mailbox", "553 not here"])
def test_a_recipient_that_is_refused_for_good_fails_alone(sink, reply):
    sink.replies_to_recipients["person0@example.org"] = reply
    refused, taken = queue(2)

    assert deliver_queued(at=AT, limit=10) == 1

    assert states() == {refused: "FAILED", taken: "SENT"}
    assert bytes(Mail.objects.get(state="FAILED").box) != b""


def test_a_text_that_is_refused_for_good_fails(sink):
    sink.data_reply = "554 looks like spam"
    queue(1)

    assert deliver_queued(at=AT, limit=1) == 0

    assert only_mail().state == "FAILED"


@pytest.mark.parametrize("where", ["recipient", "text"])
def test_a_mail_that_is_put_off_waits_and_goes_later(sink, where):
    if where == "recipient":
        sink.replies_to_recipients["person0@example.org"] = "451 greylisted"
    else:
        sink.data_reply = "452 no room just now"
    queue(1)

    assert deliver_queued(at=AT, limit=1) == 0

    assert (only_mail().state, only_mail().tries) == ("QUEUED", 1)
    sink.replies_to_recipients.clear()
    sink.data_reply = "250 OK"
    assert deliver_queued(at=AT, limit=1) == 0
    assert deliver_deferred(at=AT, limit=1) == 1
    assert only_mail().state == "SENT"
    assert len(sink.mails) == 1


def test_a_mail_that_is_put_off_too_often_fails(sink):
    sink.replies_to_recipients["person0@example.org"] = "451 greylisted"
    queue(1)
    Mail.objects.update(tries=TRIES - 2)

    deliver_deferred(at=AT, limit=1)
    assert only_mail().state == "QUEUED"
    deliver_deferred(at=AT, limit=1)

    assert (only_mail().state, only_mail().tries) == ("FAILED", TRIES)


def test_a_mail_whose_line_breaks_in_the_middle_is_uncertain_and_not_sent_again(sink):
    sink.hangs_up = True
    queue(1)

    assert deliver_queued(at=AT, limit=1) == 0

    assert only_mail().state == "UNCERTAIN"
    sink.hangs_up = False
    assert deliver_queued(at=AT, limit=1) == 0
    assert deliver_deferred(at=AT, limit=1) == 0


def test_a_line_that_broke_is_opened_again_for_the_next_mail(sink):
    sink.hangs_up = True
    sink.before_reply = lambda: setattr(sink, "hangs_up", False)
    broken, whole = queue(2)

    assert deliver_queued(at=AT, limit=10) == 1

    assert states() == {broken: "UNCERTAIN", whole: "SENT"}


def test_a_server_that_does_not_answer_costs_no_mail_a_try(settings, sink):
    settings.EMAIL_PORT = free_port()
    keys = queue(2)

    for _ in range(3):
        with pytest.raises(WayOutClosed):
            deliver_queued(at=AT, limit=10)

    assert states() == dict.fromkeys(keys, "QUEUED")
    assert set(Mail.objects.values_list("tries", flat=True)) == {0}


@pytest.mark.parametrize("reply", ["530 log in first", "550 you may not send", "421 closing", "451 later"])
def test_a_server_that_lets_us_send_nothing_fails_no_mail(sink, reply):
    sink.sender_reply = reply
    keys = queue(2)

    with pytest.raises(WayOutClosed):
        deliver_queued(at=AT, limit=10)

    assert states() == dict.fromkeys(keys, "QUEUED")


def test_a_folder_that_cannot_be_written_keeps_the_mail(mail_folder):
    mail_folder.write_text("in the way")
    keys = queue(1)

    with pytest.raises(WayOutClosed):
        deliver_queued(at=AT, limit=1)

    assert states() == dict.fromkeys(keys, "QUEUED")


def test_a_box_no_key_opens_fails_alone(settings, mail_folder, tmp_path):
    locked = queue(1)
    settings.KEYS = tmp_path / "other-keys"
    others = queue(1)

    assert deliver_queued(at=AT, limit=10) == 1

    assert states() == {locked[0]: "FAILED", others[0]: "SENT"}


def test_a_mail_that_is_decided_about_meanwhile_is_left_alone(sink):
    first, second = queue(2)
    decided = Mail.objects.filter(key=second)

    # The list of waiting mail is made before the first of them goes.
    deliver_queued(at=AT, limit=10, stopping=lambda: decided.update(state="FAILED") == 0)

    assert sink.ids == [first]
    assert states()[second] == "FAILED"


def test_a_server_that_closes_the_line_puts_all_mail_off(sink):
    sink.replies_to_recipients["person0@example.org"] = "421 closing"
    keys = queue(2)

    with pytest.raises(WayOutClosed):
        deliver_queued(at=AT, limit=10)

    assert states() == dict.fromkeys(keys, "QUEUED")
    assert set(Mail.objects.values_list("tries", flat=True)) == {0}


def test_a_file_that_was_written_can_be_told(mail_folder):
    written, unwritten = queue(2)
    deliver_queued(at=AT, limit=1)

    assert MailFolder(mail_folder).has(written)
    assert not MailFolder(mail_folder).has(unwritten)


def test_a_file_is_on_the_disk_before_its_mail_is_taken_for_gone(mail_folder, monkeypatch):
    [key] = queue(1)
    synced = []
    really = os.fsync

    def note(descriptor: int) -> None:
        seen = os.fstat(descriptor)
        here = sorted(path.suffix for path in mail_folder.iterdir())
        synced.append((stat.S_ISDIR(seen.st_mode), seen.st_size, here, states()[key]))
        really(descriptor)

    with monkeypatch.context() as watched:
        watched.setattr(os, "fsync", note)
        deliver_queued(at=AT, limit=1)

    size = (mail_folder / f"{key}.eml").stat().st_size
    mail, folder = synced
    assert mail == (False, size, [".draft"], "SENDING")
    assert (folder[0], *folder[2:]) == (True, [".eml"], "SENDING")
