"""A PDF from a Typst template and data: the same input gives the same bytes, and text no font can draw is an error."""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

from tongmun.kit.text import direction

# Longest code first: zh-Hant-HK is zh-Hant before it is zh. Region codes alone stand for the script of the place.
HAN_FORMS = {
    "zh-Hant": "TC",
    "zh-Hans": "SC",
    "zh-TW": "TC",
    "zh-HK": "TC",
    "zh-MO": "TC",
    "zh": "SC",
    "ko": "KR",
    "ja": "JP",
}
# A Korean or Chinese letter keeps one face throughout: a serif beside these Gothic faces looks like a mistake.
_SERIF, _SANS, _WORLD, _BURMESE = "Libertinus Serif", "Source Sans 3", "Kurinto Sans", "Noto Sans Myanmar"
_UNDRAWN = re.compile(r'the text `"(?P<text>.*?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{(?P<code>[0-9a-f]+)\}")


class MissingGlyph(ValueError):
    """Cannot be set: no font has a glyph for `texts`, the characters in the order met, never the words around them."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = tuple(texts)
        named = (f"{text} ({' '.join(f'U+{ord(c):04X}' for c in text)})" for text in self.texts)
        super().__init__(f"no font can draw {', '.join(named)}")


def font_order(lang: str, *, serif: bool = True) -> list[str]:
    """List font families from first choice to last for a BCP 47 code.

    Chinese characters are drawn differently in Korea, China, Taiwan and Japan, so the language decides which of the
    four families comes first. The serif comes with typst itself, Burmese with this package, the others with
    weblate-fonts.
    """
    first = next((form for code, form in HAN_FORMS.items() if f"{lang}-".startswith(f"{code}-")), None)
    others = [form for form in ("SC", "TC", "KR", "JP") if form != first]
    latin = _SERIF if serif else _SANS
    if first:
        return [f"{_WORLD} {first}", _WORLD, *(f"{_WORLD} {form}" for form in others), _BURMESE, latin]
    return [latin, _WORLD, *(f"{_WORLD} {form}" for form in others), _BURMESE]


def line_direction(text: str, lang: str) -> str:
    """Give "ltr" or "rtl" by the first strong character (UAX 9, rule P2), or the direction of `lang` without one."""
    for character in text:
        match unicodedata.bidirectional(character):
            case "L":
                return "ltr"
            case "R" | "AL":
                return "rtl"
    return direction(lang)


def compile_pdf(template: Path, *, data: Mapping[str, object], lang: str, created: datetime) -> bytes:
    """Typeset a template as a tagged PDF/UA-1 file.

    The template reads JSON from `sys.inputs.data` (`data`) and `sys.inputs.language` (`lang`, `region`, `script`,
    `dir`, and the font lists `serif`, `sans` and, for names in any script, `names`); nothing is ever pasted into its
    source. `created` is the only time in the file. Raises MissingGlyph for text no font can draw, ValueError for a
    naive `created` and typst.TypstError for a broken template or one that gives its document no title.
    """
    if created.tzinfo is None:
        raise ValueError("a time of creation needs its zone")
    inputs = _inputs(data, lang)
    moment = int(created.timestamp())
    try:
        return typst.compile(
            template, font_paths=_fonts(), sys_inputs=inputs, format="pdf", pdf_standards="ua-1", timestamp=moment
        )
    except typst.TypstError as error:
        undrawn = _undrawn(error.diagnostic)
        if not undrawn:
            raise
        raise MissingGlyph(undrawn) from None


def count_pages(template: Path, *, data: Mapping[str, object], lang: str) -> int:
    """Count the pages of a template as compile_pdf would set it; the template ends with its number as <pages>."""
    found = typst.query(
        template, "<pages>", field="value", one=True, font_paths=_fonts(), sys_inputs=_inputs(data, lang)
    )
    return int(json.loads(found))


@cache
def _fonts() -> typst.Fonts:
    folders = (files("weblate_fonts") / "static" / "weblate_fonts", files("tongmun.kit") / "fonts")
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder) for folder in folders]
    )


def _inputs(data: Mapping[str, object], lang: str) -> dict[str, str]:
    return {
        "data": json.dumps(data, ensure_ascii=False, sort_keys=True),
        "language": json.dumps(_language(lang), sort_keys=True),
    }


def _language(lang: str) -> dict[str, object]:
    """Split a BCP 47 code into what Typst wants to know of it."""
    base, *subtags = lang.split("-")
    return {
        "lang": base,
        "region": next((tag for tag in subtags if re.fullmatch(r"[A-Za-z]{2}", tag)), None),
        "script": next((tag.lower() for tag in subtags if re.fullmatch(r"[A-Za-z]{4}", tag)), None),
        "dir": direction(lang),
        "serif": font_order(lang),
        "sans": font_order(lang, serif=False),
        # A line in one face is one run, and comes out of the file in one piece.
        "names": sorted(font_order(lang, serif=False), key=_SANS.__eq__),
    }


def _undrawn(diagnostic: str) -> list[str]:
    """Read the characters without a glyph out of Typst's message, which writes combining marks as code points."""
    found = (match["text"] for match in _UNDRAWN.finditer(diagnostic))
    return [_ESCAPED.sub(lambda escaped: chr(int(escaped["code"], 16)), text) for text in found]


def without(part: Any, texts: Sequence[str]) -> Any:  # noqa: ANN401 -- JSON
    """Put a question mark for each of these texts in data for a template, however deep it stands.

    For lists of names: one that no font can draw shall not keep the others from being printed.
    """
    match part:
        case str():
            for text in texts:
                part = part.replace(text, "?")
            return part
        case list() | tuple():
            return [without(one, texts) for one in part]
        case dict():
            return {name: without(one, texts) for name, one in part.items()}
    return part
