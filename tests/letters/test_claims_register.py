"""Claims: where they stand in the letter, what has to be settled before freezing, and who changed them."""

import datetime as dt
from itertools import chain

import pytest
from tests.letters.letter_steps import AT, MASTER, TODAY, a_claim, an_edition, carla, master, translated

from tongmun.letters.actions.check_claim import ClaimHasNoSource, check_claim
from tongmun.letters.actions.remove_claim import remove_claim
from tongmun.letters.actions.write_claim import ClaimChangedMeanwhile, write_claim
from tongmun.letters.anchors import Anchor, anchor_of, in_reading_order, pieces_of
from tongmun.letters.models import Claim
from tongmun.letters.queries import Doubt, claims_to_settle
from tongmun.letters.sources import is_source, source_pieces
from tongmun.people.models import JournalEntry

pytestmark = pytest.mark.django_db
SENTENCE = "It is 1,200 km."
ASSERTED = {
    "texts": {"en": "The river is long.", "ko": "강은 길다."},
    "figure": "1200",
    "qualifier": "over",
    "as_of": dt.date(2027, 1, 1),
    "source": "Atlas, page 3",
    "paragraph": 1,
    "sentences": {"en": SENTENCE},
}


@pytest.fixture
def user():
    return carla()


@pytest.fixture
def rivers():
    return an_edition()


def written(of, user, slug="", seen="", **changes) -> Claim:
    return write_claim(edition=of, slug=slug, seen=seen, by=user, at=AT, **{**ASSERTED, **changes})


def checked(claim: Claim, user, by_whom: str = "Archive", at: dt.datetime = AT) -> Claim:
    return check_claim(edition=claim.edition, slug=claim.slug, seen=claim.digest, checked_by=by_whom, by=user, at=at)


def test_anchor_stands_behind_its_sentence(user, rivers):
    letter = master(rivers, user, "The river is long. It is 1,200 km. It was clean.")

    anchor = anchor_of(a_claim(rivers, sentences={"en": "It is\n1,200 km."}), letter)

    assert letter.paragraphs[0][: anchor.end] == "The river is long. It is 1,200 km."
    assert (anchor.paragraph, anchor.is_lost) == (1, False)


def test_anchor_is_lost_when_its_sentence_changes(user, rivers):
    claim = a_claim(rivers, sentences={"en": SENTENCE}, paragraph=1)
    first = master(rivers, user)
    second = master(rivers, user, "The river is long. It is 1,100 km.", *MASTER[1:], based_on=1)

    assert not anchor_of(claim, first).is_lost
    assert anchor_of(claim, second) == Anchor(None, 0, is_lost=True)


def test_anchor_follows_its_sentence_to_another_paragraph(user, rivers):
    claim = a_claim(rivers, sentences={"en": SENTENCE}, paragraph=1)

    letter = master(rivers, user, "A new one.", *MASTER)

    assert (anchor_of(claim, letter).paragraph, anchor_of(claim, letter).is_lost) == (2, False)


def test_anchor_takes_the_paragraph_it_names_where_a_sentence_stands_twice(user, rivers):
    letter = master(rivers, user, "Again.", "Again.")

    assert anchor_of(a_claim(rivers, sentences={"en": "Again."}, paragraph=2), letter).paragraph == 2


def test_anchor_without_a_sentence_in_this_language_stands_behind_the_paragraph(user, rivers):
    letter = translated(master(rivers, user), user)

    anchor = anchor_of(a_claim(rivers, sentences={"en": SENTENCE}, paragraph=2), letter)

    assert anchor == Anchor(2, len(letter.paragraphs[1]), is_lost=False)


def test_anchor_is_lost_with_its_paragraph(user, rivers):
    assert anchor_of(a_claim(rivers, paragraph=4), master(rivers, user)).is_lost


def test_claim_that_stands_nowhere_in_particular_is_not_lost(user, rivers):
    assert anchor_of(a_claim(rivers), master(rivers, user)) == Anchor(None, 0, is_lost=False)


def test_pieces_give_the_letter_back_with_each_source_behind_its_sentence(user, rivers):
    letter = master(rivers, user)
    nowhere = a_claim(rivers)
    last = a_claim(rivers, paragraph=3)
    first = a_claim(rivers, sentences={"en": "The river is long."})
    also = a_claim(rivers, sentences={"en": "is long."})

    placed = in_reading_order([nowhere, last, first, also], letter)
    pieces = pieces_of(letter, [anchor for _claim, anchor in placed])

    assert [claim for claim, _anchor in placed] == [first, also, last, nowhere]
    assert ["".join(piece.text for piece in paragraph) for paragraph in pieces] == MASTER
    assert [(piece.text, piece.sources) for piece in chain(*pieces) if piece.sources] == [
        ("The river is long.", (1, 2)),
        (MASTER[2], (3,)),
    ]


@pytest.mark.parametrize(
    ("changes", "doubts"),
    [
        ({}, ()),
        ({"source": ""}, (Doubt.UNSOURCED,)),
        ({"checked_on": None}, (Doubt.UNCHECKED,)),
        ({"checked_on": TODAY - dt.timedelta(days=30)}, ()),
        ({"checked_on": TODAY - dt.timedelta(days=31)}, (Doubt.OUTDATED,)),
        ({"sentences": {"en": "Not in the letter."}}, (Doubt.LOST,)),
        ({"source": "", "checked_on": None, "paragraph": 9}, (Doubt.UNSOURCED, Doubt.UNCHECKED, Doubt.LOST)),
    ],
)
def test_claims_to_settle_say_why(user, rivers, settings, changes, doubts):
    settings.CLAIM_DAYS = 30
    master(rivers, user)
    claim = a_claim(rivers, **changes)

    assert [(one.claim, one.doubts) for one in claims_to_settle(rivers, TODAY)] == ([(claim, doubts)] if doubts else [])


def test_claims_to_settle_name_the_languages_that_lost_the_sentence(user, rivers):
    translated(master(rivers, user), user)
    a_claim(rivers, sentences={"en": SENTENCE, "ko": "없는 문장."})

    assert [one.lost_in for one in claims_to_settle(rivers, TODAY)] == [("ko",)]


def test_claims_to_settle_are_those_of_this_edition_in_two_queries(user, rivers, django_assert_num_queries):
    a_claim(an_edition("lakes"), source="")
    for _number in range(3):
        a_claim(rivers, source="")

    with django_assert_num_queries(2):
        found = claims_to_settle(rivers, TODAY)

    assert [one.claim.slug for one in found] == ["c1", "c2", "c3"]


def test_added_claims_get_numbers_that_are_free(user, rivers):
    a_claim(rivers, slug="claim-3", position=2)

    slugs = [written(rivers, user).slug for _number in range(2)]

    assert slugs == ["claim-4", "claim-5"]
    assert list(Claim.objects.order_by("position").values_list("position", flat=True)) == [2, 3, 4]
    rivers.refresh_from_db()
    assert rivers.changed_on == TODAY


@pytest.mark.parametrize(
    ("changes", "is_still_checked"),
    [
        ({"sentences": {"en": MASTER[1]}, "paragraph": 2}, True),
        ({"texts": {"en": "The river is short."}}, False),
        ({"figure": "1300"}, False),
        ({"qualifier": "about"}, False),
        ({"as_of": None}, False),
        ({"source": "Another atlas"}, False),
    ],
)
def test_changing_what_was_checked_takes_the_check_away(user, rivers, changes, is_still_checked):
    claim = checked(written(rivers, user), user)

    changed = written(rivers, user, claim.slug, claim.digest, **changes)

    changed.refresh_from_db()
    assert (changed.checked_on, changed.checked_by) == ((TODAY, "Archive") if is_still_checked else (None, ""))


def test_claim_saved_as_it_was_changes_nothing(user, rivers):
    claim = checked(written(rivers, user), user)

    again = written(rivers, user, claim.slug, claim.digest)

    assert (again, again.checked_on) == (claim, TODAY)
    assert not JournalEntry.objects.filter(deed="claim.changed").exists()


def test_claim_cannot_be_checked_without_a_source(user, rivers):
    claim = written(rivers, user, source="")

    with pytest.raises(ClaimHasNoSource):
        checked(claim, user)

    assert Claim.objects.get().checked_on is None


def test_whoever_has_not_seen_the_newest_claim_changes_nothing(user, rivers):
    claim = written(rivers, user)
    before = claim.digest
    theirs = written(rivers, user, claim.slug, before, figure="1,300")

    for deed in (
        lambda: written(rivers, user, claim.slug, before, figure="1,400"),
        lambda: check_claim(edition=rivers, slug=claim.slug, seen=before, checked_by="A", by=user, at=AT),
        lambda: remove_claim(edition=rivers, slug=claim.slug, seen=before, by=user, at=AT),
    ):
        with pytest.raises(ClaimChangedMeanwhile) as caught:
            deed()
        assert caught.value.current == theirs

    assert Claim.objects.get().figure == "1,300"


def test_claim_of_another_edition_is_out_of_reach(user, rivers):
    claim = written(an_edition("lakes"), user)

    with pytest.raises(ClaimChangedMeanwhile) as caught:
        remove_claim(edition=rivers, slug=claim.slug, seen=claim.digest, by=user, at=AT)

    assert caught.value.current is None
    assert Claim.objects.exists()


def test_each_deed_with_a_claim_stands_in_the_journal(user, rivers):
    claim = written(rivers, user)
    claim = written(rivers, user, claim.slug, claim.digest, figure="7")
    claim = checked(claim, user)
    remove_claim(edition=rivers, slug=claim.slug, seen=claim.digest, by=user, at=AT)

    assert list(JournalEntry.objects.order_by("pk").values_list("deed", "subject", "by")) == [
        (f"claim.{deed}", "rivers claim-1", user.pk) for deed in ("added", "changed", "checked", "removed")
    ]
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    ("source", "good"),
    [
        ("Atlas, page 3", True),
        ("통계청, 2026", True),
        ("https://example.org/a?b=1#c", True),
        ("See https://example.org/a.", True),
        ("-", False),
        ("2026", False),
        ("?!", False),
        ("http:/example.org", False),
        ("http//example.org/a", False),
        ("www.example.org", False),
        ("https://nowhere", False),
        ("https://", False),
        ("ftp://example.org/atlas", False),
    ],
)
def test_a_source_is_an_address_or_words(source, good):
    assert is_source(source) is good


def test_an_address_in_a_source_ends_before_the_full_stop():
    source = "Register (https://example.org/a_(b)?c=1), and https://example.com."

    pieces = source_pieces(source)

    assert "".join(text for text, _address in pieces) == source
    assert [address for _text, address in pieces if address][-1] == "https://example.com"


@pytest.mark.parametrize("source", ["javascript:alert(1)", "data:text/html,x", "Atlas"])
def test_nothing_else_can_be_followed(source):
    assert [address for _text, address in source_pieces(source) if address] == []
