"""One person, two hundred times at once: one pending row, one mail, one signature."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.utils import timezone
from tests.signatures.signing_steps import an_edition, an_entry, counted, do_sign, last_secret, mails
from tests.web.test_front_door import encoded, form, post

from tongmun.counts.models import CountEntry
from tongmun.signatures.actions.confirm import confirm
from tongmun.signatures.actions.withdraw import erase, withdraw
from tongmun.signatures.intake import NotRecorded
from tongmun.signatures.links import UnknownLink
from tongmun.signatures.models import Pending, Signature
from tongmun.web.front_door import FrontDoor

pytestmark = pytest.mark.django_db(transaction=True)
COPIES = 200
AT_ONCE = 25


def all_at_once(deed) -> Counter:
    """Do something two hundred times from many threads, and count how it ended."""
    start = Barrier(AT_ONCE)

    def one(number):
        # A line to the database takes longer to open than most of what is raced for.
        connection.ensure_connection()
        if number < AT_ONCE:
            start.wait(30)
        return deed(number)

    def ended(number):
        try:
            return one(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return Counter(threads.map(ended, range(COPIES)))


def spelt(number: int) -> str:
    """Write one and the same mailbox in several ways."""
    return ["min.example@gmail.com", "minexample@gmail.com", "MinExample+two@googlemail.com"][number % 3]


@pytest.fixture
def edition():
    return an_edition()


def test_two_hundred_copies_are_asked_once_and_counted_once(edition):
    def sign(number):
        try:
            do_sign(edition, an_entry(email=spelt(number)), at=timezone.now())
        except NotRecorded:
            return "not recorded"
        return "acknowledged"

    def press(_number):
        try:
            confirm(secret=secret, at=timezone.now())
        except UnknownLink:
            return "gone"
        return "counted"

    assert all_at_once(sign)["acknowledged"] == COPIES
    assert (Pending.objects.count(), len(mails("confirmation"))) == (1, 1)

    secret = last_secret("confirmation")
    assert all_at_once(press) == {"counted": 1, "gone": COPIES - 1}
    assert (Pending.objects.count(), Signature.objects.count()) == (0, 1)
    assert CountEntry.objects.filter(kind="ADD").count() == 1


@pytest.mark.parametrize("end", [withdraw, erase])
def test_two_hundred_who_take_the_same_signature_back_take_it_back_once(edition, end):
    secret = counted(edition, an_entry(), at=timezone.now())

    def press(_number):
        try:
            end(secret=secret)
        except UnknownLink:
            return "gone"
        return "ended"

    assert all_at_once(press) == {"ended": 1, "gone": COPIES - 1}
    assert CountEntry.objects.filter(kind="VOID").count() == (end is withdraw)


def test_two_hundred_forms_through_the_door_get_the_same_answer_and_one_mail(edition):
    door = FrontDoor(get_wsgi_application())

    def send(number):
        status, headers, _content = post(door, encoded(form(edition, email=spelt(number))))
        return status, headers.get("Location")

    assert all_at_once(send) == {("302 Found", "/ko/trial/sign/sent/"): COPIES}
    assert (Pending.objects.count(), len(mails("confirmation"))) == (1, 1)
