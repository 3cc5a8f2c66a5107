from time import perf_counter

import pytest
from announcements import ENGLISH, KOREAN, without
from hypothesis import given, settings
from hypothesis import strategies as st

from tongmun.bundles.reading import Draft, read_announcement
from tongmun.bundles.reading.clocks import times_in
from tongmun.bundles.reading.counts import figure_of
from tongmun.bundles.reading.dates import YearSource, dates_in, settled
from tongmun.bundles.reading.paper import normalised, sentences
from tongmun.bundles.reading.vocabulary import vocabulary

TWO_WAYS = "This can be read two ways, day first or month first."
HALF_UNKNOWN = "This can be read two ways, in the morning or in the afternoon."


def about(draft: Draft, field: str) -> list[tuple[str, str]]:
    return [(problem.words, problem.message) for problem in draft.problems if problem.field == field]


@pytest.mark.parametrize(
    ("language", "text", "first", "last", "fault"),
    [
        ("en", "Sept. 22", "2027-09-22", None, ""),
        ("en", "the 22nd of September, 2028", "2028-09-22", None, ""),
        ("en", "2028-09-22", "2028-09-22", None, ""),
        ("en", "22/9/2028", "2028-09-22", None, ""),
        ("en", "9/22/2028", "2028-09-22", None, ""),
        ("en", "9/9/2028", "2028-09-09", None, ""),
        ("en", "09/10/2028", None, None, TWO_WAYS),
        (
            "en",
            "22/09/28",
            None,
            None,
            "The year has two figures; which number is the year, the month and the day cannot be told.",
        ),
        ("en", "31 September 2028", None, None, "This day does not exist."),
        ("en", "18-19 September", "2027-09-18", "2027-09-19", ""),
        ("en", "September 30 to October 2, 2028", "2028-09-30", "2028-10-02", ""),
        ("en", "19-18 September", None, None, "This range ends before it begins."),
        ("en", "29-31 September", None, None, "The last day of this range does not exist."),
        ("ko", "9월 22일 (수)", "2027-09-22", None, ""),
        ("ko", "2028. 9. 22.", "2028-09-22", None, ""),
        ("ko", "9월 18일~19일", "2027-09-18", "2027-09-19", ""),
        ("ko", "9월 31일", None, None, "This day does not exist."),
    ],
)
def test_date_is_settled(language: str, text: str, first: str | None, last: str | None, fault: str) -> None:
    mentions = dates_in(f"({text})", vocabulary(language))

    days = settled(mentions[0], YearSource(2027, "test"))

    assert len(mentions) == 1
    assert [day and day.isoformat() for day in days[:2]] == [first, last]
    assert days[2] == fault


@pytest.mark.parametrize(
    ("language", "text", "value", "ends", "fault"),
    [
        ("en", "12 p.m.", "12:00", "", ""),
        ("en", "12 a.m.", "00:00", "", "12 a.m. is midnight, at the beginning of the day; some write it for noon."),
        ("en", "noon", "12:00", "", ""),
        ("en", "midnight", "", "", "Midnight belongs to two days; say which."),
        ("en", "7-9 p.m.", "19:00", "21:00", ""),
        ("en", "11-1 p.m.", "11:00", "13:00", ""),
        ("en", "noon to 2 p.m.", "12:00", "14:00", ""),
        ("en", "10:00-14:00", "10:00", "14:00", ""),
        ("en", "21:00-19:00", "21:00", "", "This range ends before it begins, or runs past midnight."),
        ("en", "18:30", "18:30", "", ""),
        ("en", "7:30", "", "", HALF_UNKNOWN),
        ("en", "9 o’clock", "", "", HALF_UNKNOWN),
        ("en", "25:00", "", "", "No clock shows this time."),
        ("en", "13 a.m.", "", "", "The hour and the half of the day do not go together."),
        ("ko", "낮 12시", "12:00", "", ""),
        ("ko", "정오", "12:00", "", ""),
        ("ko", "오후 9시", "21:00", "", ""),
        ("ko", "저녁 7시 반", "19:30", "", ""),
        ("ko", "오후 7시~9시 30분", "19:00", "21:30", ""),
        ("ko", "밤 12시", "", "", "This is after midnight; say which day."),
        ("ko", "9시", "", "", HALF_UNKNOWN),
    ],
)
def test_time_is_read_or_left_open(language: str, text: str, value: str, ends: str, fault: str) -> None:
    mentions = times_in(f"({text})", vocabulary(language))

    assert [(m.words, m.value, m.ends, m.fault) for m in mentions] == [(text, value, ends, fault)]


def test_hours_that_last_are_no_time_of_day() -> None:
    assert times_in("12시간 동안", vocabulary("ko")) == []


@pytest.mark.parametrize(
    ("language", "text", "figure"),
    [
        ("en", "27,500", 27500),
        ("en", "twenty-five", 25),
        ("en", "three hundred and twelve thousand", 312000),
        ("ko", "2만 7,500", 27500),
        ("ko", "3천", 3000),
        ("ko", "1억 2천만", 120_000_000),
        ("ko", "스무", 20),
    ],
)
def test_figure_is_counted(language: str, text: str, figure: int) -> None:
    assert figure_of(text, vocabulary(language)) == figure


def claims(text: str) -> list[tuple[str, str, str, str]]:
    draft = read_announcement(text)
    parts = ("figure", "qualifier", "date", "paragraph")
    rows = [tuple(draft.value(f"claim.{n}.{part}") for part in parts) for n in range(1, draft.count("claim") + 1)]
    return [(figure, qualifier, date, paragraph) for figure, qualifier, date, paragraph in rows]


def test_claims_of_a_text_are_its_figures_and_days_with_their_paragraph() -> None:
    assert claims(ENGLISH) == [
        ("", "", "2007-09-22", ""),
        ("40", "over", "", ""),
        ("", "", "2019", ""),
        ("40", "over", "", "1"),
        ("12400", "nearly", "", "2"),
        ("30", "at least", "", "2"),
    ]


def test_claims_of_a_korean_letter_keep_their_qualifiers() -> None:
    assert claims(KOREAN) == [("70", "over", "", "1"), ("27500", "at least", "", "1")]


def test_anniversary_that_does_not_add_up_is_reported() -> None:
    draft = read_announcement(ENGLISH.replace("20th anniversary", "30th anniversary"))

    assert about(draft, "claim.1.date") == [("30th anniversary", "From 2007 to 2027 is 20 years, not 30.")]


def test_day_before_an_anniversary_is_not_taken_for_it() -> None:
    text = ENGLISH.replace("on the 20th anniversary", "three days before the 20th anniversary")

    assert claims(text)[0] == ("", "", "2007", "")


@pytest.mark.parametrize(
    ("line", "postcode", "message"),
    [
        ("1 Yulgok-ro, Seoul, 03059, South Korea", "03059", ""),
        ("1 Yulgok-ro, Seoul, 110033, South Korea", "110033", "KR: five digits since 1 August 2015."),
        ("25 Park Lane, London, WB 1JL", "WB 1JL", "GB: one or two letters, one or two figures"),
        ("25 Park Lane, London, W1B 1JL, UK", "W1B 1JL", ""),
        ("1-1 Minami, Tokyo, 1060047, Japan", "1060047", "JP: seven digits written 100-0001"),
    ],
)
def test_postcode_is_checked_and_not_rewritten(line: str, postcode: str, message: str) -> None:
    address = "17 Hunter Street, Yarralumla, Canberra, 26001, Australia"

    draft = read_announcement(ENGLISH.replace(address, line))

    assert draft.value("letter.postcode") == postcode
    assert [message in said for _words, said in about(draft, "letter.postcode")] == ([True] if message else [])


def test_old_korean_postcode_is_right_before_the_change_but_needs_its_hyphen() -> None:
    old = KOREAN.replace("2027년 9월 22일 (수)", "2012년 9월 22일").replace("2027년", "2012년")

    assert about(read_announcement(old), "letter.postcode") == []
    assert about(read_announcement(old.replace("110-033", "110033")), "letter.postcode") == [
        ("110033", "This is not the shape of a postcode of KR: six digits written 110-033 until 31 July 2015.")
    ]


def test_letter_cut_off_in_a_sentence_is_reported() -> None:
    draft = read_announcement(ENGLISH.partition(" before winter")[0])

    assert about(draft, "letter.paragraph.3") == [
        ("We ask you to open the gate", "The text stops in the middle of a sentence; something is cut off.")
    ]
    assert about(draft, "letter.signatory") == [("", "The letter has no signatory; it may be cut off.")]


def test_letter_without_signatory_is_reported() -> None:
    draft = read_announcement(ENGLISH.partition("Respectfully yours")[0])

    assert about(draft, "letter.signatory") == [("", "The letter has no signatory; it may be cut off.")]


def test_signatory_that_stops_at_a_bracket_is_kept_and_reported() -> None:
    text = ENGLISH.replace("Respectfully yours,\n", "\n").replace(
        "River Friends\nCanberra Boat Club\n", "River Friends ("
    )

    draft = read_announcement(text)

    assert draft.listed("letter.signatory") == ["River Friends"]
    assert draft.value("letter.close") == ""
    assert about(draft, "letter.signatory.1")[0][0] == "River Friends ("


def test_letter_without_salutation_is_reported() -> None:
    draft = read_announcement(without(ENGLISH, "Dear Prime Minister:"))

    assert draft.value("letter.salutation") == ""
    assert draft.value("letter.addressee_name") == "Ola Nordmann"
    assert len(draft.listed("letter.paragraph")) == 3
    assert len(about(draft, "letter.salutation")) == 1


def test_announcement_without_a_letter_says_so() -> None:
    draft = read_announcement(ENGLISH.partition("Open letter")[0])

    assert about(draft, "letter") == [("", "No letter was found: nothing opens with a salutation.")]


@pytest.mark.parametrize(
    ("sentence", "labels", "kind"),
    [
        ("9월 22일 정오에 중국대사관 앞에서 집회가 열립니다.", "", "demonstration"),
        ("집회는 정오에 시작합니다.", "", "demonstration"),
        ("9월 22일 정오에 집회가 열립니다.", "행사명: 촛불문화제\n", "vigil"),
        ("9월 22일 서울역에서 집회를 엽니다.", "", ""),
    ],
)
@pytest.mark.parametrize("day", ["2027년 9월 22일 (수) 낮 12시", "9월 22일(수) 12:00"])
def test_sentence_and_labels_about_one_gathering_make_one_event(
    sentence: str, labels: str, kind: str, day: str
) -> None:
    text = f"국제 공동 행동\n\n{sentence} 함께해 주십시오.\n\n{labels}일시: {day}\n장소: 서울 중국대사관 앞\n"

    draft = read_announcement(text)

    assert draft.count("event") == 1
    assert draft.value("event.1.kind") == kind
    assert draft.value("edition.time") == "12:00"


def test_event_at_another_time_than_the_labels_is_a_further_one() -> None:
    text = "서울 집회\n\n집회는 정오에 시작합니다.\n\n일시: 2027년 9월 22일 12:00\n장소: 중국대사관 앞\n\n"

    draft = read_announcement(text + "같은 날 저녁 9시 이태원에서 후원의 밤이 열립니다.\n")

    assert [draft.value(f"event.{number}.kind") for number in (1, 2)] == ["demonstration", "fundraiser"]
    assert draft.count("event") == 2


def test_announcement_cut_off_in_a_sentence_is_reported() -> None:
    draft = read_announcement(ENGLISH.partition(" until it rises")[0])

    assert about(draft, "text")[0][1] == "The text stops in the middle of a sentence; something is cut off."


def test_full_stops_of_abbreviations_end_no_sentence() -> None:
    text = "Meet Mr. Park on Sept. 22 at 9 p.m. We wait. “Come,” said U.S. friends."

    assert sentences(text, vocabulary("en")) == [
        "Meet Mr. Park on Sept. 22 at 9 p.m.",
        "We wait.",
        "“Come,” said U.S. friends.",
    ]


PIECES = [
    *ENGLISH.split("\n"),
    *KOREAN.split("\n"),
    "7-9 p.m.",
    "|",
    "\t",
    "31 Sept.",
    "Dear A:",
    "When:",
    "=1+1",
    "(",
    "９시",
]


@settings(max_examples=120, deadline=None)
@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES) | st.text(max_size=9), max_size=25).map("\n".join)))
def test_any_text_is_read_and_every_finding_quotes_it(text: str) -> None:
    clean = normalised(text)

    draft = read_announcement(text)

    assert [found for found in draft.findings if found.words not in clean or not found.value] == []
    assert draft.language or draft.problems


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(ENGLISH)), st.integers(0, len(ENGLISH)))
def test_any_piece_of_an_announcement_is_read(begin: int, stop: int) -> None:
    text = ENGLISH[begin:stop]

    draft = read_announcement(text)

    assert [found for found in draft.findings if found.words not in normalised(text)] == []


@pytest.mark.parametrize("text", ["가 1시 " * 20_000, "the | of | noon\n" * 6_000, "the of and" + " " * 90_000 + "x"])
def test_longest_text_is_read_in_linear_time(text: str) -> None:
    started = perf_counter()

    read_announcement(text)

    assert perf_counter() - started < 5
