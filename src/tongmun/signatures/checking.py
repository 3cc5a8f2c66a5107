"""What may be signed with: one check for the form, for the fast way in, and for the signer's own page."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tongmun.kit.mailbox import NotAMailbox, parse_address
from tongmun.kit.names import NameRefused, parse_name
from tongmun.signatures.countries import is_country
from tongmun.signatures.disclosure import NAMING, Audience, Disclosure, Level, Person, disclosure_of, kept
from tongmun.signatures.entry import Entry
from tongmun.signatures.ways import Way

LONGEST_TYPED_NAME = 320
LONGEST_TYPED_ADDRESS = 320
# How a browser sends a ticked box.
TICKED = "on"
# The fields of the details section, which most people leave closed.
DETAILS = tuple(f"to_{audience}" for audience in Audience)


@dataclass
class Checked:
    """What was read, or the mistakes: field → code of a message in `messages`."""

    entry: Entry | None = None
    mistakes: dict[str, str] = field(default_factory=dict)


def check(typed: Mapping[str, str], *, language: str) -> Checked:
    """Read a filled-in form. `typed` holds what the browser sent, by field; a missing field is one left empty."""
    found = Checked()
    way = _way(typed, found)
    name, chosen = _name(typed, "name", found), _name(typed, "chosen", found)
    email = _email(typed, found)
    country = typed.get("country", "")
    if country and not is_country(country):
        found.mistakes["country"] = "country"
    if way is None or found.mistakes.keys() & {"name", "chosen"}:
        return found
    if way == Way.PSEUDONYM and not chosen:
        # The one field for a name holds the other name of whoever signs under one.
        name, chosen = "", name
    if way == Way.COUNTED:
        name = chosen = ""
    elif not (name or chosen):
        found.mistakes["name"] = "name-missing"
    disclosure = read_disclosure(typed, way, found)
    if way != Way.COUNTED and "name" not in found.mistakes:
        _names_for_levels(disclosure, name, chosen, found)
    if not found.mistakes:
        news = typed.get("consents_to_news") == TICKED
        person = kept(Person(name, chosen, country), disclosure)
        found.entry = Entry(way, person.name, person.chosen, email, country, language, disclosure, news)
    return found


def read_disclosure(typed: Mapping[str, str], way: Way, found: Checked) -> Disclosure:
    """Read who learns what: the way to sign, the two consents, and what was chosen in the details."""
    show, print_name = typed.get("consents_to_show") == TICKED, typed.get("consents_to_print") == TICKED
    if way in {Way.PUBLIC, Way.PSEUDONYM} and not show:
        found.mistakes["consents_to_show"] = "show-missing"
    if way in {Way.PRIVATE, Way.COUNTED} and show:
        found.mistakes["consents_to_show"] = "show-contradicts"
    if way == Way.COUNTED and print_name:
        found.mistakes["consents_to_print"] = "print-contradicts"
    usual = disclosure_of(way, show=show, print_name=print_name)
    if not any(typed.get(name) for name in DETAILS):
        return usual
    levels = {audience: _level(typed, audience, usual, found) for audience in Audience}
    for audience, consents in ((Audience.PUBLIC, show), (Audience.ADDRESSEE, print_name)):
        if typed.get(f"to_{audience}"):
            _agree(levels[audience], f"to_{audience}", consents, found)
    if way == Way.COUNTED:
        for audience, level in levels.items():
            if level in NAMING:
                found.mistakes.setdefault(f"to_{audience}", "no-name-to-show")
    return Disclosure(*levels.values())


def _level(typed: Mapping[str, str], audience: Audience, usual: Disclosure, found: Checked) -> Level:
    chosen = typed.get(f"to_{audience}", "")
    if not chosen:
        return usual.level(audience)
    if chosen not in Level.values:
        found.mistakes[f"to_{audience}"] = "level"
        return usual.level(audience)
    return Level(chosen)


def _agree(level: Level, field_name: str, consents: bool, found: Checked) -> None:  # noqa: FBT001 -- the consent itself
    """Hold a level and its consent together: no name without the tick, and no tick without a name."""
    if level in NAMING and not consents:
        found.mistakes.setdefault(field_name, "tick-first")
    if level not in NAMING and consents:
        found.mistakes.setdefault(field_name, "untick-first")


def _names_for_levels(disclosure: Disclosure, name: str, chosen: str, found: Checked) -> None:
    for audience in Audience:
        level = disclosure.level(audience)
        if level == Level.CHOSEN and not chosen:
            found.mistakes.setdefault("chosen", "chosen-missing")
        if level == Level.NAME and not name:
            found.mistakes.setdefault("name", "name-missing")


def _way(typed: Mapping[str, str], found: Checked) -> Way | None:
    try:
        return Way(typed.get("way", ""))
    except ValueError:
        found.mistakes["way"] = "way"
        return None


def _name(typed: Mapping[str, str], field_name: str, found: Checked) -> str:
    # What is cut off here is still too long to be a name.
    value = typed.get(field_name, "")[:LONGEST_TYPED_NAME]
    try:
        return parse_name(value)
    except NameRefused as refused:
        found.mistakes[field_name] = refused.reason
        return ""


def _email(typed: Mapping[str, str], found: Checked) -> str:
    value = typed.get("email", "")
    if not value.strip():
        found.mistakes["email"] = "email-missing"
    elif len(value) > LONGEST_TYPED_ADDRESS:
        found.mistakes["email"] = "email-long"
    else:
        try:
            return parse_address(value)
        except NotAMailbox:
            found.mistakes["email"] = "email"
    return ""
