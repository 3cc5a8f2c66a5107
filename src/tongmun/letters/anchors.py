"""Where in a letter a claim is made: looked for each time, so it follows its sentence or is seen to be lost."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tongmun.letters.models import Claim, LetterVersion


@dataclass(frozen=True)
class Anchor:
    """The place of a claim in one version of a letter.

    `paragraph` counts from 1 and is None when there is no place; `end` is the offset behind the sentence, and behind
    the whole paragraph when the claim names no sentence in this language. It is lost when the letter no longer has the
    sentence or the paragraph that the claim names.
    """

    paragraph: int | None
    end: int
    is_lost: bool


NOWHERE, LOST = Anchor(None, 0, is_lost=False), Anchor(None, 0, is_lost=True)


def anchor_of(claim: Claim, letter: LetterVersion) -> Anchor:
    """Find a claim in a letter; its sentence may have moved to another paragraph, but not changed."""
    paragraphs, sentence = letter.paragraphs, claim.sentences.get(letter.language, "")
    if sentence:
        return _where(sentence, paragraphs, first=claim.paragraph)
    if claim.paragraph is None:
        return NOWHERE
    if not 1 <= claim.paragraph <= len(paragraphs):
        return LOST
    return Anchor(claim.paragraph, len(paragraphs[claim.paragraph - 1]), is_lost=False)


def _where(sentence: str, paragraphs: Sequence[str], *, first: int | None) -> Anchor:
    words = " ".join(sentence.split())
    places = [number for number, paragraph in enumerate(paragraphs, 1) if words in paragraph]
    if not places:
        return LOST
    number = first if first in places else places[0]
    return Anchor(number, paragraphs[number - 1].index(words) + len(words), is_lost=False)


@dataclass(frozen=True)
class Piece:
    """A piece of a paragraph, and the numbers of the sources behind it."""

    text: str
    sources: tuple[int, ...]


def in_reading_order(claims: Iterable[Claim], letter: LetterVersion) -> list[tuple[Claim, Anchor]]:
    """Give claims with their places in the order in which a reader meets them; those without a place come last."""
    placed = [(claim, anchor_of(claim, letter)) for claim in claims]
    return sorted(placed, key=lambda one: (one[1].paragraph or len(letter.paragraphs) + 1, one[1].end, one[0].position))


def pieces_of(letter: LetterVersion, anchors: Sequence[Anchor]) -> list[list[Piece]]:
    """Cut each paragraph behind the sentences that have a source; a source is numbered by its place in `anchors`."""
    return [_cut(paragraph, number, anchors) for number, paragraph in enumerate(letter.paragraphs, 1)]


def _cut(paragraph: str, number: int, anchors: Sequence[Anchor]) -> list[Piece]:
    ends: dict[int, list[int]] = {}
    for source, anchor in enumerate(anchors, 1):
        if anchor.paragraph == number:
            ends.setdefault(anchor.end, []).append(source)
    starts = [0, *sorted(ends)]
    pieces = [Piece(paragraph[start:end], tuple(ends[end])) for start, end in pairwise(starts)]
    rest = paragraph[starts[-1] :]
    return [*pieces, Piece(rest, ())] if rest else pieces
