"""Who may cosign, what a receipt says, and what is noted."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from tests.counts.test_counting import enter
from tests.signatures.signing_steps import AT, an_edition

from tongmun.counts.actions.cosign import UnknownCheckpoint, UnknownWitness, take_cosignature
from tongmun.counts.actions.count import count_waiting
from tongmun.counts.actions.note import note_once
from tongmun.counts.actions.receipt import make_receipt
from tongmun.counts.actions.register_witness import WitnessRefused, register_witness
from tongmun.counts.models import Checkpoint, Cosignature, CountEntry, Reckoning, Witness
from tongmun.counts.queries import head_of, printed_head
from tongmun.kit.notes import WITNESS, Head, NoteRefused, cosignature_line, public_key_of, read_head, verifier_key
from tongmun.people.models import JournalEntry

pytestmark = pytest.mark.django_db
NAME, SEED = "ngo.example", b"w" * 32
KEY = verifier_key(NAME, WITNESS, public_key_of(SEED))


@pytest.fixture
def edition():
    edition = an_edition()
    enter(edition, 6)
    count_waiting(edition=edition, at=AT)
    return edition


def register(edition) -> Witness:
    return register_witness(edition=edition, name=NAME, key=KEY, by=None, at=AT)


def note(head: Head, *, name: str = NAME, seed: bytes = SEED, at: datetime = AT) -> str:
    return head.text() + "\n" + cosignature_line(head, name=name, seed=seed, at=at)


def newest(edition) -> Head:
    return read_head(Checkpoint.objects.filter(edition=edition).latest("size").note.partition("\n\n")[0] + "\n")


def test_registering_a_witness_is_written_down(edition):
    witness = register(edition)

    assert bytes(witness.public_key) == public_key_of(SEED)
    assert JournalEntry.objects.get().subject == "trial ngo.example"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("other.example", KEY),
        (NAME, KEY.replace("+", "-")),
        (NAME, ""),
        ("n" * 121, verifier_key("n" * 121, WITNESS, public_key_of(SEED))),
    ],
)
def test_a_key_that_does_not_fit_is_refused(edition, name, key):
    with pytest.raises(WitnessRefused):
        register_witness(edition=edition, name=name, key=key, by=None, at=AT)
    assert not Witness.objects.exists()
    assert not JournalEntry.objects.exists()


def test_a_witness_is_registered_once(edition):
    register(edition)

    with pytest.raises(WitnessRefused, match="already"):
        register(edition)
    assert JournalEntry.objects.count() == 1


def test_a_cosignature_stands_under_its_checkpoint_once(edition):
    register(edition)

    assert take_cosignature(edition=edition, note=note(newest(edition)))
    assert not take_cosignature(edition=edition, note=note(newest(edition), at=AT + timedelta(hours=1)))

    head = head_of(edition)
    assert head.text == head.checkpoint.note + cosignature_line(newest(edition), name=NAME, seed=SEED, at=AT)
    assert (len(head.cosignatures), head.witness_keys) == (1, (KEY,))


def test_an_earlier_checkpoint_can_be_cosigned_too(edition):
    register(edition)
    earlier = newest(edition)
    enter(edition, 6, first=6)
    count_waiting(edition=edition, at=AT)

    assert take_cosignature(edition=edition, note=note(earlier))

    assert Cosignature.objects.get().checkpoint.size == 6
    assert head_of(edition).cosignatures == ()


def test_a_cosignature_of_nobody_we_know_is_refused(edition):
    other = an_edition("other")
    register(other)

    with pytest.raises(UnknownWitness):
        take_cosignature(edition=edition, note=note(newest(edition)))


def test_a_checkpoint_of_another_log_is_refused(edition):
    register(edition)
    ours = newest(edition)

    for head in (
        Head(ours.origin, 7, ours.root),
        Head(ours.origin, 6, bytes(32)),
        Head("testserver/other", 6, ours.root),
        Head(ours.origin, 10**18 - 1, ours.root),
    ):
        with pytest.raises(UnknownCheckpoint):
            take_cosignature(edition=edition, note=note(head))


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "",
        lambda text: text.partition("\n\n")[0],
        lambda text: text.replace("\n\n", "\n"),
        lambda text: text + text.splitlines()[-1] + "\n",
        lambda text: text.replace("ngo.example", "ngo.\0xample"),
        lambda text: text[:-20] + "A" * 16 + text[-4:],
    ],
)
def test_what_is_no_cosignature_is_refused(edition, change):
    register(edition)

    with pytest.raises(NoteRefused):
        take_cosignature(edition=edition, note=change(note(newest(edition))))
    assert not Cosignature.objects.exists()


def test_another_key_under_the_name_of_a_witness_is_refused(edition):
    register(edition)

    with pytest.raises(NoteRefused):
        take_cosignature(edition=edition, note=note(newest(edition), seed=b"x" * 32))


def test_what_is_printed_is_the_size_and_the_beginning_of_the_root(edition):
    root = bytes(Checkpoint.objects.get().root).hex()

    assert printed_head(edition) == (6, root[:16])
    assert printed_head(an_edition("empty")) is None


# Receipts: that the verifier accepts them is tested with it


@pytest.mark.parametrize(
    ("at", "by"),
    [
        (datetime(2030, 9, 1, 10, 17, 23, tzinfo=UTC), "2030-09-02T11:00Z"),
        (datetime(2030, 9, 1, 10, 0, tzinfo=UTC), "2030-09-02T11:00Z"),
        (datetime(2030, 9, 1, 19, 17, tzinfo=timezone(timedelta(hours=9))), "2030-09-02T11:00Z"),
    ],
)
def test_a_receipt_promises_a_full_hour_a_day_later(at, by):
    receipt = make_receipt(edition=an_edition(), commitment=b"c" * 32, opening=b"o" * 32, at=at)

    lines = dict(line.split(": ") for line in receipt.splitlines()[1:])
    assert receipt.startswith("tongmun receipt 1\norigin: testserver/trial\n")
    assert (lines["by"], lines["opening"], lines["commitment"]) == (by, (b"o" * 32).hex(), (b"c" * 32).hex())


def test_a_receipt_settles_the_origin_of_a_log_that_has_not_begun(settings):
    edition = an_edition()
    make_receipt(edition=edition, commitment=b"c" * 32, opening=b"o" * 32, at=AT)
    settings.PUBLIC_HOST = "elsewhere.example"
    enter(edition, 6)

    count_waiting(edition=edition, at=AT)

    assert newest(edition).origin == Reckoning.objects.get().origin == "testserver/trial"


# Notes


def test_a_remark_is_noted_once():
    edition = an_edition()

    assert note_once(edition=edition, digest=b"d" * 32, words="The letter in Korean")
    assert not note_once(edition=edition, digest=b"d" * 32, words="The letter in Korean, again")

    entry = CountEntry.objects.get()
    assert (entry.kind, entry.amount, entry.words) == ("NOTE", 0, "The letter in Korean")
