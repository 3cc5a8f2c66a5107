"""The rules of formal letters, each with what would break it: docs/explanation/letter-way.md lists them, (a) to (i)."""

import dataclasses
from datetime import date

import pytest

from tongmun.kit.text import in_language
from tongmun.letters.addressees import Addressee, addressed
from tongmun.letters.copies import Addressing, addressing_notes, care_of_line, date_line, inside_address, mission_line
from tongmun.letters.notes import Lack, Note
from tongmun.letters.wording import rows_of, worded_languages

FORMAL = {
    "ar": "جمهورية الصين الشعبية",
    "de": "die Volksrepublik China",
    "en": "the People's Republic of China",
    "es": "la República Popular China",
    "fr": "la République populaire de Chine",
    "ja": "中華人民共和国",
    "ko": "중화인민공화국",
    "zh-Hans": "中华人民共和国",
    "zh-Hant": "中華人民共和國",
}
ZHANG = {"en": "Zhang Xinsen", "ko": "장신썬", "zh-Hans": "张鑫森"}


def at(kind: str, language: str, **changes: object) -> Addressing:
    known = Addressing(language, kind, FORMAL[language], "Example City", None, None, ("1 Example Street",))
    return dataclasses.replace(known, **changes)


@pytest.mark.parametrize(
    ("language", "president", "ambassador"),
    [
        ("en", "His Excellency X", "His Excellency X"),
        ("es", "Excelentísimo Señor X", "Su Excelencia el Señor X"),
        ("ar", "فخامة الرئيس X", "سعادة السفير X"),
        ("ko", "X 귀하", "X 귀하"),
        ("ja", "X 閣下", "X 閣下"),
    ],
)
def test_a_the_honorific_follows_office_and_language(language, president, ambassador):
    lines = [addressed(Addressee(language, office, "T", "X", "m")).lines for office in ("president", "ambassador")]

    assert [next(line for line in pair if "X" in line) for pair in lines] == [president, ambassador]


@pytest.mark.parametrize(
    ("language", "office", "call"),
    [
        ("fr", "minister", "Madame la Ministre"),
        ("fr", "ambassador", "Madame l’Ambassadrice"),
        ("es", "president", "Excelentísima Señora Presidenta"),
    ],
)
def test_b_the_close_repeats_the_title_of_the_salutation(language, office, call):
    found = addressed(Addressee(language, office, "T", "X", "f"))

    assert found.salutation[:-1] == call
    assert call in found.close


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("ar", "سفارة جمهورية الصين الشعبية"),
        ("de", "Botschaft der Volksrepublik China"),
        ("en", "Embassy of the People's Republic of China"),
        ("es", "Embajada de la República Popular China"),
        ("fr", "Ambassade de la République populaire de Chine"),
        ("ja", "中華人民共和国大使館"),
        ("ko", "중화인민공화국 대사관"),
        ("zh-Hans", "中华人民共和国大使馆"),
        ("zh-Hant", "中華人民共和國大使館"),
    ],
)
def test_c_the_heading_has_the_formal_name_of_the_state(language, line):
    assert mission_line(at("embassy", language)) == line


@pytest.mark.parametrize(
    ("language", "sending", "line"),
    [
        ("fr", "le Royaume de Belgique", "Ambassade du Royaume de Belgique"),
        ("fr", "les Émirats arabes unis", "Ambassade des Émirats arabes unis"),
        ("es", "el Reino de España", "Embajada del Reino de España"),
        ("es", "El Salvador", "Embajada de El Salvador"),
        ("de", "des Königreichs Belgien", "Botschaft des Königreichs Belgien"),
    ],
)
def test_c_the_name_of_the_state_is_joined_as_the_language_does(language, sending, line):
    assert mission_line(at("embassy", language, sending_name=sending)) == line


def test_c_a_city_and_a_state_are_joined_each_for_itself():
    cairo = at("consulate-general", "fr", sending_name="le Royaume de Belgique", city_name="Le Caire")
    jeddah = at("consulate-general", "ar", sending_name="المملكة المتحدة", city_name="جدة")

    assert mission_line(cairo) == "Consulat général du Royaume de Belgique au Caire"
    assert mission_line(jeddah) == "القنصلية العامة للمملكة المتحدة في جدة"


@pytest.mark.parametrize(
    ("language", "gender", "line"),
    [
        ("fr", "f", "aux bons soins de Son Excellence Madame X, Ambassadrice"),
        ("fr", "m", "aux bons soins de Son Excellence Monsieur X, Ambassadeur"),
        ("de", "f", "c/o I. E. Frau Botschafterin X"),
        ("es", "m", "Por conducto de Su Excelencia el Señor X, Embajador"),
        ("ar", "f", "بواسطة سعادة السفيرة X"),
        ("ko", "f", "X 대사 전교(轉交)"),
        ("ko", "", "X 대사 전교(轉交)"),
    ],
)
def test_d_gender_changes_words(language, gender, line):
    headed = at("embassy", language, head_rank="ambassador", head_name="X", head_gender=gender)

    assert care_of_line(headed) == line
    assert addressing_notes(headed, care_of=True) == ()


def test_d_the_number_of_senders_changes_words():
    closes = [addressed(Addressee("fr", "minister", "T", "X", "f"), sender=sender).close for sender in ("one", "many")]

    assert [close.split()[0] for close in closes] == ["Je", "Nous"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("ar", "بواسطة رئاسة البعثة"),
        ("de", "c/o Leitung der Botschaft"),
        ("es", "Por conducto de la Jefatura de la Misión"),
        ("fr", "aux bons soins du chef de mission"),
    ],
)
def test_e_nobodys_gender_is_guessed_and_the_copy_says_so(language, line):
    headed = at("embassy", language, head_rank="ambassador", head_name="X")
    vacant = at("embassy", language)

    assert care_of_line(headed) == care_of_line(vacant) == line
    assert addressing_notes(headed, care_of=True) == (Note(Lack.GENDER, language, "ambassador", "embassy"),)
    assert addressing_notes(headed, care_of=False) == addressing_notes(vacant, care_of=True) == ()


def test_e_a_rank_without_a_form_is_addressed_by_its_office_and_the_copy_says_so():
    nuncio = at("nunciature", "de", head_rank="nuncio", head_name="X", head_gender="m")

    assert care_of_line(nuncio) == "c/o Leitung der Apostolischen Nuntiatur"
    (note,) = addressing_notes(nuncio, care_of=True)
    assert note.sentence() == (
        "German has no form of address for this head of mission (nuncio) at this kind of mission (nunciature): the "
        "office is addressed."
    )


@pytest.mark.parametrize(
    ("kind", "rank", "line"),
    [
        ("consulate-general", "consul-general", "c/o Frau Generalkonsulin X"),
        ("permanent-mission", "permanent-representative", "c/o Frau X, Ständige Vertreterin"),
        ("honorary-consulate", "consul", "c/o Frau Honorarkonsulin X"),
    ],
)
def test_f_consulates_and_permanent_missions_have_heads_of_their_own(kind, rank, line):
    assert care_of_line(at(kind, "de", head_rank=rank, head_name="X", head_gender="f")) == line


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "c/o Ambassador Zhang Xinsen"),
        ("ko", "장신썬 대사 전교(轉交)"),
        ("zh-Hans", "请张鑫森大使转交"),
        ("zh-Hant", "請Zhang Xinsen大使轉交"),
    ],
)
def test_g_a_name_is_in_the_script_it_is_stored_in_and_never_transliterated(language, line):
    name = in_language(ZHANG, language)

    assert care_of_line(at("embassy", language, head_rank="ambassador", head_name=name, head_gender="m")) == line


def test_g_a_name_in_another_script_is_noted():
    foreign = at("embassy", "ja", head_rank="ambassador", head_name="X", head_name_is_foreign=True)

    assert addressing_notes(foreign, care_of=True) == (Note(Lack.HEAD_NAME, "ja"),)
    assert addressing_notes(dataclasses.replace(foreign, sending_name_is_foreign=True), care_of=False) == (
        Note(Lack.SENDING_NAME, "ja"),
    )


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ["To", "c/o The Ambassador", "Embassy of the People's Republic of China", "1 Example Street"]),
        ("ja", ["1 Example Street", "中華人民共和国大使館", "大使 気付", "To"]),
        ("zh-Hans", ["1 Example Street", "中华人民共和国大使馆", "请大使转交", "To"]),
    ],
)
def test_h_the_address_block_runs_as_the_language_orders_it(language, lines):
    assert inside_address(["To"], at("embassy", language), care_of=True) == lines


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "22 September 2012"),
        ("en-US", "September 22, 2012"),
        ("ko", "2012년 9월 22일"),
        ("ja", "2012年9月22日"),
        ("zh-Hans", "2012年9月22日"),
        ("zh-Hant", "2012年9月22日"),
        ("fr", "22 septembre 2012"),
        ("es", "22 de septiembre de 2012"),
        ("de", "22. September 2012"),
        ("ar", "22 سبتمبر 2012"),
    ],
)
def test_i_the_date_is_written_as_the_language_writes_it(language, line):
    assert date_line(date(2012, 9, 22), language) == line


def test_simplified_and_traditional_characters_are_never_mixed():
    # Characters of our own forms that exist in one of the two only.
    simplified, traditional = set("请转领馆团处联络驻阁顺"), set("請轉領館團處聯絡駐閣順")
    texts = {language: everything(language) for language in ("zh-Hans", "zh-Hant")}

    assert texts["zh-Hans"] & traditional == set()
    assert texts["zh-Hant"] & simplified == set()


def everything(language: str) -> set[str]:
    return {character for row in rows_of(language) for form in row.forms for character in form}


@pytest.mark.parametrize("language", sorted(worded_languages() - {"en-US"}))
def test_every_language_is_looked_at_above(language):
    assert language in FORMAL
