import csv
import math
import tomllib
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
EDITIONS = ("2012", "coming")
NOON = datetime.combine(date(2027, 9, 22), time(12))
KILOMETRES_A_MISSION_MAY_LIE_FROM_ITS_CITY = 30
REAL_ORGANISATIONS = {"north-korean-freedom-coalition", "justice-for-north-korea"}


def rows(edition: str, name: str) -> list[dict[str, str]]:
    with (EXAMPLES / edition / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


def campaign(edition: str) -> dict[str, Any]:
    return tomllib.loads((EXAMPLES / edition / "campaign.toml").read_text(encoding="utf-8"))


def head_and_body(path: Path) -> tuple[dict[str, Any], str]:
    opening, head, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    assert opening == ""
    return tomllib.loads(head), body.strip()


def place(row: dict[str, str]) -> tuple[float, float] | None:
    if not row["latitude"]:
        return None
    return float(row["latitude"]), float(row["longitude"])


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    (lat1, lon1), (lat2, lon2) = ((math.radians(lat), math.radians(lon)) for lat, lon in (one, other))
    half_chord = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(half_chord))


def offsets_at_noon() -> set[timedelta | None]:
    return {NOON.replace(tzinfo=ZoneInfo(city["zone"])).utcoffset() for city in rows("coming", "cities")}


def test_coming_reaches_at_least_twenty_two_missions() -> None:
    missions = rows("coming", "missions")

    slugs = {mission["slug"] for mission in missions}

    assert len(slugs) == len(missions) >= 22


def test_coming_spans_at_least_fourteen_zones() -> None:
    zones = {city["zone"] for city in rows("coming", "cities")}

    offsets = offsets_at_noon()

    assert len(zones) >= 14
    assert len(offsets) >= 14


def test_coming_noons_take_a_day_to_go_round() -> None:
    noons = [NOON.replace(tzinfo=ZoneInfo(city["zone"])).astimezone(UTC) for city in rows("coming", "cities")]

    assert max(noons) - min(noons) == timedelta(hours=23)


def test_coming_has_a_zone_off_the_full_hour_on_each_side_of_greenwich() -> None:
    offsets = offsets_at_noon()

    assert {timedelta(hours=5, minutes=30), -timedelta(hours=2, minutes=30)} <= offsets


@pytest.mark.parametrize("edition", EDITIONS)
def test_cities_are_named_in_every_language_of_the_edition(edition: str) -> None:
    languages = campaign(edition)["edition"]["languages"]

    assert languages == ["en", "ko", "ar"]
    assert all(city[f"name_{language}"] for city in rows(edition, "cities") for language in languages)


@pytest.mark.parametrize("edition", EDITIONS)
def test_cities_lie_on_the_earth(edition: str) -> None:
    points = [place(city) for city in rows(edition, "cities")]

    assert all(point and abs(point[0]) <= 90 and abs(point[1]) <= 180 for point in points)
    assert len(set(points)) == len(points)


@pytest.mark.parametrize("edition", EDITIONS)
def test_missions_stand_in_their_city(edition: str) -> None:
    cities = {city["slug"]: city for city in rows(edition, "cities")}

    for mission in rows(edition, "missions"):
        point, centre = place(mission), place(cities[mission["city"]])
        if point and centre:
            assert kilometres(point, centre) < KILOMETRES_A_MISSION_MAY_LIE_FROM_ITS_CITY, mission["slug"]


def test_missions_never_share_a_point_or_an_item() -> None:
    missions = rows("coming", "missions")
    points = [point for mission in missions if (point := place(mission))]
    items = [mission["wikidata"] for mission in missions if mission["wikidata"]]

    assert len(set(points)) == len(points)
    assert len(set(items)) == len(items)


@pytest.mark.parametrize("edition", EDITIONS)
def test_missions_say_where_they_come_from(edition: str) -> None:
    assert all(mission["source"] for mission in rows(edition, "missions"))


@pytest.mark.parametrize("edition", EDITIONS)
def test_premises_and_heads_belong_to_a_mission_and_name_a_source(edition: str) -> None:
    missions = {mission["slug"] for mission in rows(edition, "missions")}

    facts = rows(edition, "premises") + rows(edition, "heads")

    assert all(fact["mission"] in missions and fact["source"] for fact in facts)


def test_seoul_chancery_of_2012_ends_the_day_the_next_begins() -> None:
    temporary, rebuilt = rows("2012", "premises")

    assert temporary["valid_to"] == rebuilt["valid_from"] == "2014-01-23"


def test_coming_guesses_no_head_of_mission() -> None:
    assert rows("coming", "heads") == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_events_happen_in_a_city_with_a_listed_host(edition: str) -> None:
    cities = {city["slug"] for city in rows(edition, "cities")}
    organisations = {organisation["slug"] for organisation in campaign(edition)["organisation"]}

    events = rows(edition, "events")

    assert events
    assert all(event["city"] in cities and event["host"] in organisations for event in events)


def test_coming_events_say_in_every_language_that_they_are_invented() -> None:
    said = {"en": "Invented for this example.", "ko": "예시를 위해 지어낸 행사입니다.", "ar": "فعالية متخيَّلة"}

    for event in rows("coming", "events"):
        assert all(words in event[f"note_{language}"] for language, words in said.items()), event["slug"]


def test_coming_gives_no_day_of_its_own_because_its_year_is_not_fixed() -> None:
    dated = rows("coming", "cities") + rows("coming", "events")

    assert campaign("coming")["edition"]["date"] == "coming 09-22"
    assert not any(row["date"] or row.get("ends_date") for row in dated)


def test_events_announced_again_count_their_changes() -> None:
    for event in rows("coming", "events"):
        announced_again = event["status"] in {"changed", "moved", "cancelled"}
        assert (int(event["sequence"]) > 0) == announced_again, event["slug"]


def test_coming_marks_every_invented_organisation_as_a_sample() -> None:
    organisations = campaign("coming")["organisation"]

    unmarked = {organisation["slug"] for organisation in organisations if not organisation.get("sample")}

    assert unmarked == REAL_ORGANISATIONS
    assert len(organisations) - len(unmarked) >= 8


def test_coming_leaves_real_organisations_no_part_in_invented_events() -> None:
    hosts = {event["host"] for event in rows("coming", "events")}

    assert not hosts & REAL_ORGANISATIONS


def test_2012_names_only_documented_organisations() -> None:
    organisations = campaign("2012")["organisation"]

    assert {organisation["slug"] for organisation in organisations} == REAL_ORGANISATIONS
    assert not any(organisation.get("sample") for organisation in organisations)


@pytest.mark.parametrize("edition", EDITIONS)
def test_call_is_written_in_every_language(edition: str) -> None:
    for language in campaign(edition)["edition"]["languages"]:
        head, body = head_and_body(EXAMPLES / edition / f"call.{language}.md")

        assert {"title", "what"} <= head.keys()
        assert body


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_letter_has_its_formal_parts_and_six_paragraphs(edition: str, language: str) -> None:
    head, body = head_and_body(EXAMPLES / edition / f"letter.{language}.md")

    assert {"addressee", "salutation", "close", "signatory"} <= head.keys()
    assert len(body.split("\n\n")) == 6


@pytest.mark.parametrize("edition", EDITIONS)
def test_letter_says_acceded_on_the_day_of_the_treaty_register(edition: str) -> None:
    _, english = head_and_body(EXAMPLES / edition / "letter.en.md")
    _, korean = head_and_body(EXAMPLES / edition / "letter.ko.md")

    assert "acceded" in english
    assert "24 September" in english
    assert "signed" not in english
    assert "signatory" not in english
    assert "9월 24일" in korean
    assert "가입" in korean


@pytest.mark.parametrize("edition", EDITIONS)
def test_claims_point_at_a_paragraph_that_carries_their_figure(edition: str) -> None:
    _, body = head_and_body(EXAMPLES / edition / "letter.en.md")
    paragraphs = body.split("\n\n")
    in_words = {"20": "twenty"}

    for claim in rows(edition, "claims"):
        paragraph = paragraphs[int(claim["paragraph"]) - 1]
        if figure := claim["figure"]:
            assert in_words.get(figure, f"{int(figure):,}") in paragraph, claim["slug"]
            assert claim["source"], claim["slug"]
            assert claim["as_of"], claim["slug"]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_claims_name_a_sentence_of_their_paragraph(edition: str, language: str) -> None:
    _, body = head_and_body(EXAMPLES / edition / f"letter.{language}.md")
    paragraphs = body.strip().split("\n\n")

    for claim in rows(edition, "claims"):
        sentence = claim[f"sentence_{language}"]
        assert sentence, claim["slug"]
        assert sentence in paragraphs[int(claim["paragraph"]) - 1], claim["slug"]


@pytest.mark.parametrize("edition", EDITIONS)
def test_news_comes_in_every_language_on_the_same_day(edition: str) -> None:
    languages = campaign(edition)["edition"]["languages"]
    days: dict[str, list[date]] = {}
    for path in sorted((EXAMPLES / edition / "news").iterdir()):
        days.setdefault(path.name.split(".")[0], []).append(head_and_body(path)[0]["date"])

    assert days
    assert all(len(told) == len(languages) and len(set(told)) == 1 for told in days.values())
