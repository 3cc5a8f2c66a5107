"""Names of organisations, and lines about them: which are refused, and why."""

import unicodedata

from tongmun.kit.names import NameRefused
from tongmun.kit.text import hidden_characters, tidy

LONGEST_NAME = 160
LONGEST_LINE = 300


def parse_organisation_name(value: str) -> str:
    """Give the name as it will be kept: NFC, single spaces. Any script is a name, and so is Rivers.org; "" stays "".

    Raises NameRefused as kit.names.parse_name does, for more than 160 code points and for addresses with a scheme.
    """
    name = parse_line(value, longest=LONGEST_NAME)
    # Full-width signs are run by spreadsheets too, and read as links by people.
    plain = unicodedata.normalize("NFKC", name)
    if plain.startswith(("=", "+", "-", "@")):
        raise NameRefused("formula")
    if "://" in plain or "@" in plain or plain.lower().startswith("www."):
        raise NameRefused("link")
    if name and not any(unicodedata.category(letter).startswith("L") for letter in name):
        raise NameRefused("letterless")
    return name


def parse_line(value: str, *, longest: int = LONGEST_LINE) -> str:
    """Give one line of text, tidied. Raises NameRefused for what cannot be seen ("hidden") and what is "long"."""
    if hidden_characters(value):
        raise NameRefused("hidden")
    line = tidy(value)
    if len(line) > longest:
        raise NameRefused("long")
    return line
