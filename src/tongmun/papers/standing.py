"""How far the sheets of a batch have been read; pure, from rows that are at hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tongmun.papers.models import PaperBatch, PaperSheet


class SheetState(StrEnum):
    """What is known of a sheet."""

    UNREAD = "unread"
    ONCE = "once"
    DIFFER = "differ"
    SETTLED = "settled"


@dataclass(frozen=True)
class SheetStanding:
    """One sheet: what was read as (signatures, struck lines), in order, and the ids of those who read.

    `shown` are the readings that may be seen: none while the second reader has still to read for themselves.
    """

    sheet: PaperSheet
    readings: tuple[tuple[int, int], ...]
    readers: tuple[int, ...]

    @property
    def state(self) -> SheetState:
        """What is known of the sheet."""
        match self.readings:
            case []:
                return SheetState.UNREAD
            case [_]:
                return SheetState.ONCE
            case [first, second] if first != second:
                return SheetState.DIFFER
        return SheetState.SETTLED

    @property
    def is_settled(self) -> bool:
        """Whether two readings agree, or a third has decided."""
        return self.state == SheetState.SETTLED

    @property
    def was_decided(self) -> bool:
        """Whether a third reading had to decide."""
        return len(self.readings) == 3  # noqa: PLR2004 -- the third

    @property
    def shown(self) -> tuple[tuple[int, int], ...]:
        """The readings that may be seen."""
        return self.readings if len(self.readings) > 1 else ()

    @property
    def signatures(self) -> int:
        """The signatures that stand; 0 until the sheet is settled."""
        return self.readings[-1][0] if self.is_settled else 0

    @property
    def struck(self) -> int:
        """The struck lines that stand; 0 until the sheet is settled."""
        return self.readings[-1][1] if self.is_settled else 0

    def may_be_read_by(self, user_id: int) -> bool:
        """Tell whether this person can give the next reading: not both of the first two."""
        return self.state in {SheetState.UNREAD, SheetState.DIFFER} or (
            self.state == SheetState.ONCE and user_id not in self.readers
        )


@dataclass(frozen=True)
class BatchStanding:
    """A batch and its sheets in the order of their numbers."""

    batch: PaperBatch
    sheets: tuple[SheetStanding, ...]

    @property
    def settled(self) -> int:
        """How many sheets are settled."""
        return sum(sheet.is_settled for sheet in self.sheets)

    @property
    def signatures(self) -> int:
        """The sum over the settled sheets."""
        return sum(sheet.signatures for sheet in self.sheets)

    @property
    def missing_sheets(self) -> int:
        """How many sheets the cover has more than the batch; below zero when it has fewer."""
        return self.batch.cover_sheets - len(self.sheets)

    @property
    def missing_signatures(self) -> int:
        """How many signatures the cover has more than the settled sheets; below zero when it has fewer."""
        return self.batch.cover_signatures - self.signatures

    @property
    def surplus_signatures(self) -> int:
        """How many signatures the settled sheets have more than the cover."""
        return -self.missing_signatures

    @property
    def all_settled(self) -> bool:
        """Whether every sheet of the cover is here and settled."""
        return not self.missing_sheets and self.settled == len(self.sheets)

    @property
    def can_close(self) -> bool:
        """Whether everything agrees and nothing has been counted yet."""
        return self.all_settled and not self.missing_signatures and not self.batch.is_closed

    @property
    def suspects(self) -> tuple[SheetStanding, ...]:
        """The sheets to look at first when the sum is not that of the cover: decided, or with struck lines."""
        return tuple(sheet for sheet in self.sheets if sheet.is_settled and (sheet.was_decided or sheet.struck))

    def next_for(self, user_id: int) -> SheetStanding | None:
        """Give the first sheet this person can read, what differs last: whoever reads on should first read the rest."""
        readable = [sheet for sheet in self.sheets if sheet.may_be_read_by(user_id)]
        return min(readable, key=lambda one: (one.state == SheetState.DIFFER, one.sheet.number), default=None)


def standing_of_sheet(sheet: PaperSheet) -> SheetStanding:
    """Read a sheet's standing; its readings are fetched unless they are at hand."""
    readings = sorted(sheet.readings.all(), key=lambda one: one.number)
    return SheetStanding(
        sheet, tuple((one.signatures, one.struck) for one in readings), tuple(one.by_id for one in readings)
    )


def standing_of_sheets(batch: PaperBatch, sheets: Iterable[PaperSheet]) -> BatchStanding:
    """Put a batch and its sheets together."""
    ordered = sorted(sheets, key=lambda one: one.number)
    return BatchStanding(batch, tuple(standing_of_sheet(sheet) for sheet in ordered))
