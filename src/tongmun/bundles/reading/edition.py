"""The day, time and place of the edition, and the events beside its main one."""

from collections.abc import Iterable
from datetime import date

from tongmun.bundles.reading.city_table import CityTable
from tongmun.bundles.reading.clocks import note_time, times_in
from tongmun.bundles.reading.dates import YearSource, dates_in, note_date
from tongmun.bundles.reading.draft import Notebook
from tongmun.bundles.reading.events import EventMention, kind_in, note_event, note_several_kinds
from tongmun.bundles.reading.labels import LabelGroup
from tongmun.bundles.reading.layout import Layout
from tongmun.bundles.reading.places import mission_kind, note_city, note_cut_place, note_place, place_in
from tongmun.bundles.reading.vocabulary import Vocabulary

MAIN = "event.1"
# The word for any gathering: at the moment of the main event it names that one, whatever its kind.
GENERAL = "demonstration"


def note_edition(
    notes: Notebook,
    layout: Layout,
    mentions: list[EventMention],
    source: YearSource | None,
    words: Vocabulary,
) -> date | None:
    """Write down the edition's day, time and place and every further event; give the day.

    The main event is the first group of labels with a day, a time or a place, else what prose announces most fully.
    With a table of cities its rows are the events from 1 on, so further ones are counted after them.
    """
    groups, table = layout.groups, layout.table
    timed = [group for group in groups if {"when", "time", "where"} & group.values.keys()]
    main = None if timed else _fullest(mentions)
    if timed:
        _note_group(notes, timed[0], "edition", source, words)
        _note_main_kind(notes, timed[0], groups, table, words)
        _note_main_place(notes, timed[0], table, words)
    elif main:
        _note_main_mention(notes, main, table, source, words)
    if not notes.value("edition.date"):
        _note_date_elsewhere(notes, layout, mentions, source, words)
    if timed and not table.rows and not notes.value(f"{MAIN}.kind"):
        _note_kind_elsewhere(notes, mentions)
    further = [mention for mention in mentions if mention is not main and _is_further(notes, mention, source)]
    before = max(len(table.rows), 1)
    for number, group in enumerate(timed[1:], start=before + 1):
        _note_further_group(notes, group, f"event.{number}", source, words)
    for number, mention in enumerate(further, start=before + max(len(timed), 1)):
        note_event(notes, f"event.{number}", mention, source, words)
        _note_same_city(notes, f"event.{number}", mention.sentence)
    for mention in mentions:
        if mention.is_unclear and mention.time and mention.time.value != notes.value("edition.time"):
            notes.wrong("event", mention.time.words, "What happens at this time cannot be told from the sentence.")
    day = notes.value("edition.date")
    return date.fromisoformat(day) if day else None


def _fullest(mentions: Iterable[EventMention]) -> EventMention | None:
    """Give the first mention of those that say most; a day alone, in a sentence without any event, is not one."""
    kept = [mention for mention in mentions if mention.time or mention.name is not None]
    return max(kept, key=lambda m: bool(m.day) * 2 + bool(m.time) + bool(m.place.words), default=None)


def _note_group(notes: Notebook, group: LabelGroup, prefix: str, source: YearSource | None, words: Vocabulary) -> None:
    """Write down the day and time of a group of labels, and what cannot be read there."""
    when, time = group.values.get("when", ""), group.values.get("time", "")
    days = dates_in(when, words) or dates_in(time, words)
    if days:
        note_date(notes, f"{prefix}.date", days[0], source, words)
    elif relative := words.pattern("dates", "relative").search(when):
        message = "This counts from the day of publication, which the text does not say."
        notes.wrong(f"{prefix}.date", relative.group(), message)
    on_24_hours = group.on_24_hours
    times = times_in(time, words, on_24_hours=on_24_hours) or times_in(when, words, on_24_hours=on_24_hours)
    if times:
        note_time(notes, f"{prefix}.time", times[0])
        _note_second_time(notes, prefix, [mention.value for mention in times], when)
    elif time:
        notes.wrong(f"{prefix}.time", time, "No time can be read here.")
    if len({(day.year, day.month, day.day) for day in days}) > 1:
        notes.wrong(f"{prefix}.date", when or time, "More than one day stands here; the first was taken.")


def _note_second_time(notes: Notebook, prefix: str, values: list[str], when: str) -> None:
    if len(set(values)) > 1 and when:
        notes.wrong(f"{prefix}.time", when, "More than one time stands here; the first was taken.")


def _note_main_kind(
    notes: Notebook, main: LabelGroup, groups: list[LabelGroup], table: CityTable, words: Vocabulary
) -> None:
    what = main.values.get("what") or next((g.values["what"] for g in groups if "what" in g.values), "")
    kind, named = kind_in(what, words)
    note_several_kinds(notes, f"{MAIN}.kind", what, words)
    for number in range(1, max(len(table.rows), 1) + 1):
        notes.found(f"event.{number}.kind", kind, named.group() if named else "")


def _note_main_place(notes: Notebook, main: LabelGroup, table: CityTable, words: Vocabulary) -> None:
    place = place_in(main.values.get("where", ""), words)
    if table.rows:
        return
    note_place(notes, MAIN, place)
    note_cut_place(notes, MAIN, main.values.get("where", ""))
    transit = main.values.get("transit", "")
    if not place.transit:
        notes.found(f"{MAIN}.transit", transit, transit)
    _note_main_city(notes, place.words, place.city, words)


def _note_main_city(notes: Notebook, place: str, city: str, words: Vocabulary) -> None:
    note_city(notes, "city.1", city, words)
    notes.found("city.1.mission", mission_kind(place, words), place)
    if not place:
        notes.wrong(f"{MAIN}.place", "", "The text gives no place.")
    elif not city:
        notes.wrong("city.1.name", place, "No city was found in these words.")


def _note_main_mention(
    notes: Notebook, main: EventMention, table: CityTable, source: YearSource | None, words: Vocabulary
) -> None:
    if main.day:
        note_date(notes, "edition.date", main.day, source, words)
    elif main.relative:
        message = "This counts from the day of publication, which the text does not say."
        notes.wrong("edition.date", main.relative, message)
    if main.time:
        note_time(notes, "edition.time", main.time)
    if not table.rows:
        notes.found(f"{MAIN}.kind", main.kind, main.name or "")
        note_place(notes, MAIN, main.place)
        _note_main_city(notes, main.place.words, main.place.city, words)


def _note_date_elsewhere(
    notes: Notebook, layout: Layout, mentions: list[EventMention], source: YearSource | None, words: Vocabulary
) -> None:
    """Write down the day in the title, else that there is none; the rows of a table have days of their own."""
    titled = dates_in(layout.title, words)
    if not titled and layout.has_schedule:
        titled = [mention.day for mention in mentions if mention.day]
    known_wrong = any(problem.field == "edition.date" for problem in notes.problems)
    if titled and not known_wrong:
        note_date(notes, "edition.date", titled[0], source, words)
    elif not known_wrong and not layout.table.rows:
        notes.wrong("edition.date", "", "The text gives no day.")
        if not notes.value("edition.time") and not any(mention.time for mention in mentions):
            notes.wrong("edition.time", "", "The text gives no time.")


def _note_kind_elsewhere(notes: Notebook, mentions: list[EventMention]) -> None:
    """Write down the kind a sentence gives the event of the labels: at its time, or on its day and nowhere else."""
    for mention in mentions:
        at_its_time = mention.time and mention.time.value == notes.value("edition.time") and not mention.time.fault
        on_its_day = mention.time is None and _same_day(notes, mention) and not mention.place.words
        if mention.name and (at_its_time or on_its_day):
            notes.found(f"{MAIN}.kind", mention.kind, mention.name)
            return


def _is_further(notes: Notebook, mention: EventMention, source: YearSource | None) -> bool:
    """Tell an event beside the main one from the main one said again and from a day in the past."""
    if mention.name is None:
        return False
    if mention.time:
        again = mention.time.value == notes.value("edition.time") and (mention.day is None or _same_day(notes, mention))
        return not (again and mention.kind in {"", GENERAL, notes.value(f"{MAIN}.kind")})
    own_year = source.year if source else None
    return (
        mention.day is not None
        and mention.day.year in {None, own_year}
        and not _same_day(notes, mention)
        and bool(mention.place.words)
    )


def _same_day(notes: Notebook, mention: EventMention) -> bool:
    day = mention.day
    told = notes.value("edition.date") or notes.value("edition.date_without_year")
    return day is not None and told.endswith(f"{day.month:02d}-{day.day:02d}")


def _note_further_group(
    notes: Notebook, group: LabelGroup, prefix: str, source: YearSource | None, words: Vocabulary
) -> None:
    _note_group(notes, group, prefix, source, words)
    notes.found(f"{prefix}.title", group.title, group.title)
    what = group.values.get("what", "") or group.title
    kind, named = kind_in(what, words)
    notes.found(f"{prefix}.kind", kind, named.group() if named else "")
    note_several_kinds(notes, f"{prefix}.kind", what, words)
    place = place_in(group.values.get("where", ""), words)
    note_place(notes, prefix, place)
    note_cut_place(notes, prefix, group.values.get("where", ""))
    transit = group.values.get("transit", "")
    if not place.transit:
        notes.found(f"{prefix}.transit", transit, transit)
    notes.found(f"{prefix}.city", place.city, place.city)
    if not place.city and place.words:
        _note_same_city(notes, prefix, place.words)


def _note_same_city(notes: Notebook, prefix: str, where: str) -> None:
    city = notes.value("city.1.name")
    if city and not notes.value("city.2.name") and not notes.value(f"{prefix}.city"):
        notes.found(f"{prefix}.city", city, where.strip(), reason="the only city of the text")
