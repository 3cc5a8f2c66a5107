"""Sheet numbers: as they are printed, typed and listed."""

import re
from collections.abc import Iterable
from itertools import pairwise

# Lines for signatures on one sheet, as the template of the sheet draws them.
LINES = 12
# Sheets that are printed or put into a batch in one go.
MOST_SHEETS = 200

_SPAN = re.compile(r"(?P<first>\d{1,7})(?:\s*[-–—]\s*(?P<last>\d{1,7}))?")


class NotSheetNumbers(ValueError):
    """Cannot read `part` as the number of a sheet or a span of them."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


class TooManySheets(ValueError):
    """Cannot take more than MOST_SHEETS sheets in one go."""


def sheet_label(number: int) -> str:
    """Give a number with at least three digits, so that a missing one is noticed: "042"."""
    return f"{number:03}"


def read_sheet_numbers(typed: str) -> list[int]:
    """Read "1-12, 015" as sorted numbers without doubles. Raises NotSheetNumbers and TooManySheets."""
    numbers: set[int] = set()
    for part in re.split(r"[,،、;\n]", typed):
        if not part.strip():
            continue
        span = _SPAN.fullmatch(part.strip())
        first, last = (int(span["first"]), int(span["last"] or span["first"])) if span else (0, 0)
        if not 1 <= first <= last:
            raise NotSheetNumbers(part.strip()[:20])
        if last - first >= MOST_SHEETS:
            raise TooManySheets
        numbers.update(range(first, last + 1))
    if len(numbers) > MOST_SHEETS:
        raise TooManySheets
    return sorted(numbers)


def sheet_spans(numbers: Iterable[int]) -> str:
    """List numbers with what follows on each other drawn together: "1-12, 15"."""
    ordered = sorted(numbers)
    breaks = [place for place, (one, following) in enumerate(pairwise(ordered), start=1) if following != one + 1]
    starts, ends = [0, *breaks], [*breaks, len(ordered)]
    spans = [ordered[start:end] for start, end in zip(starts, ends, strict=True)]
    return ", ".join(f"{span[0]}-{span[-1]}" if len(span) > 1 else str(span[0]) for span in spans if span)
