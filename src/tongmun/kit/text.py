"""Text in any script: what is refused, how it is compared, which language is shown."""

import re
import unicodedata
from collections.abc import Mapping

# Zero-width joiners carry meaning in Arabic, Persian and the scripts of India.
JOINERS = "\u200c\u200d"
LINE_BREAKS = "\n\r"
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"})


def direction(language: str) -> str:
    """Give "rtl" or "ltr" for a BCP 47 code."""
    return "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"


def hidden_characters(value: str, *, allow_lines: bool = False) -> list[str]:
    """List control, format, unassigned and lone surrogate characters, as U+XXXX; they forge or break a text."""
    # What Python prints as it is holds none of them, and nearly all that is typed is like that.
    if value.isprintable():
        return []
    allowed = JOINERS + (LINE_BREAKS + "\t" if allow_lines else "")
    return [
        f"U+{ord(character):04X}"
        for character in value
        if character not in allowed and unicodedata.category(character) in {"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"}
    ]


def tidy(value: str) -> str:
    """Give the NFC form without surrounding space and with single spaces inside a line."""
    lines = unicodedata.normalize("NFC", value).replace("\r\n", "\n").split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def folded(value: str) -> str:
    """Give the form in which texts are compared in a search: no case, no diacritics, no width."""
    decomposed = unicodedata.normalize("NFKD", value)
    # Hangul decomposes into letters that are not marks, so Korean survives this.
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold().strip()


# Letters that Unicode does not take apart, as they are written where only ASCII is at hand.
_ASCII = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
# What joins two words of a name; any other sign between letters, such as the okina of Nukuʻalofa, is left out.
_JOINS = re.compile(r"[\s,;:/()&‐‑–—-]+")


def searchable(value: str) -> str:
    """Give the words of a name as people type them in a search: `folded`, without punctuation, single spaces."""
    plain = folded(value).translate(_ASCII)
    words = (
        "".join(c for c in word if c.isalnum() and unicodedata.category(c) != "Lm") for word in _JOINS.split(plain)
    )
    return " ".join(filter(None, words))


def in_language(texts: Mapping[str, str], language: str) -> str:
    """Pick the text in a language, else in a wider one, else in English, else the first there is, else "".

    Wider than zh-Hant-HK are zh-Hant and then zh (RFC 4647, 3.4).
    """
    subtags = language.split("-")
    wider = ["-".join(subtags[:length]) for length in range(len(subtags), 0, -1)]
    for code in (*wider, "en", *texts):
        if texts.get(code):
            return texts[code]
    return ""
