"""The letter that a reader sees, and what has to be settled before it is frozen."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.conf import settings

from tongmun.campaigns.models import Edition
from tongmun.letters.anchors import anchor_of
from tongmun.letters.digests import paragraph_digest
from tongmun.letters.models import Claim, LetterVersion, Rendering
from tongmun.letters.translations import Pair, Standing, paired


def letters_of(edition: Edition) -> dict[str, LetterVersion]:
    """Give the current letter of an edition in each language it has, the edition's first language first."""
    rank = {language: place for place, language in enumerate(edition.languages)}
    letters = LetterVersion.objects.filter(edition=edition).current()
    return {
        letter.language: letter
        for letter in sorted(letters, key=lambda one: (rank.get(one.language, len(rank)), one.language))
    }


def letter_in(edition: Edition, language: str) -> LetterVersion | None:
    """Give the current letter in a language, else in the edition's first; None when there is no letter yet."""
    letters = letters_of(edition)
    return letters.get(language) or next(iter(letters.values()), None)


def master_language(edition: Edition) -> str:
    """Give the language that translations start from: the edition's first."""
    return str(edition.languages[0])


def pairs_of(master: LetterVersion, letter: LetterVersion | None, language: str) -> list[Pair]:
    """Set a translation beside a version of the master; without a letter every paragraph is missing."""
    if letter is None:
        return paired(master.paragraphs, [], {})
    said = Rendering.objects.filter(edition=master.edition_id, language=language).order_by("pk")
    return paired(master.paragraphs, letter.paragraphs, _by_digest(said)[language])


def earlier_paragraphs(master: LetterVersion) -> dict[str, str]:
    """Give every paragraph that the master ever had, by its digest."""
    versions = LetterVersion.objects.filter(edition=master.edition_id, language=master.language)
    return {paragraph_digest(text): text for version in versions for text in version.paragraphs}


@dataclass(frozen=True)
class Unready:
    """What keeps the letter in one language from being frozen.

    `missing` and `stale` are numbers of the master's paragraphs, `extra` of its own. Without a master there is nothing
    to count: all three are empty.
    """

    language: str
    is_written: bool
    missing: tuple[int, ...] = ()
    stale: tuple[int, ...] = ()
    extra: tuple[int, ...] = ()


def unready(edition: Edition) -> list[Unready]:
    """List the languages in which the letter cannot be frozen: those of the edition, and others that it is written in.

    Nothing is in the way of a language that is not in this list. Two queries.
    """
    letters, first = letters_of(edition), master_language(edition)
    master = letters.get(first)
    languages = [*edition.languages, *(code for code in letters if code not in edition.languages)]
    if master is None:
        return [Unready(code, is_written=code in letters) for code in languages]
    said = _by_digest(Rendering.objects.filter(edition=edition).order_by("pk"))
    found = [_unready(master, letters.get(code), code, said[code]) for code in languages if code != first]
    return [one for one in found if one.missing or one.stale or one.extra]


def _unready(master: LetterVersion, letter: LetterVersion | None, language: str, said: dict[str, list[str]]) -> Unready:
    pairs = paired(master.paragraphs, letter.paragraphs if letter else [], said)
    return Unready(
        language,
        is_written=letter is not None,
        missing=tuple(pair.number for pair in pairs if pair.number and pair.standing == Standing.MISSING),
        stale=tuple(pair.number for pair in pairs if pair.number and pair.standing == Standing.STALE),
        extra=tuple(pair.own_number for pair in pairs if pair.own_number and pair.standing == Standing.EXTRA),
    )


def _by_digest(said: Iterable[Rendering]) -> dict[str, dict[str, list[str]]]:
    """Give what each paragraph renders: language → its digest → digests of the master, the latest last."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in said:
        found[one.language][one.digest].append(one.master_digest)
    return found


class Doubt(StrEnum):
    """Why a claim has to be settled."""

    UNSOURCED = "unsourced"
    UNCHECKED = "unchecked"
    OUTDATED = "outdated"
    # The letter no longer has the sentence or the paragraph that the claim names.
    LOST = "lost"


@dataclass(frozen=True)
class ToSettle:
    """A claim that has to be settled; `lost_in` are the languages of letters that no longer have its sentence."""

    claim: Claim
    doubts: tuple[Doubt, ...]
    lost_in: tuple[str, ...] = ()


def claims_to_settle(edition: Edition, day: date) -> list[ToSettle]:
    """List the claims to settle before freezing, as they stand on a day, in the order of the register. Two queries.

    A check is outdated when it is more than TONGMUN_CLAIM_DAYS days old.
    """
    letters = letters_of(edition)
    claims = Claim.objects.filter(edition=edition).order_by("position", "pk")
    found = [_to_settle(claim, letters.values(), day) for claim in claims]
    return [one for one in found if one.doubts]


def _to_settle(claim: Claim, letters: Iterable[LetterVersion], day: date) -> ToSettle:
    lost_in = tuple(letter.language for letter in letters if anchor_of(claim, letter).is_lost)
    doubts = {
        Doubt.UNSOURCED: not claim.source,
        Doubt.UNCHECKED: claim.checked_on is None,
        Doubt.OUTDATED: is_outdated(claim, day),
        Doubt.LOST: bool(lost_in),
    }
    return ToSettle(claim, tuple(doubt for doubt, holds in doubts.items() if holds), lost_in)


def is_outdated(claim: Claim, day: date) -> bool:
    """Whether a claim was checked, but too long before a day."""
    return claim.checked_on is not None and day - claim.checked_on > timedelta(days=settings.CLAIM_DAYS)


def said_of(letter: LetterVersion, master: LetterVersion) -> Sequence[str] | None:
    """Give what each paragraph of a translation renders, "" when nobody has said; None when it is up to date."""
    pairs = pairs_of(master, letter, letter.language)
    if all(pair.standing == Standing.READY for pair in pairs):
        return None
    own = {pair.own_number: pair.rendered for pair in pairs if pair.own_number}
    return [own[number] for number in sorted(own)]
