"""What an organiser sees of a file before anything of it is imported."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.conf import settings

from tongmun.imports.checking import Checker, RowRefused
from tongmun.imports.mapping import CONSENTS, YES, Mapping, Part, folded_word, guess
from tongmun.imports.models import Import
from tongmun.imports.reading import Lines, open_upload, rows_of
from tongmun.imports.rejected import kept_headings
from tongmun.kit.keyring import token_key
from tongmun.kit.sealing import mailbox_token
from tongmun.signatures.models import Signature

SHOWN = 10
LOOKED_AT = 1_000
# A column with more different words than this holds no consents.
MOST_WORDS = 12


@dataclass(frozen=True)
class Preview:
    """The headings and the first rows; the mapping that was chosen, or else guessed; the words of each consent."""

    names: Sequence[str]
    rows: Sequence[Sequence[str]]
    mapping: Mapping
    words: dict[Part, list[str]]


@dataclass(frozen=True)
class Outlook:
    """What would become of the first rows: how many were looked at, fit, are counted already, and which do not fit."""

    looked_at: int
    fit: int
    duplicates: int
    problems: Sequence[tuple[str, int]]


def preview(of: Import) -> Preview:
    """Read the beginning of a file."""
    names = kept_headings(of.key)
    rows = _first_rows(of)
    columns = of.read_by.columns if of.mapping else guess(names)
    words = {part: _words(rows, columns[part]) for part in CONSENTS if part in columns}
    said = {folded_word(word) for one in words.values() for word in one}
    yes = of.read_by.yes if of.mapping else frozenset(said & set(YES)) or frozenset(YES)
    return Preview(names, rows[:SHOWN], Mapping(columns, yes), words)


def outlook(of: Import, *, today: date) -> Outlook:
    """Check the first rows as they will be checked; the columns have to be chosen."""
    checker = Checker(of.read_by, of.columns, of.letter.language, today)
    key = token_key(settings.KEYS, of.edition.slug)
    problems: Counter[str] = Counter()
    tokens, fit = set(), 0
    rows = _first_rows(of)
    for cells in rows:
        try:
            row = checker.check(cells)
        except RowRefused as refused:
            problems[refused.reason] += 1
        else:
            fit += 1
            tokens.add(mailbox_token(row.mailbox, key=key))
    known = Signature.objects.filter(edition=of.edition, token__in=tokens).count()
    new = len(tokens) - known
    return Outlook(len(rows), new, fit - new, problems.most_common())


def _first_rows(of: Import) -> list[list[str]]:
    with open_upload(of.key) as file:
        return [cells for _place, cells in islice(rows_of(Lines(file, of.place), of.delimiter), LOOKED_AT)]


def _words(rows: Sequence[Sequence[str]], column: int) -> list[str]:
    """Give the different words of a column, the most frequent first."""
    found = Counter(cells[column].strip() for cells in rows if column < len(cells))
    return [word for word, _times in found.most_common(MOST_WORDS) if word]
