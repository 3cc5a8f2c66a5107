"""A letter copy as a PDF that looks like a letter."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from pathlib import Path

from tongmun.kit.pdf import compile_pdf, line_direction
from tongmun.letters.copies import LetterCopy

TEMPLATE = Path(__file__).parent / "templates" / "letters" / "letter.typ"


def letter_pdf(copy: LetterCopy, *, day: date) -> bytes:
    """Typeset a copy as PDF/UA-1; `day` is the only date in the file's metadata, so equal copies give equal bytes.

    Raises kit.pdf.MissingGlyph for text that no font can draw.
    """
    created = datetime.combine(day, time(), tzinfo=UTC)
    return compile_pdf(TEMPLATE, data=_parts(copy), lang=copy.language, created=created)


def _parts(copy: LetterCopy) -> dict[str, object]:
    def directed(lines: Iterable[str]) -> list[dict[str, str]]:
        # A foreign address keeps its own direction: "54, Hyoja-dong" would start with its street in an Arabic letter.
        return [{"text": line, "dir": line_direction(line, copy.language)} for line in lines]

    return {
        "title": copy.subject or copy.salutation,
        "letterhead": directed(copy.letterhead),
        "date": directed([copy.date_line]),
        "inside_address": directed(copy.inside_address),
        "subject": copy.subject,
        "salutation": copy.salutation,
        "paragraphs": copy.paragraphs,
        "close": copy.close,
        "signatory": directed(copy.signatory),
    }
