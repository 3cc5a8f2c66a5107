"""Events that prose announces: the kind, the time, the day, the place and the host, sentence by sentence."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from tongmun.bundles.reading.clocks import TimeMention, note_time, times_in
from tongmun.bundles.reading.dates import DateMention, YearSource, dates_in, note_date
from tongmun.bundles.reading.draft import Notebook
from tongmun.bundles.reading.paper import joined, sentences
from tongmun.bundles.reading.places import Place, note_place, place_after
from tongmun.bundles.reading.vocabulary import Vocabulary


@dataclass(frozen=True)
class EventMention:
    """One event as a sentence announces it; `kind` as the bundle writes it, `name` None where no word names a kind."""

    sentence: str
    kind: str
    name: str | None
    day: DateMention | None
    time: TimeMention | None
    place: Place
    host: str
    note: str
    same_day: str = ""
    relative: str = ""
    # One of several times in a sentence, and no word beside it names what happens then.
    is_unclear: bool = False


def events_in(paragraph: str, words: Vocabulary) -> list[EventMention]:
    """Find what a paragraph announces: each time of day in it, and each day a sentence joins to a kind of event."""
    found = []
    for sentence in sentences(paragraph, words):
        following = paragraph.partition(sentence)[2].strip()
        found += _events_of(sentence, following, words)
    return found


def kind_in(text: str, words: Vocabulary, *, last: bool = False) -> tuple[str, re.Match[str] | None]:
    """Give the first (or last) kind of event that a passage names, and the match; ("", None) where it names none."""
    named = _kinds_in(text, words)
    # "party" alone says less than the word beside it, as in a fundraiser party.
    named = [pair for pair in named if pair[0]] or named
    return (named[-1] if last else named[0]) if named else ("", None)


def note_several_kinds(notes: Notebook, name: str, text: str, words: Vocabulary) -> None:
    """Report a passage that names kinds of events apart from each other, as "fast and press conference" does."""
    named = _kinds_in(text, words)
    apart = [
        two
        for (one, first), (two, second) in pairwise(named)
        if one != two and text[first.end() : second.start()].strip()
    ]
    if apart:
        kinds = ", ".join(match.group() for _kind, match in named)
        notes.wrong(name, text, f"More than one kind of event stands here ({kinds}); what it is was not settled.")


def _kinds_in(text: str, words: Vocabulary) -> list[tuple[str, re.Match[str]]]:
    found: list[tuple[str, re.Match[str]]] = []
    for kind, shape in words.patterns["kinds"].items():
        for match in shape.finditer(text):
            if not any(match.start() < other.end() and other.start() < match.end() for _kind, other in found):
                found.append((kind, match))
    return sorted(found, key=lambda pair: pair[1].start())


def note_event(notes: Notebook, prefix: str, event: EventMention, source: YearSource | None, words: Vocabulary) -> None:
    """Write down an event under event.N; what its sentence does not say stays away."""
    if event.name:
        notes.found(f"{prefix}.kind", event.kind, event.name)
        notes.found(f"{prefix}.title", title_of(event.sentence, event.name), title_of(event.sentence, event.name))
    _note_day(notes, prefix, event, source, words)
    if event.time:
        note_time(notes, f"{prefix}.time", event.time)
    note_place(notes, prefix, event.place)
    notes.found(f"{prefix}.host", event.host, event.host)
    notes.found(f"{prefix}.note", joined(event.note), event.note)


def title_of(sentence: str, name: str) -> str:
    """Give the capitalised words around the name of an event, "" where the text names it in passing."""
    capital = r"[A-Z][\w’'-]*"
    match = re.search(rf"(?:{capital}[ ])*{re.escape(name)}(?:[ ]{capital})*", sentence)
    title = match.group() if match and name[:1].isupper() else ""
    return re.sub(r"^(?:Our|The|A|An|Join|Please|On|After|Before) ", "", title)


def _note_day(notes: Notebook, prefix: str, event: EventMention, source: YearSource | None, words: Vocabulary) -> None:
    edition = notes.value("edition.date")
    if event.day:
        note_date(notes, f"{prefix}.date", event.day, source, words)
    elif event.same_day and edition:
        reason = "the text puts it on the day of the edition without a date of its own"
        notes.found(f"{prefix}.date", edition, event.same_day, reason=reason)
    elif event.relative:
        notes.wrong(
            f"{prefix}.date", event.relative, "This counts from the day of publication, which the text does not say."
        )
    else:
        notes.wrong(f"{prefix}.date", event.sentence.strip(), "The text gives this event no day.")


def _events_of(sentence: str, note: str, words: Vocabulary) -> list[EventMention]:
    times, days = times_in(sentence, words), dates_in(sentence, words)
    if not times and not days:
        return []
    relative, same_day = (_first_words(words.pattern("dates", name), sentence) for name in ("relative", "same_day"))
    # "After the rally" names an event that is over, not the one that is announced.
    said = words.pattern("dates", "same_day").sub(lambda match: "\n" * len(match.group()), sentence)
    told = [_event(said, span, days, words) for span in _clauses(said, times, words)]
    return [
        replace(
            event,
            sentence=sentence,
            note=note,
            relative=relative,
            same_day=same_day,
            is_unclear=len(times) > 1 and event.name is None,
        )
        for event in told
    ]


def _clauses(sentence: str, times: list[TimeMention], words: Vocabulary) -> list[tuple[TimeMention | None, int, int]]:
    """Part a sentence so that each of its times has the words that stand with it, and no others."""
    if not times:
        return [(None, 0, len(sentence))]
    spans: list[tuple[TimeMention | None, int, int]] = []
    begin = 0
    for number, (time, following) in enumerate(pairwise(times), start=2):
        until = times[number].start if number < len(times) else len(sentence)
        stop, next_begin = _cut(sentence, begin, (time, following), until, words)
        spans.append((time, begin, stop))
        begin = next_begin
    return [*spans, (times[-1], begin, len(sentence))]


def _cut(
    sentence: str, begin: int, times: tuple[TimeMention, TimeMention], until: int, words: Vocabulary
) -> tuple[int, int]:
    """Give the end of one clause and the beginning of the next: the last place that leaves each a kind of event."""
    first, second = times
    places = [(second.start, second.start)]
    places += [match.span() for match in words.pattern("clauses", "cut").finditer(sentence, first.stop, second.start)]

    def kinds(place: tuple[int, int]) -> int:
        return sum(
            kind_in(part, words)[1] is not None for part in (sentence[begin : place[0]], sentence[place[1] : until])
        )

    return max(reversed(places), key=kinds)


def _event(
    sentence: str, span: tuple[TimeMention | None, int, int], days: list[DateMention], words: Vocabulary
) -> EventMention:
    time, begin, stop = span
    split = time.start if time else stop
    kind, named = _kind_of(sentence[begin:split], sentence[split:stop], words)
    day = next((day for day in reversed(days) if begin <= day.start < split), None)
    day = day or next((day for day in days if split <= day.start < stop), None)
    place = place_after(_without(sentence[time.stop : stop] if time else sentence[begin:stop], days, words), words)
    if not place.words and time:
        place = place_after(sentence[begin:split], words)
    host = words.pattern("organisers", "join").search(sentence[begin:stop])
    return EventMention(
        sentence=sentence,
        kind=kind,
        name=named.group() if named else None,
        day=day,
        time=time,
        place=place,
        host=host["name"] if host else "",
        note="",
    )


def _kind_of(before: str, after: str, words: Vocabulary) -> tuple[str, re.Match[str] | None]:
    """Give the kind nearest to a time: English names it first, Korean ends the sentence with it."""
    if words.raw["clauses"]["kind_comes_last"]:
        found = kind_in(after, words)
        return found if found[1] else kind_in(before, words, last=True)
    found = kind_in(before, words, last=True)
    return found if found[1] else kind_in(after, words)


def _first_words(shape: re.Pattern[str], text: str) -> str:
    match = shape.search(text)
    return match.group() if match else ""


def _without(text: str, days: list[DateMention], words: Vocabulary) -> str:
    """Cut a passage at its first day, so that "in September" is not taken for a place."""
    own = dates_in(text, words) if days else []
    return text[own[0].stop :] if own and own[0].start < len("on the ") else text[: own[0].start] if own else text
