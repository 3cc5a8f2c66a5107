"""A sheet of a packet: a title, blocks below it, and how they become a PDF."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from tongmun.kit.pdf import compile_pdf, font_order, line_direction

TEMPLATE = Path(__file__).parent / "templates" / "deliveries" / "sheet.typ"


@dataclass(frozen=True)
class Sheet:
    """What is on a sheet, in reading order; each block is one of those below, as the template takes them."""

    language: str
    title: str
    blocks: tuple[dict[str, Any], ...]


def block(kind: str, of: object) -> dict[str, Any]:
    """Give a block whose content needs no direction of its own: heading, text, strong, small, hash, list and others."""
    return {"kind": kind, "of": of}


def lines_block(kind: str, lines: Iterable[str], language: str) -> dict[str, Any]:
    """Give a block of lines, each of which keeps its own direction: "lines" or, in two columns, "names"."""
    return block(kind, [_directed(line, language) for line in lines])


def facts_block(rows: Sequence[tuple[str, str]], language: str) -> dict[str, Any]:
    """Give a block of words and what is known about each; what is not known is left out."""
    return block("facts", [[label, _directed(value, language)] for label, value in rows if value])


def phrases_block(rows: Iterable[tuple[str, str]], *, below: str) -> dict[str, Any]:
    """Give sentences in the language of the sheet, and below each the same in another ("" when there is no need)."""
    fonts, spoken = font_order(below), below.partition("-")[0]
    return block(
        "phrases",
        [{"text": text, "below": {**_directed(other, below), "fonts": fonts, "lang": spoken}} for text, other in rows],
    )


def sheet_pdf(sheet: Sheet, *, day: date) -> bytes:
    """Typeset a sheet as PDF/UA-1; equal sheets and days give equal bytes.

    Raises kit.pdf.MissingGlyph for text that no font can draw.
    """
    created = datetime.combine(day, time(), tzinfo=UTC)
    return compile_pdf(
        TEMPLATE, data={"title": sheet.title, "blocks": sheet.blocks}, lang=sheet.language, created=created
    )


def _directed(text: str, language: str) -> dict[str, str]:
    return {"text": text, "dir": line_direction(text, language)}
