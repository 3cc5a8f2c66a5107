"""What goes with the letter for whoever carries it: instructions, a receipt to be signed, phrases for the gate."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from babel.dates import format_skeleton
from django.utils.translation import override

from tongmun.deliveries.models import FrozenMission
from tongmun.deliveries.sheets import Sheet, block, facts_block, lines_block, phrases_block
from tongmun.deliveries.wording import main_language, phrases_in, sheet_language, sheet_words
from tongmun.kit.text import in_language
from tongmun.letters.copies import date_line
from tongmun.missions.models import Mission


@dataclass(frozen=True)
class Carried:
    """The letter a sheet speaks of, in the language of its readers: its subject, date and inside address."""

    subject: str
    dated: date
    inside_address: tuple[str, ...]


def instructions(mission: FrozenMission, carried: Carried, language: str) -> Sheet:
    """Say what to do at the gate of a mission, in a language that has words for sheets."""
    words = sheet_words(language)
    said = words["instructions"]
    head = in_language(mission.head_names, language)
    facts = [
        (said["mission"], mission_name(mission, language)),
        (said["address"], ", ".join(in_language(mission.lines, language).splitlines())),
        (said["when"], f"{date_line(mission.day, language)}, {_clock(mission.time, language)}"),
        (said["head"], head or said["nobody"]),
    ]
    return Sheet(
        language,
        said["title"],
        (
            facts_block(facts, language),
            block("small", said["checked"].format(day=date_line(mission.checked_on, language))),
            block("strong", said["danger"]),
            block("heading", said["letter_to"]),
            lines_block("lines", carried.inside_address, language),
            block("heading", said["before"]),
            block("list", said["before_list"]),
            block("heading", said["gate"]),
            block("steps", said["gate_list"]),
            block("heading", said["wrong"]),
            block("cases", said["wrong_list"]),
            block("heading", said["after"]),
            block("text", said["report"]),
            block("boxes", list(words["outcomes"].values())),
        ),
    )


def receipt(mission: FrozenMission, carried: Carried, language: str) -> Sheet:
    """Give a form on which somebody of the mission confirms that the letter came."""
    said = sheet_words(language)["receipt"]
    return Sheet(
        language,
        said["title"],
        (
            block("text", said["text"]),
            block("strong", said["of"].format(subject=carried.subject, day=date_line(carried.dated, language))),
            facts_block([(said["at"], mission_name(mission, language))], language),
            block("fields", said["fields"]),
            block("gap", 6),
            block("small", said["no_agreement"]),
        ),
    )


def phrase_card(state: str, reader: str) -> Sheet:
    """Give sentences in the main language of a state, and below each the same for readers of another language."""
    local, own = phrases_in(main_language(state)), phrases_in(reader)
    said = sheet_words(sheet_language(reader))["phrases"]
    is_known = local.language == own.language
    rows = [(text, "" if is_known else own.sentences[key]) for key, text in local.sentences.items()]
    checked = said["checked"].format(who=local.checked_by) if local.checked_by else said["unchecked"]
    note = lines_block("lines", [checked], reader)
    return Sheet(local.language, local.title, (phrases_block(rows, below=own.language), block("gap", 6), note))


def mission_name(mission: FrozenMission, language: str) -> str:
    """Name a mission by its city and its kind."""
    return place_and_kind(mission.city_names, mission.kind, language)


def place_and_kind(city_names: Mapping[str, str], kind: str, language: str) -> str:
    """Name a mission of a kind in a city."""
    with override(language):
        label = str(Mission.Kind(kind).label)
    return f"{in_language(city_names, language)}: {label}"


def _clock(moment: time, language: str) -> str:
    # By 24 hours, as on the site: "12:00 p.m." is read in two ways.
    return format_skeleton("Hm", datetime.combine(date.min, moment), locale="en_GB" if language == "en" else language)
