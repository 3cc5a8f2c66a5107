"""The copies of the worked example, as they are handed over and as they are printed."""

import io
import re

import pytest
from pypdf import PdfReader
from tests.web.site import EXAMPLES, load_examples

from tongmun.letters.mission_copies import copy_for_mission, general_copy, letter_day
from tongmun.letters.models import LetterVersion
from tongmun.letters.querysets import LetterVersionIsFixed
from tongmun.missions.models import HeadOfMission, Mission, Premises
from tongmun.missions.queries import facts_on

pytestmark = pytest.mark.django_db
HU_JINTAO = [
    "His Excellency Hu Jintao",
    "President of the People's Republic of China",
    "c/o Ambassador Zhang Xinsen",
    "Embassy of the People's Republic of China",
    "54, Hyoja-Dong, Jongno-Gu",
    "Seoul 110-033",
    "Republic of Korea",
]
EDITIONS = [(edition, language) for edition in ("2012", "coming") for language in ("en", "ko")]


@pytest.fixture(autouse=True)
def _example(db):
    load_examples()


def copy_at(mission, edition, language):
    letter = LetterVersion.objects.get(edition__slug=edition, language=language)
    row = Mission.objects.get(slug=mission)
    facts = facts_on([row], letter_day(letter))[row.pk]
    place = letter.edition.cities.get(missions=row)
    return copy_for_mission(letter, facts, place.city)


def source_of(edition, language):
    """Read the letter of the example by hand: its quoted front matter and its paragraphs."""
    front, body = (EXAMPLES / edition / f"letter.{language}.md").read_text("utf-8").split("+++\n")[1:]
    fields = dict(re.findall(r"^(\w+) = (.+)$", front, re.MULTILINE))
    listed = {name: re.findall(r'"((?:[^"\\]|\\.)*)"', value) for name, value in fields.items()}
    return listed, [block.replace("\n", " ").strip() for block in body.split("\n\n") if block.strip()]


def printed(content):
    """Give the text of a PDF without the numbers at the foot of its pages."""
    pages = (page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return "\n".join(re.sub(r"\n\d / \d\s*$", "", page) for page in pages)


def bare(words):
    return re.sub(r"\s+", "", words)


def test_inside_address_of_2012_is_the_one_of_its_day():
    assert list(copy_at("prc-seoul", "2012", "en").inside_address) == HU_JINTAO


def test_inside_address_of_2012_in_korean_names_the_ambassador_in_korean():
    lines = list(copy_at("prc-seoul", "2012", "ko").inside_address)

    assert lines[:2] == ["중화인민공화국 국가주석", "후진타오 귀하"]
    assert "장신썬" in lines[2]
    assert lines[-2:] == ["서울특별시 종로구 효자동 54", "110-033"]


@pytest.mark.parametrize(
    ("language", "office", "street"),
    [("en", "Ambassador", "27, Myeongdong 2-gil, Jung-gu"), ("ko", "대사", "서울특별시 중구 명동2길 27")],
)
def test_coming_copy_goes_to_the_office_where_no_head_is_known(language, office, street):
    lines = list(copy_at("prc-seoul", "coming", language).inside_address)

    assert HeadOfMission.objects.filter(mission__slug="prc-seoul").count() == 1
    assert office in lines[2]
    assert not any("Zhang" in line or "장신썬" in line for line in lines)
    assert street in lines


@pytest.mark.parametrize(("language", "last"), [("en", "Wellington, New Zealand"), ("ko", "뉴질랜드 웰링턴")])
def test_copy_for_a_mission_without_address_ends_with_its_city_and_country(language, last):
    Premises.objects.filter(mission__slug="prc-wellington").delete()

    assert copy_at("prc-wellington", "coming", language).inside_address[-1] == last


@pytest.mark.parametrize(("edition", "language"), EDITIONS)
def test_copy_says_what_the_letter_says(edition, language):
    front, paragraphs = source_of(edition, language)

    copy = copy_at("prc-seoul", edition, language)

    assert [copy.subject] == front["subject"]
    assert list(copy.inside_address[:2]) == front["addressee"]
    assert [copy.salutation] == front["salutation"]
    assert list(copy.paragraphs) == paragraphs
    assert [copy.close] == front["close"]
    assert list(copy.signatory) == list(copy.letterhead) == front["signatory"]


@pytest.mark.parametrize(("edition", "language"), EDITIONS)
def test_general_copy_goes_to_the_addressee_alone(edition, language):
    front, _paragraphs = source_of(edition, language)
    letter = LetterVersion.objects.get(edition__slug=edition, language=language)

    assert list(general_copy(letter).inside_address) == front["addressee"]


@pytest.mark.parametrize(("edition", "language"), EDITIONS)
def test_printed_copy_has_every_line_in_order_and_nothing_else(client, edition, language):
    copy = copy_at("prc-seoul", edition, language)

    content = client.get(f"/{language}/{edition}/missions/prc-seoul/letter.pdf").content

    text = bare(printed(content))
    place = 0
    for line in copy.lines():
        found = text.find(bare(line), place)
        assert found >= 0, line
        place = found + len(bare(line))
    assert len(PdfReader(io.BytesIO(content)).pages) <= 2
    left = text
    for line in sorted(copy.lines(), key=len, reverse=True):
        left = left.replace(bare(line), "", 1)
    assert left == ""


@pytest.mark.parametrize(("edition", "language"), EDITIONS)
def test_printed_copy_has_the_same_bytes_twice(client, edition, language, settings, tmp_path):
    settings.CACHED_PDFS = tmp_path / "one"
    address = f"/{language}/{edition}/missions/prc-seoul/letter.pdf"
    first, kept = client.get(address).content, client.get(address).content
    settings.CACHED_PDFS = tmp_path / "other"

    assert client.get(address).content == first == kept
    assert len(list((tmp_path / "one").iterdir())) == 1


def test_copy_can_be_had_in_another_language_than_the_page(client):
    korean = client.get("/ko/coming/missions/prc-seoul/letter.pdf").content

    assert client.get("/ar/coming/missions/prc-seoul/letter.pdf?language=ko").content == korean
    assert client.get("/ar/coming/missions/prc-seoul/letter.pdf").content != korean


def test_new_ambassador_changes_the_copy_and_not_the_old_one(client):
    old = client.get("/en/2012/missions/prc-seoul/letter.pdf").content
    before = client.get("/en/coming/missions/prc-seoul/letter.pdf").content

    mission = Mission.objects.get(slug="prc-seoul")
    HeadOfMission.objects.create(
        mission=mission, rank="ambassador", names={"en": "Li Example"}, valid_from="2025-01-01"
    )

    assert client.get("/en/2012/missions/prc-seoul/letter.pdf").content == old
    after = client.get("/en/coming/missions/prc-seoul/letter.pdf").content
    assert after != before
    assert "c/o Ambassador Li Example" in printed(after)


def test_every_mission_of_the_example_has_a_copy_in_every_language_of_the_letter():
    for edition, language in EDITIONS:
        letter = LetterVersion.objects.get(edition__slug=edition, language=language)
        for place in letter.edition.cities.all():
            for mission in place.missions.all():
                copy = copy_at(mission.slug, edition, language)
                assert len(copy.inside_address) >= 4, (edition, language, mission)
                assert "{" not in "".join(copy.lines())


def test_version_of_a_letter_cannot_be_changed():
    with pytest.raises(LetterVersionIsFixed):
        LetterVersion.objects.filter(number=1).update(body="Another text.")
