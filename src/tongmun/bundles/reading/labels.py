"""Lines such as "When: ..." and the groups they form, one group for each event."""

from dataclasses import dataclass, field

from tongmun.bundles.reading.draft import Notebook
from tongmun.bundles.reading.vocabulary import Vocabulary

LONGEST_TITLE = 80


@dataclass
class LabelGroup:
    """The labels of one event: what each role (when, time, where, what, organiser, transit, other) says.

    `on_24_hours` tells that the times around it are written on the 24-hour clock.
    """

    first: int
    values: dict[str, str] = field(default_factory=dict)
    title: str = ""
    on_24_hours: bool = False


def label_groups(lines: list[str], words: Vocabulary, notes: Notebook) -> tuple[list[LabelGroup], set[int]]:
    """Group the labelled lines; a role that comes again opens the next group. Also give the lines that were used."""
    groups: list[LabelGroup] = []
    used: set[int] = set()
    for number, line in enumerate(lines):
        match = words.label.match(line)
        if not match or number in used:
            continue
        role = _role(match["label"], words)
        value, taken = _value(lines, number, match["value"].strip(), words)
        used |= taken
        if not value:
            notes.wrong(f"label.{role}", line.strip(), "Nothing follows this label; a link or a line may be lost.")
            continue
        if not groups or (role in groups[-1].values and role != "other"):
            title, title_line = _title_above(lines, number, used, words)
            groups.append(LabelGroup(number, title=title if groups else ""))
            used |= {title_line} if title and len(groups) > 1 else set()
        groups[-1].values.setdefault(role, value)
        if role == "other":
            notes.wrong(
                "label.other", line.strip(), "This line is not part of the draft; its label was not understood."
            )
    return groups, used


def _role(label: str, words: Vocabulary) -> str:
    return next(role for role, shape in words.labels.items() if shape.fullmatch(label))


def _value(lines: list[str], number: int, value: str, words: Vocabulary) -> tuple[str, set[int]]:
    """Give what follows a label, on its line or on the next one."""
    following = number + 1
    if value or following >= len(lines) or not lines[following].strip() or words.label.match(lines[following]):
        return value, {number}
    return lines[following].strip(), {number, following}


def _title_above(lines: list[str], number: int, used: set[int], words: Vocabulary) -> tuple[str, int]:
    above = number - 1
    text = lines[above].strip() if above >= 0 and above not in used else ""
    is_title = text and len(text) <= LONGEST_TITLE and not words.ends_sentence(text) and not text.endswith(":")
    return (text, above) if is_title else ("", above)
