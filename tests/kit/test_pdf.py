import io
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typst
from pypdf import PdfReader

from tongmun.kit.pdf import MissingGlyph, compile_pdf, font_order, line_direction

CREATED = datetime(2012, 9, 22, 3, 0, tzinfo=UTC)
TEMPLATE = """
#let data = json(bytes(sys.inputs.data))
#let language = json(bytes(sys.inputs.language))
#set document(title: "Test")
#set text(font: language.serif, fallback: false, lang: language.lang)
#for paragraph in data.paragraphs { par(paragraph) }
"""


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "test.typ"
    path.write_text(TEMPLATE, encoding="utf-8")
    return path


def compiled(template: Path, *paragraphs: str, lang: str = "en", created: datetime = CREATED) -> PdfReader:
    return PdfReader(io.BytesIO(compile_pdf(template, data={"paragraphs": paragraphs}, lang=lang, created=created)))


def test_markup_in_data_is_printed_as_it_stands(template):
    text = r'#panic("x") *not bold* _nor this_ ] [ \ " $ 1 + 1 $ <label> @ref // gone? `raw` = Head'

    reader = compiled(template, text)

    assert reader.pages[0].extract_text() == text


@pytest.mark.parametrize(
    ("text", "undrawn"),
    [("Greetings ༄ here", "༄"), ("😀", "😀"), ('a "quoted" ខ', "ខ"), ("བོ", "བ\u0f7c")],
    ids=["tibetan", "emoji", "khmer", "combining"],
)
def test_text_no_font_can_draw_is_an_error_naming_it(template, text, undrawn):
    with pytest.raises(MissingGlyph) as caught:
        compiled(template, text)

    assert "".join(caught.value.texts) == undrawn
    assert f"U+{ord(undrawn[-1]):04X}" in str(caught.value)


def test_the_words_around_a_missing_glyph_stay_out_of_the_error(template):
    with pytest.raises(MissingGlyph) as caught:
        compiled(template, "Signed by Alexandra ༄ Petrova")

    assert "Alexandra" not in str(caught.value)


def test_every_missing_glyph_is_named_once(template):
    with pytest.raises(MissingGlyph) as caught:
        compiled(template, "༄༄ and ខ", "again ༄")

    assert caught.value.texts == ("༄", "ខ")


def test_the_same_input_gives_the_same_bytes(template):
    data = {"paragraphs": ["Circular letter, 통문, 通文"]}

    first = compile_pdf(template, data=data, lang="ko", created=CREATED)
    again = compile_pdf(template, data=data, lang="ko", created=CREATED)

    assert first == again


def test_another_process_gives_the_same_bytes(template):
    program = (
        "import sys; from datetime import datetime, UTC; from pathlib import Path;"
        "from tongmun.kit.pdf import compile_pdf;"
        "sys.stdout.buffer.write(compile_pdf(Path(sys.argv[1]), data={'b': 1, 'paragraphs': ['통문']}, lang='ko',"
        "created=datetime(2012, 9, 22, 3, tzinfo=UTC)))"
    )
    here = compile_pdf(template, data={"paragraphs": ["통문"], "b": 1}, lang="ko", created=CREATED)

    there = subprocess.run([sys.executable, "-c", program, str(template)], capture_output=True, check=True)  # noqa: S603

    assert there.stdout == here


def test_the_time_of_creation_is_the_one_given(template):
    reader = compiled(template, "text", created=datetime(2027, 1, 2, 3, 4, 5, tzinfo=UTC))

    assert reader.metadata is not None
    assert reader.metadata.creation_date == datetime(2027, 1, 2, 3, 4, 5, tzinfo=UTC)


def test_a_time_of_creation_without_zone_is_refused(template):
    with pytest.raises(ValueError, match="zone"):
        compiled(template, "text", created=datetime(2012, 9, 22))  # noqa: DTZ001 -- the refused case


def test_a_document_without_title_is_refused_as_typst_says_it(tmp_path):
    template = tmp_path / "untitled.typ"
    template.write_text("text", encoding="utf-8")

    with pytest.raises(typst.TypstError, match="title"):
        compile_pdf(template, data={}, lang="en", created=CREATED)


def test_the_file_is_tagged_and_claims_the_accessibility_standard(template):
    reader = compiled(template, "text", lang="ko")

    assert reader.root_object["/MarkInfo"]["/Marked"] == True  # noqa: E712 -- a PDF object, equal to True and not the same
    assert reader.root_object["/Lang"] == "ko"
    assert "pdfuaid:part" in reader.root_object["/Metadata"].get_data().decode()


@pytest.mark.parametrize(
    ("lang", "family"),
    [
        ("ko", "Kurinto Sans KR"),
        ("zh-Hans", "Kurinto Sans SC"),
        ("zh-Hant", "Kurinto Sans TC"),
        ("zh-Hant-HK", "Kurinto Sans TC"),
        ("zh-TW", "Kurinto Sans TC"),
        ("zh", "Kurinto Sans SC"),
        ("ja", "Kurinto Sans JP"),
        ("en-GB", "Libertinus Serif"),
    ],
)
def test_the_language_decides_which_family_comes_first(lang, family):
    assert font_order(lang)[0] == family


def test_chinese_characters_in_a_korean_letter_are_drawn_in_the_korean_form(template):
    reader = compiled(template, "直", lang="ko")

    (font,) = reader.pages[0]["/Resources"]["/Font"].values()
    assert "KurintoSansKR" in font["/BaseFont"]


def test_names_in_many_scripts_are_drawn_in_a_letter_of_any_language(template):
    text = "Łódź Ω Ж שלום العربية ไทย हिन्दी ქართ မြန်မာ 통문 张鑫森 張鑫森 かな"

    for lang in ("en", "ko", "zh-Hans", "zh-Hant", "ja", "ar"):
        assert compiled(template, text, lang=lang).pages


@pytest.mark.parametrize(
    ("text", "lang", "side"),
    [
        ("54, Hyoja-dong", "ar", "ltr"),
        ("12 شارع", "en", "rtl"),
        ("110-033", "ar", "rtl"),
        ("110-033", "en", "ltr"),
        ("", "he", "rtl"),
    ],
)
def test_a_line_runs_in_the_direction_of_its_first_letter(text, lang, side):
    assert line_direction(text, lang) == side
