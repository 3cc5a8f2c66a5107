"""What is wrong in a bundle: where it is, what it is and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Problem:
    """Something to mend in a file, in the reader's language; `line` counts from 1, `field` is a column or key."""

    file: str
    line: int | None
    field: str
    message: str
    remedy: str


@dataclass(frozen=True)
class Place:
    """Where in a bundle something stands."""

    file: str
    line: int | None = None
    field: str = ""

    def at(self, field: str) -> "Place":
        """Give the place of another field on the same line."""
        return replace(self, field=field)

    def problem(self, message: str, remedy: str) -> Problem:
        """Say what is wrong here."""
        return Problem(self.file, self.line, self.field, message, remedy)


class BundleRefused(Exception):
    """Cannot load the bundle. `problems` lists everything found wrong with it, in the order of the files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems, key=lambda problem: (problem.file, problem.line or 0))
        super().__init__("\n".join(f"{p.file}:{p.line or ''}:{p.field}: {p.message}" for p in self.problems))


class Unreadable(ValueError):
    """Cannot read a value. `message` says why, `remedy` what to write instead."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


def guesses(word: str, known: Iterable[str]) -> list[str]:
    """Give up to three known words that are spelt like a word, in any case, the nearest first."""
    spelt = {name.casefold(): name for name in known}
    return [spelt[match] for match in get_close_matches(word.casefold(), spelt, n=3)]


def choice_remedy(word: str, known: Iterable[str]) -> str:
    """Advise to write one of the known words, the nearest first when one is near."""
    names = list(known)
    near = guesses(word, names)
    if near:
        return _("Did you mean “%(guess)s”? Expected is one of: %(known)s.") % {
            "guess": near[0],
            "known": ", ".join(names),
        }
    return _("Write one of: %(known)s.") % {"known": ", ".join(names)}
