"""What an edition still lacks, as a list of named gaps."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tongmun.desk.standing import MissionRow, Standing


class Lack(StrEnum):
    """Kinds of gaps."""

    PRIVATE_KEY_HERE = "private-key-here"
    CALL = "call"
    LETTER = "letter"
    ADDRESS = "address"
    CHECK = "check"
    SOURCE = "source"
    MODERATION = "moderation"
    MAIL_UNCERTAIN = "mail-uncertain"
    MAIL_FAILED = "mail-failed"
    # Only for information: a delivery alone is enough.
    EVENT = "event"


@dataclass(frozen=True)
class Gap:
    """One thing that is missing, how often, and of what: language codes, missions, claims or cities."""

    lack: Lack
    count: int
    names: tuple[str, ...] = ()

    @property
    def is_information(self) -> bool:
        """Whether the edition can do without."""
        return self.lack == Lack.EVENT


def missing(standing: Standing) -> list[Gap]:
    """List what is missing, the gravest first; nothing is missing when the list is empty."""
    missions = [mission for place in standing.places for mission in place.missions]
    gaps = [
        Gap(Lack.PRIVATE_KEY_HERE, int(standing.private_key_is_here)),
        _of(Lack.CALL, (code for code in standing.languages if code not in standing.calls)),
        _of(Lack.LETTER, (code for code in standing.languages if code not in standing.letters)),
        _of(Lack.ADDRESS, _names(mission for mission in missions if not mission.address)),
        _of(Lack.CHECK, _names(mission for mission in missions if mission.checked_on is None)),
        _of(Lack.SOURCE, standing.unsourced),
        Gap(Lack.MODERATION, standing.names_waiting),
        Gap(Lack.MAIL_UNCERTAIN, standing.mail_uncertain),
        Gap(Lack.MAIL_FAILED, standing.mail_failed),
        _of(Lack.EVENT, (place.name for place in standing.places if not place.events)),
    ]
    return [gap for gap in gaps if gap.count]


def _of(lack: Lack, names: Iterable[str]) -> Gap:
    found = tuple(names)
    return Gap(lack, len(found), found)


def _names(missions: Iterable[MissionRow]) -> Iterable[str]:
    return (mission.name for mission in missions)
