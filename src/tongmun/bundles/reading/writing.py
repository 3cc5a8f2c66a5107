"""Write a draft as the files of a bundle. What the text does not say stays empty, and inferred values say so."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from tongmun.bundles.reading import rows
from tongmun.bundles.reading.draft import Basis, Draft
from tongmun.bundles.reading.toml_lines import from_draft, line, listed, quoted

FENCE = "+++"
LINE_MARK = " | "
COLUMNS = {
    "cities.csv": "slug, name_, country, zone, latitude, longitude, date, time, transit_, note_, "
    "checked, checked_by, changed",
    "missions.csv": "slug, city, kind, status, receiving, latitude, longitude, wikidata, source, checked, checked_by",
    "premises.csv": "mission, function, lines_, valid_from, valid_to, source, checked, checked_by",
    "heads.csv": "mission, rank, name_, gender, valid_from, valid_to, source, checked, checked_by",
    "events.csv": "slug, city, kind, status, date, time, reading, ends_date, ends_time, title_, place_, transit_, "
    "note_, latitude, longitude, host, sequence, changed",
    "claims.csv": "slug, text_, figure, qualifier, as_of, source, checked, checked_by, paragraph",
}


class FolderNotEmpty(FileExistsError):
    """Cannot write a draft: the folder already holds something, which is never overwritten."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} exists and is not an empty folder. Name a folder that does not exist yet.")


class NothingToWrite(ValueError):
    """Cannot write a draft of a text that could not be read."""


def write_draft(draft: Draft, folder: Path) -> list[Path]:
    """Write the files of docs/reference/bundle.md into a new or empty folder and give their paths.

    Raises FolderNotEmpty before anything is written, and NothingToWrite for a draft without a language.
    """
    if draft.language is None:
        raise NothingToWrite("; ".join(problem.message for problem in draft.problems))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderNotEmpty(folder)
    texts = _texts(draft, draft.language)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return [folder / name for name in texts]


def _texts(draft: Draft, language: str) -> dict[str, str]:
    mission = rows.addressed_mission(draft)
    post, head = draft.listed("letter.postal"), draft.value("head.name")
    tables: dict[str, list[rows.Row]] = {
        "cities.csv": rows.city_rows(draft),
        "missions.csv": rows.mission_rows(draft),
        "premises.csv": [{"mission": mission, "lines": LINE_MARK.join(post)}] if post else [],
        "heads.csv": [{"mission": mission, "rank": draft.value("head.rank"), "name": head}] if head else [],
        "events.csv": rows.event_rows(draft),
        "claims.csv": rows.claim_rows(draft),
    }
    return {
        "campaign.toml": _campaign(draft, language),
        f"call.{language}.md": _call(draft),
        f"letter.{language}.md": _letter(draft),
    } | {name: _table(COLUMNS[name], table, language) for name, table in tables.items()}


def _table(columns: str, table: list[rows.Row], language: str) -> str:
    names = columns.split(", ")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(f"{name}{language}" if name.endswith("_") else name for name in names)
    writer.writerows([row.get(name.removesuffix("_"), "") for name in names] for row in table)
    return text.getvalue()


def _campaign(draft: Draft, language: str) -> str:
    lines = [
        *_remarks(draft),
        "format = 1",
        "",
        "[cause]",
        line("slug", ""),
        line(f"name.{language}", ""),
        "",
        "[campaign]",
        line("slug", ""),
        line(f"name.{language}", ""),
        from_draft("sending_state", draft, "campaign.sending_state"),
        line(f"sending_state_name.{language}", ""),
        "",
        "[edition]",
        line("slug", ""),
        line(f"name.{language}", draft.value("call.title")),
        *_day(draft),
        from_draft("time", draft, "edition.time"),
        line("time_rule", ""),
        f"languages = [{quoted(language)}]",
        'state = "draft"',
    ]
    for number, name in enumerate(rows.organisations(draft), start=1):
        own = [line("slug", rows.slug(name, f"organisation-{number}")), line(f"name.{language}", name), 'role = "host"']
        lines += ["", "[[organisation]]", *own]
    return _joined(lines)


def _day(draft: Draft) -> list[str]:
    known = from_draft("date", draft, "edition.date", plain=True)
    without_year = draft.value("edition.date_without_year")
    return [known, f"# the text says {without_year} and no year"] if without_year else [known]


def _remarks(draft: Draft) -> Iterable[str]:
    """Give, as comments, what a person has to look at and what the text does not state in so many words."""
    yield "# A draft, read from an announcement. Look at everything before loading it."
    for problem in draft.problems:
        said = f" {quoted(problem.words)}" if problem.words else ""
        yield f"# To look at, {problem.field}{said}: {problem.message}"
    for found in draft.findings:
        if found.basis is Basis.INFERRED:
            yield f"# Inferred, {found.field} = {quoted(found.value)}: {found.reason}"
    yield ""


def _call(draft: Draft) -> str:
    fields = [from_draft("title", draft, "call.title"), from_draft("what", draft, "call.what")]
    return _document(fields, draft.listed("call.paragraph"))


def _letter(draft: Draft) -> str:
    fields = [
        from_draft("date", draft, "letter.date", plain=True),
        listed("addressee", draft.listed("letter.addressee")),
        'care_of = "head-of-mission"' if draft.value("letter.care_of") else 'care_of = "none"',
        from_draft("salutation", draft, "letter.salutation"),
        from_draft("close", draft, "letter.close"),
        listed("signatory", draft.listed("letter.signatory")),
    ]
    return _document(fields, draft.listed("letter.paragraph"))


def _document(fields: list[str], paragraphs: list[str]) -> str:
    return _joined([FENCE, *fields, FENCE, "\n\n".join(paragraphs)])


def _joined(lines: list[str]) -> str:
    return "\n".join(lines).rstrip("\n") + "\n"
