import dataclasses
from datetime import date

import pytest

from tongmun.letters import wording as forms
from tongmun.letters.copies import Addressing, LetterCopy, care_of_line, date_line, inside_address, mission_line

EMBASSY = Addressing(
    language="en",
    mission_kind="embassy",
    sending_name="the Republic of Example",
    city_name="Seoul",
    head_rank="ambassador",
    head_name="Ana Example",
    postal_lines=("1 First Street", "Seoul 01234"),
    receiving="KR",
)
KOREAN = dataclasses.replace(
    EMBASSY, language="ko", sending_name="중화인민공화국", city_name="로스앤젤레스", head_name="장신썬"
)
VACANT = {
    "en": {
        "embassy": "c/o The Ambassador",
        "high-commission": "c/o The High Commissioner",
        "consulate-general": "c/o The Consul General",
        "consulate": "c/o The Consul",
        "permanent-mission": "c/o The Permanent Representative",
        "permanent-delegation": "c/o The Permanent Representative",
        "representative-office": "c/o The Representative",
        "liaison-office": "c/o The Head of the Liaison Office",
        "interests-section": "c/o The Head of the Interests Section",
        "honorary-consulate": "c/o The Honorary Consul",
        "nunciature": "c/o The Apostolic Nuncio",
    },
    "ko": {
        "embassy": "대사 전교(轉交)",
        "high-commission": "고등판무관 전교(轉交)",
        "consulate-general": "총영사 전교(轉交)",
        "consulate": "영사 전교(轉交)",
        "permanent-mission": "상주대표 전교(轉交)",
        "permanent-delegation": "상주대표 전교(轉交)",
        "representative-office": "대표 전교(轉交)",
        "liaison-office": "연락사무소장 전교(轉交)",
        "interests-section": "이익대표부장 전교(轉交)",
        "honorary-consulate": "명예영사 전교(轉交)",
        "nunciature": "교황대사 전교(轉交)",
    },
}
NAMED = [
    ("en", "ambassador", "embassy", "c/o Ambassador Kim"),
    ("en", "ambassador", "permanent-mission", "c/o Ambassador Kim"),
    ("en", "high-commissioner", "high-commission", "c/o High Commissioner Kim"),
    ("en", "consul-general", "consulate-general", "c/o Consul General Kim"),
    ("en", "consul", "consulate", "c/o Consul Kim"),
    ("en", "consul", "honorary-consulate", "c/o Honorary Consul Kim"),
    ("en", "permanent-representative", "permanent-delegation", "c/o Kim, Permanent Representative"),
    ("en", "charge-daffaires", "embassy", "c/o Kim, Chargé d’affaires"),
    ("en", "nuncio", "nunciature", "c/o Kim, Apostolic Nuncio"),
    ("ko", "ambassador", "embassy", "Kim 대사 전교(轉交)"),
    ("ko", "consul-general", "consulate-general", "Kim 총영사 전교(轉交)"),
    ("ko", "consul", "honorary-consulate", "Kim 명예영사 전교(轉交)"),
    ("ko", "charge-daffaires", "embassy", "Kim 대사대리 전교(轉交)"),
    ("ko", "nuncio", "nunciature", "Kim 교황대사 전교(轉交)"),
]


@pytest.mark.parametrize(
    ("language", "kind", "line"), [(lang, kind, line) for lang, lines in VACANT.items() for kind, line in lines.items()]
)
def test_a_vacant_post_is_addressed_by_its_office(language, kind, line):
    vacant = dataclasses.replace(EMBASSY, language=language, mission_kind=kind, head_rank=None, head_name=None)

    assert care_of_line(vacant) == line


@pytest.mark.parametrize(("language", "rank", "kind", "line"), NAMED)
def test_a_head_of_mission_is_named_by_rank(language, rank, kind, line):
    headed = dataclasses.replace(EMBASSY, language=language, mission_kind=kind, head_rank=rank, head_name="Kim")

    assert care_of_line(headed) == line


@pytest.mark.parametrize(
    ("rank", "name", "kind", "line"),
    [
        ("nuncio", "Kim", "consulate", "c/o The Consul"),
        ("viceroy", "Kim", "embassy", "c/o The Ambassador"),
        (None, "Kim", "embassy", "c/o The Ambassador"),
        ("ambassador", "", "embassy", "c/o The Ambassador"),
        ("ambassador", "Kim", "trade-office", "c/o The Head of Mission"),
    ],
)
def test_an_unknown_combination_goes_to_the_office(rank, name, kind, line):
    odd = dataclasses.replace(EMBASSY, head_rank=rank, head_name=name, mission_kind=kind)

    assert care_of_line(odd) == line


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("embassy", "Embassy of the Republic of Example"),
        ("high-commission", "High Commission of the Republic of Example"),
        ("consulate-general", "Consulate General of the Republic of Example in Los Angeles"),
        ("permanent-mission", "Permanent Mission of the Republic of Example in Los Angeles"),
        ("nunciature", "Apostolic Nunciature"),
        ("trade-office", "Mission of the Republic of Example in Los Angeles"),
    ],
)
def test_a_mission_is_named_with_its_city_where_that_tells_it_apart(kind, line):
    assert mission_line(dataclasses.replace(EMBASSY, mission_kind=kind, city_name="Los Angeles")) == line


def test_a_consulate_in_an_unnamed_city_is_named_plainly():
    nowhere = dataclasses.replace(EMBASSY, mission_kind="consulate", city_name="")

    assert mission_line(nowhere) == "Consulate of the Republic of Example"


@pytest.mark.parametrize(
    ("kind", "receiving", "line"),
    [
        ("embassy", "KR", "주한 중화인민공화국 대사관"),
        ("embassy", "US", "주미 중화인민공화국 대사관"),
        ("embassy", "BR", "중화인민공화국 대사관"),
        ("embassy", "", "중화인민공화국 대사관"),
        ("consulate-general", "US", "주로스앤젤레스 중화인민공화국 총영사관"),
        ("nunciature", "KR", "주한 교황대사관"),
    ],
)
def test_a_korean_mission_line_names_the_receiving_state_by_its_short_form(kind, receiving, line):
    assert mission_line(dataclasses.replace(KOREAN, mission_kind=kind, receiving=receiving)) == line


def test_braces_in_a_name_are_part_of_the_name():
    braced = dataclasses.replace(EMBASSY, head_name="{name} {0}", sending_name="{sending}")

    assert care_of_line(braced) == "c/o Ambassador {name} {0}"
    assert mission_line(braced) == "Embassy of {sending}"


def test_an_inside_address_runs_from_addressee_to_postal_lines():
    lines = inside_address(["Her Excellency Bea Example", "President of Example"], EMBASSY, care_of=True)

    assert lines == [
        "Her Excellency Bea Example",
        "President of Example",
        "c/o Ambassador Ana Example",
        "Embassy of the Republic of Example",
        "1 First Street",
        "Seoul 01234",
    ]


@pytest.mark.parametrize(
    ("language", "city", "country", "last"),
    [
        ("en", "Wellington", "New Zealand", ["Wellington, New Zealand"]),
        ("ko", "웰링턴", "뉴질랜드", ["뉴질랜드 웰링턴"]),
        ("en", "Singapore", "Singapore", ["Singapore"]),
        ("en", "Wellington", "", ["Wellington"]),
        ("en", "", "", []),
    ],
)
def test_an_inside_address_without_postal_lines_ends_with_city_and_country(language, city, country, last):
    known = dataclasses.replace(EMBASSY, language=language, city_name=city, country_name=country, postal_lines=())

    lines = inside_address(["The President"], known, care_of=True)

    assert lines[3:] == last


def test_an_inside_address_without_care_of_keeps_the_mission():
    assert inside_address(["The Ambassador"], EMBASSY, care_of=False) == [
        "The Ambassador",
        "Embassy of the Republic of Example",
        "1 First Street",
        "Seoul 01234",
    ]


def test_an_inside_address_without_mission_is_the_addressee():
    assert inside_address(["The President"], None, care_of=True) == ["The President"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "22 September 2012"),
        ("en-US", "September 22, 2012"),
        ("en-GB", "22 September 2012"),
        ("ko", "2012년 9월 22일"),
        ("zh-Hans", "2012年9月22日"),
        ("ar", "22 سبتمبر 2012"),
        ("tlh", "2012-09-22"),
    ],
)
def test_a_date_line_is_written_as_the_language_writes_it(language, line):
    assert date_line(date(2012, 9, 22), language) == line


def test_the_lines_of_a_copy_leave_out_what_is_empty():
    copy = LetterCopy("en", (), "May 1, 2027", ("To", "Them"), "", "Dear all,", ("One.", "Two."), "Yours,", ("Us",))

    assert copy.lines() == ["May 1, 2027", "To", "Them", "Dear all,", "One.", "Two.", "Yours,", "Us"]


def test_a_regional_language_uses_the_forms_of_its_base():
    assert care_of_line(dataclasses.replace(EMBASSY, language="en-GB")) == "c/o Ambassador Ana Example"


def test_a_language_without_forms_addresses_nobody():
    with pytest.raises(forms.NoFormsOfAddress) as caught:
        mission_line(dataclasses.replace(EMBASSY, language="tlh"))

    assert caught.value.language == "tlh"


def test_a_language_code_cannot_leave_the_folder():
    with pytest.raises(forms.NoFormsOfAddress):
        forms.wording("../forms/en")


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_kind_has_a_form_for_its_office_and_its_name(language):
    words = forms.wording(language)

    assert set(words.offices) == {*VACANT["en"], forms.ANY}
    assert set(words.missions) == {*VACANT["en"], forms.ANY}
