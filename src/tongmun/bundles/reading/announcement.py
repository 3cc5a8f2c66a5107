"""Read a whole announcement: the letter apart, then the table, the labels, the prose and the claims."""

from datetime import date

from tongmun.bundles.reading.city_table import read_table
from tongmun.bundles.reading.counts import Passage, read_claims
from tongmun.bundles.reading.dates import YearSource
from tongmun.bundles.reading.draft import Draft, Notebook
from tongmun.bundles.reading.edition import note_edition
from tongmun.bundles.reading.events import EventMention, events_in
from tongmun.bundles.reading.layout import Layout, laid_out
from tongmun.bundles.reading.letter import LetterSpan, read_letter
from tongmun.bundles.reading.organisers import note_organisers
from tongmun.bundles.reading.paper import joined, language_of, normalised, stops_short, unread_part, unreadable
from tongmun.bundles.reading.vocabulary import Vocabulary, languages_named, vocabulary

_OPENING = ("(", "[", "{", "“", "‘", ",", "…", "...", "-", "–", "—")


def read_announcement(text: str) -> Draft:
    """Find what a pasted announcement says: day, time, place, further events, organiser, letter, figures and dates.

    Never raises. A text that cannot be read gives a draft without findings and language, and a problem saying why.
    Every finding quotes the words it came from as they stand in the text after `normalised`.
    """
    notes = Notebook()
    clean = normalised(text)
    reason = unreadable(clean)
    language, unknown = (None, reason) if reason else language_of(clean)
    if language is None:
        notes.wrong("text", "", unknown)
        return notes.draft(None)
    if part := unread_part(clean, language):
        message = f"A part of the text in the script {part} was passed over; read it as a text of its own."
        notes.wrong("text", "", message)
    _read(notes, clean.split("\n"), vocabulary(language))
    return notes.draft(language)


def _read(notes: Notebook, lines: list[str], words: Vocabulary) -> None:
    _note_other_languages(notes, lines, words)
    layout = laid_out(notes, lines, words)
    written = read_letter(notes, lines, layout.letter, words) if layout.letter else None
    if layout.letter is None:
        notes.wrong("letter", "", "No letter was found: nothing opens with a salutation.")
    source = _year_source(written)
    mentions = [event for paragraph in layout.prose for event in events_in(paragraph, words)]
    note_organisers(notes, layout.groups, layout.prose, words)
    edition = note_edition(notes, layout, mentions, source, words)
    if layout.table.rows:
        read_table(notes, layout.table, source, words)
    _note_call(notes, layout, mentions, words)
    _note_claims(notes, words, day=edition or written)
    _note_cut_off(notes, lines, layout.letter, words)


def _year_source(written: date | None) -> YearSource | None:
    """Give the year of the letter, else none: a year in a sentence may be any year."""
    if written is None:
        return None
    return YearSource(written.year, f"the year of the letter's date, {written.isoformat()}")


def _note_other_languages(notes: Notebook, lines: list[str], words: Vocabulary) -> None:
    codes = languages_named(words.language)
    for line in lines:
        if match := words.pattern("languages", "also").search(line):
            for name in sorted(filter(match["names"].__contains__, codes), key=match["names"].index):
                notes.found("edition.other_language", codes[name], name)


def _note_call(notes: Notebook, layout: Layout, mentions: list[EventMention], words: Vocabulary) -> None:
    """Write down the call: title, the "what", and the message, which begins where the text says whose message it is."""
    notes.found("call.title", layout.title, layout.title)
    what = next((group.values["what"] for group in layout.groups if "what" in group.values), "")
    notes.found("call.what", what, what)
    message = [paragraph for paragraph in layout.prose if paragraph != layout.title]
    shape = words.pattern("organisers", "message")
    begin = next((i for i, paragraph in enumerate(message) if shape.search(paragraph)), None)
    if begin is not None:
        announced = {event.sentence for event in mentions if event.time}
        before = [
            paragraph for paragraph in message[:begin] if not any(sentence in paragraph for sentence in announced)
        ]
        message = [*before, shape.sub("", message[begin]), *message[begin + 1 :]]
    for number, paragraph in enumerate(filter(None, message), start=1):
        notes.found(f"call.paragraph.{number}", joined(paragraph), paragraph)


def _note_claims(notes: Notebook, words: Vocabulary, *, day: date | None) -> None:
    body = [found.words for found in notes.findings if found.field.startswith("letter.paragraph.")]
    call = [found.words for found in notes.findings if found.field.startswith("call.paragraph.")]
    passages = [Passage(paragraph) for paragraph in call]
    passages += [Passage(paragraph, number) for number, paragraph in enumerate(body, start=1)]
    read_claims(notes, passages, words, day=day)


def _note_cut_off(notes: Notebook, lines: list[str], letter: LetterSpan | None, words: Vocabulary) -> None:
    """Report a text that stops in the middle; the end of a letter is looked at where the letter is read."""
    number = next((i for i in range(len(lines) - 1, -1, -1) if lines[i].strip()), None)
    if number is None or (letter and letter.first <= number < letter.stop):
        return
    last = lines[number].strip()
    cut = stops_short(last, words) and not words.label.match(last)
    if last.endswith(_OPENING) or cut:
        notes.wrong("text", last, "The text stops in the middle of a sentence; something is cut off.")
