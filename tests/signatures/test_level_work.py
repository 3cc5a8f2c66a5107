"""A mailbox that is known costs as much work as one that is not: a difference could be measured from outside."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.signatures.signing_steps import AT, an_edition, an_entry, counted, do_sign

from tongmun.signatures.models import Pending

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def edition():
    return an_edition()


def known(edition):
    """Make a mailbox of each kind, and give its address by the kind."""
    do_sign(edition, an_entry("pending@example.org"))
    counted(edition, an_entry("counted@example.org"))
    return {kind: f"{kind}@example.org" for kind in ("new", "pending", "counted")}


def test_every_kind_of_mailbox_takes_the_same_statements(edition):
    taken = {}
    for kind, address in known(edition).items():
        with CaptureQueriesContext(connection) as queries:
            do_sign(edition, an_entry(address))
        taken[kind] = [query["sql"].split()[:3] for query in queries]

    assert taken["pending"] == taken["counted"] == taken["new"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite counts the rows it writes")
def test_pending_mailbox_has_as_many_rows_written_as_a_counted_one(edition):
    written = {}
    for kind, address in known(edition).items():
        connection.ensure_connection()
        before = connection.connection.total_changes
        do_sign(edition, an_entry(address))
        written[kind] = connection.connection.total_changes - before

    assert written["pending"] == written["counted"]


def test_nothing_of_what_only_levels_the_work_stays(edition):
    known(edition)
    first = Pending.objects.values().get()

    do_sign(edition, an_entry("pending@example.org", name="Somebody else"), at=AT)

    assert Pending.objects.values().get() == first
