import pytest
from announcements import ENGLISH, KOREAN, TABLE, without

from tongmun.bundles.reading import Basis, Draft, read_announcement


def messages(draft: Draft, field: str) -> list[str]:
    return [problem.message for problem in draft.problems if problem.field == field]


def basis(draft: Draft, field: str) -> tuple[Basis, str]:
    return next((found.basis, found.reason) for found in draft.findings if found.field == field)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("edition.date", "2027-09-22"),
        ("edition.weekday", "Wednesday"),
        ("edition.time", "12:00"),
        ("edition.other_language", "ko"),
        ("event.1.kind", "rally"),
        ("event.1.place", "In front of the Norwegian Embassy in Canberra"),
        ("event.1.transit", "Parliament Station exit 4"),
        ("city.1.name", "Canberra"),
        ("city.1.country", "AU"),
        ("city.1.zone", ""),
        ("organisation.1", "River Friends"),
        ("organisation.2", ""),
        ("call.from", "River Friends"),
        ("call.what", "Rally for free rivers organised by River Friends."),
        ("call.title", ""),
        ("event.2.kind", "fundraiser"),
        ("event.2.title", "Evening Fundraiser Dinner"),
        ("event.2.date", "2027-09-22"),
        ("event.2.time", "19:30"),
        ("event.2.place", "Braddon"),
        ("event.2.host", "RFA"),
        ("event.3.kind", ""),
        ("letter.date", "2027-09-20"),
        ("letter.addressee_honorific", "His Excellency"),
        ("letter.addressee_name", "Ola Nordmann"),
        ("letter.care_of", "Ambassador Kari Nordmann"),
        ("head.rank", "ambassador"),
        ("head.name", "Kari Nordmann"),
        ("letter.mission", "Royal Embassy of Norway"),
        ("mission.kind", "embassy"),
        ("mission.receiving", "AU"),
        ("campaign.sending_state", "NO"),
        ("letter.salutation", "Dear Prime Minister:"),
        ("letter.close", "Respectfully yours,"),
    ],
)
def test_english_announcement_says(field: str, value: str) -> None:
    draft = read_announcement(ENGLISH)

    assert draft.language == "en"
    assert draft.value(field) == value


def test_letter_keeps_its_lines_and_paragraphs_in_order() -> None:
    draft = read_announcement(ENGLISH)

    assert draft.listed("letter.addressee") == ["His Excellency Ola Nordmann", "Prime Minister, Kingdom of Norway"]
    assert draft.listed("letter.postal") == ["17 Hunter Street, Yarralumla, Canberra, 26001, Australia"]
    assert [paragraph.split()[0] for paragraph in draft.listed("letter.paragraph")] == ["We", "Already", "We"]
    assert draft.listed("letter.signatory") == ["River Friends", "Canberra Boat Club"]


def test_call_begins_after_the_words_that_say_whose_message_it_is() -> None:
    call = read_announcement(ENGLISH).listed("call.paragraph")

    assert [paragraph.split()[:2] for paragraph in call] == [["We", "ask"], ["The", "water"]]


def test_year_of_the_letter_is_inferred_and_says_so() -> None:
    draft = read_announcement(ENGLISH)

    assert basis(draft, "edition.date") == (Basis.INFERRED, "the year of the letter's date, 2027-09-20")
    assert basis(draft, "letter.date") == (Basis.STATED, "")
    assert basis(draft, "event.2.date")[0] is Basis.INFERRED


def test_day_without_any_year_stays_open() -> None:
    draft = read_announcement("When: Wednesday, Sept. 22 at noon\nWhere: At the gate of the embassy in Oslo\n")

    assert draft.value("edition.date") == ""
    assert draft.value("edition.date_without_year") == "09-22"
    assert messages(draft, "edition.date") == ["No year is given, and no dated letter says which year it is."]


def test_label_with_nothing_after_it_is_reported() -> None:
    assert [p.words for p in read_announcement(ENGLISH).problems if p.field == "label.other"] == ["Contact:"]


def test_weekday_that_disagrees_is_reported_and_not_repaired() -> None:
    draft = read_announcement(ENGLISH.replace("Wednesday, Sept. 22", "Tuesday, Sept. 22"))

    assert draft.value("edition.date") == "2027-09-22"
    assert draft.value("edition.weekday") == ""
    assert messages(draft, "edition.date") == ["The text says Tuesday, but 2027-09-22 is a Wednesday."]


def test_tomorrow_gives_no_day() -> None:
    draft = read_announcement("Please join us for the rally tomorrow at noon in front of the embassy in Oslo.")

    assert draft.value("edition.date") == ""
    assert draft.value("edition.time") == "12:00"
    assert [(p.field, p.words) for p in draft.problems if p.field == "edition.date"] == [("edition.date", "tomorrow")]


def test_prose_alone_gives_the_main_event() -> None:
    text = (
        "Join us for the vigil on 22 September 2027 at 6:30 p.m. outside the Embassy of Norway in Lima. Bring a light."
    )

    draft = read_announcement(text)

    assert (draft.value("edition.date"), draft.value("edition.time")) == ("2027-09-22", "18:30")
    assert draft.value("event.1.kind") == "vigil"
    assert draft.value("event.1.place") == "outside the Embassy of Norway in Lima"
    assert (draft.value("city.1.name"), draft.value("city.1.zone")) == ("Lima", "America/Lima")


def test_groups_of_labels_are_events_of_their_own() -> None:
    text = (
        "When: 22 September 2027, noon\nWhere: Gate of the embassy in Lima\nWhat: Demonstration\n\n"
        "Film night\nWhen: 23 September 2027, 7-9 p.m.\nWhere: Town Hall\n"
    )

    draft = read_announcement(text)

    assert draft.value("event.1.kind") == "demonstration"
    said = [draft.value(f"event.2.{part}") for part in ("title", "kind", "date", "time", "ends_time", "place")]
    assert said == ["Film night", "screening", "2027-09-23", "19:00", "21:00", "Town Hall"]


@pytest.mark.parametrize("separator", [" | ", "\t", "    "])
def test_table_of_cities_is_read_row_by_row(separator: str) -> None:
    text = without(TABLE, "---") if separator != " | " else TABLE

    draft = read_announcement(text.replace(" | ", separator))

    assert draft.value("edition.date") == "2027-09-22"
    rows = [[draft.value(f"city.{n}.{part}") for part in ("name", "date", "time", "zone")] for n in (1, 2, 3)]
    assert rows == [
        ["Seoul", "2027-09-22", "12:00", "Asia/Seoul"],
        ["Lagos", "2027-09-21", "12:00", "Africa/Lagos"],
        ["Lima", "2027-09-22", "18:00", "America/Lima"],
    ]
    assert draft.value("event.2.place") == "Consulate of Norway, Victoria Island"
    assert draft.value("city.2.mission") == "consulate"
    assert messages(draft, "city.2.date") == ["The text says Monday, but 2027-09-21 is a Tuesday."]


def test_table_without_headings_is_read_by_what_its_cells_hold() -> None:
    draft = read_announcement(without(without(TABLE, "City |"), "---"))

    assert [draft.value(f"city.{n}.name") for n in (1, 2, 3)] == ["Seoul", "Lagos", "Lima"]
    assert draft.value("event.3.place") == "Plaza San Martín"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("edition.date", "2027-09-22"),
        ("edition.weekday", "수요일"),
        ("edition.time", "12:00"),
        ("event.1.kind", "press-conference"),
        ("event.1.place", "서울 노르웨이대사관 앞"),
        ("event.1.transit", "안국역 3번 출구"),
        ("city.1.name", "서울"),
        ("city.1.zone", "Asia/Seoul"),
        ("organisation.2", "맑은물연대"),
        ("event.2.kind", "fundraiser"),
        ("event.2.time", "21:00"),
        ("event.2.place", "이태원"),
        ("letter.addressee_name", "올라 노르만 총리"),
        ("letter.mission", "주한 노르웨이대사관"),
        ("letter.salutation", "존경하는 총리님께,"),
        ("letter.paragraph.2", "수문을 열어 주시기를 부탁드립니다."),
        ("letter.close", "올림"),
        ("letter.signatory.1", "강사랑모임"),
        ("letter.postcode", "110-033"),
    ],
)
def test_korean_announcement_says(field: str, value: str) -> None:
    draft = read_announcement(KOREAN)

    assert draft.language == "ko"
    assert draft.value(field) == value


def test_pasted_oddities_change_nothing() -> None:
    odd = ENGLISH.replace("\n", "\r\n").replace("Sept. 22 at 12 p.m.", "Sept.\u00a0２２ at\u200b １２\u202fp.m.")

    assert read_announcement(odd) == read_announcement(ENGLISH)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "The text is empty."),
        (" \n\u00a0\n", "The text is empty."),
        (
            "\x00\x01\x02PK\x03",
            "This is not plain text: it holds characters that no text has (U+0000, U+0001, U+0002, U+0003).",
        ),
        ("1234 5678", "The text has no letters."),
        (
            "ندعوكم إلى الوقوف أمام السفارة يوم السبت في الساعة الثانية عشرة ظهرا",
            "The text is mostly in the script Arabic; English and Korean can be read.",
        ),
        (
            "Nous vous invitons à venir samedi devant l’ambassade pour remettre une lettre au président.",
            "The language of the text was not recognised; English and Korean can be read.",
        ),
        (
            "Caf\ufffd at noon on the day of the letter",
            "Characters were lost when this text was decoded; save it as UTF-8 and read it again.",
        ),
        ("the " * 30_000, "The text has more than 100000 characters; paste the announcement alone."),
    ],
)
def test_text_that_cannot_be_read_gives_an_empty_draft_that_says_why(text: str, reason: str) -> None:
    draft = read_announcement(text)

    assert (draft.findings, draft.language) == ((), None)
    assert [problem.message for problem in draft.problems] == [reason]


def test_part_in_another_script_is_said_to_be_passed_over() -> None:
    draft = read_announcement(ENGLISH + KOREAN[:400])

    assert messages(draft, "text")[0].startswith("A part of the text in the script Hangul was passed over")
