"""Ten missions in ten languages, line by line as somebody has looked at them; the printed copy says the same."""

import io
import re
import unicodedata
from pathlib import Path

import pytest
from golden_sample import DAY, copies
from pypdf import PdfReader

from tongmun.kit.text import direction
from tongmun.letters.copies import LetterCopy
from tongmun.letters.printing import letter_pdf
from tongmun.letters.wording import worded_languages

GOLDEN = Path(__file__).parent / "golden"
LANGUAGES = sorted(worded_languages())


def shown(copy: LetterCopy) -> list[str]:
    return [*copy.lines(), *(f"({note.sentence()})" for note in copy.notes)]


def golden(language: str) -> dict[str, list[str]]:
    """Read a file of copies: a line “# slug”, then the lines of the copy and its notes in brackets."""
    blocks = (GOLDEN / f"{language}.txt").read_text(encoding="utf-8").strip().split("\n\n")
    return {lines[0].removeprefix("# "): lines[1:] for lines in (block.split("\n") for block in blocks)}


def bare(text: str) -> str:
    """Give a text without space and marks of direction, letters in their plain forms."""
    return re.sub(r"[\s\u200e\u200f\u202a-\u202e\u2066-\u2069]+", "", unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_copies_are_those_that_were_looked_at(language):
    assert {slug: shown(copy) for slug, copy in copies(language).items()} == golden(language)


def printed(copy: LetterCopy) -> str:
    reader = PdfReader(io.BytesIO(letter_pdf(copy, day=DAY)))
    assert len(reader.pages) == 1
    return reader.pages[0].extract_text()


@pytest.mark.parametrize("language", [language for language in LANGUAGES if direction(language) == "ltr"])
def test_printed_copies_say_what_the_copies_say(language):
    for slug, copy in copies(language).items():
        assert bare(printed(copy)) == bare("".join(copy.lines())), slug


@pytest.mark.parametrize("language", [language for language in LANGUAGES if direction(language) == "rtl"])
def test_printed_copies_from_right_to_left_have_the_same_letters_on_each_line(language):
    # The reader gives the words of such a line as they lie on the page, from the left, and not as they are read.
    for slug, copy in copies(language).items():
        lines = [sorted(bare(line)) for line in printed(copy).strip().split("\n")]

        assert lines == [sorted(bare(line)) for line in copy.lines()], slug
