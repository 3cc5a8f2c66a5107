"""The two actions behind the editors: what they write, and who wins when two save at once."""

import datetime as dt

import pytest
from desk_sample import AT, CALL, LATER, LETTER, call, carla, edition, letter

from tongmun.bundles.actions.export import export_edition
from tongmun.bundles.actions.load import load_bundle
from tongmun.campaigns.actions.change_call import CallChangedMeanwhile, change_call
from tongmun.campaigns.models import Call, Edition
from tongmun.letters.actions.write_version import LetterChangedMeanwhile, write_version
from tongmun.letters.models import LetterVersion
from tongmun.letters.wording import NoFormsOfAddress
from tongmun.people.models import JournalEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return carla()


@pytest.fixture
def rivers():
    return edition()


def changed(rivers, user, *, revision: int, language: str = "en", at: dt.datetime = AT, **texts: str) -> Call:
    return change_call(edition=rivers, language=language, revision=revision, by=user, at=at, **{**CALL, **texts})


def written(rivers, user, *, based_on: int, language: str = "en", at: dt.datetime = AT, **texts) -> LetterVersion:
    return write_version(edition=rivers, language=language, based_on=based_on, by=user, at=at, **{**LETTER, **texts})


def test_change_call_raises_the_revision_and_dates_the_edition(rivers, user):
    call(rivers)
    call(rivers, "ko")

    changed(rivers, user, revision=1, title="Another", at=LATER)

    assert list(Call.objects.order_by("pk").values_list("language", "title", "revision", "changed_on")) == [
        ("en", "Another", 2, LATER.date()),
        ("ko", CALL["title"], 1, rivers.changed_on),
    ]
    assert Edition.objects.get().changed_on == LATER.date()


@pytest.mark.parametrize("seen", [0, 1, 3])
def test_change_call_refuses_whoever_has_not_seen_the_newest(seen, rivers, user):
    call(rivers)
    Call.objects.update(title="Theirs", revision=2)

    with pytest.raises(CallChangedMeanwhile) as caught:
        changed(rivers, user, revision=seen, title="Mine")

    assert caught.value.current.title == Call.objects.get().title == "Theirs"
    assert Edition.objects.get().changed_on == rivers.changed_on
    assert not JournalEntry.objects.exists()


def test_change_call_says_when_the_call_is_gone(rivers, user):
    with pytest.raises(CallChangedMeanwhile) as caught:
        changed(rivers, user, revision=4)

    assert caught.value.current is None


def test_change_call_with_the_same_text_writes_nothing(rivers, user):
    call(rivers)

    changed(rivers, user, revision=1, at=LATER)

    assert Call.objects.get().revision == 1
    assert Edition.objects.get().changed_on == rivers.changed_on


def test_write_version_counts_each_language_for_itself(rivers, user):
    letter(rivers, user)
    letter(rivers, user, "ko")

    second = written(rivers, user, based_on=1, subject="Another", at=LATER)

    assert (second.number, second.changed_on, Edition.objects.get().changed_on) == (2, LATER.date(), LATER.date())
    assert LetterVersion.objects.get(language="ko").number == 1


def test_write_version_gives_another_text_another_digest(rivers, user):
    first = letter(rivers, user)

    others = [
        written(rivers, user, based_on=number, **change).digest
        for number, change in enumerate(
            [{"close": "Yours,"}, {"care_of": "none"}, {"dated": dt.date(2027, 9, 1)}, {"signatory": "Us"}], 1
        )
    ]

    assert len({first.digest, *others}) == 5


@pytest.mark.parametrize("seen", [0, 1, 3])
def test_write_version_refuses_whoever_has_not_seen_the_newest(seen, rivers, user):
    letter(rivers, user)
    newest = written(rivers, user, based_on=1, body="Theirs")

    with pytest.raises(LetterChangedMeanwhile) as caught:
        written(rivers, user, based_on=seen, body="Mine")

    assert caught.value.current == newest
    assert LetterVersion.objects.count() == 2
    assert JournalEntry.objects.count() == 2


def test_write_version_with_the_same_text_gives_the_one_there_is(rivers, user):
    first = letter(rivers, user)

    again = written(rivers, user, based_on=7, at=LATER)

    assert again == first
    assert Edition.objects.get().changed_on == AT.date()


def test_write_version_refuses_a_language_without_forms_of_address(rivers, user):
    with pytest.raises(NoFormsOfAddress):
        written(rivers, user, based_on=0, language="fi")

    assert not LetterVersion.objects.exists()


def test_texts_written_at_the_desk_survive_export_and_load(user, tmp_path):
    rivers = edition(languages=["en"])
    changed(rivers, user, revision=0, where="By the bridge\nat noon")
    written(rivers, user, based_on=0)
    export_edition(edition=rivers, folder=tmp_path)

    load_bundle(path=tmp_path, by=None, at=LATER)

    assert LetterVersion.objects.count() == 1
    assert set(Call.objects.values_list("where", "revision")) == {("By the bridge\nat noon", 1)}
