"""The letter inside an announcement: where it stands, and its parts in their order."""

import re
from dataclasses import dataclass
from datetime import date

from tongmun.bundles.reading.dates import dates_in, note_date
from tongmun.bundles.reading.draft import Notebook
from tongmun.bundles.reading.inside_address import read_inside_address
from tongmun.bundles.reading.paper import joined, stops_short
from tongmun.bundles.reading.vocabulary import Vocabulary

# A line longer than this is a paragraph, not a line of an address or a signatory.
LONGEST_LINE = 90
# Paragraphs that stand on lines of their own, without empty lines between, are longer than this.
SHORTEST_PARAGRAPH = 100


@dataclass(frozen=True)
class LetterSpan:
    """Lines of the letter, counted from 0: heading, first line, salutation if any, and the line after the last."""

    heading: int | None
    first: int
    salutation: int | None
    stop: int


def find_letter(lines: list[str], words: Vocabulary) -> LetterSpan | None:
    """Find the letter by its salutation, else by an address that opens with a form such as His Excellency."""
    salutation = _first(lines, 0, words.pattern("letter", "salutation"), longest=LONGEST_LINE * 2)
    if salutation is None:
        return _unsaluted(lines, words)
    first = salutation
    while first and _may_stand_above(lines[first - 1], words):
        first -= 1
    heading = first - 1 if first and _is_heading(lines[first - 1], words) else None
    return LetterSpan(heading, _skip_empty(lines, first), salutation, _end(lines, salutation + 1, words))


def read_letter(notes: Notebook, lines: list[str], span: LetterSpan, words: Vocabulary) -> date | None:
    """Write down every part of the letter and what is wrong with it; give its date."""
    above = span.salutation if span.salutation is not None else _end_of_address(lines, span, words)
    day = _letter_date(notes, lines[span.first : above], words) or _date_below(notes, lines[above : span.stop], words)
    read_inside_address(notes, [line for line in lines[span.first : above] if not _is_date(line, words)], words, on=day)
    rest = lines[above : span.stop]
    if span.salutation is None:
        notes.wrong("letter.salutation", "", "The letter has no salutation, so where its address ends is a guess.")
    else:
        notes.found("letter.salutation", rest[0].strip(), rest[0].strip())
        rest = rest[1:]
    body, signed = _parted([line if not _is_date(line, words) else "" for line in rest], words)
    _note_body(notes, body, words)
    _note_signatory(notes, signed, words)
    return day


def paragraphs(lines: list[str], words: Vocabulary) -> list[str]:
    """Give the paragraphs of a passage, each as it stands in the text; wrapped lines stay together."""
    blocks = [block.strip("\n") for block in re.split(r"\n[ \t]*\n", "\n".join(lines))]
    found: list[str] = []
    for block in filter(str.strip, blocks):
        rows = block.split("\n")
        alone = all(words.ends_sentence(row) and len(row) > SHORTEST_PARAGRAPH for row in rows[:-1])
        found += rows if alone else [block]
    return [paragraph.strip() for paragraph in found]


def _unsaluted(lines: list[str], words: Vocabulary) -> LetterSpan | None:
    honorific = _first(lines, 0, words.pattern("letter", "honorific"), longest=LONGEST_LINE)
    if honorific is None:
        return None
    first = honorific
    while first and _may_stand_above(lines[first - 1], words):
        first -= 1
    heading = first - 1 if first and _is_heading(lines[first - 1], words) else None
    if heading is None and not any(_is_date(line, words) for line in lines[first:honorific]):
        return None
    return LetterSpan(heading, _skip_empty(lines, first), None, _end(lines, honorific + 1, words))


def _first(lines: list[str], start: int, shape: re.Pattern[str], *, longest: int) -> int | None:
    found = (i for i in range(start, len(lines)) if len(lines[i]) <= longest and shape.search(lines[i].strip()))
    return next(found, None)


def _may_stand_above(line: str, words: Vocabulary) -> bool:
    """Tell whether a line can belong to the date and inside address above a salutation."""
    text = line.strip()
    if not text:
        return True
    if len(text) > LONGEST_LINE or words.label.match(line) or _is_heading(text, words):
        return False
    return not text.endswith((":", "!", "?")) and not (
        words.ends_sentence(text) and len(text.split()) > len("12345678")
    )


def _is_heading(line: str, words: Vocabulary) -> bool:
    return words.pattern("letter", "heading").search(line.strip()) is not None


def _skip_empty(lines: list[str], first: int) -> int:
    return next((i for i in range(first, len(lines)) if lines[i].strip()), first)


def _end(lines: list[str], start: int, words: Vocabulary) -> int:
    """Give the line after the last of the letter: where a label of the announcement begins, or after the signatory."""
    close = _first(lines, start, words.pattern("letter", "close"), longest=LONGEST_LINE)
    label = next((i for i in range(start, len(lines)) if words.label.match(lines[i])), len(lines))
    if close is None or close > label:
        return label
    stop = _skip_empty(lines, close + 1)
    while stop < label and lines[stop].strip() and len(lines[stop]) <= LONGEST_LINE:
        stop += 1
    return stop


def _end_of_address(lines: list[str], span: LetterSpan, words: Vocabulary) -> int:
    long = (i for i in range(span.first, span.stop) if len(lines[i]) > LONGEST_LINE or words.ends_sentence(lines[i]))
    return next((i for i in long if not _is_date(lines[i], words)), span.stop)


def _is_date(line: str, words: Vocabulary) -> bool:
    found = dates_in(line, words)
    return len(found) == 1 and len(line.strip().strip(".,")) <= len(found[0].words.strip(".,")) + 2


def _letter_date(notes: Notebook, lines: list[str], words: Vocabulary) -> date | None:
    mentions = [mention for line in lines if _is_date(line, words) for mention in dates_in(line, words)]
    return note_date(notes, "letter.date", mentions[0], None, words) if mentions else None


def _date_below(notes: Notebook, lines: list[str], words: Vocabulary) -> date | None:
    """Give the date of a letter that, as Korean ones do, carries it above the signatory."""
    return None if notes.value("letter.date") else _letter_date(notes, lines, words)


def _parted(lines: list[str], words: Vocabulary) -> tuple[list[str], list[str]]:
    """Part what follows the salutation into the body and the lines of close and signatory."""
    close = _first(lines, 0, words.pattern("letter", "close"), longest=LONGEST_LINE)
    if close is not None:
        return lines[:close], lines[close:]
    stop = len(lines)
    while stop and _may_sign(lines[stop - 1], words):
        stop -= 1
    # Without an empty line between, the short line is the wrapped end of the last paragraph.
    while (
        stop
        and stop < len(lines)
        and lines[stop - 1].strip()
        and lines[stop].strip()
        and not _signed(lines[stop], words)
    ):
        stop += 1
    return lines[:stop], lines[stop:]


def _signed(line: str, words: Vocabulary) -> bool:
    return "signed" in words.patterns["letter"] and words.pattern("letter", "signed").search(line.strip()) is not None


def _may_sign(line: str, words: Vocabulary) -> bool:
    text = line.strip()
    if len(text) > LONGEST_LINE or stops_short(text, words):
        return False
    return _signed(text, words) or not words.ends_sentence(text)


def _note_body(notes: Notebook, lines: list[str], words: Vocabulary) -> None:
    body = paragraphs(lines, words)
    for number, paragraph in enumerate(body, start=1):
        notes.found(f"letter.paragraph.{number}", joined(paragraph), paragraph)
    if not body:
        notes.wrong("letter.paragraph", "", "The letter has no body.")
    elif not words.ends_sentence(body[-1]) and not body[-1].endswith(":"):
        notes.wrong(
            f"letter.paragraph.{len(body)}",
            body[-1],
            "The text stops in the middle of a sentence; something is cut off.",
        )


def _note_signatory(notes: Notebook, lines: list[str], words: Vocabulary) -> None:
    signed = [line.strip() for line in lines if line.strip()]
    if signed and words.pattern("letter", "close").search(signed[0]):
        notes.found("letter.close", signed[0], signed[0])
        signed = signed[1:]
    for number, line in enumerate(signed, start=1):
        name = line
        if _signed(line, words) and (match := words.pattern("letter", "signed").search(line)):
            name = match["name"]
            if not notes.value("letter.close"):
                notes.found("letter.close", match["close"], match["close"])
        whole = name.rstrip("([{,;:-–— ")
        if whole != name:
            notes.wrong(
                f"letter.signatory.{number}", line, "The line stops after an opening mark; something is cut off."
            )
        notes.found(f"letter.signatory.{number}", whole, line)
    if not signed:
        notes.wrong("letter.signatory", "", "The letter has no signatory; it may be cut off.")
