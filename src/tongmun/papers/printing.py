"""Sheets for signatures as a PDF, one page each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from tongmun.campaigns.models import EditionCity
from tongmun.kit.pdf import compile_pdf, line_direction
from tongmun.kit.text import in_language
from tongmun.letters.copies import date_line
from tongmun.letters.models import LetterVersion
from tongmun.papers.models import PaperSheet
from tongmun.papers.numbers import LINES, sheet_label
from tongmun.papers.wording import sheet_wording

TEMPLATE = Path(__file__).parent / "templates" / "papers" / "sheet.typ"


@dataclass(frozen=True)
class SheetText:
    """Everything printed on a sheet but its number, in reading order; `city` and `subject` may be ""."""

    language: str
    sheet: str
    edition: str
    city: str
    to: str
    subject: str
    whole_letter: str
    address: str
    consent: str
    fate: str
    keeper: str
    danger: str
    columns: tuple[str, str, str]
    valid_lines: str
    struck_lines: str

    def lines(self) -> list[str]:
        """List the texts of a sheet in reading order, its number left out."""
        parts = (
            self.edition,
            self.city,
            self.sheet,
            self.to,
            self.subject,
            self.whole_letter,
            self.address,
            self.consent,
            self.fate,
            self.keeper,
            self.danger,
            *self.columns,
            self.valid_lines,
            self.struck_lines,
        )
        return [part for part in parts if part]


def sheet_text(*, letter: LetterVersion, place: EditionCity | None, destroy_by: date, address: str) -> SheetText:
    """Put together what stands on the sheets for a letter and a city; `address` is where the letter can be read.

    Reads letter.edition and place.city. Raises NoSheetWording.
    """
    words, language = sheet_wording(letter.language), letter.language
    return SheetText(
        language=language,
        sheet=words.sheet,
        edition=in_language(letter.edition.names, language),
        city=in_language(place.city.names, language) if place else "",
        to=words.to.format(addressee=_on_one_line(letter.addressee)),
        subject=letter.subject,
        whole_letter=words.whole_letter.format(version=letter.number),
        address=address,
        consent=words.consent,
        fate=words.fate.format(day=date_line(destroy_by, language)),
        keeper=words.keeper.format(signatory=_on_one_line(letter.signatory)),
        danger=words.danger,
        columns=(words.name, words.country, words.signature),
        valid_lines=words.valid_lines,
        struck_lines=words.struck_lines,
    )


def text_of_sheet(sheet: PaperSheet, *, address: str) -> SheetText:
    """Put together what stands on a sheet that has its number; equal for sheets printed in one go."""
    return sheet_text(letter=sheet.letter, place=sheet.place, destroy_by=sheet.destroy_by, address=address)


def sheets_pdf(text: SheetText, numbers: Sequence[int], *, day: date) -> bytes:
    """Typeset one page per number; equal texts, numbers and day give equal bytes.

    Raises kit.pdf.MissingGlyph for text that no font can draw.
    """
    labels = [sheet_label(number) for number in numbers]
    parts: dict[str, object] = {
        "title": f"{text.sheet} {labels[0]}-{labels[-1]}",
        "labels": labels,
        "count": LINES,
        "sheet": text.sheet,
        "edition": _directed(text.edition, text.language),
        "city": _directed(text.city, text.language),
        "to": text.to,
        "subject": text.subject,
        "whole_letter": text.whole_letter,
        "address": text.address,
        "consent": text.consent,
        "notes": [text.fate, text.keeper],
        "danger": text.danger,
        "columns": text.columns,
        "valid_lines": text.valid_lines,
        "struck_lines": text.struck_lines,
    }
    created = datetime.combine(day, time(), tzinfo=UTC)
    return compile_pdf(TEMPLATE, data=parts, lang=text.language, created=created)


def _on_one_line(lines: str) -> str:
    return ", ".join(line for line in lines.split("\n") if line)


def _directed(text: str, language: str) -> dict[str, str]:
    return {"text": text, "dir": line_direction(text, language)}
