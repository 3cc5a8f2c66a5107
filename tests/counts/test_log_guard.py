"""A log goes on only from where it was signed last, whatever the database says by now."""

import logging
from base64 import b64encode

import pytest
from tests.counts.test_counting import enter, root_of_rows
from tests.signatures.signing_steps import AT, an_edition

from tongmun.config.health import weaknesses
from tongmun.counts.actions import count
from tongmun.counts.actions.count import LONGEST_WAIT, count_all, count_waiting
from tongmun.counts.guard import LogBroken, log_folder
from tongmun.counts.models import Checkpoint, CountEntry, Reckoning
from tongmun.counts.queries import broken_logs
from tongmun.kit import keyring

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(db, django_capture_on_commit_callbacks):
    """An edition with two batches in its log and a third one waiting."""
    edition = an_edition()
    for first in (0, 6):
        enter(edition, 6, first=first)
        with django_capture_on_commit_callbacks(execute=True):
            count_waiting(edition=edition, at=AT)
    enter(edition, 6, first=12)
    return edition


def refusal(edition) -> str:
    before = Checkpoint.objects.count(), CountEntry.objects.logged().count()
    with pytest.raises(LogBroken) as refused:
        count_waiting(edition=edition, at=AT)
    assert (Checkpoint.objects.count(), CountEntry.objects.logged().count()) == before
    return str(refused.value)


def test_a_sound_log_goes_on(edition):
    assert broken_logs(at=AT) == []
    assert count_waiting(edition=edition, at=AT) == 6
    assert bytes(Checkpoint.objects.get(size=18).root) == root_of_rows(edition)


def take_back(edition) -> None:
    """Take the database back to before its second batch, as an older copy of it would."""
    older = Checkpoint.objects.get(size=6)
    Checkpoint.objects.filter(size=12).delete()
    CountEntry.objects.filter(position__gte=6).update(position=None)
    Reckoning.objects.update(upto=6, added=6, frontier=b"")
    frontier = count.Frontier()
    for row in CountEntry.objects.logged():
        text = count.leaf_text(
            origin="testserver/trial",
            kind=row.kind,
            amount=row.amount,
            digest=bytes(row.digest),
            reason=row.reason,
            words=row.words,
        )
        frontier.append(count.leaf_hash(text))
    assert frontier.root() == bytes(older.root)
    Reckoning.objects.update(frontier=frontier.packed)


def test_a_database_taken_back_to_yesterday_signs_nothing(edition):
    take_back(edition)

    assert "a log of 12 entries was signed that this database does not know" in refusal(edition)


def test_a_database_whose_folder_is_gone_goes_on(edition):
    take_back(edition)
    (log_folder(Reckoning.objects.get()) / "head").unlink()

    assert count_waiting(edition=edition, at=AT) == 12


def test_another_history_of_the_same_length_is_not_signed(edition):
    head = log_folder(Reckoning.objects.get()) / "head"
    head.write_text(f"12 {b64encode(bytes(32)).decode()}\n")

    assert "does not know" in refusal(edition)


@pytest.mark.parametrize("words", ["", "twelve", "12 ???"])
def test_a_kept_head_that_cannot_be_read_is_not_overlooked(edition, words):
    (log_folder(Reckoning.objects.get()) / "head").write_text(words)

    assert "cannot be read" in refusal(edition)


def test_a_head_that_was_not_kept_before_the_machine_stopped_does_no_harm(edition):
    older = Checkpoint.objects.get(size=6)
    (log_folder(Reckoning.objects.get()) / "head").write_text(f"6 {b64encode(bytes(older.root)).decode()}\n")

    assert count_waiting(edition=edition, at=AT) == 6


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"upto": 11}, "right edge"),
        ({"frontier": b"x" * 64}, "does not end where its last checkpoint does"),
        ({"upto": 0, "frontier": b""}, "does not end where its last checkpoint does"),
    ],
)
def test_a_reckoning_that_is_not_that_of_the_last_checkpoint_stops_the_log(edition, changes, words):
    Reckoning.objects.update(**changes)

    assert words in refusal(edition)


def test_a_log_without_its_checkpoints_stops(edition):
    Checkpoint.objects.all().delete()

    assert "does not end where its last checkpoint does" in refusal(edition)


def test_a_lost_key_stops_the_log(edition, settings, tmp_path):
    settings.KEYS = tmp_path
    keyring.log_key.cache_clear()

    assert "its key is not the one" in refusal(edition)


def test_a_broken_log_is_named_in_the_log_lines_and_the_others_go_on(edition, caplog):
    other = an_edition("other")
    enter(other, 7, country="FR")
    Reckoning.objects.filter(edition=edition).update(upto=11)
    caplog.set_level(logging.ERROR)
    logging.getLogger("tongmun.counts").addHandler(caplog.handler)

    assert count_all(at=AT) == 7

    logging.getLogger("tongmun.counts").removeHandler(caplog.handler)
    [line] = {record.getMessage() for record in caplog.records if record.name == "tongmun.counts"}
    assert line.startswith("nothing is counted for trial: its right edge")


def test_the_doctor_names_a_broken_log(edition):
    Reckoning.objects.update(upto=11)

    [found] = [one for one in weaknesses() if "counted" in one.what]
    assert found.what.startswith("Nothing more is counted for trial: its right edge")


def test_the_doctor_names_a_log_that_stands_still(edition):
    Reckoning.objects.update(waiting_since=AT)

    assert broken_logs(at=AT + LONGEST_WAIT) == []
    assert broken_logs(at=AT + LONGEST_WAIT + LONGEST_WAIT)[0][0] == "trial"
