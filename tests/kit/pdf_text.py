"""Reads the text of a PDF as its standard says, which few readers do (ISO 32000-1, 14.8.2.3 and 14.9.4)."""

import re
import unicodedata
from collections.abc import Iterator
from operator import itemgetter

from pypdf import PageObject
from pypdf.generic import ContentStream, DictionaryObject, PdfObject

HANGS_OVER = 4
MARK = "[\u0300-\u036f\u0900-\u0903\u093a-\u094f\u0e31\u0e33-\u0e3a\u0e47-\u0e4e\u102b-\u103e]"


def lines_of(page: PageObject) -> list[list[str]]:
    """Give the text of each line from left to right, in pieces that are not taken apart: a letter or a syllable.

    A piece is what its ActualText says, else what the font says of its glyph. Marks that Typst sets by themselves
    stand in the line they hang over.
    """
    fonts = {name: _glyphs(font.get_object()) for name, font in page["/Resources"]["/Font"].items()}
    lines: list[tuple[float, list[tuple[float, str]]]] = []
    font: dict[int, str] = {}
    spoken: list[str | None] = []
    left = at = 0.0
    for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        match operator:
            case b"cm":
                left, height = float(operands[4]), float(operands[5])
                if not lines or abs(lines[-1][0] - height) > HANGS_OVER:
                    lines.append((height, []))
            case b"Tm":
                at = left + float(operands[4])
            case b"BMC":
                spoken.append(None)
            case b"BDC":
                spoken.append(operands[1].get("/ActualText"))
            case b"EMC":
                spoken.pop()
            case b"Tf":
                font = fonts[operands[0]]
            case b"Tj" | b"TJ":
                said = next((text for text in spoken if text is not None), None)
                pieces = [font[code] for code in _codes(operands[0])] if said is None else [str(said)]
                lines[-1][1].extend((at, piece) for piece in pieces)
    # What is set first need not stand first; within one place it does.
    return [[piece for _at, piece in sorted(pieces, key=itemgetter(0))] for _height, pieces in lines if pieces]


def glyph_codes(page: PageObject) -> Iterator[int]:
    """Give the code of every glyph that is drawn; 0 is the box for what a font does not have."""
    for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        if operator in {b"Tj", b"TJ"}:
            yield from _codes(operands[0])


def in_reading_order(pieces: list[str], side: str) -> str:
    """Put the pieces of a line that runs to `side` ("ltr", "rtl") from where they stand to where they are read."""
    line = pieces[::-1] if side == "rtl" else pieces[:]
    against = "L" if side == "rtl" else "R"
    marks = "".join(_sense(piece) for piece in line)
    # What runs against the line is turned back, with the signs in its midst.
    for run in re.finditer(f"{against}(?:[{against}.]*{against})?", marks):
        line[run.start() : run.end()] = reversed(line[run.start() : run.end()])
    return "".join(line)


def without_repeats(text: str) -> str:
    """Write a syllable with marks once where it stands several times in a row."""
    return re.sub(rf"([^\s]{MARK}+)\1+", r"\1", text)


def _sense(piece: str) -> str:
    for character in piece:
        match unicodedata.bidirectional(character):
            case "L" | "EN":
                return "L"
            case "R" | "AL":
                return "R"
    return "."


def _codes(shown: PdfObject) -> list[int]:
    parts = [part for part in (shown if isinstance(shown, list) else [shown]) if not isinstance(part, int | float)]
    raw = b"".join(part.original_bytes if hasattr(part, "original_bytes") else bytes(part) for part in parts)
    return [int.from_bytes(raw[at : at + 2]) for at in range(0, len(raw), 2)]


def _glyphs(font: DictionaryObject) -> dict[int, str]:
    table = font["/ToUnicode"].get_object().get_data().decode("ascii")
    pairs = re.findall(r"^<([0-9A-F]{4})> <([0-9A-F]+)>$", table, flags=re.MULTILINE)
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}
