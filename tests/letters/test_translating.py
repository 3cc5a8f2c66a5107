"""Which paragraphs of a translation are out of date, and what keeps a language from being frozen."""

import pytest
from tests.letters.letter_steps import AT, HEAD, KOREAN, MASTER, an_edition, carla, master, translated

from tongmun.letters.actions.translate import ParagraphsDoNotMatch
from tongmun.letters.actions.write_version import LetterChangedMeanwhile, write_version
from tongmun.letters.digests import paragraph_digest
from tongmun.letters.models import LetterVersion, Rendering
from tongmun.letters.queries import Unready, earlier_paragraphs, pairs_of, unready
from tongmun.letters.translations import Standing, paired
from tongmun.people.models import JournalEntry

pytestmark = pytest.mark.django_db
READY, STALE, MISSING, EXTRA = Standing.READY, Standing.STALE, Standing.MISSING, Standing.EXTRA


@pytest.fixture
def user():
    return carla()


@pytest.fixture
def rivers():
    return an_edition()


def standings(beside: LetterVersion, letter: LetterVersion) -> list[tuple[Standing, int | None, int | None]]:
    return [(pair.standing, pair.number, pair.own_number) for pair in pairs_of(beside, letter, letter.language)]


def test_translation_of_every_paragraph_is_ready(user, rivers):
    letter = translated(master(rivers, user), user)

    assert letter.paragraphs == KOREAN
    assert unready(rivers) == []


def test_changing_a_paragraph_of_the_master_makes_that_one_stale_in_every_other_language(user):
    rivers = an_edition(languages=("en", "ko", "ja"))
    translated(master(rivers, user), user)
    LetterVersion.objects.create(
        edition=rivers, language="ja", number=1, body="一。\n\n二。\n\n三。", changed_on=AT.date(), **HEAD
    )
    Rendering.objects.bulk_create(
        Rendering(edition=rivers, language="ja", master_digest=paragraph_digest(one), digest=paragraph_digest(other))
        for one, other in zip(MASTER, ["一。", "二。", "三。"], strict=True)
    )
    assert unready(rivers) == []

    master(rivers, user, MASTER[0], "It is not clean.", MASTER[2], based_on=1)

    assert unready(rivers) == [Unready(code, is_written=True, stale=(2,)) for code in ("ko", "ja")]


def test_paragraph_put_into_the_master_is_missing_and_makes_no_other_stale(user, rivers):
    letter = translated(master(rivers, user), user)

    second = master(rivers, user, MASTER[0], "A new one.", *MASTER[1:], based_on=1)

    assert standings(second, letter) == [(READY, 1, 1), (MISSING, 2, None), (READY, 3, 2), (READY, 4, 3)]
    assert unready(rivers) == [Unready("ko", is_written=True, missing=(2,))]


def test_paragraph_taken_out_of_the_master_leaves_one_too_many(user, rivers):
    letter = translated(master(rivers, user), user)

    second = master(rivers, user, MASTER[0], MASTER[2], based_on=1)

    assert standings(second, letter) == [(READY, 1, 1), (EXTRA, None, 2), (READY, 2, 3)]
    assert unready(rivers) == [Unready("ko", is_written=True, extra=(2,))]


def test_paragraphs_that_change_places_are_not_taken_for_ready(user, rivers):
    translated(master(rivers, user), user)

    master(rivers, user, MASTER[1], MASTER[0], MASTER[2], based_on=1)

    [found] = unready(rivers)
    assert found.missing or found.stale
    assert found.extra or found.stale


def test_master_that_goes_back_to_its_text_makes_the_translation_ready_again(user, rivers):
    translated(master(rivers, user), user)
    master(rivers, user, MASTER[0], "It is not clean.", MASTER[2], based_on=1)
    assert unready(rivers)

    master(rivers, user, based_on=2)

    assert unready(rivers) == []


def test_saving_a_stale_paragraph_as_it_is_leaves_it_stale_until_somebody_says_it_is_right(user, rivers):
    translated(master(rivers, user), user)
    second = master(rivers, user, MASTER[0], "It was quite clean.", MASTER[2], based_on=1)

    same = translated(second, user, based_on=1)
    assert (same.number, unready(rivers)) == (1, [Unready("ko", is_written=True, stale=(2,))])
    again = translated(second, user, based_on=1, still_right=(2,))

    assert (again.number, unready(rivers)) == (1, [])
    assert JournalEntry.objects.filter(deed="letter.translation-checked", subject="rivers ko v1").count() == 1


def test_text_that_renders_two_of_the_master_holds_beside_each(user, rivers):
    translated(master(rivers, user), user)
    second = master(rivers, user, MASTER[0], "It was quite clean.", MASTER[2], based_on=1)
    translated(second, user, based_on=1, still_right=(2,))

    master(rivers, user, based_on=2)

    assert unready(rivers) == []


def test_translating_another_paragraph_leaves_a_stale_one_stale(user, rivers):
    translated(master(rivers, user), user)
    second = master(rivers, user, MASTER[0], "Not clean.", "We demand it.", based_on=1)

    translated(second, user, *KOREAN[:2], "요구합니다.", based_on=1)

    assert unready(rivers) == [Unready("ko", is_written=True, stale=(2,))]


def test_translation_made_beside_an_earlier_master_is_stale_at_once(user, rivers):
    first = master(rivers, user)
    master(rivers, user, MASTER[0], "Not clean.", MASTER[2], based_on=1)

    translated(first, user)

    assert unready(rivers) == [Unready("ko", is_written=True, stale=(2,))]


def test_letter_that_nobody_set_beside_the_master_is_stale_throughout(user, rivers):
    master(rivers, user)
    write_version(edition=rivers, language="ko", based_on=0, body="\n\n".join(KOREAN), by=user, at=AT, **HEAD)

    assert unready(rivers) == [Unready("ko", is_written=True, stale=(1, 2, 3))]


def test_unwritten_language_misses_every_paragraph(user, rivers):
    master(rivers, user)

    assert unready(rivers) == [Unready("ko", is_written=False, missing=(1, 2, 3))]


def test_without_a_master_no_language_is_ready(user, rivers):
    write_version(edition=rivers, language="ko", based_on=0, body="글.", by=user, at=AT, **HEAD)

    assert unready(rivers) == [Unready("en", is_written=False), Unready("ko", is_written=True)]


def test_letter_in_a_language_without_pages_has_to_be_ready_too(user):
    rivers = an_edition(languages=("en",))
    translated(master(rivers, user), user)
    master(rivers, user, "Another.", *MASTER[1:], based_on=1)

    assert unready(rivers) == [Unready("ko", is_written=True, stale=(1,))]


def test_renderings_of_another_edition_do_not_count(user, rivers):
    lakes = an_edition("lakes")
    translated(master(lakes, user), user)
    master(rivers, user)
    write_version(edition=rivers, language="ko", based_on=0, body="\n\n".join(KOREAN), by=user, at=AT, **HEAD)

    assert (unready(lakes), unready(rivers)[0].stale) == ([], (1, 2, 3))


def test_unready_asks_the_database_twice(user, rivers, django_assert_num_queries):
    translated(master(rivers, user), user)

    with django_assert_num_queries(2):
        unready(rivers)


@pytest.mark.parametrize(
    "paragraphs", [KOREAN[:2], [*KOREAN, "더."], [KOREAN[0], " ", KOREAN[2]], ["가\n\n나", *KOREAN[:2]]]
)
def test_translate_refuses_paragraphs_that_do_not_match(user, rivers, paragraphs):
    beside = master(rivers, user)

    with pytest.raises(ParagraphsDoNotMatch):
        translated(beside, user, *paragraphs)

    assert not LetterVersion.objects.filter(language="ko").exists()


def test_translate_refuses_whoever_has_not_seen_the_newest_and_keeps_nothing(user, rivers):
    beside = master(rivers, user)
    theirs = translated(beside, user)
    said = Rendering.objects.count()

    with pytest.raises(LetterChangedMeanwhile) as caught:
        translated(beside, user, "다른", "글", "이다.", based_on=0)

    assert caught.value.current == theirs
    assert Rendering.objects.count() == said


def test_earlier_paragraphs_of_the_master_can_be_shown(user, rivers):
    letter = translated(master(rivers, user), user)
    second = master(rivers, user, MASTER[0], "Not clean.", MASTER[2], based_on=1)

    stale = pairs_of(second, letter, "ko")[1]

    assert earlier_paragraphs(second)[stale.rendered] == MASTER[1]


def test_lines_inside_a_paragraph_do_not_make_it_another():
    assert [pair.standing for pair in paired(["One  two"], ["a"], {})] == [STALE]
    pairs = paired(["One\ntwo"], ["a\nb"], {paragraph_digest("a b"): [paragraph_digest("One two")]})
    assert [pair.standing for pair in pairs] == [READY]
