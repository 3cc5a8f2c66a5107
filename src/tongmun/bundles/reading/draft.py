"""What a reading gives: findings with the words they came from, and problems a person has to look at."""

from dataclasses import dataclass, field
from enum import Enum


class Basis(Enum):
    """Whether the text says a value, or the value follows from something else the text says."""

    STATED = "stated"
    INFERRED = "inferred"


@dataclass(frozen=True)
class Finding:
    """A fact. `field` is a dotted path such as "event.2.time"; `words` occur in the tidied text letter by letter."""

    field: str
    value: str
    words: str
    basis: Basis = Basis.STATED
    reason: str = ""


@dataclass(frozen=True)
class Problem:
    """Something that looks wrong or is missing. It is never repaired; `words` is "" where something is missing."""

    field: str
    words: str
    message: str


@dataclass(frozen=True)
class Draft:
    """What one text says. `language` is a BCP 47 code, or None for a text that could not be read."""

    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    language: str | None

    def value(self, name: str) -> str:
        """Give the value of a field, "" where the text does not say it."""
        return next((found.value for found in self.findings if found.field == name), "")

    def listed(self, prefix: str) -> list[str]:
        """Give the values of prefix.1, prefix.2 and so on, in their order."""
        values: list[str] = []
        while value := self.value(f"{prefix}.{len(values) + 1}"):
            values.append(value)
        return values

    def count(self, prefix: str) -> int:
        """Give the highest N of the fields prefix.N.something, 0 where there is none."""
        heads = (
            found.field.removeprefix(f"{prefix}.") for found in self.findings if found.field.startswith(f"{prefix}.")
        )
        return max((int(head.split(".")[0]) for head in heads if head.split(".")[0].isdigit()), default=0)


@dataclass
class Notebook:
    """Findings and problems while a text is being read."""

    findings: list[Finding] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _first: dict[str, str] = field(default_factory=dict)

    def found(self, name: str, value: str, words: str, *, reason: str = "") -> None:
        """Write down what the text says; with a reason, what follows from it. An empty value is not written down."""
        if value and words:
            basis = Basis.INFERRED if reason else Basis.STATED
            self._add(Finding(name, value, words, basis, reason))

    def checked(self, name: str, value: str, words: str, *, how: str) -> None:
        """Write down what the text says and what it was found to agree with."""
        self._add(Finding(name, value, words, Basis.STATED, how))

    def wrong(self, name: str, words: str, message: str) -> None:
        """Write down what a person has to look at, once."""
        problem = Problem(name, words, message)
        if problem not in self.problems:
            self.problems.append(problem)

    def draft(self, language: str | None) -> Draft:
        """Give what has been written down so far."""
        return Draft(tuple(self.findings), tuple(self.problems), language)

    def value(self, name: str) -> str:
        """Give the value of a field, "" where it is not known yet."""
        return self._first.get(name, "")

    def _add(self, finding: Finding) -> None:
        self.findings.append(finding)
        self._first.setdefault(finding.field, finding.value)
