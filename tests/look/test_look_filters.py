from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from tongmun.look.templatetags.look import civil_date, civil_moment, civil_time, civil_zone, direction, in_utc, markdown

NOON_IN_SEOUL = datetime(2012, 9, 22, 12, 0, tzinfo=ZoneInfo("Asia/Seoul"))


def test_markdown_keeps_the_marks_of_a_letter() -> None:
    assert markdown("One *letter*,\n\n> many voices") == (
        "<p>One <em>letter</em>,</p>\n<blockquote>\n<p>many voices</p>\n</blockquote>\n"
    )


def test_markdown_begins_its_headings_below_the_title_of_the_page() -> None:
    assert markdown("# A\n\n## B\n\n###### C") == "<h2>A</h2>\n<h3>B</h3>\n<h4>C</h4>\n"
    assert markdown("## A\n\n### B") == "<h2>A</h2>\n<h3>B</h3>\n"
    assert markdown("## A", 3) == "<h3>A</h3>\n"


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "[sign](javascript:alert(1))",
        "[sign](JaVaScRiPt:alert(1))",
        "[sign](data:text/html;base64,PHNjcmlwdD4=)",
        "[sign](vbscript:alert(1))",
        "<javascript:alert(1)>",
        "![eye](https://example.org/eye.png)",
        '<a href="#" onclick="alert(1)">sign</a>',
        "<iframe src=https://example.org></iframe>",
        "<style>p{display:none}</style>",
    ],
)
def test_markdown_lets_nothing_run_and_nothing_load(source: str) -> None:
    html = markdown(source)

    assert "<script" not in html
    assert "<img" not in html
    assert "<iframe" not in html
    assert "<style" not in html
    assert " onclick=" not in html.replace('&lt;a href="#" onclick', "")
    assert 'href="javascript' not in html.lower()
    assert 'href="data' not in html
    assert 'href="vbscript' not in html


def test_markdown_links_carry_no_opener() -> None:
    assert markdown("[map](https://example.org/a)") == (
        '<p><a href="https://example.org/a" rel="noopener">map</a></p>\n'
    )


@pytest.mark.parametrize(("language", "expected"), [("ar", "rtl"), ("fa", "rtl"), ("ko", "ltr"), ("en-GB", "ltr")])
def test_direction_follows_the_script(language: str, expected: str) -> None:
    assert direction(language) == expected


@pytest.mark.parametrize(
    ("language", "moment"),
    [
        ("en", "Saturday, 22 September 2012, 12:00"),
        ("ko", "2012년 9월 22일 토요일 12:00"),
        ("ar", "السبت، 22 سبتمبر 2012، 12:00"),
    ],
)
def test_moment_is_written_in_the_language_of_the_page(language: str, moment: str) -> None:
    with translation.override(language):
        assert civil_moment(NOON_IN_SEOUL) == moment
        assert civil_time(NOON_IN_SEOUL) == "12:00"


def test_times_stay_in_their_own_zone_until_asked_for_utc() -> None:
    with translation.override("en"):
        assert civil_time(in_utc(NOON_IN_SEOUL)) == "03:00"
        assert civil_zone(NOON_IN_SEOUL) == "Korean Time (UTC+09:00)"
        assert civil_date(date(2012, 9, 22)) == "Saturday, 22 September 2012"


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Asia/Kathmandu", "Nepal Time (UTC+05:45)"),
        ("Europe/Dublin", "Irish Standard Time (UTC+01:00)"),
        ("Europe/Berlin", "Central European Summer Time (UTC+02:00)"),
        ("America/Santiago", "Chile Summer Time (UTC−03:00)"),
        ("Asia/Seoul", "Korean Time (UTC+09:00)"),
        ("America/Vancouver", "Pacific Time (UTC−07:00)"),
    ],
)
def test_name_of_a_zone_never_contradicts_its_offset(zone: str, words: str) -> None:
    noon = datetime(2027, 9, 22, 12, tzinfo=ZoneInfo(zone))

    with translation.override("en"):
        assert civil_zone(noon) == words


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Europe/Dublin", "Greenwich Mean Time (UTC+00:00)"),
        ("Europe/Berlin", "Central European Standard Time (UTC+01:00)"),
        ("America/Santiago", "Chile Summer Time (UTC−03:00)"),
    ],
)
def test_zone_is_named_by_its_season(zone: str, words: str) -> None:
    with translation.override("en"):
        assert civil_zone(datetime(2027, 12, 31, 12, tzinfo=ZoneInfo(zone))) == words


def test_language_unknown_to_cldr_falls_back_to_english() -> None:
    with translation.override("tlh"):
        assert civil_date(date(2012, 9, 22)) == "Saturday, 22 September 2012"
