"""Several events in one text: each has its own kind, time and place, or it is said what cannot be told."""

import pytest
from announcements import KOREAN

from tongmun.bundles.reading import Basis, Draft, read_announcement

PARTS = ("kind", "time", "place")
RALLY = "Join the rally on Saturday, 22 September 2012 at 10 a.m. in front of the Norwegian Embassy in Ottawa. "
SCHEDULE = """Rivers day in Washington
Saturday, 22 September 2012

11:00 Demonstration at the Norwegian Embassy
14:30 Congressional briefing, Longworth Building, Room 12
• 19:00 – Prayer vigil at St. Mark's Church (Metro: Eastern Market)

Sponsored by: River Friends, Freie Flüsse e.V.
"""


def events(draft: Draft) -> list[tuple[str, ...]]:
    """Give kind, time and place of every event beside the main one."""
    return [tuple(draft.value(f"event.{n}.{part}") for part in PARTS) for n in range(2, draft.count("event") + 1)]


def about(draft: Draft, field: str) -> list[tuple[str, str]]:
    return [(problem.words, problem.message) for problem in draft.problems if problem.field == field]


@pytest.mark.parametrize(
    "sentence",
    [
        "Afterwards, at 12:30 p.m., a talk at Saint Olaf's Hall, and from 7 to 9 p.m. a vigil on Parliament Hill.",
        "After the rally, a panel at 12:30 p.m. at Saint Olaf's Hall, a vigil at 7-9 p.m. on Parliament Hill.",
        "A panel is at 12:30 p.m. at Saint Olaf's Hall and a vigil, on Parliament Hill, at 7-9 p.m. the same day.",
    ],
)
def test_two_events_of_a_sentence_have_each_their_own(sentence: str) -> None:
    draft = read_announcement(RALLY + sentence)

    assert events(draft) == [("talk", "12:30", "Saint Olaf's Hall"), ("vigil", "19:00", "Parliament Hill")]
    assert draft.value("event.3.ends_time") == "21:00"


def test_time_without_a_word_for_what_happens_is_reported() -> None:
    draft = read_announcement(RALLY + "The march leaves Saint Olaf's Hall at 2 p.m. and reaches the gate at 4 p.m.")

    assert [(kind, time) for kind, time, _place in events(draft)] == [("march", "14:00")]
    assert about(draft, "event") == [("4 p.m.", "What happens at this time cannot be told from the sentence.")]


def test_event_that_is_over_is_not_the_one_that_follows_it() -> None:
    draft = read_announcement(RALLY + "After the rally, at 2 p.m., we show a film: a screening in Braddon.")

    assert events(draft) == [("screening", "14:00", "Braddon")]


def test_schedule_of_plain_lines_has_an_event_on_each_line() -> None:
    draft = read_announcement(SCHEDULE)

    assert [draft.value(f"edition.{part}") for part in ("date", "time")] == ["2012-09-22", "11:00"]
    assert [draft.value(f"event.1.{part}") for part in ("kind", "place")] == ["demonstration", "the Norwegian Embassy"]
    assert events(draft) == [
        ("talk", "14:30", "Longworth Building, Room 12"),
        ("prayer-service", "19:00", "St. Mark's Church"),
    ]
    assert draft.value("event.3.transit") == "Metro: Eastern Market"
    assert draft.listed("organisation") == ["River Friends", "Freie Flüsse e.V."]
    assert about(draft, "city.1.name") == [("the Norwegian Embassy", "No city was found in these words.")]


def test_hour_beside_one_past_noon_is_on_the_24_hour_clock_and_says_so() -> None:
    draft = read_announcement(SCHEDULE)
    alone = read_announcement(SCHEDULE.replace("14:30", "2:30 p.m.").replace("19:00", "7 p.m."))

    basis = next((found.basis, found.reason) for found in draft.findings if found.field == "edition.time")
    assert basis == (Basis.INFERRED, "the times beside it are on the 24-hour clock")
    assert alone.value("edition.time") == ""
    assert len(about(alone, "edition.time")) == 1


def test_schedule_below_a_day_gives_that_day_its_time_and_place() -> None:
    draft = read_announcement(
        "Date: 22 September 2012\n\n12:00 Rally at the Town Hall in Lima\n18:00 Vigil in Miraflores\n"
    )

    assert [draft.value(f"edition.{part}") for part in ("date", "time")] == ["2012-09-22", "12:00"]
    assert (draft.value("event.1.place"), draft.value("city.1.name")) == ("the Town Hall in Lima", "Lima")
    assert events(draft) == [("vigil", "18:00", "Miraflores")]


def test_times_in_a_table_are_on_one_clock() -> None:
    table = "City | Date | Time | Place\n{} | 22 September 2027 | {} | Gate\n{} | 22 September 2027 | {} | Gate\n"

    draft = read_announcement("The day of the rivers\n\n" + table.format("Seoul", "11:00", "Lima", "18:00"))

    assert [draft.value(f"city.{n}.time") for n in (1, 2)] == ["11:00", "18:00"]


@pytest.mark.parametrize("where", ["at St. James Cathedral in Oslo", "outside St. James Cathedral in Oslo"])
def test_place_is_not_cut_at_an_abbreviation(where: str) -> None:
    draft = read_announcement(f"Come to the vigil on 22 September 2027 at 6:30 p.m. {where}. Bring a light.")

    assert draft.value("event.1.place") == where.removeprefix("at ")
    assert draft.value("city.1.name") == "Oslo"


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("organised by Freie Flüsse e.V. We ask for water.", ["Freie Flüsse e.V."]),
        (
            "organised by Freie Flüsse e.V., St. Olaf Society and Friends.",
            ["Freie Flüsse e.V.", "St. Olaf Society and Friends"],
        ),
        ("organised by River Friends.", ["River Friends"]),
    ],
)
def test_organiser_is_not_cut_at_an_abbreviation(words: str, names: list[str]) -> None:
    draft = read_announcement(f"The rally on 22 September 2027 at noon in Oslo is {words}")

    assert draft.listed("organisation") == names


def test_bracket_that_is_never_closed_is_reported() -> None:
    draft = read_announcement(
        "When: 22 September 2027, noon\nWhere: Gate of the embassy in Paris (exit 2\nWhat: Vigil\n"
    )

    assert (draft.value("event.1.place"), draft.value("city.1.name")) == ("Gate of the embassy in Paris", "Paris")
    assert [words for words, _message in about(draft, "event.1.place")] == ["Gate of the embassy in Paris (exit 2"]


def test_labels_name_organisers_and_what_is_not_understood_is_listed() -> None:
    draft = read_announcement(
        "WHEN: 22 September 2027 at noon\nWHERE: Gate of the embassy in Paris\n"
        "WHAT: Three-day fast and press conference\nWHO: River Friends, Freie Flüsse e.V.\nCONTACT: Ana, 555 01 23\n"
    )

    assert draft.listed("organisation") == ["River Friends", "Freie Flüsse e.V."]
    assert [words for words, _message in about(draft, "label.other")] == ["CONTACT: Ana, 555 01 23"]
    assert "fast, press conference" in about(draft, "event.1.kind")[0][1]


@pytest.mark.parametrize("what", ["Evening fundraiser party", "Rally for free rivers"])
def test_one_kind_is_not_taken_for_several(what: str) -> None:
    draft = read_announcement(f"When: 22 September 2027, noon\nWhere: Gate of the embassy in Paris\nWhat: {what}\n")

    assert about(draft, "event.1.kind") == []


KOREAN_DAY = """맑은 강 부산 행동

우리는 9월 22일 낮 12시 노르웨이총영사관 앞에서 집회를 엽니다. 3만 4천여 명이 함께합니다.

일시: 2027년 9월 22일 (수) 낮 12시
장소: 부산 해운대구 노르웨이총영사관 앞

집회 후 오후 2시에는 시의회에서 토론회가 열립니다. 9월 22일 오후 3시부터 5시까지 부산시민회관에서 강연이 있습니다.
같은 날 저녁 7시에는 광안리에서 촛불집회가 열립니다.

[서한 전문]
2027년 9월 22일
올라 노르만 총리 귀하
주부산 노르웨이총영사 참조
주부산 노르웨이총영사관
부산광역시 해운대구 해변로 25 (48093)

존경하는 총리님께,

수문을 열어 주시기를 부탁드립니다.

강사랑모임 드림
"""


def test_korean_sentence_and_labels_about_one_event_are_one_event() -> None:
    draft = read_announcement(KOREAN_DAY)

    assert draft.value("event.1.kind") == "demonstration"
    assert draft.value("event.1.place") == "부산 해운대구 노르웨이총영사관 앞"
    assert [time for _kind, time, _place in events(draft)] == ["14:00", "15:00", "19:00"]


def test_korean_event_has_the_kind_it_stands_with_and_a_place_without_particles() -> None:
    draft = read_announcement(KOREAN_DAY)

    assert events(draft) == [
        ("talk", "14:00", "시의회"),
        ("talk", "15:00", "부산시민회관"),
        ("vigil", "19:00", "광안리"),
    ]


def test_korean_large_city_is_found() -> None:
    draft = read_announcement(KOREAN_DAY)

    assert [draft.value(f"city.1.{part}") for part in ("name", "country", "zone")] == ["부산", "KR", "Asia/Seoul"]
    assert read_announcement(KOREAN).value("city.1.name") == "서울"


def test_korean_letter_has_its_heading_care_of_city_and_postcode() -> None:
    draft = read_announcement(KOREAN_DAY)

    assert draft.listed("letter.addressee") == ["올라 노르만 총리 귀하"]
    assert draft.value("letter.care_of") == "주부산 노르웨이총영사"
    assert (draft.value("head.rank"), draft.value("head.name")) == ("consul-general", "")
    assert draft.value("letter.mission") == "주부산 노르웨이총영사관"
    assert [draft.value(name) for name in ("mission.city", "letter.postcode")] == ["부산", "48093"]
    assert about(draft, "letter.postcode") == []


@pytest.mark.parametrize(
    ("words", "figure"),
    [("3만 4천여 명", "34000"), ("1억 2천만 명", "120000000"), ("2만 7,500여 명", "27500"), ("3천 5백 명", "3500")],
)
def test_korean_figure_adds_up_its_groups(words: str, figure: str) -> None:
    draft = read_announcement(KOREAN.replace("70여 개 단체", words))

    assert draft.value("claim.1.figure") == figure
