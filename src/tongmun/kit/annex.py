"""The annex of a letter as PDF: who stands behind it, cut into volumes that can be mailed and numbered throughout."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tongmun.kit.pdf import MissingGlyph, compile_pdf, count_pages, line_direction

NAMES_IN_A_VOLUME = 25_000
TEMPLATE = Path(__file__).parent / "annex.typ"
_MISSING_GLYPH = 3


@dataclass(frozen=True)
class AnnexWords:
    """The words around the lists, in the annex's language: three headings, and three phrases with named parts.

    `page` has {page} and {pages}, `volume` has {volume} and {volumes}, `root` has {root}.
    """

    organisations: str
    countries: str
    names: str
    page: str
    volume: str
    root: str


@dataclass(frozen=True)
class Annex:
    """Everything an annex says, in reading order; a list that is empty is left out with its heading.

    `totals` are names of countries and numbers as they are to be printed, small cells already suppressed; `names` are
    those who want to be in it, in the order to print; `root` is the hash at the foot of every page.
    """

    title: str
    organisations: Sequence[str]
    totals: Sequence[tuple[str, str]]
    names: Sequence[str]
    root: str
    words: AnnexWords


def annex_pdf(annex: Annex, *, lang: str, created: datetime) -> list[bytes]:
    """Typeset an annex as one PDF/UA-1 file for each 25,000 names, at least one; pages are numbered through them all.

    Equal annexes, `lang` and `created` give equal bytes. Each volume is set in a process of its own, because Typst
    keeps what it has set: memory stays that of one volume, however many there are. The names go to it through a pipe.
    Raises MissingGlyph for text that no font can draw and ValueError for a naive `created`.
    """
    if created.tzinfo is None:
        raise ValueError("a time of creation needs its zone")
    volumes = _volumes(annex, lang)
    lengths = [int(_apart({"data": volume, "lang": lang})) for volume in volumes]
    for index, volume in enumerate(volumes):
        volume |= {"first": 1 + sum(lengths[:index]), "pages": sum(lengths)}
    return [_apart({"data": volume, "lang": lang, "created": created.isoformat()}) for volume in volumes]


def _volumes(annex: Annex, lang: str) -> list[dict[str, object]]:
    def directed(lines: Sequence[str]) -> list[tuple[str, str]]:
        return [(line, line_direction(line, lang)) for line in lines]

    count = max(1, -(-len(annex.names) // NAMES_IN_A_VOLUME))
    return [
        _volume(annex, index, count)
        | {
            "organisations": directed(annex.organisations) if index == 0 else [],
            "totals": [(*directed([country]), number) for country, number in annex.totals] if index == 0 else [],
            "names": directed(annex.names[index * NAMES_IN_A_VOLUME : (index + 1) * NAMES_IN_A_VOLUME]),
        }
        for index in range(count)
    ]


def _volume(annex: Annex, index: int, count: int) -> dict[str, object]:
    named = annex.words.volume.format(volume=index + 1, volumes=count) if count > 1 else ""
    return {
        "title": f"{annex.title} ({named})" if named else annex.title,
        "heading": annex.title,
        "volume": named,
        "root": annex.root,
        "words": asdict(annex.words),
        "first": 1,
        "pages": 0,
    }


def _apart(order: Mapping[str, Any]) -> bytes:
    """Carry out `order` in a fresh process of this module."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", "tongmun.kit.annex"],
        input=json.dumps(order).encode(),
        env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdout=subprocess.PIPE,
        check=False,
    )
    if done.returncode == _MISSING_GLYPH:
        raise MissingGlyph(json.loads(done.stdout))
    done.check_returncode()
    return done.stdout


def _carry_out(order: Mapping[str, Any]) -> bytes:
    if "created" not in order:
        return str(count_pages(TEMPLATE, data=order["data"], lang=order["lang"])).encode()
    created = datetime.fromisoformat(order["created"])
    return compile_pdf(TEMPLATE, data=order["data"], lang=order["lang"], created=created)


if __name__ == "__main__":
    try:
        answer, code = _carry_out(json.load(sys.stdin.buffer)), 0
    except MissingGlyph as missing:
        answer, code = json.dumps(missing.texts).encode(), _MISSING_GLYPH
    sys.stdout.buffer.write(answer)
    sys.exit(code)
