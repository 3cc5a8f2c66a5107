"""Every row of every shipped file of forms is whole, and every language answers for every rank, office and kind."""

import pytest

from tongmun.letters.addressees import Addressee, addressed
from tongmun.letters.copies import Addressing, care_of_line, mission_line
from tongmun.letters.form_rows import KINDS, OFFICES, RANKS
from tongmun.letters.wording import ANY, rows_of, worded_languages, wording

LANGUAGES = sorted(worded_languages())
SHIPPED = {"ar", "de", "en", "en-US", "es", "fr", "ja", "ko", "zh-Hans", "zh-Hant"}
# Ranks for which a language has no form that we know well enough; the office is addressed and the copy says so.
UNKNOWN = {("de", "nuncio")}


def test_languages_are_those_we_say():
    assert set(LANGUAGES) == SHIPPED


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_can_be_read_and_says_where_it_comes_from(language):
    rows = rows_of(language)

    assert rows
    assert [row for row in rows if len(row.source) < len("usage")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rank_is_named_for_a_woman_and_for_a_man(language):
    words = wording(language)
    lacking = {
        (language, rank)
        for rank in RANKS
        for gender in "mf"
        if not any(words.head(rank, kind, gender) for kind in KINDS)
    }

    # Every nuncio so far has been an archbishop; languages whose form says so have none for a woman.
    assert lacking <= UNKNOWN | {(language, "nuncio")}
    assert [
        rank for rank in RANKS if (language, rank) not in UNKNOWN and not any(words.has_head(rank, k) for k in KINDS)
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_combination_gives_lines_without_braces_and_without_a_stray_space(language):
    lines = []
    for kind in (*KINDS, ANY):
        for rank in (*RANKS, "viceroy"):
            for gender in ("f", "m", ""):
                known = Addressing(language, kind, "Example", "Anytown", rank, "Ana", (), head_gender=gender)
                lines += [care_of_line(known), mission_line(known)]
    for office in (*OFFICES, ANY):
        for gender in ("f", "m", ""):
            for number in ("one", "many"):
                for sender in ("one", "many"):
                    whom = Addressee(language, office, "Head of Example", "Ana", gender, "Head", number)
                    found = addressed(whom, sender=sender)
                    lines += [*found.lines, found.salutation, found.close]

    assert [line for line in lines if not line or "{" in line or "  " in line or line != line.strip()] == []
