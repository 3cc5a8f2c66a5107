"""The Markdown files of a bundle: calls, letters and news."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from tongmun.bundles import columns
from tongmun.bundles.addressing import written_out
from tongmun.bundles.cells import read_language, read_markdown, read_slug, text
from tongmun.bundles.contents import CallPart, LetterPart, NewsPart
from tongmun.bundles.fields import Field, read_fields
from tongmun.bundles.files import PER_LANGUAGE
from tongmun.bundles.problems import Place, Problem, Unreadable
from tongmun.bundles.toml_tables import read_front_matter, toml_cells
from tongmun.letters.wording import NoFormsOfAddress, worded_languages, wording


@dataclass(frozen=True)
class Documents:
    """The calls, letters and news that could be read, and the languages in which there is a file of each kind."""

    calls: list[CallPart] = field(default_factory=list)
    letters: list[LetterPart] = field(default_factory=list)
    news: list[NewsPart] = field(default_factory=list)


def read_documents(texts: dict[str, str], problems: list[Problem]) -> Documents:
    """Read every Markdown file of a bundle by the name it has."""
    documents = Documents()
    for name, content in texts.items():
        match = PER_LANGUAGE.fullmatch(name)
        if not match:
            continue
        if match["kind"] == "call":
            documents.calls.extend(_call(name, match, content, problems))
        elif match["kind"] == "letter":
            documents.letters.extend(_letter(name, match, content, problems))
        else:
            documents.news.extend(_news(name, match, content, problems))
    if not any(name.startswith("letter.") for name in texts):
        problems.append(
            Place("letter.<lang>.md").problem(
                _("There is no letter."), _("Add a letter in at least one language, for example letter.en.md.")
            )
        )
    return documents


def _call(name: str, match: re.Match[str], content: str, problems: list[Problem]) -> list[CallPart]:
    # Whether the edition speaks the language is looked at where the edition is known.
    values = _document(name, content, columns.CALL, read_markdown, problems)
    return [CallPart(origin=Place(name, 1), language=match["language"], **values)] if values else []


def _letter(name: str, match: re.Match[str], content: str, problems: list[Problem]) -> list[LetterPart]:
    fields = (*columns.LETTER, *columns.ADDRESSEE)
    values = _document(name, content, fields, text(len(content), lines=True), problems)
    unworded = _unworded(name, match["language"])
    problems += unworded
    if not values:
        return []
    if not values["body"]:
        problems.append(
            Place(name, None, "body").problem(_("The letter has no text."), _("Write it under the second line “+++”."))
        )
    problems += _unmatched(name, values)
    if unworded:
        return []
    values = written_out(values, match["language"], Place(name, 1), problems)
    return [LetterPart(origin=Place(name, 1), language=match["language"], **values)]


def _unmatched(name: str, values: dict[str, Any]) -> list[Problem]:
    """Say that “translates” does not speak of each paragraph."""
    said = len(values["translates"].split("\n")) if values["translates"] else 0
    paragraphs = sum(1 for block in values["body"].split("\n\n") if block.strip())
    if said in {0, paragraphs}:
        return []
    return [
        Place(name, None, "translates").problem(
            _("The numbers of paragraphs differ: “translates” has %(said)s, the letter %(paragraphs)s.")
            % {"said": said, "paragraphs": paragraphs},
            _("Delete “translates”: the letter then translates the one that comes with it."),
        )
    ]


def _news(name: str, match: re.Match[str], content: str, problems: list[Problem]) -> list[NewsPart]:
    try:
        read_slug(match["slug"])
    except Unreadable as error:
        problems.append(Place(name, None, "slug").problem(error.message, error.remedy))
    values = _document(name, content, columns.NEWS, read_markdown, problems)
    return [NewsPart(origin=Place(name, 1), slug=match["slug"], language=match["spoken"], **values)] if values else []


def _document(
    name: str, content: str, fields: Sequence[Field], read_body: Callable[[str], str], problems: list[Problem]
) -> dict[str, Any] | None:
    """Give the fields of a Markdown file and its "body"; None when something is wrong with it."""
    before = len(problems)
    matter = read_front_matter(name, content, problems)
    if not matter:
        return None
    table, markdown = matter
    values = read_fields(fields, toml_cells(table, fields, problems), whole=Place(name, 1), problems=problems)
    try:
        body = read_body(markdown)
    except Unreadable as error:
        begins = content.count("\n") - markdown.count("\n") + 1
        problems.append(Place(name, begins, "body").problem(error.message, error.remedy))
    if values is None or len(problems) > before:
        return None
    return {**values, "body": body}


def _unworded(name: str, language: str) -> list[Problem]:
    """Say that nobody can be addressed in a language."""
    place = Place(name, None, "language")
    try:
        wording(read_language(language))
    except Unreadable as error:
        return [place.problem(error.message, error.remedy)]
    except NoFormsOfAddress:
        return [
            place.problem(
                _("There are no forms of address in the language “%(language)s”.") % {"language": language},
                _("Write the letter in one of: %(languages)s. Or add a file of forms for this language.")
                % {"languages": ", ".join(sorted(worded_languages()))},
            )
        ]
    return []
