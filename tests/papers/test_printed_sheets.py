import dataclasses
import io
import re
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from paper_steps import DESTROY_BY, letter_of, rivers, seoul
from pypdf import PdfReader

from tongmun.kit.pdf import MissingGlyph
from tongmun.papers.printing import SheetText, sheet_text, sheets_pdf
from tongmun.papers.wording import NoSheetWording, sheet_languages, sheet_wording

DAY = date(2027, 8, 10)
ADDRESS = "https://letter.example.org/coming/letter/"
NAMES = {
    "en": ("Day of the rivers", "Seoul", "Her Excellency Example", "Safe passage across the river", "River Friends"),
    "ko": ("강의 날", "서울", "예시 대통령 각하", "강을 건넌 이들의 안전한 통행", "강 건너 벗들"),
    "ar": ("يوم الأنهار", "سيول", "فخامة الرئيس", "ممر آمن عبر النهر", "أصدقاء النهر"),
}


def text_in(language: str) -> SheetText:
    edition, city, addressee, subject, signatory = NAMES[language]
    words = sheet_wording(language)
    return SheetText(
        language=language,
        sheet=words.sheet,
        edition=edition,
        city=city,
        to=words.to.format(addressee=addressee),
        subject=subject,
        whole_letter=words.whole_letter.format(version=2),
        address=ADDRESS,
        consent=words.consent,
        fate=words.fate.format(day="2027-10-22"),
        keeper=words.keeper.format(signatory=signatory),
        danger=words.danger,
        columns=(words.name, words.country, words.signature),
        valid_lines=words.valid_lines,
        struck_lines=words.struck_lines,
    )


def read(text: SheetText, numbers: list[int]) -> PdfReader:
    return PdfReader(io.BytesIO(sheets_pdf(text, numbers, day=DAY)))


def words_of(text: str) -> Counter[str]:
    """The words without what stands between them: right-to-left lines come out with their runs in another order."""
    return Counter(re.findall(r"[^\W\d]+|\d+", text))


def runs(reader: PdfReader) -> list[tuple[str, float]]:
    """The text runs of the first page with how far from the left edge they begin, in points."""
    found: list[tuple[str, float]] = []

    def note(text, page, line, *_):
        if text.strip():
            found.append((text.strip(), line[4] * page[0] + line[5] * page[2] + page[4]))

    reader.pages[0].extract_text(visitor_text=note)
    return found


@pytest.mark.parametrize("language", ["en", "ko"])
def test_printed_sheet_says_its_source_line_by_line(language):
    text = text_in(language)
    printed = " ".join(read(text, [42]).pages[0].extract_text().split())

    numbered = " ".join(str(line) for line in range(1, 13))
    assert printed == " ".join(
        [
            f"{text.edition} {text.city} {text.sheet} 042 {text.to} {text.subject} {text.whole_letter} {text.address}",
            f"{text.consent} {text.fate} {text.keeper} {text.danger} {' '.join(text.columns)} {numbered}",
            f"{text.valid_lines} {text.struck_lines}",
        ]
    )


def test_printed_arabic_sheet_has_the_words_of_its_source():
    text = text_in("ar")
    # Runs that touch each other come out without a space between them.
    printed = words_of(re.sub(r"(\d+)", r" \1 ", " ".join(run for run, _ in runs(read(text, [42])))))

    source = words_of(" ".join([*text.lines(), "042", *map(str, range(1, 13))]))
    assert printed == source


@pytest.mark.parametrize(("language", "is_mirrored"), [("en", False), ("ko", False), ("ar", True)])
def test_arabic_sheet_is_mirrored(language, is_mirrored):
    text = text_in(language)
    reader = read(text, [42])
    middle = float(reader.pages[0].mediabox.width) / 2
    places = dict(runs(reader))

    assert (places["042"] < middle) == is_mirrored
    assert (places["7"] > middle) == is_mirrored
    assert (places[text.columns[0]] > places[text.columns[2]]) == is_mirrored


@pytest.mark.parametrize("language", sorted(NAMES))
def test_each_number_has_one_page_of_its_own(language):
    pages = read(text_in(language), [7, 8, 1203]).pages

    labels = [re.findall(r"007|008|1203", page.extract_text()) for page in pages]
    assert labels == [["007"], ["008"], ["1203"]]


def test_long_texts_leave_every_sheet_on_one_page():
    long = dataclasses.replace(text_in("en"), subject="Safe passage " * 23, city="Llanfairpwllgwyngyll " * 4)

    assert len(read(long, [1, 2]).pages) == 2


def test_sheet_without_city_or_subject_is_printed_whole():
    bare = dataclasses.replace(text_in("en"), city="", subject="")

    printed = " ".join(read(bare, [1]).pages[0].extract_text().split())
    assert [line for line in bare.lines() if line not in printed] == []


def test_equal_sheets_give_equal_bytes_and_the_day_is_their_only_date():
    first, second = (sheets_pdf(text_in("ko"), [1, 2], day=DAY) for _ in range(2))

    assert first == second
    assert PdfReader(io.BytesIO(first)).metadata.creation_date == datetime(2027, 8, 10, tzinfo=UTC)


def test_markup_on_a_sheet_is_printed_as_it_stands():
    markup = r"#panic() *x* _y_ ] [ $a$ <b> @c `e` = f"

    assert markup in read(dataclasses.replace(text_in("en"), subject=markup), [1]).pages[0].extract_text()


def test_sheet_in_a_script_no_font_has_is_refused():
    with pytest.raises(MissingGlyph):
        sheets_pdf(dataclasses.replace(text_in("en"), city="བོད"), [1], day=DAY)


@pytest.mark.parametrize("language", sorted(sheet_languages()))
def test_words_of_a_sheet_are_all_there_with_their_fields(language):
    words = sheet_wording(language)

    assert [field.name for field in dataclasses.fields(words) if not getattr(words, field.name)] == []
    fields = {name: re.findall(r"{(\w+)}", text) for name, text in dataclasses.asdict(words).items()}
    assert {name: found for name, found in fields.items() if found} == {
        "to": ["addressee"],
        "whole_letter": ["version"],
        "fate": ["day"],
        "keeper": ["signatory"],
    }


def test_words_of_a_sheet_are_those_of_the_base_language():
    assert sheet_wording("en-GB") == sheet_wording("en")
    with pytest.raises(NoSheetWording):
        sheet_wording("pt")


@pytest.mark.django_db
def test_sheet_takes_its_texts_from_letter_and_city():
    here = rivers()
    place = seoul(here)

    text = sheet_text(letter=letter_of(here), place=place, destroy_by=DESTROY_BY, address=ADDRESS)

    assert (text.edition, text.city, text.subject) == ("Day of the rivers", "City 1", "The rivers")
    assert text.to == "A letter to Her Excellency Example, President"
    assert "version 1" in text.whole_letter
    assert "destroyed by 9 October 2027" in text.fate
    assert text.keeper == "Answerable for this sheet: Those who joined."
