"""Every fact of the announcement for Seoul in 2012: from words of our own, and from the original where one has it."""

import os
from pathlib import Path

import pytest
from seoul_announcement import SEOUL

from tongmun.bundles.reading import Basis, Draft, read_announcement

# The original belongs to those who wrote it, so it is not in the repository.
ORIGINAL = os.environ.get("TONGMUN_TEST_ANNOUNCEMENT", "")
FACTS = {
    "edition.date": "2012-09-22",
    "edition.weekday": "Saturday",
    "edition.time": "12:00",
    "edition.other_language": "ko",
    "event.1.kind": "demonstration",
    "event.1.transit": "Gyeongbokgung Station exit 2",
    "city.1.name": "Seoul",
    "city.1.country": "KR",
    "city.1.zone": "Asia/Seoul",
    "city.1.mission": "embassy",
    "event.2.kind": "fundraiser",
    "event.2.date": "2012-09-22",
    "event.2.time": "21:00",
    "event.2.place": "Itaewon",
    "event.2.host": "JFNK",
    "event.2.city": "Seoul",
    "event.3.kind": "",
    "organisation.1": "North Korean Freedom Coalition",
    "organisation.2": "",
    "call.from": "North Korean Freedom Coalition",
    "letter.date": "2012-09-22",
    "letter.addressee.1": "His Excellency Hu Jintao",
    "letter.addressee.2": "President, People’s Republic of China",
    "letter.addressee.3": "",
    "letter.care_of": "Ambassador Zhang Xinsen",
    "head.rank": "ambassador",
    "head.name": "Zhang Xinsen",
    "letter.mission": "Embassy of the People’s Republic of China",
    "mission.kind": "embassy",
    "mission.city": "Seoul",
    "mission.receiving": "KR",
    "campaign.sending_state": "CN",
    "letter.postal.1": "54, Hyoja-Dong, Jongno-Gu, Seoul, 110033, South Korea",
    "letter.postal.2": "",
    "letter.postcode": "110033",
    "letter.salutation": "Dear Mr. President:",
    "letter.close": "",
    "letter.signatory.1": "Justice for North Korea",
    "letter.signatory.2": "",
}
INFERRED = {
    "edition.date": "the year of the letter's date, 2012-09-22",
    "event.2.date": "the text puts it on the day of the edition without a date of its own",
    "claim.1.date": "the text makes the edition's day its anniversary",
}


@pytest.fixture(scope="module", params=["our words", "the original"])
def draft(request: pytest.FixtureRequest) -> Draft:
    if request.param == "our words":
        return read_announcement(SEOUL)
    if not ORIGINAL:
        pytest.skip("TONGMUN_TEST_ANNOUNCEMENT names no file with the announcement for Seoul")
    return read_announcement(Path(ORIGINAL).read_text(encoding="utf-8"))


@pytest.mark.parametrize(("field", "value"), FACTS.items())
def test_fact_of_the_announcement_is_found(draft: Draft, field: str, value: str) -> None:
    assert draft.value(field) == value


def test_place_is_across_from_the_embassy(draft: Draft) -> None:
    assert draft.value("event.1.place").endswith("the Chinese Embassy in Seoul")
    assert "(" not in draft.value("event.1.place")


def test_title_of_the_evening_is_found(draft: Draft) -> None:
    assert "Fundraiser" in draft.value("event.2.title")


def test_letter_and_call_have_all_their_paragraphs(draft: Draft) -> None:
    letter, call = draft.listed("letter.paragraph"), draft.listed("call.paragraph")

    assert (len(letter), len(call)) == (6, 3)
    assert letter[-1].startswith("Please")
    assert not any("Justice for North Korea" in paragraph for paragraph in letter)
    assert not any("Itaewon" in paragraph or "When:" in paragraph for paragraph in call)


def test_counts_and_the_day_of_accession_are_claims(draft: Draft) -> None:
    parts = ("figure", "qualifier", "date", "paragraph")

    claims = [tuple(draft.value(f"claim.{n}.{part}") for part in parts) for n in range(1, draft.count("claim") + 1)]

    assert claims == [
        ("", "", "1982-09-22", ""),
        ("70", "over", "", "1"),
        ("", "", "1982-09-22", "1"),
        ("27500", "over", "", "5"),
        ("20", "over", "", "5"),
    ]


@pytest.mark.parametrize(("field", "reason"), INFERRED.items())
def test_what_is_inferred_says_so(draft: Draft, field: str, reason: str) -> None:
    found = next(found for found in draft.findings if found.field == field)

    assert (found.basis, found.reason) == (Basis.INFERRED, reason)


def test_only_what_is_wrong_is_reported(draft: Draft) -> None:
    assert [(problem.field, problem.words) for problem in draft.problems] == [
        ("label.other", "More info:"),
        ("letter.postcode", "110033"),
        ("letter.signatory.1", "Justice for North Korea ("),
    ]
