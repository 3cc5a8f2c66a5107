"""The inside address of a letter: who it speaks to, through whom, at which mission, and the lines of the post."""

import re
from datetime import date

from tongmun.bundles.reading.draft import Notebook
from tongmun.bundles.reading.places import city_in, is_known_city, mission_kind, state_named, state_of_city
from tongmun.bundles.reading.postcodes import note_postcode
from tongmun.bundles.reading.vocabulary import Vocabulary


def read_inside_address(notes: Notebook, lines: list[str], words: Vocabulary, *, on: date | None) -> None:
    """Write down the lines between the date and the salutation. `on` is the day the letter was written."""
    kept = [line.strip() for line in lines if line.strip()]
    care_of = next((i for i, line in enumerate(kept) if words.pattern("letter", "care_of").search(line)), None)
    mission = next((i for i, line in enumerate(kept) if i != care_of and mission_kind(line, words)), None)
    places = [i for i in (care_of, mission) if i is not None]
    addressee = kept[: min(places)] if places else _before_figures(kept)
    for number, line in enumerate(addressee, start=1):
        notes.found(f"letter.addressee.{number}", line, line)
    _note_honorific(notes, addressee, words)
    if care_of is not None:
        _note_care_of(notes, kept[care_of], words)
    post = kept[max(places) + 1 :] if places else kept[len(addressee) :]
    if mission is not None:
        post = [*_note_mission(notes, kept[mission], words), *post]
    _note_post(notes, post, words, on=on)


def _before_figures(lines: list[str]) -> list[str]:
    stop = next((i for i, line in enumerate(lines) if re.search("[0-9]", line)), len(lines))
    return lines[:stop]


def _note_honorific(notes: Notebook, addressee: list[str], words: Vocabulary) -> None:
    for line in addressee:
        if match := words.pattern("letter", "honorific_name").search(line):
            notes.found("letter.addressee_honorific", match["honorific"], match["honorific"])
            notes.found("letter.addressee_name", match["name"], match["name"])
            return


def _note_care_of(notes: Notebook, line: str, words: Vocabulary) -> None:
    match = words.pattern("letter", "care_of").search(line)
    person = next(filter(None, match.groups()), "") if match else ""
    notes.found("letter.care_of", person, line)
    for rank in words.patterns["ranks"]:
        if found := words.pattern("ranks", rank).search(person):
            notes.found("head.rank", rank, found.group())
            around = (part.strip(" ,") for part in (person[found.end() :], person[: found.start()]))
            office = words.pattern("letter", "office")
            name = next((part for part in around if part and not office.search(part)), "")
            notes.found("head.name", name, name)
            return


def _note_mission(notes: Notebook, line: str, words: Vocabulary) -> list[str]:
    """Write down the line that names the mission; give what follows the name on the same line."""
    name, comma, rest = line.partition(",")
    if comma and not mission_kind(name, words):
        name, rest = line, ""
    notes.found("letter.mission", name.strip(), name.strip())
    notes.found("mission.kind", mission_kind(name, words), name.strip())
    if state := state_named(name, words):
        notes.found(
            "campaign.sending_state", state, name.strip(), reason="the state that the name of the mission contains"
        )
    return [rest.strip()] if rest.strip() else []


def _leading_city(part: str, words: Vocabulary) -> str:
    """Give the city that a Korean address begins with."""
    return city_in(part, words) if words.language == "ko" else ""


def _note_post(notes: Notebook, lines: list[str], words: Vocabulary, *, on: date | None) -> None:
    for number, line in enumerate(lines, start=1):
        notes.found(f"letter.postal.{number}", line, line)
    state, city = "", ""
    for line in lines:
        for part in (part.strip() for part in line.split(",")):
            if code := state_named(part, words, whole=True):
                state = code
                notes.found("mission.receiving", code, part)
            elif not city:
                city = part if is_known_city(part, words) else _leading_city(part, words)
                notes.found("mission.city", city, city)
    state = state or state_of_city(city, words)
    note_postcode(notes, "\n".join(lines), state, on=on)
