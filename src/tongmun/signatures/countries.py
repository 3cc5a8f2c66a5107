"""Countries by their names in the reader's language, from CLDR."""

import re
from functools import cache

from babel import Locale
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tongmun.kit.text import searchable

_CODE = re.compile("[A-Z]{2}")
# CLDR lists these beside the countries of ISO 3166-1. Kosovo (XK) stays: it has no code of ISO's, but people.
NOT_COUNTRIES = frozenset(["EU", "EZ", "UN", "ZZ", "QO", "XA", "XB", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"])
# Nobody lives there.
UNINHABITED = frozenset(["AQ", "BV", "GS", "HM", "IO", "TF", "UM"])


def country_choices() -> list[tuple[str, str]]:
    """Give ISO 3166-1 alpha-2 codes and names, sorted in the language of the page; the first is "not said"."""
    return [("", _("I would rather not say")), *countries(get_language() or "en")]


@cache
def countries(language: str) -> tuple[tuple[str, str], ...]:
    """Give codes and names in a language, sorted without accents: Côte d’Ivoire stands under C, Åland under A."""
    names = {str(code): str(name) for code, name in Locale.parse(language, sep="-").territories.items()}
    codes = [code for code in names if _CODE.fullmatch(code) and code not in NOT_COUNTRIES | UNINHABITED]
    return tuple(sorted(((code, names[code]) for code in codes), key=lambda pair: searchable(pair[1])))


@cache
def _codes() -> frozenset[str]:
    return frozenset(code for code, _name in countries("en"))


def is_country(code: str) -> bool:
    """Tell whether a code is one of ISO 3166-1 alpha-2."""
    return code in _codes()
