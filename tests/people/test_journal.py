"""The journal only grows, and is written with the deed or not at all."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from tongmun.people.actions.record import record
from tongmun.people.models import JournalEntry, User
from tongmun.people.querysets import JournalIsAppendOnly

AT = datetime(2027, 9, 1, 10, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def an_entry() -> JournalEntry:
    carla = User.objects.create(email="carla@example.org", name="Carla")
    return record(deed="call.changed", subject="worldwide-day", by=carla, at=AT)


def test_an_entry_says_who_did_what_and_when():
    entry = an_entry()

    kept = JournalEntry.objects.get()
    assert (kept.pk, kept.deed, kept.subject, kept.at) == (entry.pk, "call.changed", "worldwide-day", AT)
    assert kept.by.name == "Carla"


def test_an_entry_is_undone_with_its_deed():
    with transaction.atomic():
        an_entry()
        transaction.set_rollback(True)

    assert not JournalEntry.objects.exists()


def test_an_entry_without_a_deed_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        record(deed="", subject="worldwide-day", by=None, at=AT)


def rewrite(entry: JournalEntry) -> None:
    entry.deed = "nothing"
    entry.save()


@pytest.mark.parametrize(
    "change",
    [
        rewrite,
        lambda entry: entry.save(update_fields=["subject"]),
        lambda entry: JournalEntry(pk=entry.pk, at=AT, deed="nothing").save(),
        lambda entry: entry.delete(),
        lambda entry: JournalEntry.objects.update(deed="nothing"),
        lambda entry: JournalEntry.objects.filter(pk=entry.pk).delete(),
        lambda entry: JournalEntry.objects.bulk_update([entry], ["deed"]),
        lambda entry: JournalEntry.objects.update_or_create(pk=entry.pk, defaults={"deed": "nothing"}),
    ],
)
def test_what_is_written_stays(change):
    entry = an_entry()

    with pytest.raises((JournalIsAppendOnly, IntegrityError)), transaction.atomic():
        change(JournalEntry.objects.get(pk=entry.pk))

    assert [str(kept) for kept in JournalEntry.objects.all()] == ["call.changed worldwide-day"]


def test_an_account_that_did_something_cannot_be_removed_from_under_it():
    entry = an_entry()

    with pytest.raises(IntegrityError), transaction.atomic():
        entry.by.delete()

    assert User.objects.filter(pk=entry.by.pk).exists()


def test_an_account_is_spoken_of_by_its_number():
    entry = an_entry()

    assert str(entry.by) == f"account {entry.by.pk}"
