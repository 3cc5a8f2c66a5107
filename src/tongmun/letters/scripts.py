"""Whether a text that is there in some languages can stand in a letter of another."""

from collections.abc import Mapping
from itertools import accumulate

from babel import Locale
from babel.core import get_global

from tongmun.kit.text import in_language


def is_in_language(texts: Mapping[str, str], language: str) -> bool:
    """Say whether a text stands in a language or a wider one: zh-Hant-HK reads zh-Hant and zh."""
    return any(texts.get(code) for code in accumulate(language.split("-"), "{}-{}".format))


def is_in_script(names: Mapping[str, str], language: str) -> bool:
    """Say whether the name shown in a language is one in its script: French shows an English name, Korean may not."""
    shown = in_language(names, language)
    return any(_script(code) == _script(language) for code, name in names.items() if name == shown)


def _script(language: str) -> str:
    """Give the ISO 15924 code of the script a language is written in (CLDR, likely subtags)."""
    named = Locale.parse(language, sep="-")
    return named.script or get_global("likely_subtags").get(named.language, "").partition("_")[2].partition("_")[0]
