"""What the copies of a letter could not say as they should, mission by mission."""

from dataclasses import dataclass

from tongmun.campaigns.queries import cities_by_instant
from tongmun.kit.text import in_language
from tongmun.letters.mission_copies import copy_for_mission, letter_day
from tongmun.letters.models import LetterVersion
from tongmun.letters.wording import rows_for
from tongmun.missions.queries import facts_on


@dataclass(frozen=True)
class CopyNotes:
    """Sentences about the copy for one mission, named by its city and kind."""

    name: str
    sentences: tuple[str, ...]


def copy_notes(letter: LetterVersion, language: str) -> list[CopyNotes]:
    """List the missions of a letter's edition whose copy has notes; queries do not grow with the missions.

    Cities and kinds are named in `language`, the sentences are in the language of the page.
    """
    places = cities_by_instant(letter.edition)
    pairs = [(place, mission) for place in places for mission in place.missions.all()]
    facts = facts_on({mission for _place, mission in pairs}, letter_day(letter))
    noted = [
        CopyNotes(
            name=f"{in_language(place.city.names, language)}: {mission.get_kind_display()}",
            sentences=tuple(note.sentence() for note in copy_for_mission(letter, facts[mission.pk], place.city).notes),
        )
        for place, mission in pairs
    ]
    return [one for one in noted if one.sentences]


def unchecked_forms(language: str) -> int:
    """Count the forms of address of a language that no native reader has checked. Raises NoFormsOfAddress."""
    return sum(not row.checked_by for row in rows_for(language))
