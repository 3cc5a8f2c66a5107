"""From the stored letter and the dated facts about a mission to the copy for that mission."""

from datetime import date

from tongmun.campaigns.country_words import country_name
from tongmun.campaigns.models import City
from tongmun.kit.text import in_language
from tongmun.letters.copies import Addressing, LetterCopy, addressing_notes, date_line, inside_address
from tongmun.letters.models import LetterVersion
from tongmun.letters.postal import postal_lines
from tongmun.letters.scripts import is_in_language, is_in_script
from tongmun.missions.queries import FactsOnDay


def letter_day(letter: LetterVersion) -> date:
    """Give the date on the letter: its own, or the day of the edition."""
    return letter.dated or letter.edition.day


def general_copy(letter: LetterVersion) -> LetterCopy:
    """Give the letter as it is published, to the addressee alone. Reads letter.edition."""
    return _copy(letter, None)


def copy_for_mission(letter: LetterVersion, facts: FactsOnDay, city: City | None) -> LetterCopy:
    """Give the copy for one mission, through whoever heads it by these facts. Reads letter.edition.campaign."""
    language, mission, head = letter.language, facts.mission, facts.head
    country = city.country if city else mission.receiving
    sending_names = letter.edition.campaign.sending_state_names
    addressing = Addressing(
        language=language,
        mission_kind=mission.kind,
        sending_name=in_language(sending_names, language),
        city_name=in_language(city.names, language) if city else "",
        head_rank=head.rank if head else None,
        head_name=in_language(head.names, language) if head else None,
        postal_lines=postal_lines(facts.chancery.lines, language=language, country=country) if facts.chancery else (),
        receiving=mission.receiving,
        country_name=country_name(city.country, language) if city else "",
        head_gender=head.gender if head else "",
        head_name_is_foreign=head is not None and not is_in_script(head.names, language),
        sending_name_is_foreign=not is_in_language(sending_names, language),
    )
    return _copy(letter, addressing)


def _copy(letter: LetterVersion, addressing: Addressing | None) -> LetterCopy:
    care_of = letter.care_of == LetterVersion.CareOf.HEAD_OF_MISSION
    return LetterCopy(
        language=letter.language,
        letterhead=tuple(letter.signatory.splitlines()),
        date_line=date_line(letter_day(letter), letter.language),
        inside_address=tuple(inside_address(letter.addressee.splitlines(), addressing, care_of=care_of)),
        subject=letter.subject,
        salutation=letter.salutation,
        paragraphs=tuple(letter.paragraphs),
        close=letter.close,
        signatory=tuple(letter.signatory.splitlines()),
        notes=addressing_notes(addressing, care_of=care_of) if addressing else (),
    )
