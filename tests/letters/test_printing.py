import dataclasses
import io
import re
from datetime import UTC, date, datetime

import pytest
from pypdf import PdfReader

from tongmun.kit.pdf import MissingGlyph
from tongmun.letters.copies import LetterCopy
from tongmun.letters.printing import letter_pdf

DAY = date(2012, 9, 22)
PARAGRAPH = (
    "We write for the people who stand today at noon before your missions in forty cities. We ask for one thing: "
    "that whoever crosses the river in hunger and in fear may go on in safety, and is never sent back unheard. "
    "Officials said “no figures exist”; we counted 1,204 families."
)
ENGLISH = LetterCopy(
    language="en",
    letterhead=("River Friends International", "a coalition of 72 organisations"),
    date_line="September 22, 2012",
    inside_address=(
        "His Excellency Hu Jintao",
        "President of the People’s Republic of China",
        "c/o Ambassador Zhang Xinsen 张鑫森",
        "Embassy of the People’s Republic of China",
        "54, Hyoja-dong, Jongno-gu",
        "Seoul 110-033",
    ),
    subject="Safe passage for those who crossed the river",
    salutation="Dear Mr. President:",
    paragraphs=tuple(f"{number}. {PARAGRAPH}" for number in range(1, 4)),
    close="Respectfully,",
    signatory=("Kim Yeong-su, Chair", "River Friends International"),
)
KOREAN_PARAGRAPH = (
    "저희는 오늘 정오에 마흔 개 도시의 공관 앞에 선 사람들을 대신하여 이 편지를 드립니다. 굶주림과 두려움 속에서 "
    "강을 건넌 이들이 안전하게 제 길을 가고, 말할 기회도 없이 돌려보내지지 않도록 하여 주십시오. “수치는 없다”고 "
    "하였으나 저희는 1,204가구를 세었습니다."
)
KOREAN = LetterCopy(
    language="ko",
    letterhead=("강 건너 벗들", "72개 단체의 연대"),
    date_line="2012년 9월 22일",
    inside_address=(
        "중화인민공화국 국가주석 후진타오 귀하",
        "장신썬 대사 전교(轉交)",
        "주한 중화인민공화국 대사관",
        "110-033",
    ),
    subject="강을 건넌 이들의 안전한 통행을 요청합니다",
    salutation="존경하는 국가주석님께,",
    paragraphs=tuple(f"{number}. {KOREAN_PARAGRAPH}" for number in range(1, 4)),
    close="삼가 드립니다.",
    signatory=("김영수, 대표", "강 건너 벗들"),
)


def repeated(copy: LetterCopy, times: int) -> LetterCopy:
    paragraph = copy.paragraphs[0].removeprefix("1. ")
    return dataclasses.replace(copy, paragraphs=tuple(f"{number}. {paragraph}" for number in range(1, times + 1)))


def read(copy: LetterCopy) -> PdfReader:
    return PdfReader(io.BytesIO(letter_pdf(copy, day=DAY)))


def printed_lines(reader: PdfReader) -> list[str]:
    pages = [page.extract_text().strip().split("\n") for page in reader.pages]
    if len(pages) > 1:
        assert [page.pop() for page in pages] == [f"{n} / {len(pages)}" for n in range(1, len(pages) + 1)]
    return [line for page in pages for line in page]


def unwrapped(printed: list[str], source: list[str]) -> list[str]:
    """Join printed lines into as many blocks as the source has, each ending where its source line ends."""
    blocks, rest = [], list(printed)
    for line in source:
        block = rest.pop(0).strip()
        while len(block) < len(line) and rest:
            block = f"{block} {rest.pop(0).strip()}"
        blocks.append(block)
    return blocks + rest


@pytest.mark.parametrize(
    ("copy", "pages"),
    [(ENGLISH, 1), (repeated(ENGLISH, 20), 3), (KOREAN, 1), (repeated(KOREAN, 25), 3)],
    ids=["english", "english-pages", "korean", "korean-pages"],
)
def test_a_printed_letter_says_its_source_line_by_line(copy, pages):
    reader = read(copy)

    assert len(reader.pages) == pages
    assert unwrapped(printed_lines(reader), copy.lines()) == copy.lines()


def test_a_letter_with_only_what_must_be_there_is_printed_whole():
    bare = dataclasses.replace(ENGLISH, letterhead=(), subject="")

    assert unwrapped(printed_lines(read(bare)), bare.lines()) == bare.lines()


def test_a_korean_line_ends_between_words():
    words = set(" ".join(KOREAN.lines()).split())

    assert {word for line in printed_lines(read(KOREAN)) for word in line.split()} == words


@pytest.mark.parametrize("copy", [ENGLISH, KOREAN], ids=["english", "korean"])
def test_a_very_long_paragraph_goes_over_pages(copy):
    long = dataclasses.replace(copy, paragraphs=(" ".join([copy.paragraphs[0]] * 40),))

    assert unwrapped(printed_lines(read(long)), long.lines()) == long.lines()


def test_a_korean_web_address_longer_than_the_line_stays_on_the_paper():
    address = "https://example.org/" + "강건너벗들" * 30
    page = read(dataclasses.replace(KOREAN, paragraphs=(address,))).pages[0]

    assert max(len(line) for line in page.extract_text().split("\n")) < len(address) / 2


@pytest.mark.parametrize("count", range(4, 9))
def test_a_signature_never_stands_alone_on_a_page(count):
    copy = repeated(ENGLISH, count)
    last = read(copy).pages[-1].extract_text()

    assert re.search(rf"^{count}\. We write", last, re.MULTILINE)


def test_a_short_letter_carries_no_page_number():
    assert not re.search(r"\d / \d", read(ENGLISH).pages[0].extract_text())


def test_markup_in_a_letter_is_printed_as_it_stands():
    text = r'#panic() *x* _y_ ] [ \ " $a$ <b> @c // d `e` = f'
    every = dataclasses.replace(
        ENGLISH,
        letterhead=(text,),
        inside_address=(text,),
        subject=text,
        salutation=text,
        paragraphs=(text,),
        close=text,
        signatory=(text,),
    )

    assert printed_lines(read(every)).count(text) == 7


def test_equal_copies_give_equal_bytes():
    assert letter_pdf(repeated(KOREAN, 3), day=DAY) == letter_pdf(repeated(KOREAN, 3), day=DAY)


def test_the_day_is_the_only_date_in_the_file():
    metadata = read(ENGLISH).metadata

    assert metadata is not None
    assert metadata.creation_date == datetime(2012, 9, 22, tzinfo=UTC)
    assert metadata.title == ENGLISH.subject


def test_a_letter_in_a_script_no_font_has_is_refused():
    tibetan = dataclasses.replace(ENGLISH, paragraphs=("བོད",))

    with pytest.raises(MissingGlyph) as caught:
        letter_pdf(tibetan, day=DAY)

    assert "བ" in caught.value.texts


def test_an_arabic_letter_starts_at_the_right_and_keeps_a_foreign_address_in_order():
    arabic = LetterCopy(
        language="ar",
        letterhead=(),
        date_line="22 سبتمبر 2012",
        inside_address=("فخامة الرئيس", "54, Hyoja-dong, Jongno-gu"),
        subject="",
        salutation="فخامة الرئيس",
        paragraphs=("نكتب إليكم",),
        close="مع التقدير",
        signatory=("أصدقاء النهر",),
    )
    runs = []

    def note_run(text, matrix, *_):
        if text.strip():
            runs.append((text, matrix[4]))

    page = read(arabic).pages[0]
    page.extract_text(visitor_text=note_run)

    assert "54, Hyoja-dong, Jongno-gu" in [text for text, _ in runs]
    assert min(x for _, x in runs) > float(page.mediabox.width) / 2
