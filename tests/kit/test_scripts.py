"""Each script the fonts are there for: every sign is drawn, and the text comes out of the file as it went in."""

import io
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader
from tests.kit.pdf_text import glyph_codes, in_reading_order, lines_of, without_repeats

from tongmun.kit.pdf import MissingGlyph, compile_pdf, line_direction

PDFTOTEXT = shutil.which("pdftotext")
needs_pdftotext = pytest.mark.skipif(PDFTOTEXT is None, reason="there is no pdftotext on this machine")
NAMES = {
    "latin": "Łukasz Müller-Đặng Ñandú",
    "hangul": "김철수 통문",
    "han": "张鑫森 張鑫森 直",
    "kana": "さくら タロウ",
    "cyrillic": "Иван Ёлкин",
    "greek": "Ελένη Παπαδάκη",
    "hebrew": "שלום כהן",
    "arabic": "محمد علي حسين",
    "persian": "آزاده کریمی",
    "devanagari": "श्रीमती ज्योति क्षत्रिय विक्रम",
    "thai": "สมชาย ใจดี ผู้ใหญ่ กตัญญู",
    "burmese": "အောင်ဆန်းစုကြည် လှလှ ဦးသန့် ကျော်စွာ ဒေါ် ညွှန့်",
}
IN_A_LINE = {
    "arabic first": "محمد Ali 12 علي",
    "latin first": "Ali محمد كريم Smith",
    "hebrew in korean": "김 שלום 통문",
    "joined": "سلام‌ها لا إله",
}
# Typst sets a mark by itself that hangs higher or lower than the font's other marks, and says its syllable again.
RAISED_MARKS = ("น้ำ ปั่น ฟ้า ป้า", "ओम् मुंबई")
PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "scripts.md").read_text(encoding="utf-8")
# Script, example, font and what pypdf makes of it, of each row of the table.
ROWS = re.findall(r"^\| ([\w]+) \| (.+?) \| ((?:Kurinto|Noto).+?) \| .+? \| (.+?) \|$", PAGE, flags=re.MULTILINE)
BIDI_MARKS = re.compile("[\u202a-\u202e]")
TEMPLATE = """
#let data = json(bytes(sys.inputs.data))
#let language = json(bytes(sys.inputs.language))
#set document(title: "Test")
#set text(font: language.at(data.fonts), fallback: false, lang: language.lang)
#let side(dir) = if dir == "rtl" { rtl } else { ltr }
#for (line, dir) in data.lines { block(align(left, text(dir: side(dir), line))) }
"""


@pytest.fixture
def printed(tmp_path):
    template = tmp_path / "lines.typ"
    template.write_text(TEMPLATE, encoding="utf-8")

    def printed(*lines: str, lang: str = "en", fonts: str = "names") -> bytes:
        directed = [(line, line_direction(line, lang)) for line in lines]
        data = {"lines": directed, "fonts": fonts}
        return compile_pdf(template, data=data, lang=lang, created=datetime(2012, 9, 22, tzinfo=UTC))

    return printed


def page_of(pdf: bytes):
    return PdfReader(io.BytesIO(pdf)).pages[0]


def read(pdf: bytes, line: str) -> str:
    (pieces,) = lines_of(page_of(pdf))
    return in_reading_order(pieces, line_direction(line, "en"))


def by_pdftotext(pdf: bytes, folder: Path) -> str:
    path = folder / "text.pdf"
    path.write_bytes(pdf)
    done = subprocess.run([PDFTOTEXT, path, "-"], capture_output=True, check=True)  # noqa: S603 -- Debian's
    return BIDI_MARKS.sub("", done.stdout.decode()).strip("\n\f")


@pytest.mark.parametrize("lang", ["en", "ko", "zh-Hant", "ar", "my"])
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_no_box_is_drawn_in_any_script(printed, name, lang):
    codes = list(glyph_codes(page_of(printed(name, lang=lang))))

    assert codes
    assert 0 not in codes


@pytest.mark.parametrize("undrawn", ["༄", "😀", "\u0378", "\ue000"], ids=["tibetan", "emoji", "no sign", "private"])
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_sign_no_font_has_is_named_in_any_script(printed, name, undrawn):
    with pytest.raises(MissingGlyph) as caught:
        printed("Anna", f"{name} {undrawn}")

    assert caught.value.texts == (undrawn,)


@pytest.mark.parametrize("name", [*NAMES.values(), *IN_A_LINE.values()], ids=[*NAMES, *IN_A_LINE])
def test_a_name_is_in_the_file_as_it_was_given(printed, name):
    assert read(printed(name), name) == name


@needs_pdftotext
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_line_of_a_letter_is_read_as_it_was_given(printed, name, tmp_path):
    pdf = printed(name, fonts="serif")

    assert read(pdf, name) == by_pdftotext(pdf, tmp_path) == name


@pytest.mark.parametrize("name", RAISED_MARKS)
def test_a_raised_mark_makes_its_syllable_come_out_again_and_loses_nothing(printed, name):
    text = read(printed(name), name)

    assert text != name
    assert without_repeats(text) == name


@pytest.mark.parametrize(("script", "name", "family", "reads"), ROWS, ids=[row[0] for row in ROWS])
def test_the_page_about_scripts_says_which_font_is_used_and_what_pypdf_reads(printed, script, name, family, reads):
    page = page_of(printed(name))

    # The space between two words may be of the face before.
    drawn = {font["/BaseFont"].partition("+")[2].partition("-")[0] for font in page["/Resources"]["/Font"].values()}
    assert family.replace(" ", "") in drawn
    assert drawn <= {family.replace(" ", ""), "KurintoSans"}
    assert (page.extract_text() == name) == (reads == "exactly")


def test_the_page_about_scripts_has_every_one():
    assert {name for _script, name, *_rest in ROWS} == set(NAMES.values())


@needs_pdftotext
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_pdftotext_reads_a_name_as_it_was_given(printed, name, tmp_path):
    assert by_pdftotext(printed(name), tmp_path) == name


@needs_pdftotext
def test_pdftotext_turns_an_arabic_ligature_round_and_nothing_else(printed, tmp_path):
    text = by_pdftotext(printed("سلام الأحمد"), tmp_path)

    assert text == "سالم األحمد"
