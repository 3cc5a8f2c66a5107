"""The tables of a draft bundle, row by row, as dictionaries of the columns that the text fills."""

import re
import unicodedata

from tongmun.bundles.reading.draft import Basis, Draft

Row = dict[str, str]
LONGEST_SLUG = 60
EVENT_PARTS = ("kind", "date", "time", "ends_date", "ends_time", "title", "place", "transit", "note")


def slug(name: str, otherwise: str) -> str:
    """Give a slug of a name in Latin letters, else the other one: names in other scripts are not transcribed."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    made = re.sub("[^a-z0-9]+", "-", plain.lower()).strip("-")[:LONGEST_SLUG].strip("-")
    return made if made and plain.isascii() else otherwise


def organisations(draft: Draft) -> list[str]:
    """Give the organisers and the hosts of events, each once."""
    hosts = [draft.value(f"event.{number}.host") for number in range(1, draft.count("event") + 1)]
    return list(dict.fromkeys(filter(None, [*draft.listed("organisation"), *hosts])))


def city_rows(draft: Draft) -> list[Row]:
    """Give a row for each city that the text names, the city of the mission last where it is another one."""
    rows = []
    for number in range(1, draft.count("city") + 1):
        said = {part: draft.value(f"city.{number}.{part}") for part in ("country", "zone", "date", "time")}
        name = draft.value(f"city.{number}.name")
        if name:
            rows.append({"slug": slug(name, f"city-{number}"), "name": name, **said})
    seat = draft.value("mission.city")
    if seat and seat not in {row["name"] for row in rows}:
        rows.append(
            {"slug": slug(seat, f"city-{len(rows) + 1}"), "name": seat, "country": draft.value("mission.receiving")}
        )
    return rows


def mission_rows(draft: Draft) -> list[Row]:
    """Give a row for each mission: those that the places of the cities name, and the one the letter is sent to."""
    cities = {row["name"]: row for row in city_rows(draft)}
    kinds = {draft.value(f"city.{n}.name"): draft.value(f"city.{n}.mission") for n in range(1, draft.count("city") + 1)}
    seat = _seat(draft, list(cities))
    if seat and draft.value("mission.kind"):
        kinds[seat] = draft.value("mission.kind")
    sender = draft.value("campaign.sending_state").lower() or "mission"
    return [
        {
            "slug": f"{sender}-{cities[city]['slug']}",
            "city": cities[city]["slug"],
            "kind": kind,
            "receiving": draft.value("mission.receiving") if city == seat else cities[city].get("country", ""),
        }
        for city, kind in kinds.items()
        if kind and city in cities
    ]


def addressed_mission(draft: Draft) -> str:
    """Give the slug of the mission that the letter is sent to, "" where it is not known."""
    cities = {row["name"]: row["slug"] for row in city_rows(draft)}
    seat = cities.get(_seat(draft, list(cities)), "")
    return next((row["slug"] for row in mission_rows(draft) if row["city"] == seat), "")


def event_rows(draft: Draft) -> list[Row]:
    """Give a row for each event. A day or time that is the edition's stays empty: it then follows the city's."""
    cities = {row["name"]: row["slug"] for row in city_rows(draft)}
    hosts = {name: slug(name, f"organisation-{n}") for n, name in enumerate(organisations(draft), start=1)}
    rows: list[Row] = []
    for number in range(1, draft.count("event") + 1):
        said = {part: draft.value(f"event.{number}.{part}") for part in EVENT_PARTS}
        city = cities.get(draft.value(f"event.{number}.city"), "")
        city = city or (next(iter(cities.values()), "") if number == 1 else "")
        if number == 1:
            said |= {part: draft.value(f"edition.{part}") for part in ("ends_date", "ends_time")}
        if said["date"] == draft.value("edition.date"):
            said["date"] = ""
        name = "-".join(filter(None, [city, said["kind"] or "event"]))
        taken = {row["slug"] for row in rows}
        host = hosts.get(draft.value(f"event.{number}.host"), "")
        rows.append({"slug": f"{name}-{number}" if name in taken else name, "city": city, **said, "host": host})
    return rows


def claim_rows(draft: Draft) -> list[Row]:
    """Give a row for each claim. A day that was only inferred is no as-of day."""
    stated = {found.field for found in draft.findings if found.basis is Basis.STATED}
    rows = []
    for number in range(1, draft.count("claim") + 1):
        said = {part: draft.value(f"claim.{number}.{part}") for part in ("text", "figure", "qualifier", "paragraph")}
        day = draft.value(f"claim.{number}.date")
        whole = f"claim.{number}.date" in stated and re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", day)
        rows.append({"slug": f"claim-{number}", **said, "as_of": day if whole else ""})
    return rows


def _seat(draft: Draft, cities: list[str]) -> str:
    """Give the city of the mission that the letter is sent to: the one it names, else the only one there is."""
    return draft.value("mission.city") or (cities[0] if len(cities) == 1 else "")
