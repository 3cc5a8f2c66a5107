"""A translation beside its master, paragraph by paragraph. What is out of date is computed here, never stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from tongmun.letters.digests import paragraph_digest


class Standing(StrEnum):
    """How a paragraph of a translation stands to the master."""

    READY = "ready"
    # It renders another text than the master has now, or nobody has said what it renders.
    STALE = "stale"
    # The master has a paragraph that the translation has not.
    MISSING = "missing"
    # The translation has a paragraph that the master has not, or has no longer.
    EXTRA = "extra"


@dataclass(frozen=True)
class Pair:
    """A paragraph of the master and the one that stands for it; a number counts from 1 and is None where there is none.

    `rendered` is the digest of the master's paragraph as it was when it was translated, "" when nobody has said.
    """

    standing: Standing
    number: int | None
    master: str
    own_number: int | None
    text: str
    rendered: str = ""


def paired(master: Sequence[str], translated: Sequence[str], renderings: Mapping[str, Sequence[str]]) -> list[Pair]:
    """Set paragraphs side by side, in order.

    `renderings` maps the digest of a translated paragraph to those of the paragraphs it renders, the latest last.
    """
    wanted = [paragraph_digest(paragraph) for paragraph in master]
    rendered = [_rendered(renderings.get(paragraph_digest(paragraph), ()), wanted) for paragraph in translated]
    pairs: list[Pair] = []
    # By what they render, not by their places: a paragraph put into the master makes none of those after it stale.
    for what, i1, i2, j1, j2 in SequenceMatcher(None, wanted, rendered, autojunk=False).get_opcodes():
        both = min(i2 - i1, j2 - j1)
        standing = Standing.READY if what == "equal" else Standing.STALE
        pairs += [
            Pair(standing, i + 1, master[i], j + 1, translated[j], rendered[j])
            for i, j in zip(range(i1, i1 + both), range(j1, j1 + both), strict=True)
        ]
        pairs += [Pair(Standing.MISSING, i + 1, master[i], None, "") for i in range(i1 + both, i2)]
        pairs += [Pair(Standing.EXTRA, None, "", j + 1, translated[j], rendered[j]) for j in range(j1 + both, j2)]
    return pairs


def _rendered(digests: Sequence[str], wanted: Sequence[str]) -> str:
    """Give what a paragraph renders: of several the latest that the master still has, else the latest."""
    return next((digest for digest in reversed(digests) if digest in wanted), digests[-1] if digests else "")
