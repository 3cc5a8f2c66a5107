import csv
import tomllib
from pathlib import Path

import pytest
from announcements import ENGLISH, KOREAN, TABLE
from rich.console import Console

from tongmun.bundles.reading import (
    FolderNotEmpty,
    NothingToWrite,
    findings_table,
    read_announcement,
    report,
    write_draft,
)

FILES = {"campaign.toml", "cities.csv", "missions.csv", "premises.csv", "heads.csv", "events.csv", "claims.csv"}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [{name: cell for name, cell in row.items() if cell} for row in csv.DictReader(file)]


def front_matter(path: Path) -> tuple[dict[str, object], str]:
    _before, fields, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    return tomllib.loads(fields), body


def test_draft_of_an_english_text_is_written_as_a_bundle(tmp_path: Path) -> None:
    written = write_draft(read_announcement(ENGLISH), tmp_path / "draft")

    assert {path.name for path in written} == FILES | {"call.en.md", "letter.en.md"}
    assert rows(tmp_path / "draft/cities.csv") == [{"slug": "canberra", "name_en": "Canberra", "country": "AU"}]
    assert rows(tmp_path / "draft/missions.csv") == [
        {"slug": "no-canberra", "city": "canberra", "kind": "embassy", "receiving": "AU"}
    ]
    assert rows(tmp_path / "draft/heads.csv") == [
        {"mission": "no-canberra", "rank": "ambassador", "name_en": "Kari Nordmann"}
    ]
    assert rows(tmp_path / "draft/premises.csv")[0]["lines_en"].startswith("17 Hunter Street, ")
    assert rows(tmp_path / "draft/events.csv") == [
        {
            "slug": "canberra-rally",
            "city": "canberra",
            "kind": "rally",
            "place_en": "In front of the Norwegian Embassy in Canberra",
            "transit_en": "Parliament Station exit 4",
        },
        {
            "slug": "canberra-fundraiser",
            "city": "canberra",
            "kind": "fundraiser",
            "time": "19:30",
            "title_en": "Evening Fundraiser Dinner",
            "place_en": "Braddon",
            "note_en": "All gifts go to the boats.",
            "host": "rfa",
        },
    ]
    assert rows(tmp_path / "draft/claims.csv")[4] | {"text_en": ""} == {
        "slug": "claim-5",
        "text_en": "",
        "figure": "12400",
        "qualifier": "nearly",
        "paragraph": "2",
    }


def test_campaign_file_says_draft_and_leaves_out_what_is_not_said(tmp_path: Path) -> None:
    write_draft(read_announcement(ENGLISH), tmp_path)

    text = (tmp_path / "campaign.toml").read_text(encoding="utf-8")
    campaign = tomllib.loads(text)
    assert campaign["cause"] == {}
    assert campaign["campaign"] == {"sending_state": "NO"}
    assert campaign["edition"]["state"] == "draft"
    assert (campaign["edition"]["date"].isoformat(), campaign["edition"]["time"]) == ("2027-09-22", "12:00")
    assert "slug" not in campaign["edition"]
    assert [organisation["slug"] for organisation in campaign["organisation"]] == ["river-friends", "rfa"]
    assert "# slug = needed; the text does not say it" in text
    assert "date = 2027-09-22  # inferred: the year of the letter's date, 2027-09-20" in text
    assert '# To look at, label.other "Contact:": Nothing follows this label' in text


def test_letter_file_holds_the_parts_and_the_paragraphs(tmp_path: Path) -> None:
    write_draft(read_announcement(ENGLISH), tmp_path)

    fields, body = front_matter(tmp_path / "letter.en.md")

    assert fields["addressee"] == ["His Excellency Ola Nordmann", "Prime Minister, Kingdom of Norway"]
    assert (fields["salutation"], fields["close"]) == ("Dear Prime Minister:", "Respectfully yours,")
    assert fields["signatory"] == ["River Friends", "Canberra Boat Club"]
    assert len(body.split("\n\n")) == 3


def test_korean_names_get_numbered_slugs(tmp_path: Path) -> None:
    write_draft(read_announcement(KOREAN), tmp_path)

    assert rows(tmp_path / "cities.csv")[0]["slug"] == "city-1"
    assert front_matter(tmp_path / "letter.ko.md")[0]["signatory"] == ["강사랑모임"]


def test_table_gives_a_city_a_mission_and_an_event_for_each_row(tmp_path: Path) -> None:
    write_draft(read_announcement(TABLE), tmp_path)

    assert [(row["slug"], row["time"]) for row in rows(tmp_path / "cities.csv")] == [
        ("seoul", "12:00"),
        ("lagos", "12:00"),
        ("lima", "18:00"),
    ]
    assert [(row["city"], row["kind"]) for row in rows(tmp_path / "missions.csv")] == [
        ("seoul", "embassy"),
        ("lagos", "consulate"),
    ]
    assert [row["city"] for row in rows(tmp_path / "events.csv")] == ["seoul", "lagos", "lima"]


def test_cell_that_a_spreadsheet_would_run_is_kept_for_the_bundle_to_refuse(tmp_path: Path) -> None:
    write_draft(read_announcement(TABLE.replace("Plaza San", "=Plaza San")), tmp_path)

    assert rows(tmp_path / "events.csv")[2]["place_en"] == "=Plaza San Martín"


def test_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")

    with pytest.raises(FolderNotEmpty, match="is not an empty folder"):
        write_draft(read_announcement(ENGLISH), tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_text_that_was_not_read_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(NothingToWrite, match="The text is empty"):
        write_draft(read_announcement(""), tmp_path / "draft")

    assert not (tmp_path / "draft").exists()


def test_report_shows_findings_and_then_problems() -> None:
    console = Console(record=True, width=200, file=None, quiet=False)
    draft = read_announcement(ENGLISH.replace("Braddon", "Braddon [bold]"))

    with console.capture() as shown:
        report(draft, console)

    table, _break, problems = shown.get().partition("To look at:")
    assert "inferred: the year of the letter's date, 2027-09-20" in " ".join(table.replace("│", " ").split())
    assert "- label.other “Contact:”: Nothing follows this label" in problems
    assert findings_table(draft).row_count == len(draft.findings)
    assert "[bold]" in table


def test_words_stay_whole_on_a_terminal_of_80_columns() -> None:
    console = Console(width=80, file=None)
    text = ENGLISH.replace("40 river groups", "40 nongovernmental groups for humanitarianism")

    with console.capture() as shown:
        report(read_announcement(text), console)

    table = shown.get().partition("To look at:")[0]
    assert max(map(len, table.splitlines())) <= 80
    assert table.split().count("nongovernmental") >= 4
    assert "humanitarianism" in table
    assert "letter.addressee_honorific" in table
