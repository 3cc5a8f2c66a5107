"""Names in the order of a language, as near as the standard library comes to it: docs/reference/sign-ons.md."""

import unicodedata
from typing import NamedTuple

from tongmun.kit.text import searchable

# The words with which Unicode names the letters of a script begin; "" stands for every language that is not here.
_SCRIPTS = {
    "ko": "HANGUL",
    "ja": "HIRAGANA KATAKANA CJK",
    "zh": "CJK",
    "ar": "ARABIC",
    "fa": "ARABIC",
    "ur": "ARABIC",
    "ckb": "ARABIC",
    "ps": "ARABIC",
    "ug": "ARABIC",
    "he": "HEBREW",
    "yi": "HEBREW",
    "el": "GREEK",
    "ru": "CYRILLIC",
    "uk": "CYRILLIC",
    "be": "CYRILLIC",
    "bg": "CYRILLIC",
    "mk": "CYRILLIC",
    "sr": "CYRILLIC",
    "kk": "CYRILLIC",
    "ky": "CYRILLIC",
    "mn": "CYRILLIC",
    "hy": "ARMENIAN",
    "ka": "GEORGIAN",
    "am": "ETHIOPIC",
    "ti": "ETHIOPIC",
    "hi": "DEVANAGARI",
    "mr": "DEVANAGARI",
    "ne": "DEVANAGARI",
    "bn": "BENGALI",
    "ta": "TAMIL",
    "th": "THAI",
    "lo": "LAO",
    "km": "KHMER",
    "my": "MYANMAR",
    "bo": "TIBETAN",
    "dz": "TIBETAN",
    "": "LATIN",
}


class Place(NamedTuple):
    """Where a name stands: the script of the language first, then the letters without marks, then the name itself."""

    is_foreign: bool
    letters: str
    name: str


def place_of(name: str, language: str) -> Place:
    """Give the key to sort names by for readers of a language, a BCP 47 code.

    Letters stand in the order of their code points without case and marks: right for Hangul, for the Latin letters of
    English, French or German, and for Arabic; å stands beside a, which in Swedish it does not.
    """
    scripts = _SCRIPTS.get(language.partition("-")[0], _SCRIPTS[""]).split()
    script = next((unicodedata.name(letter, "") for letter in name if letter.isalpha()), "").partition(" ")[0]
    return Place(script not in scripts, searchable(name), name)
