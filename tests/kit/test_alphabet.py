import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongmun.kit.alphabet import place_of

MIXED = ["강의 벗", "Ärzte am Fluss", "Zürcher Ruder", "أصدقاء النهر", "alpine club", "가람", "بيت الماء", "Arbeit"]


def sorted_for(language: str) -> list[str]:
    return sorted(MIXED, key=lambda name: place_of(name, language))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            [
                "alpine club",
                "Arbeit",
                "Ärzte am Fluss",
                "Zürcher Ruder",
                "أصدقاء النهر",
                "بيت الماء",
                "가람",
                "강의 벗",
            ],
        ),
        (
            "ko",
            [
                "가람",
                "강의 벗",
                "alpine club",
                "Arbeit",
                "Ärzte am Fluss",
                "Zürcher Ruder",
                "أصدقاء النهر",
                "بيت الماء",
            ],
        ),
        (
            "ar",
            [
                "أصدقاء النهر",
                "بيت الماء",
                "alpine club",
                "Arbeit",
                "Ärzte am Fluss",
                "Zürcher Ruder",
                "가람",
                "강의 벗",
            ],
        ),
    ],
)
def test_script_of_the_language_comes_first_and_case_and_marks_count_last(language, expected):
    assert sorted_for(language) == expected


@given(st.lists(st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1)))
def test_hangul_stands_by_its_syllables(names):
    assert sorted(names, key=lambda name: place_of(name, "ko")) == sorted(names)


def test_equal_letters_are_told_apart_so_that_the_order_is_one():
    assert sorted(["Élan", "elan", "Elan"], key=lambda name: place_of(name, "fr")) == ["Elan", "elan", "Élan"]


@given(st.text(), st.sampled_from(["en", "zh-Hant", "x", ""]))
def test_any_text_has_a_place(name, language):
    assert place_of(name, language) == place_of(name, language)
