"""Which of the published lines of an address stand on a copy, and where the country is named."""

import pytest

from tongmun.letters.postal import postal_lines

SEOUL = {"en": "27, Myeongdong 2-gil\nSeoul\nRepublic of Korea", "ko": "서울특별시 중구 명동2길 27"}
CHICAGO = {"en": "100 West Erie Street\nChicago, IL 60610\nUnited States of America"}
GENEVA = {"fr": "Chemin de Surville 11\n1213 Petit-Lancy", "en": "11 Surville Lane\nGeneva"}
TAIPEI = {"zh-Hant": "臺北市\n100001", "en": "Taipei"}


@pytest.mark.parametrize(
    ("lines", "language", "country", "expected"),
    [
        (SEOUL, "en", "KR", SEOUL["en"].split("\n")),
        (SEOUL, "en-US", "KR", SEOUL["en"].split("\n")),
        (SEOUL, "ko", "KR", [SEOUL["ko"]]),
        (SEOUL, "fr", "KR", [SEOUL["ko"], "Corée du Sud"]),
        (SEOUL, "ja", "KR", [SEOUL["ko"], "韓国"]),
        (SEOUL, "ar", "KR", [SEOUL["ko"], "كوريا الجنوبية"]),
        (CHICAGO, "fr", "US", CHICAGO["en"].split("\n")),
        (CHICAGO, "fr", "", CHICAGO["en"].split("\n")),
        (GENEVA, "de", "CH", [*GENEVA["fr"].split("\n"), "Schweiz"]),
        (TAIPEI, "ko", "TW", [*TAIPEI["zh-Hant"].split("\n"), "대만"]),
        (TAIPEI, "zh-Hant-TW", "TW", TAIPEI["zh-Hant"].split("\n")),
        ({"en": "Rue 1\nBerne"}, "de", "CH", ["Rue 1", "Berne", "Schweiz"]),
        ({"en": "1 Road\nSuisse"}, "fr", "CH", ["1 Road", "Suisse"]),
        ({}, "fr", "KR", []),
    ],
)
def test_lines_are_those_the_post_can_read(lines, language, country, expected):
    assert list(postal_lines(lines, language=language, country=country)) == expected
