"""Names in the order of a language: the Unicode Collation Algorithm, with the letters that a language sets apart.

The places are those of CLDR, for the letters of the language itself. Not in it: pinyin, strokes, readings of Japanese
characters, the telephone-book order of German. Chinese characters come by code point, the common ones thereby by
radical and strokes.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache

from pyuca.collator import Collator_10_0_0

Key = tuple[int, tuple[int, ...], str]

# Each group begins with a letter of the common order; the others follow before the next one. "/" joins equals.
_LETTERS = {
    "az": "c ç,e ə,g ğ,h x ı,k q,o ö,s ş,u ü,z w",
    "be": "е ё,у ў",
    "bs": "c č ć,d dž đ,l lj,n nj,s š,z ž",
    "cs": "c č,h ch,r ř,s š,z ž",
    "da": "z æ/ä ø/ö å/aa",
    "eo": "c ĉ,g ĝ,h ĥ,j ĵ,s ŝ,u ŭ",
    "es": "n ñ",
    "et": "s š z ž,w õ ä ö ü",
    "fa": "ن و",
    "fi": "z å ä/æ ö/ø",
    "gl": "n ñ",
    "hr": "c č ć,d dž đ,l lj,n nj,s š,z ž",
    "hu": "c cs,d dz dzs,g gy,l ly,n ny,o ö/ő,s sz,t ty,u ü/ű,z zs",
    "is": "a á,d ð/đ,e é,i í,o ó,u ú,y ý,z þ æ/ä ö/ø å",
    "lt": "c č,s š,z ž",
    "lv": "a ā,c č,e ē,g ģ,i ī,k ķ,l ļ,n ņ,s š,u ū,z ž",
    "nb": "z æ/ä ø/ö å/aa",
    "nn": "z æ/ä ø/ö å/aa",
    "no": "z æ/ä ø/ö å/aa",
    "pl": "a ą,c ć,e ę,l ł,n ń,o ó,s ś,z ź ż",
    "ro": "a ă â,i î,s ș/ş,t ț/ţ",
    "sk": "a ä,c č,h ch,o ô,r ř,s š,z ž",
    "sl": "c č ć,d đ,s š,z ž",
    "sv": "z å ä/æ ö/ø",
    "tr": "c ç,g ğ,h ı,o ö,s ş,u ü",
    "uk": "г ґ,і ї",
    "ur": "ں و",
    "vi": "a ă â,d đ,e ê,o ô ơ,u ư",
}
# The writings that come before all others, as Unicode begins the names of their letters.
_FIRST = {
    "am": ("ETHIOPIC",),
    "ar": ("ARABIC",),
    "be": ("CYRILLIC",),
    "bg": ("CYRILLIC",),
    "bn": ("BENGALI",),
    "ckb": ("ARABIC",),
    "el": ("GREEK",),
    "fa": ("ARABIC",),
    "he": ("HEBREW",),
    "hi": ("DEVANAGARI",),
    "hy": ("ARMENIAN",),
    "ja": ("LATIN", "HIRAGANA KATAKANA", "CJK"),
    "ka": ("GEORGIAN",),
    "kk": ("CYRILLIC",),
    "ko": ("HANGUL", "CJK"),
    "ky": ("CYRILLIC",),
    "mk": ("CYRILLIC",),
    "mn": ("CYRILLIC",),
    "mr": ("DEVANAGARI",),
    "my": ("MYANMAR",),
    "ne": ("DEVANAGARI",),
    "ps": ("ARABIC",),
    "ru": ("CYRILLIC",),
    "sr": ("CYRILLIC",),
    "ta": ("TAMIL",),
    "th": ("THAI",),
    "ug": ("ARABIC",),
    "uk": ("CYRILLIC",),
    "ur": ("ARABIC",),
    "yi": ("HEBREW",),
    "zh": ("CJK",),
}
# Nothing comes after a private character: "n" with one stands behind every word with "n" and before "o".
_BEHIND = 0xE000
_MARKS = "[\u0300-\u036f]*?"


def sort_names(names: Iterable[str], language: str) -> list[str]:
    """Put names in the order of a BCP 47 code, e.g. Swedish Å behind Z and Korean names first in Korean.

    The order depends on nothing but the names: not on the order they come in, nor on the machine.
    """
    return sorted(names, key=collation_key(language))


def collation_key(language: str) -> Callable[[str], Key]:
    """Give the function of a name by whose values to sort in a BCP 47 code."""
    base = language.partition("-")[0]
    letters, places = _letters(base), _FIRST.get(base, ())
    sort_key = _collator().sort_key

    def key(name: str) -> Key:
        return _place(name, places), sort_key(letters(name)), name

    return key


@cache
def _collator() -> Collator_10_0_0:
    return Collator_10_0_0()


def _place(name: str, places: tuple[str, ...]) -> int:
    """Count the writings that come before that of the first letter."""
    if not places:
        return 0
    writing = _writing(next(filter(str.isalpha, name), ""))
    return next((place for place, one in enumerate(places) if writing in one.split()), len(places))


@cache
def _writing(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0] if letter else ""


@cache
def _letters(base: str) -> Callable[[str], str]:
    """Give the function that replaces the letters of their own in a name by what sorts where they belong."""
    if base not in _LETTERS:
        return str
    replacements = {}
    for group in _LETTERS[base].split(","):
        before, *others = group.split()
        for rank, equals in enumerate(others):
            for letter in equals.split("/"):
                for spelt, base_spelt in _spellings(letter, before):
                    replacements[spelt] = base_spelt + chr(_BEHIND + rank)
    # Marks that lie between a letter and its own stay, such as the tone of a Vietnamese vowel.
    longest_first = sorted(replacements, key=len, reverse=True)
    pattern = re.compile("|".join(f"({_pattern(spelt)})" for spelt in longest_first))

    def replaced(found: re.Match[str]) -> str:
        spelt = longest_first[(found.lastindex or 1) - 1]
        between = found.group()[len(spelt) - 1 : -1] if len(found.group()) > len(spelt) else ""
        return replacements[spelt] + between

    return lambda name: pattern.sub(replaced, unicodedata.normalize("NFD", name))


def _spellings(letter: str, before: str) -> Iterable[tuple[str, str]]:
    """Give a letter in each case, taken apart as Unicode does, and the letter before it in the same case."""
    for case in (str.lower, str.title, str.upper):
        yield unicodedata.normalize("NFD", case(letter)), case(before)


def _pattern(spelt: str) -> str:
    if unicodedata.combining(spelt[-1]):
        return spelt[:-1] + _MARKS + spelt[-1]
    # With a dot it is the capital of i, and not of the Turkish ı.
    return "I(?!\u0307)" if spelt == "I" else spelt
