"""The ring on paper."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path

from tongmun.kit.pdf import MissingGlyph, compile_pdf, line_direction, without
from tongmun.kit.ring import LETTER, Ring

TEMPLATE = Path(__file__).parent / "templates" / "signons" / "ring.typ"


def ring_pdf(ring: Ring, *, names: Sequence[str], title: str, words: str, language: str, day: date) -> bytes:
    """Typeset the ring on one page and `names`, the same ones in their alphabet, on the next.

    `words` says how the order came about; `day` is the only date in the file, so equal rings give equal bytes.
    What no font can draw becomes a question mark: nobody's name shall keep the others from being printed.
    """
    left, top, width, height = map(float, ring.view_box.split())
    parts: dict[str, object] = {
        "title": title,
        "words": words,
        "letter": LETTER,
        "box": {"left": left, "top": top, "width": width, "height": height},
        "radius": float(ring.radius),
        "spokes": [
            {
                "lines": [{"text": line.text, "y": float(line.y)} for line in spoke.lines],
                "x": float(spoke.x),
                "y": float(spoke.y),
                "turn": float(spoke.turn),
                "is_end": spoke.anchor == "end",
                "dir": line_direction(spoke.name.name, language),
                "lang": (spoke.name.lang or language).partition("-")[0],
            }
            for spoke in ring.spokes
        ],
        "names": [{"text": name, "dir": line_direction(name, language)} for name in names],
    }
    created = datetime.combine(day, time(), tzinfo=UTC)
    try:
        return compile_pdf(TEMPLATE, data=parts, lang=language, created=created)
    except MissingGlyph as missing:
        drawn: dict[str, object] = {name: without(part, missing.texts) for name, part in parts.items()}
        return compile_pdf(TEMPLATE, data=drawn, lang=language, created=created)
