"""Text in any script: refused, tidied, compared, chosen."""

import unicodedata

import pytest
from babel import Locale
from babel.core import UnknownLocaleError
from hypothesis import given
from hypothesis import strategies as st

from tongmun.kit.text import RIGHT_TO_LEFT, direction, folded, hidden_characters, in_language, tidy


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ar", "rtl"),
        ("ar-EG", "rtl"),
        ("fa", "rtl"),
        ("he", "rtl"),
        ("ckb", "rtl"),
        ("en", "ltr"),
        ("ko", "ltr"),
        ("zh-Hant", "ltr"),
        ("arn", "ltr"),
        ("", "ltr"),
    ],
)
def test_direction_is_that_of_the_language(language, expected):
    assert direction(language) == expected


def test_every_language_read_from_the_right_is_one_in_cldr_too():
    for language in sorted(RIGHT_TO_LEFT):
        try:
            assert Locale.parse(language).text_direction == "rtl", language
        except UnknownLocaleError:
            assert language in {"dv", "nqo", "syr"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("plain, 통문, نص", []),
        ("رضا\u200cزاده क्\u200dष", []),
        ("a\u202eb", ["U+202E"]),
        ("a\u200bb\u2060", ["U+200B", "U+2060"]),
        ("\0", ["U+0000"]),
        ("\u00ad", ["U+00AD"]),
        ("\ufeff", ["U+FEFF"]),
        ("\u2028\u2029", ["U+2028", "U+2029"]),
        ("\ud800", ["U+D800"]),
        ("\ue000", ["U+E000"]),
        ("\U000e0041", ["U+E0041"]),
        ("\u0378", ["U+0378"]),
        ("a\tb\nc\r", ["U+0009", "U+000A", "U+000D"]),
    ],
)
def test_hidden_characters_are_listed_by_code_point(text, found):
    assert hidden_characters(text) == found


def test_lines_and_tabs_are_hidden_only_where_there_are_no_lines():
    assert hidden_characters("a\tb\r\nc", allow_lines=True) == []
    assert hidden_characters("a\x0bb\u2028c", allow_lines=True) == ["U+000B", "U+2028"]


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [
        ("  a   b  ", "a b"),
        ("a\u00a0\u3000b", "a b"),
        ("a \r\n b\n\n\n", "a\nb"),
        ("a\n\nb", "a\n\nb"),
        ("e\u0301", "é"),
        ("", ""),
    ],
)
def test_tidy_keeps_lines_and_single_spaces(typed, tidied):
    assert tidy(typed) == tidied


@given(st.text())
def test_tidying_again_changes_nothing(typed):
    once = tidy(typed)

    assert tidy(once) == once
    assert unicodedata.is_normalized("NFC", once)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Zürich", "zurich"),
        ("ＳＥＯＵＬ", "seoul"),
        ("서울", "서울"),
        ("İzmir", "izmir"),
        ("Straße", "strasse"),
        ("القاهِرة", "القاهرة"),
    ],
)
def test_folded_forms_are_found_by_each_other(typed, found):
    assert folded(typed) == folded(found)


@pytest.mark.parametrize(("one", "other"), [("서울", "세울"), ("Seoul", "Soul"), ("강", "간")])
def test_different_words_stay_different_when_folded(one, other):
    assert folded(one) != folded(other)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ko", "한국어"),
        ("ko-KR", "한국어"),
        ("zh-Hant-HK", "繁體"),
        ("zh-Hans", "中文"),
        ("fr", "English"),
        ("", "English"),
    ],
)
def test_in_language_takes_the_nearest_there_is(language, text):
    texts = {"ar": "عربي", "ko": "한국어", "en": "English", "zh": "中文", "zh-Hant": "繁體"}

    assert in_language(texts, language) == text


def test_in_language_skips_empty_texts_and_ends_with_nothing():
    assert in_language({"ko": "", "ar": "عربي"}, "ko") == "عربي"
    assert in_language({"en": ""}, "en") == ""
    assert in_language({}, "en") == ""
