"""Countries by their names in the reader's language, from CLDR."""

import re
from functools import cache

from babel import Locale
from django.utils.translation import get_language
from django.utils.translation import gettext as _

_CODE = re.compile("[A-Z]{2}")
# CLDR lists these beside the countries of ISO 3166-1.
NOT_COUNTRIES = frozenset({"EU", "EZ", "UN", "ZZ", "QO", "XA", "XB"})


def country_choices() -> list[tuple[str, str]]:
    """Give ISO 3166-1 alpha-2 codes and names, sorted in the language of the page; the first is "not said"."""
    return [("", _("I would rather not say")), *countries(get_language() or "en")]


@cache
def countries(language: str) -> tuple[tuple[str, str], ...]:
    """Give codes and names in a language, sorted as its readers expect as far as code points allow."""
    names = {str(code): str(name) for code, name in Locale.parse(language, sep="-").territories.items()}
    codes = [code for code in names if _CODE.fullmatch(code) and code not in NOT_COUNTRIES]
    return tuple(sorted(((code, names[code]) for code in codes), key=lambda pair: pair[1]))
