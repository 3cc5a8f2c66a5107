"""The text as it was pasted: made even, cut into sentences, and told apart from what cannot be read."""

import re
import unicodedata
from collections import Counter

from tongmun.bundles.reading.vocabulary import Vocabulary, vocabulary

# An announcement of ten thousand words is shorter than this; a whole site pasted by mistake is longer.
LONGEST = 100_000
_WIDTHS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SPACES = dict.fromkeys(
    map(ord, "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"), " "
)
# Zero-width spaces, soft hyphens, byte-order marks and marks of direction: pasted along unseen.
_UNSEEN = dict.fromkeys(
    [0x00AD, 0x061C, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)], ""
)
_TABLE = _WIDTHS | _SPACES | _UNSEEN
_BREAKS = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
_ALIEN_SHARE = 0.1
_FEWEST_WORDS = 6


def normalised(text: str) -> str:
    """Give the text in NFC, with plain spaces and line ends, half-width figures and nothing unseen."""
    return unicodedata.normalize("NFC", _BREAKS.sub("\n", text).translate(_TABLE))


def unreadable(text: str) -> str:
    """Say why a tidied text is not an announcement a program can read, "" where it may be one."""
    if not text.strip():
        return "The text is empty."
    if len(text) > LONGEST:
        return f"The text has more than {LONGEST} characters; paste the announcement alone."
    odd = sorted(
        {f"U+{ord(c):04X}" for c in text if c not in "\n\t" and unicodedata.category(c) in {"Cc", "Cs", "Cn", "Co"}}
    )
    if odd:
        return f"This is not plain text: it holds characters that no text has ({', '.join(odd[:5])})."
    if "\ufffd" in text:
        return "Characters were lost when this text was decoded; save it as UTF-8 and read it again."
    return ""


def language_of(text: str) -> tuple[str | None, str]:
    """Give the language a tidied text is read in and "", or None and the reason why it cannot be read."""
    scripts = _scripts(text)
    letters = sum(scripts.values())
    if not letters:
        return None, "The text has no letters."
    if scripts["HANGUL"] * 3 >= letters:
        return "ko", ""
    script, count = scripts.most_common(1)[0]
    if script != "LATIN" or count * 2 < letters:
        return None, f"The text is mostly in the script {script.title()}; English and Korean can be read."
    return (
        ("en", "")
        if _is_english(text)
        else (None, "The language of the text was not recognised; English and Korean can be read.")
    )


def unread_part(text: str, language: str) -> str:
    """Name the script of a large part of the text that this language's reader passes over, "" where there is none."""
    scripts = _scripts(text)
    own = {"LATIN"} if language == "en" else {"HANGUL", "LATIN"}
    letters = sum(scripts.values())
    alien = [script for script, count in scripts.items() if script not in own and count > letters * _ALIEN_SHARE]
    if language == "ko" and _is_english("\n".join(line for line in text.split("\n") if not re.search("[가-힣]", line))):
        alien.append("LATIN")
    return alien[0].title() if alien else ""


def sentences(text: str, words: Vocabulary) -> list[str]:
    """Cut a paragraph into its sentences, each as it stands in the text."""
    pieces: list[str] = []
    start = 0
    for gap in re.finditer(r"(?<=[.!?…。])[\"”’)\]]*(\s+)(?=[\"“‘(\[]?[A-Z0-9가-힣])", text):
        before = text[start : gap.start()]
        if not before.endswith(words.abbreviations) and not words.ends_in_month(before):
            pieces.append(text[start : gap.start(1)])
            start = gap.end()
    return [piece for piece in [*pieces, text[start:]] if piece.strip()]


def stops_short(text: str, words: Vocabulary) -> bool:
    """Tell a sentence without its end from a name or a title, whose words are few or mostly written with a capital."""
    found = text.split()
    capitals = sum(1 for word in found if word[:1].isupper())
    return len(found) >= _FEWEST_WORDS and capitals * 2 < len(found) and not words.ends_sentence(text)


def trimmed(text: str, words: Vocabulary) -> str:
    """Give a name or a place without the stops around it; the stop of an abbreviation such as "e.V." stays."""
    bare = text.strip(" .,;")
    end = text.find(bare) + len(bare)
    kept = text[: end + 1].lstrip(" .,;")
    is_short = kept.endswith(words.keeps_its_stop) or re.search(r"(?:\b[A-Z]\.){2}$", kept)
    return kept if bare and is_short and kept == f"{bare}." else bare


def joined(text: str) -> str:
    """Give a passage on one line."""
    return " ".join(text.split())


def _scripts(text: str) -> Counter[str]:
    return Counter(unicodedata.name(c, "UNKNOWN").split()[0] for c in text if c.isalpha())


# One known word may be a name; fewer than one in six is another language.
FEWEST_HITS = 2


def _is_english(text: str) -> bool:
    found = [word.casefold() for word in _WORD.findall(text)]
    known = vocabulary("en")
    hits = sum(1 for word in found if word in known.ordinary_words or word in known.calendar_words)
    return hits >= FEWEST_HITS and hits * 6 >= len(found)
