"""A schedule in plain lines: a time, what happens, and where; each line is an event of its own."""

import re

from tongmun.bundles.reading.clocks import are_on_24_hours, times_in
from tongmun.bundles.reading.labels import LabelGroup
from tongmun.bundles.reading.vocabulary import Vocabulary

FEWEST_LINES = 2
# A longer line that opens with a time is a paragraph.
LONGEST_LINE = 160
_BULLET = re.compile(r"^[\s>*•·○●▶■□◎☞※–-]*")
_SPLIT = re.compile(r"^\s*[:|–—-]?\s*")


def schedule_groups(lines: list[str], words: Vocabulary) -> tuple[list[LabelGroup], set[int]]:
    """Give the longest run of lines that open with a time, as groups of labels, and the lines it stands on."""
    run = max(_runs(lines, words), key=len, default=[])
    if len(run) < FEWEST_LINES:
        return [], set()
    text = "\n".join(lines[number] for number in run)
    on_24_hours = are_on_24_hours(text, words)
    return [_group(lines[number], number, words, on_24_hours=on_24_hours) for number in run], set(run)


def _runs(lines: list[str], words: Vocabulary) -> list[list[int]]:
    runs: list[list[int]] = [[]]
    for number, line in enumerate(lines):
        if _opens_with_time(line, words):
            runs[-1].append(number)
        elif line.strip() and runs[-1]:
            runs.append([])
    return runs


def _opens_with_time(line: str, words: Vocabulary) -> bool:
    if not line.strip() or len(line) > LONGEST_LINE:
        return False
    text = _BULLET.sub("", line)
    times = times_in(text, words)
    return bool(times) and times[0].start == 0 and re.search(r"[^\W\d_]", text[times[0].stop :]) is not None


def _group(line: str, number: int, words: Vocabulary, *, on_24_hours: bool) -> LabelGroup:
    text = _BULLET.sub("", line).strip()
    time = times_in(text, words)[0]
    said = _SPLIT.sub("", text[time.stop :])
    what, where = _parted(said, words)
    values = {"time": time.words, "what": what, "where": where}
    group = LabelGroup(number, {role: value for role, value in values.items() if value}, title=what)
    group.on_24_hours = on_24_hours
    return group


def _parted(said: str, words: Vocabulary) -> tuple[str, str]:
    """Part what a line says into the event and the place: at a word such as "at", else at the first comma."""
    named = words.pattern("places", "name").search(said)
    comma = said.find(",")
    if named and named.start() and not 0 <= comma < named.start():
        begin = named.start("bare") if named["bare"] else named.start("place")
        return said[: named.start()].strip(" ,;-–—"), said[begin:].strip()
    if comma > 0:
        return said[:comma].strip(), said[comma + 1 :].strip()
    return said, ""
