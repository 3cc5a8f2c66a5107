"""The head of the letter handed over in Seoul in 2012, rebuilt from what the example says of its day."""

from datetime import date, timedelta

import pytest
from tests.web.site import load_examples

from tongmun.letters.addressees import Addressee, addressed
from tongmun.letters.mission_copies import copy_for_mission, letter_day
from tongmun.letters.models import LetterVersion
from tongmun.missions.models import HeadOfMission, Mission
from tongmun.missions.queries import facts_on

pytestmark = pytest.mark.django_db
DAY = date(2012, 9, 22)
ADDRESSEES = {
    "en": Addressee("en", "president", "President of the People's Republic of China", "Hu Jintao", "m"),
    "ko": Addressee("ko", "president", "중화인민공화국 국가주석", "후진타오", "m", "국가주석"),
}
HEADS = {
    "en": [
        "22 September 2012",
        "His Excellency Hu Jintao",
        "President of the People's Republic of China",
        "c/o Ambassador Zhang Xinsen",
        "Embassy of the People's Republic of China",
        "54, Hyoja-Dong, Jongno-Gu",
        "Seoul 110-033",
        "Republic of Korea",
        "Your Excellency,",
        "Respectfully,",
    ],
    "ko": [
        "2012년 9월 22일",
        "중화인민공화국 국가주석",
        "후진타오 귀하",
        "장신썬 대사 전교(轉交)",
        "주한 중화인민공화국 대사관",
        "서울특별시 종로구 효자동 54",
        "110-033",
        "존경하는 국가주석님께,",
        "삼가 올립니다.",
    ],
}


@pytest.fixture(autouse=True)
def _example(db):
    load_examples()


def rebuilt(language: str, day: date = DAY) -> list[str]:
    """Compose what stands around the text of a letter of a day from office, name and dated facts alone."""
    stored = LetterVersion.objects.get(edition__slug="2012", language=language)
    whom = addressed(ADDRESSEES[language])
    letter = LetterVersion(
        edition=stored.edition,
        language=language,
        dated=day,
        addressee="\n".join(whom.lines),
        salutation=whom.salutation,
        body=stored.body,
        close=whom.close,
        signatory=stored.signatory,
    )
    return head_of(letter)


def head_of(letter: LetterVersion) -> list[str]:
    mission = Mission.objects.get(slug="prc-seoul")
    facts = facts_on([mission], letter_day(letter))[mission.pk]
    copy = copy_for_mission(letter, facts, letter.edition.cities.get(missions=mission).city)
    assert copy.notes == ()
    return [copy.date_line, *copy.inside_address, copy.salutation, copy.close]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_head_of_the_letter_is_rebuilt_from_the_facts_of_its_day(language):
    assert rebuilt(language) == HEADS[language]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_letter_as_it_was_written_has_the_same_head(language):
    stored = LetterVersion.objects.get(edition__slug="2012", language=language)

    assert head_of(stored) == HEADS[language]


@pytest.mark.parametrize(
    ("language", "care_of"), [("en", "c/o Ambassador Li Example"), ("ko", "리 예시 대사 전교(轉交)")]
)
def test_a_new_ambassador_changes_only_letters_from_that_day_on(language, care_of):
    HeadOfMission.objects.filter(mission__slug="prc-seoul").update(valid_to=DAY + timedelta(days=1))
    HeadOfMission.objects.create(
        mission=Mission.objects.get(slug="prc-seoul"),
        rank="ambassador",
        names={"en": "Li Example", "ko": "리 예시"},
        valid_from=DAY + timedelta(days=1),
    )

    later = rebuilt(language, DAY + timedelta(days=1))

    assert rebuilt(language) == HEADS[language]
    assert set(later) - set(HEADS[language]) == {later[0], care_of}


def test_an_ambassador_who_has_left_gives_way_to_the_office_from_that_day_on():
    HeadOfMission.objects.filter(mission__slug="prc-seoul").update(valid_to=DAY)

    assert rebuilt("en", DAY - timedelta(days=1))[3] == "c/o Ambassador Zhang Xinsen"
    assert rebuilt("en")[3] == "c/o The Ambassador"
