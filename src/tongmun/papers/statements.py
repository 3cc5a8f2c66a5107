"""What a count entry of paper rests on, as canonical text: its SHA-256 is the digest of the entry."""

import hashlib
import json
from collections.abc import Iterable, Mapping

from tongmun.papers.models import PaperBatch, PaperSheet


def canonical(facts: Mapping[str, object]) -> str:
    """Write facts as JSON with sorted keys and no spaces: equal facts give equal text."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(statement: str) -> bytes:
    """Give the SHA-256 of a statement in UTF-8, 32 bytes."""
    return hashlib.sha256(statement.encode()).digest()


def batch_statement(batch: PaperBatch, sheets: Iterable[PaperSheet]) -> str:
    """State a batch: each sheet by number with its readings as [signatures, struck lines]; never who read them.

    Reads batch.edition, batch.place and the readings of the sheets.
    """
    return canonical(
        {
            "kind": "paper-batch",
            "edition": batch.edition.slug,
            "batch": batch.number,
            "city": batch.place.city.slug if batch.place else "",
            "cover": [batch.cover_sheets, batch.cover_signatures],
            "sheets": [
                {
                    "number": sheet.number,
                    "readings": [
                        [reading.signatures, reading.struck]
                        for reading in sorted(sheet.readings.all(), key=lambda one: one.number)
                    ],
                }
                for sheet in sorted(sheets, key=lambda one: one.number)
            ],
        }
    )
