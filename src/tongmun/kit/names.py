"""Names that people sign with: which are refused, and why."""

import re
import unicodedata

from tongmun.kit.text import JOINERS, hidden_characters, tidy

LONGEST_NAME = 80
# Marks are not counted, and no writing needs more of them than this leaves: 80 letters with a mark and a half each.
LONGEST_WITH_MARKS = 200
_LINK = re.compile(r"https?:|www\.|://|\b[\w-]+\.(com|org|net|info|ru|cn|io)\b", re.IGNORECASE)


class NameRefused(ValueError):
    """Cannot be signed with. `reason` is "hidden", "long", "link", "formula" or "letterless"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def parse_name(value: str) -> str:
    """Give the name as it will be kept: NFC, single spaces. Any script is a name; "" stays "".

    Raises NameRefused for control or invisible characters, more than 80 characters as a reader counts them or
    200 code points, links and addresses, a first character that a spreadsheet would run, and text without a letter.
    """
    if hidden_characters(value):
        raise NameRefused("hidden")
    name = tidy(value)
    if not name:
        return ""
    if counted_characters(name) > LONGEST_NAME or len(name) > LONGEST_WITH_MARKS:
        raise NameRefused("long")
    # Full-width signs are run by spreadsheets too, and read as links by people.
    plain = unicodedata.normalize("NFKC", name)
    if plain[0] in "=+-@":
        raise NameRefused("formula")
    if "@" in plain or _LINK.search(plain):
        raise NameRefused("link")
    if not any(unicodedata.category(c).startswith("L") for c in name):
        raise NameRefused("letterless")
    return name


def counted_characters(value: str) -> int:
    """Count what a reader takes for characters: combining marks and joiners belong to the letter before them."""
    if value.isascii():
        return len(value)
    return sum(1 for c in value if not unicodedata.category(c).startswith("M") and c not in JOINERS)


# Scripts with letters that look alike; in one word they are a disguise (Unicode TR 39, 5.1).
_ALIKE = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "CHEROKEE")


def has_mixed_scripts(name: str) -> bool:
    """Tell whether a word mixes letters of scripts that look alike, such as a Cyrillic а in a Latin name."""
    return any(len({script for letter in word if (script := _script(letter))}) > 1 for word in name.split())


def _script(letter: str) -> str:
    words = unicodedata.name(letter, "").split()
    return words[0] if words and words[0] in _ALIKE else ""
