from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from tests.signatures.signing_steps import (
    AT,
    an_edition,
    an_entry,
    counted,
    do_sign,
    last_secret,
    mails,
    pending_secret,
)

from tongmun.counts.models import CountEntry
from tongmun.outbox.models import Mail
from tongmun.signatures.actions.confirm import confirm, find_pending
from tongmun.signatures.actions.expire import erase_expired
from tongmun.signatures.actions.sign import intend, sign, take_in
from tongmun.signatures.actions.withdraw import erase, find_own, withdraw
from tongmun.signatures.links import UnknownLink
from tongmun.signatures.models import MOST_ASKED, Asked, Pending, Signature

ONE_MAILBOX = [
    ("min.ji@gmail.com", "minji@gmail.com"),
    ("minji+letter@gmail.com", "minji@gmail.com"),
    ("minji@googlemail.com", "minji@gmail.com"),
    ("Min.Ji@EXAMPLE.org", "min.ji@example.org"),
    ("min@Bücher.example", "min@xn--bcher-kva.example"),
    ("min+a@proton.me", "min+b@proton.me"),
]
TWO_MAILBOXES = [
    ("min.ji@example.org", "minji@example.org"),
    ("min+a@example.org", "min@example.org"),
    ("min@example.org", "min@example.com"),
]


def together(times: int, deed: object) -> list[object]:
    """Do a deed in as many threads, each with a connection of its own; give the kind of what each ended with."""

    def one(_number: int) -> object:
        try:
            return deed()
        except UnknownLink:
            return UnknownLink
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(one, range(times)))


@pytest.mark.django_db
def test_signature_is_counted_only_once_its_mailbox_answers():
    edition = an_edition()

    secret = pending_secret(edition, an_entry())
    before = Signature.objects.count(), CountEntry.objects.count(), Pending.objects.count()
    confirm(secret=secret, at=AT)

    assert before == (0, 0, 1)
    assert (Signature.objects.count(), Pending.objects.count()) == (1, 0)
    assert CountEntry.objects.get().kind == "ADD"


@pytest.mark.django_db
def test_confirmation_mail_has_a_neutral_subject_and_one_link():
    do_sign(an_edition(), an_entry())

    [mail] = mails("confirmation")
    assert mail["to"] == "min@example.org"
    assert mail["subject"] == "Please confirm"
    assert mail["body"].count("http://testserver/confirm/") == 1
    assert "Min Example" not in mail["body"]


@pytest.mark.django_db
@pytest.mark.parametrize(("one", "other"), ONE_MAILBOX)
def test_spellings_of_one_mailbox_count_once(one, other):
    edition = an_edition()

    counted(edition, an_entry(one))
    counted(edition, an_entry(other), AT + timedelta(days=1))

    assert CountEntry.objects.count() == Signature.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("one", "other"), TWO_MAILBOXES)
def test_two_mailboxes_count_twice(one, other):
    edition = an_edition()

    counted(edition, an_entry(one))
    counted(edition, an_entry(other))

    assert CountEntry.objects.count() == Signature.objects.count() == 2


@pytest.mark.django_db
def test_mailbox_counts_once_in_each_edition_under_tokens_that_cannot_be_matched():
    counted(an_edition("one"), an_entry())
    counted(an_edition("other"), an_entry())

    tokens = {bytes(token) for token in Signature.objects.values_list("token", flat=True)}
    assert CountEntry.objects.count() == 2
    assert len(tokens) == 2


@pytest.mark.django_db
def test_mailbox_gets_one_confirmation_a_day():
    edition = an_edition()
    do_sign(edition, an_entry())

    do_sign(edition, an_entry(), AT + timedelta(hours=5))
    do_sign(edition, an_entry("m.i.n@example.org"), AT + timedelta(hours=5))

    assert [mail["to"] for mail in mails("confirmation")] == ["min@example.org", "m.i.n@example.org"]
    assert Mail.objects.filter(kind="confirmation", state="SENT", box=b"").count() == 1


@pytest.mark.django_db
def test_counted_mailbox_is_not_asked_again_on_the_same_day():
    edition = an_edition()
    counted(edition, an_entry())

    do_sign(edition, an_entry(), AT + timedelta(hours=2))

    assert len(mails("confirmation")) == 1
    assert not Pending.objects.exists()


@pytest.mark.django_db
def test_mailbox_is_asked_three_times_and_never_again():
    edition = an_edition()

    for day in range(8):
        do_sign(edition, an_entry(), AT + timedelta(days=day, hours=2))

    assert len(mails("confirmation")) == MOST_ASKED == 3
    assert Mail.objects.filter(kind="confirmation").count() == 8
    assert not Pending.objects.alive(AT + timedelta(days=7)).exists()


@pytest.mark.django_db
def test_mailboxes_that_sign_together_are_each_asked_once():
    edition = an_edition()
    letter = edition.letters.get()
    known = an_entry("known@example.org")
    do_sign(edition, known)
    others = [an_entry(f"other{number}@example.org") for number in (1, 2, 2)]

    take_in([intend(edition=edition, letter=letter, entry=entry, at=AT) for entry in (known, *others)])

    assert sorted(mail["to"] for mail in mails("confirmation")) == [
        "known@example.org",
        "other1@example.org",
        "other2@example.org",
    ]
    assert Pending.objects.count() == 3
    assert sorted(Asked.objects.values_list("times", flat=True)) == [1, 1, 1]


@pytest.mark.django_db
def test_mailbox_that_withdraws_leaves_no_trace_of_having_been_asked():
    edition = an_edition()

    withdraw(secret=counted(edition, an_entry()))

    assert not Asked.objects.exists()


@pytest.mark.django_db
def test_second_sign_up_does_not_overwrite_what_the_first_one_said():
    edition = an_edition()
    secret = pending_secret(edition, an_entry(name="The first"))

    do_sign(edition, an_entry(name="The second"))

    assert find_pending(secret=secret, at=AT).entry.name == "The first"


@pytest.mark.django_db
def test_pending_ends_at_a_full_hour_within_the_day():
    do_sign(an_edition(), an_entry())

    ends = Pending.objects.get().expires_at
    assert (ends.minute, ends.second, ends.microsecond) == (0, 0, 0)
    assert AT + timedelta(hours=23) < ends <= AT + timedelta(hours=24)


@pytest.mark.django_db
def test_expired_link_counts_nothing_and_its_row_is_erased():
    edition = an_edition()
    secret = pending_secret(edition, an_entry())
    ends = Pending.objects.get().expires_at

    with pytest.raises(UnknownLink):
        confirm(secret=secret, at=ends)
    erased_before, erased_at_the_end = erase_expired(at=ends - timedelta(seconds=1)), erase_expired(at=ends)

    assert (erased_before, erased_at_the_end) == (0, 1)
    assert Pending.objects.count() == CountEntry.objects.count() == 0


@pytest.mark.django_db
def test_mailbox_can_sign_again_after_its_day_without_waiting_for_the_worker():
    edition = an_edition()
    pending_secret(edition, an_entry())

    secret = pending_secret(edition, an_entry(), AT + timedelta(hours=25))
    confirm(secret=secret, at=AT + timedelta(hours=25))

    assert CountEntry.objects.count() == 1


@pytest.mark.django_db
def test_confirming_twice_is_refused_and_counts_once():
    secret = pending_secret(an_edition(), an_entry())
    confirm(secret=secret, at=AT)

    with pytest.raises(UnknownLink):
        confirm(secret=secret, at=AT)

    assert CountEntry.objects.count() == len(mails("receipt")) == 1


@pytest.mark.django_db
def test_counted_mailbox_that_signs_again_changes_nothing_but_its_link():
    edition = an_edition()
    old = counted(edition, an_entry())
    before = Signature.objects.values().get()

    new = counted(edition, an_entry(name="Somebody else", country="FR"), AT + timedelta(days=3))

    after = Signature.objects.values().get()
    assert {key for key in before if before[key] != after[key]} == {"link_hash"}
    assert find_own(secret=new).pk == before["id"]
    with pytest.raises(UnknownLink):
        find_own(secret=old)


@pytest.mark.django_db
def test_withdrawing_voids_one_and_erases_the_row():
    secret = counted(an_edition(), an_entry())

    withdraw(secret=secret)

    assert [entry.kind for entry in CountEntry.objects.order_by("pk")] == ["ADD", "VOID"]
    assert CountEntry.objects.get(kind="VOID").country == "KR"
    assert not Signature.objects.exists()
    with pytest.raises(UnknownLink):
        withdraw(secret=secret)


@pytest.mark.django_db
def test_erasing_removes_the_row_and_leaves_the_count():
    secret = counted(an_edition(), an_entry())

    erase(secret=secret)

    assert [entry.kind for entry in CountEntry.objects.all()] == ["ADD"]
    assert not Signature.objects.exists()
    with pytest.raises(UnknownLink):
        erase(secret=secret)


@pytest.mark.django_db
def test_withdrawn_mailbox_can_sign_again_and_is_counted_again():
    edition = an_edition()
    withdraw(secret=counted(edition, an_entry()))

    counted(edition, an_entry())

    assert [entry.kind for entry in CountEntry.objects.order_by("pk")] == ["ADD", "VOID", "ADD"]


@pytest.mark.django_db(transaction=True)
def test_fifty_sign_ups_at_once_leave_one_pending_and_one_mail():
    edition = an_edition()
    letter = edition.letters.get()

    together(50, lambda: sign(edition=edition, letter=letter, entry=an_entry(), at=AT))

    assert Pending.objects.count() == 1
    assert len(mails("confirmation")) == 1
    assert Mail.objects.count() == 50


@pytest.mark.django_db(transaction=True)
def test_fifty_confirmations_at_once_count_once_and_send_one_receipt():
    secret = pending_secret(an_edition(), an_entry())

    ends = together(50, lambda: confirm(secret=secret, at=AT))

    assert ends.count(UnknownLink) == 49
    assert CountEntry.objects.count() == Signature.objects.count() == len(mails("receipt")) == 1
    assert find_own(secret=last_secret("receipt"))


@pytest.mark.django_db(transaction=True)
def test_fifty_withdrawals_at_once_void_once():
    secret = counted(an_edition(), an_entry())

    ends = together(50, lambda: withdraw(secret=secret))

    assert ends.count(UnknownLink) == 49
    assert sorted(CountEntry.objects.values_list("kind", flat=True)) == ["ADD", "VOID"]
