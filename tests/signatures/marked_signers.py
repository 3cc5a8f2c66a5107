"""Signers whose every name and address begins with a word that is found again in any script and spelling.

What each audience is to learn is worked out here anew, from what was typed, and not by the code that is tried out.
"""

import base64
import html
import json
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from random import Random
from urllib.parse import quote

from tongmun.signatures.checking import TICKED, check
from tongmun.signatures.disclosure import NAMING, Audience, Level
from tongmun.signatures.entry import Entry
from tongmun.signatures.ways import Way

SCRIPTS = {
    "Latin": "bcdfghjklmnpqrstvwz",
    "Cyrillic": "бвгджзклмнпрстфхцчшщ",
    "Arabic": "بتثجحخدذرزسشصضطظعغ",
    "Hangul": "".join(chr(code) for code in range(ord("가"), ord("힣"), 91)),
}
KINDS = ("name", "chosen")
STEM, WORDS, LETTERS = 8, 5, 3
LANGUAGES = ("en", "ko", "ar")
COUNTRIES = ("KR", "DE", "BR", "US", "EG", "")
# Nobody who says so lets the public know, and only a few do: no page may name either.
KEPT_BACK, TOO_FEW = "NR", "TV"
FEW = 6
# Shorter than this would be found by chance.
SHORTEST_FORM = 8
Told = tuple[str, str]


@dataclass(frozen=True)
class Marked:
    """Somebody who signs: what the browser sends, what the form makes of it, and what each audience is to learn."""

    typed: dict[str, str]
    entry: Entry
    told: dict[Audience, Told]

    @property
    def public_line(self) -> str:
        """The line that everybody may read once somebody has let it through."""
        return self.told[Audience.PUBLIC][0]


@dataclass
class Marks:
    """The beginnings of all names and addresses of a run, and whoever finds them again."""

    chance: Random
    stems: dict[tuple[str, str], str] = field(init=False)
    local: str = field(init=False)
    domain: str = field(init=False)

    def __post_init__(self) -> None:
        first: dict[str, list[str]] = {
            script: self.chance.sample(letters, len(KINDS)) for script, letters in SCRIPTS.items()
        }
        self.stems = {
            (script, kind): (first[script][place] + self._letters(script, STEM - 1)).title()
            for script in SCRIPTS
            for place, kind in enumerate(KINDS)
        }
        self.local, self.domain = (self._letters("Latin", STEM + 2) for _ in range(2))

    def _letters(self, script: str, number: int) -> str:
        return "".join(self.chance.choices(SCRIPTS[script], k=number))

    def a_name(self, kind: str) -> str:
        """Make a name of six words, so that its initials are as good as nobody else's."""
        script = self.chance.choice(list(SCRIPTS))
        return " ".join([self.stems[script, kind], *(self._letters(script, LETTERS).title() for _ in range(WORDS))])

    def an_address(self, number: int) -> str:
        """Make an address that nobody else has, on a domain of its own."""
        return f"{self.local}.{number}x@{self.domain}{number}.example"

    def in_text(self, text: str) -> list[str]:
        """Give every name, row of initials and address in a text, in its order; what is cut off, as it is."""
        return [found[0] for found in self._pattern.finditer(html.unescape(text))]

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        names = [rf"{stem}(?: \w{{{LETTERS}}}){{0,{WORDS}}}" for stem in self.stems.values()]
        initials = [rf"(?<!\w){stem[0]}\.(?: \w\.){{{WORDS}}}" for stem in self.stems.values()]
        addresses = [rf"{self.local}[\w.]*(?:@[\w.]+)?", rf"{self.domain}[\w.]*"]
        return re.compile("|".join(names + initials + addresses))

    def in_bytes(self, heap: bytes) -> set[str]:
        """Give every name and address in these bytes as it is written, and in any other spelling its first word."""
        found = set(self.in_text(heap.decode("utf-8", "ignore")))
        for stem in (*self.stems.values(), self.local, self.domain):
            found |= {f"{stem} as {form!r}" for form in other_spellings(stem) if form in heap}
        return found


def other_spellings(word: str) -> set[bytes]:
    """Give the bytes a word can hide in besides UTF-8: other encodings, escapes, base64, hexadecimal, other cases."""
    raw = {word.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")}
    forms = {word.lower().encode(), word.upper().encode(), *raw}
    for one in raw:
        # In base64 it depends on what stands before and after.
        encoded = [base64.b64encode(b" " * shift + one)[4:-4] for shift in range(3)]
        forms |= {one.hex().encode(), one.hex().upper().encode(), *encoded}
        forms |= {part.translate(bytes.maketrans(b"+/", b"-_")) for part in encoded}
    escaped = json.dumps(word)[1:-1]
    forms |= {escaped.encode(), escaped.replace("\\u", "\\U0000").encode(), quote(word).encode()}
    forms |= {quopri.encodestring(word.encode()).strip(), word.encode("ascii", "xmlcharrefreplace")}
    return {form for form in forms - {word.encode()} if len(form) >= SHORTEST_FORM}


def marked_signers(chance: Random, marks: Marks, number: int) -> list[Marked]:
    """Make signers who fill in the form in every way that it allows, at random."""
    signers = [_signer(chance, marks, place) for place in range(number - FEW)]
    few = {"way": Way.COUNTED.value, "country": TOO_FEW, "to_public": Level.PLACE.value}
    signers += [_made({**few, "email": marks.an_address(number - place)}, "en") for place in range(FEW)]
    return [one for one in signers if one]


def _signer(chance: Random, marks: Marks, number: int) -> Marked:
    while True:
        made = _made(_typed(chance, marks, number), chance.choice(LANGUAGES))
        if made:
            return made


def _made(typed: dict[str, str], language: str) -> Marked | None:
    entry = check(typed, language=language).entry
    return Marked(typed, entry, told(typed)) if entry else None


def _typed(chance: Random, marks: Marks, number: int) -> dict[str, str]:
    """Fill in the form; the names also of those whose names are not wanted. Not every form is a good one."""
    way = chance.choice(list(Way))
    shows, prints = way in {Way.PUBLIC, Way.PSEUDONYM}, way != Way.COUNTED and chance.random() < 0.5
    typed = {"way": way.value, "name": marks.a_name("name"), "email": marks.an_address(number)}
    typed["country"] = chance.choice(COUNTRIES)
    if chance.random() < 0.6:
        typed["chosen"] = marks.a_name("chosen")
    for box, is_ticked in (("show", shows), ("print", prints), ("news", chance.random() < 0.3)):
        if is_ticked:
            typed[f"consents_to_{box}"] = TICKED
    wanted = {Audience.PUBLIC: shows, Audience.ADDRESSEE: prints}
    for audience in Audience:
        if chance.random() < 0.6:
            fitting = [level for level in Level if wanted.get(audience, level in NAMING) == (level in NAMING)]
            typed[f"to_{audience}"] = chance.choice(fitting).value
    if typed.get("to_public") == Level.COUNT.value and chance.random() < 0.2:
        typed["country"] = KEPT_BACK
    return typed


def told(typed: dict[str, str]) -> dict[Audience, Told]:
    """Say what each audience is to learn, a line and a country, by what the form promises."""
    way, name, chosen = typed["way"], typed.get("name", ""), typed.get("chosen", "")
    if way == "pseudonym" and not chosen:
        name, chosen = "", name
    whole = {"public": "name", "private": "name", "pseudonym": "chosen", "counted": "place"}[way]
    usual = {
        "public": whole if "consents_to_show" in typed else "place",
        "addressee": whole if "consents_to_print" in typed else "place",
        "coalition": "place" if way == "private" else whole,
        "organisers": whole,
    }
    short = " ".join(f"{word[0]}." for word in (name or chosen).split())
    lines = {"name": name, "chosen": chosen, "initials": short, "place": "", "count": ""}
    levels = {audience: typed.get(f"to_{audience}") or usual[audience] for audience in usual}
    return {
        Audience(audience): (lines[level], "" if level == "count" else typed.get("country", ""))
        for audience, level in levels.items()
    }


def scripts_and_kinds() -> Iterator[tuple[str, str]]:
    """Give each script with each kind of name."""
    return product(SCRIPTS, KINDS)
