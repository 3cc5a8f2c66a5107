"""The letter that a reader sees."""

from tongmun.campaigns.models import Edition
from tongmun.letters.models import LetterVersion


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
