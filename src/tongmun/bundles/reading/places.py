"""Places in a text: the place itself, how to get there, the city it is in, and the mission it names."""

import re
from dataclasses import dataclass

from tongmun.bundles.reading.draft import Notebook
from tongmun.bundles.reading.paper import trimmed
from tongmun.bundles.reading.vocabulary import Vocabulary, only_zone, state_of_zone, states, zone_cities
from tongmun.campaigns.nearest import large_city

SHORTEST_STATE = 4


@dataclass(frozen=True)
class Place:
    """A place as the text puts it. `transit` and `city` are "" where it does not say them."""

    words: str
    transit: str = ""
    city: str = ""


def place_in(value: str, words: Vocabulary) -> Place:
    """Part the value of a "where" into the place, how to get there and the city."""
    transit = ""
    place = value.strip()
    for bracket in re.finditer(r"\s*\(([^()\n]*)\)", place):
        kept = [part for part in bracket[1].split(",") if part.strip().casefold() not in words.raw["places"]["links"]]
        if not kept or words.pattern("places", "transit").search(bracket[1]):
            transit = ",".join(kept).strip()
            place = (value.strip()[: bracket.start()] + value.strip()[bracket.end() :]).strip()
            break
    # A place with something cut out of its middle no longer stands in the text; then its beginning does.
    if place not in value:
        place = value.strip().partition("(")[0].strip()
    if place.count("(") > place.count(")"):
        place = place[: place.rindex("(")]
    place = trimmed(place, words)
    return Place(place, transit, city_in(place, words))


def place_after(text: str, words: Vocabulary) -> Place:
    """Find the first place that a passage of prose names, Place("") where it names none."""
    match = words.pattern("places", "name").search(text)
    if not match:
        return Place("")
    named = trimmed(match["bare"] or match["place"], words)
    named = re.split(r"\s+(?:on|at)\s+(?=[0-9A-Z])", named)[0]
    return place_in(named, words)


def city_in(place: str, words: Vocabulary) -> str:
    """Give the city a place is said to be in, "" where none is named."""
    last = place.rsplit(",", 1)[-1].strip()
    if last in zone_cities(words.language):
        return last
    match = words.pattern("places", "city").search(place)
    city = match["city"] if match else ""
    # Korean puts the city first and without a word for "in", so only a known one is taken.
    return city if words.language != "ko" or is_known_city(city, words) else ""


def is_known_city(name: str, words: Vocabulary) -> bool:
    """Tell whether a name is that of a city with a zone of its own or of another large one."""
    return name in zone_cities(words.language) or large_city(name, words.language) is not None


def state_of_city(name: str, words: Vocabulary) -> str:
    """Give the state of a known city, "" where the city is not known."""
    zone, large = zone_cities(words.language).get(name), large_city(name, words.language)
    return state_of_zone(zone) if zone else large.country if large else ""


def mission_kind(text: str, words: Vocabulary) -> str:
    """Give the kind of mission a text names, as the bundle writes it, "" where it names none."""
    found = [
        (match.start(), -match.end(), kind)
        for kind, shape in words.patterns["missions"].items()
        if (match := shape.search(text))
    ]
    return min(found)[2] if found else ""


def state_named(text: str, words: Vocabulary, *, whole: bool = False) -> str:
    """Give the code of the state whose name is the text, or with whole=False stands in it; "" where none does."""
    names = states(words.language)
    if whole or text in names:
        return names.get(text, "")
    inside = [name for name in names if len(name) >= SHORTEST_STATE and re.search(rf"\b{re.escape(name)}\b", text)]
    return names[max(inside, key=len)] if inside else ""


def note_place(notes: Notebook, prefix: str, place: Place) -> None:
    """Write down a place and how to get there under the fields prefix.place and prefix.transit."""
    notes.found(f"{prefix}.place", place.words, place.words)
    notes.found(f"{prefix}.transit", place.transit, place.transit)


def note_cut_place(notes: Notebook, prefix: str, value: str) -> None:
    """Report a place whose bracket is never closed: what stood in it, and perhaps after it, is lost."""
    if value.count("(") > value.count(")"):
        notes.wrong(f"{prefix}.place", value, "A bracket is opened and not closed; something is cut off.")


def note_city(notes: Notebook, prefix: str, city: str, words: Vocabulary) -> None:
    """Write down a city, with the state and the zone that follow from its name or from its state."""
    notes.found(f"{prefix}.name", city, city)
    zone = zone_cities(words.language).get(city, "")
    if city and notes.value("mission.receiving") and city in _posted_to(notes):
        reason = "the state at the end of the postal address that names this city"
        notes.found(f"{prefix}.country", notes.value("mission.receiving"), city, reason=reason)
    if not notes.value(f"{prefix}.country"):
        named = "the time zone that is named after a city of this name" if zone else "the large city of this name"
        notes.found(f"{prefix}.country", state_of_city(city, words), city, reason=f"the state of {named}")
    if zone and state_of_zone(zone) == notes.value(f"{prefix}.country"):
        notes.found(f"{prefix}.zone", zone, city, reason="the time zone that is named after a city of this name")
    else:
        only = only_zone(notes.value(f"{prefix}.country"))
        notes.found(f"{prefix}.zone", only, city, reason="the only time zone of the state")


def _posted_to(notes: Notebook) -> str:
    return "\n".join(found.value for found in notes.findings if found.field.startswith("letter.postal."))
