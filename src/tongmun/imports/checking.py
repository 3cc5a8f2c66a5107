"""What a row says, checked by the same functions as the form on the site."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.conf import settings

from tongmun.imports.mailboxes import read_mailbox
from tongmun.imports.mapping import CONSENTS, Mapping, Part, folded_word
from tongmun.kit.mailbox import NotAMailbox
from tongmun.kit.names import NameRefused, parse_name
from tongmun.kit.text import folded
from tongmun.signatures.checking import LONGEST_TYPED_ADDRESS, LONGEST_TYPED_NAME
from tongmun.signatures.countries import countries, is_country
from tongmun.signatures.disclosure import Disclosure, disclosure_of
from tongmun.signatures.entry import Entry
from tongmun.signatures.ways import Way


class RowRefused(ValueError):
    """Cannot take a row. `reason` is a code of refusals.REASONS; nothing of the row is in the message."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class CheckedRow:
    """What a row says: `mailbox` is its address in the one spelling that is compared, `day` the day of signing."""

    entry: Entry
    mailbox: str
    day: date


@dataclass(frozen=True)
class Checker:
    """Checks rows of a file: its columns, the language its signers read, the last day they can have signed."""

    mapping: Mapping
    columns: int
    language: str
    today: date

    def check(self, cells: Sequence[str]) -> "CheckedRow":
        """Read a row; raises RowRefused."""
        if len(cells) != self.columns:
            raise RowRefused("cells")
        email, mailbox = _email(self._cell(cells, Part.EMAIL))
        name = _name(self._cell(cells, Part.NAME))
        country = country_code(self._cell(cells, Part.COUNTRY), self.language)
        shows, prints, news = (folded_word(self._cell(cells, part)) in self.mapping.yes for part in CONSENTS)
        way = _way(has_name=bool(name), shows=shows)
        disclosure = _disclosure(way, shows=shows and bool(name), prints=prints and bool(name))
        entry = Entry(way, name, "", email, country, self.language, disclosure, news)
        return CheckedRow(entry, mailbox, self._day(cells))

    def _cell(self, cells: Sequence[str], part: Part) -> str:
        column = self.mapping.columns.get(part)
        return "" if column is None else cells[column]

    def _day(self, cells: Sequence[str]) -> date:
        text = self._cell(cells, Part.DAY).strip()
        if not text:
            return self.today
        try:
            # What stands behind a date and a space or T is a time of day, which we do not keep.
            day = date.fromisoformat(text[:10])
        except ValueError:
            raise RowRefused("day") from None
        if day > self.today or text[10:11] not in {"", " ", "T"}:
            raise RowRefused("day")
        return day


def _way(*, has_name: bool, shows: bool) -> Way:
    if not has_name:
        return Way.COUNTED
    return Way.PUBLIC if shows else Way.PRIVATE


@cache
def _disclosure(way: Way, *, shows: bool, prints: bool) -> Disclosure:
    return disclosure_of(way, show=shows, print_name=prints)


def _email(value: str) -> tuple[str, str]:
    if not value.strip():
        raise RowRefused("email-missing")
    if len(value) > LONGEST_TYPED_ADDRESS:
        raise RowRefused("email")
    try:
        return read_mailbox(value)
    except NotAMailbox:
        # The error of a codec would carry the address along.
        raise RowRefused("email") from None


def _name(value: str) -> str:
    if len(value) > LONGEST_TYPED_NAME:
        raise RowRefused("long")
    try:
        return parse_name(value)
    except NameRefused as refused:
        raise RowRefused(refused.reason) from None


def country_code(value: str, language: str) -> str:
    """Read a code, or a name in the language of the signers or in one of the desk's; "" stays "". Raises RowRefused."""
    value = value.strip()
    if not value or is_country(value):
        return value
    if is_country(value.upper()):
        return value.upper()
    name = folded(value)
    for spoken in (language, *dict(settings.LANGUAGES)):
        if name in _codes_by_name(spoken):
            return _codes_by_name(spoken)[name]
    raise RowRefused("country")


@cache
def _codes_by_name(language: str) -> dict[str, str]:
    return {folded(name): code for code, name in countries(language)}
