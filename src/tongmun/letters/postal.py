"""Which of the published lines of an address stand on a copy."""

from collections.abc import Mapping

from babel.languages import get_official_languages

from tongmun.campaigns.country_words import country_name, words_by_country
from tongmun.kit.text import in_language, searchable
from tongmun.letters.scripts import is_in_language


def postal_lines(lines: Mapping[str, str], *, language: str, country: str) -> tuple[str, ...]:
    """Choose the lines as published: in the letter's language, else in one of the country's own, else in English.

    Lines in another language than the letter's are for the post of two countries. That of the country they lie in
    reads its own script; that of the sender reads where the letter goes, so the country is added in the letter's
    language unless the lines name it. `country` is an ISO 3166-1 alpha-2 code or "".
    """
    if is_in_language(lines, language):
        return tuple(in_language(lines, language).splitlines())
    written = _local(lines, country) or tuple(in_language(lines, language).splitlines())
    if not written or not country or _names(written[-1], country, language):
        return written
    return (*written, country_name(country, language))


def _local(lines: Mapping[str, str], country: str) -> tuple[str, ...]:
    """Give the lines in the first official language of a country that has any (CLDR)."""
    for official in get_official_languages(country, de_facto=True) if country else ():
        base = official.partition("_")[0]
        for code, text in lines.items():
            if code.partition("-")[0] == base and text:
                return tuple(text.splitlines())
    return ()


def _names(line: str, country: str, language: str) -> bool:
    known = words_by_country().get(country, frozenset()) | {searchable(country_name(country, language))}
    return searchable(line) in known
