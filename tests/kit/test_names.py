"""Any script is a name; what is no name is refused with its reason."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongmun.kit.names import LONGEST_NAME, LONGEST_WITH_MARKS, NameRefused, counted_characters, parse_name
from tongmun.kit.text import hidden_characters

ACCEPTED = [
    ("", ""),
    ("   ", ""),
    ("Ana", "Ana"),
    ("  Ana   María  ", "Ana María"),
    ("Ana Mari\u0301a", "Ana María"),
    ("홍길동", "홍길동"),
    ("\u1112\u1161\u11ab", "한"),
    ("علي بن أبي طالب", "علي بن أبي طالب"),
    # Joiners carry meaning in Persian and in the scripts of India.
    ("رضا\u200cزاده", "رضا\u200cزاده"),
    ("क्\u200dष", "क्\u200dष"),
    ("O’Neill-Ó Súilleabháin Jr.", "O’Neill-Ó Súilleabháin Jr."),
    ("Nguyễn Thị Hương", "Nguyễn Thị Hương"),
    ("X Æ A-12", "X Æ A-12"),
    ("J. R. R.", "J. R. R."),
    ("가" * 80, "가" * 80),
    # 80 letters with a mark each are 160 code points, and 80 to a reader.
    ("க்" * 80, "க்" * 80),
]
REFUSED = [
    ("Ana\u202e", "hidden"),
    ("A\u200bna", "hidden"),
    ("Ana\0", "hidden"),
    ("Ana\nBob", "hidden"),
    ("Ana\tBob", "hidden"),
    ("\ufeffAna", "hidden"),
    ("\ud800", "hidden"),
    ("\ue000Ana", "hidden"),
    ("a" * 81, "long"),
    ("a" + "\u0335" * 200, "long"),
    ("=1+1 Ana", "formula"),
    ("+Ana", "formula"),
    ("-Ana", "formula"),
    ("@ana", "formula"),
    (" =Ana", "formula"),
    ("＝cmd Ana", "formula"),
    ("＠ana", "formula"),
    ("ana@example.org", "link"),
    ("ana＠example", "link"),
    ("http://x", "link"),
    ("HTTPS: x", "link"),
    ("www.ana", "link"),
    ("visit ana.com now", "link"),
    ("ａｎａ．ｃｏｍ", "link"),
    ("ftp://ana", "link"),
    ("12345", "letterless"),
    ("!?", "letterless"),
    ("😀", "letterless"),
]


@pytest.mark.parametrize(("typed", "kept"), ACCEPTED)
def test_a_name_in_any_script_is_kept(typed, kept):
    assert parse_name(typed) == kept


@pytest.mark.parametrize(("typed", "reason"), REFUSED)
def test_what_is_no_name_is_refused_with_its_reason_alone(typed, reason):
    with pytest.raises(NameRefused) as refused:
        parse_name(typed)

    assert refused.value.reason == reason
    assert str(refused.value) == reason


@given(st.text(max_size=300))
def test_any_text_is_a_name_or_refused_and_a_name_stays_one(typed):
    try:
        name = parse_name(typed)
    except NameRefused:
        return

    assert parse_name(name) == name
    assert unicodedata.is_normalized("NFC", name)
    assert not hidden_characters(name)
    assert counted_characters(name) <= LONGEST_NAME
    assert len(name) <= LONGEST_WITH_MARKS
    assert "@" not in unicodedata.normalize("NFKC", name)


@pytest.mark.parametrize(
    ("text", "counted"), [("", 0), ("abc", 3), ("e\u0301", 1), ("க்", 1), ("क्\u200dष", 2), ("홍길동", 3)]
)
def test_marks_and_joiners_are_not_counted(text, counted):
    assert counted_characters(text) == counted
