"""The forms of address at the desk: what nobody has checked is plain to see."""

import re
import shutil

import pytest
from desk_sample import carla, client_of

from tongmun.letters import wording
from tongmun.letters.wording import rows_of, worded_languages

pytestmark = pytest.mark.django_db
PAGE = "/desk/forms-of-address/"


@pytest.fixture
def client():
    return client_of(carla())


@pytest.fixture
def checked_french(tmp_path, monkeypatch):
    """Forms in which somebody has checked the first row."""
    shutil.copytree(wording.FOLDER, tmp_path / "forms")
    file = tmp_path / "forms" / "fr.toml"
    mark = 'checked_by = "Suzie <Exemple>"\nchecked_on = 2027-01-31'
    file.write_text(file.read_text("utf-8").replace('checked_by = ""', mark, 1), encoding="utf-8")
    monkeypatch.setattr(wording, "FOLDER", tmp_path / "forms")


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def table_of(page: str) -> list[list[str]]:
    rows = re.findall(r"<tr>(.*?)</tr>", page)[1:]
    return [[re.sub(r"<[^>]+>", " ", cell).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)] for row in rows]


def test_every_language_says_how_many_rows_nobody_has_checked(client, checked_french):
    listed = {name: (int(rows), int(unchecked)) for name, rows, unchecked in table_of(text_of(client.get(PAGE)))}

    assert len(listed) == len(worded_languages())
    assert listed["French"] == (len(rows_of("fr")), len(rows_of("fr")) - 1)
    assert listed["Arabic"] == (len(rows_of("ar")),) * 2
    assert listed["Chinese (Traditional)"] == (len(rows_of("zh-Hant")),) * 2


def test_language_shows_each_row_with_its_source_and_mark(client, checked_french):
    page = text_of(client.get(f"{PAGE}fr/"))
    rows = table_of(page)

    assert f"{len(rows) - 1} rows have been checked by no native reader" in page
    assert "src/tongmun/letters/forms/fr.toml" in page
    assert [row[4] for row in rows[:-1]] == ["Nobody yet"] * (len(rows) - 1)
    assert rows[-1][4].startswith("Suzie &lt;Exemple&gt;")
    assert "31 January 2027" in rows[-1][4]
    assert [
        "Through the head of mission, by name",
        "nuncio · nunciature · a man",
        "aux bons soins de Son Excellence Monseigneur {name}, Nonce apostolique",
    ] in [[re.sub(r" +", " ", cell) for cell in row[:3]] for row in rows]
    assert all(row[3] for row in rows)


def test_row_that_serves_the_rest_says_so(client):
    rows = table_of(text_of(client.get(f"{PAGE}de/")))

    assert [
        "Name of the mission",
        "whatever has no row of its own",
        "Mission {sending} Mission {sending} in {city}",
    ] in [[re.sub(r" +", " ", cell) for cell in row[:3]] for row in rows]


def test_order_of_a_language_is_for_nobody_in_particular(client):
    rows = table_of(text_of(client.get(f"{PAGE}ja/")))

    assert rows[0][:2] == ["Order of the address", "–"]


def test_arabic_forms_run_from_right_to_left(client):
    page = text_of(client.get(f"{PAGE}ar/"))

    assert 'lang="ar"><bdi dir="rtl">سفارة {sending}</bdi>' in page


def test_language_without_forms_is_not_found(client):
    assert client.get(f"{PAGE}tlh/").status_code == 404


def test_navigation_leads_to_the_forms(client):
    assert f'href="{PAGE}"' in text_of(client.get("/desk/"))
