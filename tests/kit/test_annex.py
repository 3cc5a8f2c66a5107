import io
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from pypdf import PdfReader
from pypdf.generic import ContentStream
from tests.kit.pdf_text import in_reading_order, lines_of

from tongmun.kit import annex as module
from tongmun.kit.annex import Annex, AnnexWords, annex_pdf
from tongmun.kit.names import LONGEST_NAME
from tongmun.kit.pdf import MissingGlyph, line_direction

PDFTOTEXT = shutil.which("pdftotext")
RIGHT_OF_FIRST_COLUMN = (16 + (210 - 2 * 16 - 3 * 4) / 4) / 25.4 * 72
CREATED = datetime(2012, 9, 22, 3, 0, tzinfo=UTC)
ENGLISH = AnnexWords(
    organisations="Organisations",
    countries="People by country",
    names="Names",
    page="{page} of {pages}",
    volume="Volume {volume} of {volumes}",
    root="Root of the log of the count: {root}",
)
ARABIC = AnnexWords(
    organisations="المنظمات",
    countries="الأشخاص حسب البلد",
    names="الأسماء",
    page="صفحة {page} من {pages}",
    volume="المجلد {volume} من {volumes}",
    root="جذر سجل العدد: {root}",
)
ANNEX = Annex(
    title="Who stands behind this letter",
    organisations=["통문 연대", "Justice for All"],
    totals=[("Republic of Korea", "1,234"), ("Malta", "fewer than 10")],
    names=["김철수", "Łukasz Müller", "محمد علي", "अमर"],
    root="9f86d081884c7d65",
    words=ENGLISH,
)


def pages(pdf: bytes) -> list[list[str]]:
    """Give the lines of each page in reading order."""
    return [
        [in_reading_order(pieces, line_direction("".join(pieces), "en")) for pieces in lines_of(page)]
        for page in PdfReader(io.BytesIO(pdf)).pages
    ]


def made(annex: Annex = ANNEX, lang: str = "en") -> list[list[list[str]]]:
    return [pages(volume) for volume in annex_pdf(annex, lang=lang, created=CREATED)]


def test_the_parts_of_an_annex_stand_in_their_order():
    assert made() == [
        [
            [
                "Who stands behind this letter",
                "Organisations",
                "통문 연대",
                "Justice for All",
                "People by country",
                "Republic of Korea1,234",
                "Maltafewer than 10",
                "Names",
                "김철수",
                "Łukasz Müller",
                "محمد علي",
                "अमर",
                "Root of the log of the count: 9f86d081884c7d651 of 1",
            ]
        ]
    ]


def test_a_list_that_is_empty_is_left_out_with_its_heading():
    ((page,),) = made(replace(ANNEX, organisations=[], totals=[], names=[]))

    assert page == ["Who stands behind this letter", "Root of the log of the count: 9f86d081884c7d651 of 1"]


MANY = [f"Anna {number:03}" for number in range(900)]


@pytest.fixture(scope="module")
def three_volumes():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "NAMES_IN_A_VOLUME", 400)
        return made(replace(ANNEX, names=MANY))


def test_pages_are_numbered_through_all_volumes(three_volumes):
    feet = [page[-1].partition(ANNEX.root)[2] for volume in three_volumes for page in volume]

    assert len(feet) > len(three_volumes) == 3
    assert feet == [f"{number} of {len(feet)}" for number in range(1, len(feet) + 1)]


def test_every_name_is_in_one_volume(three_volumes):
    found = [[line for page in volume for line in page if line.startswith("Anna")] for volume in three_volumes]

    assert [len(names) for names in found] == [400, 400, 100]
    assert sorted(name for names in found for name in names) == MANY


def test_each_volume_says_which_it_is_and_the_first_has_the_lists(three_volumes):
    assert [volume[0][:2] for volume in three_volumes] == [
        ["Who stands behind this letter", f"Volume {number} of 3"] for number in (1, 2, 3)
    ]
    assert ["Justice for All" in volume[0] for volume in three_volumes] == [True, False, False]
    assert ["Malta" in str(volume) for volume in three_volumes] == [True, False, False]


def test_a_volume_is_named_in_its_title(monkeypatch):
    monkeypatch.setattr(module, "NAMES_IN_A_VOLUME", 3)

    titles = [PdfReader(io.BytesIO(volume)).metadata.title for volume in annex_pdf(ANNEX, lang="en", created=CREATED)]

    assert titles == [f"Who stands behind this letter (Volume {number} of 2)" for number in (1, 2)]


def test_an_arabic_annex_runs_from_the_right_and_leaves_the_hash_as_it_is():
    annex = replace(ANNEX, title="من يقف وراء Tongmun 2012 هذه الرسالة", root="sha256:9f86+d0/=", words=ARABIC)

    (volume,) = annex_pdf(annex, lang="ar", created=CREATED)

    page = PdfReader(io.BytesIO(volume)).pages[0]
    assert "sha256:9f86+d0/=" in "".join(lines_of(page)[-1])
    assert in_reading_order(lines_of(page)[0], "rtl") == annex.title
    assert PdfReader(io.BytesIO(volume)).root_object["/Lang"] == "ar"


@pytest.mark.skipif(PDFTOTEXT is None, reason="there is no pdftotext on this machine")
@pytest.mark.parametrize("letters", ["W", "m", "Ж", "金", "عبد", "क्ष", "မြန်"])
def test_a_name_as_long_as_can_be_stays_in_its_column(letters, tmp_path):
    name = letters * (LONGEST_NAME // len(letters))
    (volume,) = annex_pdf(replace(ANNEX, names=[name]), lang="en", created=CREATED)
    path = tmp_path / "annex.pdf"
    path.write_bytes(volume)

    done = subprocess.run([PDFTOTEXT, "-bbox", path, "-"], capture_output=True, check=True)  # noqa: S603 -- Debian's

    after_heading = done.stdout.decode().partition(">Names</word>")[2].partition(">Root</word>")[0]
    ends = [float(end) for end in re.findall(r'xMax="([\d.]+)"', after_heading)[:-1]]
    assert len(ends) > 1
    assert max(ends) <= RIGHT_OF_FIRST_COLUMN


def test_only_a_word_wider_than_its_column_is_broken():
    ((page,),) = made(replace(ANNEX, names=["Papadimitrakopoulosopoulos Konstantinos", "W" * 20]))

    assert page[-5:-1] == ["Papadimitrakopoulosopoulos ", "Konstantinos", "W" * 14 + "\u200b", "W" * 6]


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("name", ["محمد Ali 12 علي", "Ali محمد كريم Smith"])
def test_a_name_runs_in_its_own_direction_in_any_annex(name, lang):
    (volume,) = annex_pdf(replace(ANNEX, names=[name]), lang=lang, created=CREATED)

    lines = lines_of(PdfReader(io.BytesIO(volume)).pages[0])
    assert name in [in_reading_order(line, line_direction(name, "en")) for line in lines]


def test_burmese_has_room_below_and_other_names_stay_close():
    names = ["Anna", "Berta", "ကြည်", "Clara", "Dora"]
    (volume,) = annex_pdf(replace(ANNEX, organisations=[], totals=[], names=names), lang="en", created=CREATED)
    page = PdfReader(io.BytesIO(volume)).pages[0]

    operations = ContentStream(page.get_contents(), page.pdf).operations
    heights = sorted({float(operands[5]) for operands, operator in operations if operator == b"cm"}, reverse=True)
    below = [above - line for above, line in pairwise(heights[2:7])]
    assert below[0] == pytest.approx(below[3])
    assert below[2] > 1.2 * below[0]


def test_a_name_that_no_font_can_draw_stops_the_annex_and_is_not_told():
    with pytest.raises(MissingGlyph) as caught:
        annex_pdf(replace(ANNEX, names=["Anna", "Alexandra ༄ Petrova"]), lang="en", created=CREATED)

    assert caught.value.texts == ("༄",)
    assert "Alexandra" not in str(caught.value)


def test_a_time_without_zone_is_refused_before_anything_is_set():
    with pytest.raises(ValueError, match="zone"):
        annex_pdf(ANNEX, lang="en", created=datetime(2012, 9, 22))  # noqa: DTZ001 -- the refused case


def test_nothing_of_the_machine_is_in_the_file(tmp_path):
    program = (
        "import sys; from tests.kit.test_annex import ANNEX, CREATED; from tongmun.kit.annex import annex_pdf;"
        "[sys.stdout.buffer.write(one) for one in annex_pdf(ANNEX, lang='en', created=CREATED)]"
    )
    elsewhere = {
        "PYTHONPATH": os.pathsep.join(os.path.realpath(path) for path in sys.path),
        "PYTHONHASHSEED": "7",
        "TZ": "Asia/Seoul",
        "HOME": str(tmp_path),
        "SOURCE_DATE_EPOCH": "1",
    }

    there = subprocess.run(  # noqa: S603 -- ourselves
        [sys.executable, "-c", program], cwd=tmp_path, env=elsewhere, capture_output=True, check=True
    )

    assert [there.stdout] == annex_pdf(ANNEX, lang="en", created=CREATED)
    assert str(tmp_path).encode() not in there.stdout


def test_a_process_gets_names_through_its_pipe_and_no_secret_at_all(monkeypatch):
    orders = []
    run = subprocess.run

    def watched(command, **options):
        orders.append((command, options["env"]))
        return run(command, **options)

    monkeypatch.setattr(subprocess, "run", watched)
    monkeypatch.setenv("TONGMUN_SECRET_KEY", "kept from it")
    annex_pdf(ANNEX, lang="en", created=CREATED)

    assert [set(environment) for _command, environment in orders] == [{"PYTHONPATH"}] * 2
    assert "Müller" not in str(orders)


@pytest.mark.slow
def test_memory_does_not_grow_with_the_number_of_volumes(monkeypatch):
    monkeypatch.setattr(module, "NAMES_IN_A_VOLUME", 1000)
    program = (
        "import resource, sys; from dataclasses import replace; from tests.kit import test_annex as t;"
        "t.module.NAMES_IN_A_VOLUME = 1000;"
        "t.annex_pdf(replace(t.ANNEX, names=['Anna %05d' % n for n in range(int(sys.argv[1]))]), lang='en',"
        "created=t.CREATED); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(os.path.realpath(path) for path in sys.path)}

    def peak(names: int) -> int:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-c", program, str(names)], env=environment, capture_output=True, check=True
        )
        return int(done.stdout)

    assert peak(6000) < 1.2 * peak(1000)
