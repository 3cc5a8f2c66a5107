"""A text parted before it is read: the letter, a table of cities, groups of labels, and the prose around them."""

from dataclasses import dataclass

from tongmun.bundles.reading.city_table import CityTable, find_table
from tongmun.bundles.reading.clocks import times_in
from tongmun.bundles.reading.draft import Notebook
from tongmun.bundles.reading.labels import LONGEST_TITLE, LabelGroup, label_groups
from tongmun.bundles.reading.letter import LetterSpan, find_letter, paragraphs
from tongmun.bundles.reading.schedule import schedule_groups
from tongmun.bundles.reading.vocabulary import Vocabulary


@dataclass(frozen=True)
class Layout:
    """A text parted: the letter, a table of cities, groups of labels, and what is left as paragraphs of prose."""

    letter: LetterSpan | None
    table: CityTable
    groups: list[LabelGroup]
    prose: list[str]
    title: str
    has_schedule: bool = False


def laid_out(notes: Notebook, lines: list[str], words: Vocabulary) -> Layout:
    """Part the lines of a text; a label that nothing follows is written down as a problem."""
    letter = find_letter(lines, words)
    table = find_table(_without_letter(lines, letter), words)
    outside = ["" if number in table.lines else line for number, line in enumerate(_without_letter(lines, letter))]
    schedule, timed = schedule_groups(outside, words)
    outside = ["" if number in timed else line for number, line in enumerate(outside)]
    groups, used = label_groups(outside, words, notes)
    groups = _with_schedule(groups, schedule, words)
    left = ["" if number in used or _names_languages(line, words) else line for number, line in enumerate(outside)]
    prose = paragraphs(left, words)
    title = prose[0] if prose and _is_title(prose[0], words) else ""
    return Layout(letter, table, groups, prose, title, has_schedule=bool(timed))


def _with_schedule(groups: list[LabelGroup], schedule: list[LabelGroup], words: Vocabulary) -> list[LabelGroup]:
    """Put a schedule after the labels; its first line says the time and place that a day alone leaves out."""
    alone = next((group for group in groups if "when" in group.values), None)
    if schedule and alone and not {"time", "where"} & alone.values.keys() and not times_in(alone.values["when"], words):
        alone.values = schedule[0].values | alone.values
        alone.on_24_hours = schedule[0].on_24_hours
        schedule = schedule[1:]
    return [*groups, *schedule]


def _without_letter(lines: list[str], letter: LetterSpan | None) -> list[str]:
    if letter is None:
        return lines
    first = letter.first if letter.heading is None else letter.heading
    return ["" if first <= number < letter.stop else line for number, line in enumerate(lines)]


def _is_title(paragraph: str, words: Vocabulary) -> bool:
    return len(paragraph) <= LONGEST_TITLE and "\n" not in paragraph and not words.ends_sentence(paragraph)


def _names_languages(line: str, words: Vocabulary) -> bool:
    return words.pattern("languages", "also").search(line) is not None
