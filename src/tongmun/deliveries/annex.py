"""The annex of a letter: how many stand behind it, which organisations, and the names that may be printed."""

from collections.abc import Iterable
from datetime import date

from babel.numbers import format_decimal

from tongmun.campaigns.country_words import country_name
from tongmun.deliveries.models import Freeze
from tongmun.deliveries.sheets import Sheet, block, lines_block, sheet_pdf
from tongmun.deliveries.wording import sheet_language, sheet_words
from tongmun.kit.pdf import MissingGlyph
from tongmun.kit.text import in_language
from tongmun.letters.copies import date_line
from tongmun.signatures.disclosure import Learned


def annex(freeze: Freeze, names: Iterable[Learned], *, subject: str, language: str) -> Sheet:
    """Put an annex together in the language of a letter, in its words or in English ones."""
    spoken = sheet_language(language)
    said = sheet_words(spoken)["annex"]

    def number(of: int) -> str:
        return format_decimal(of, locale="en_GB" if spoken == "en" else spoken)

    parts = [(said["by_mail"], freeze.counted), (said["paper"], freeze.paper), (said["vouched"], freeze.vouched)]
    rows = [[label, number(of)] for label, of in parts if of or label == said["by_mail"]]
    if len(rows) > 1:
        rows.append([said["together"], number(freeze.counted + freeze.paper + freeze.vouched)])
    countries = [[country_name(code, spoken), number(of)] for code, of in freeze.by_country]
    if freeze.elsewhere and countries:
        countries.append([said["elsewhere"], number(freeze.elsewhere)])
    organisations = [in_language(one["names"], spoken) for one in freeze.organisations]
    lines = [_line(one, spoken) for one in names]
    blocks = [block("heading", said["signed"].format(day=date_line(freeze.frozen_on, spoken))), block("numbers", rows)]
    if freeze.log_root:
        blocks += [block("small", said["proof"].format(size=number(freeze.log_size))), block("hash", freeze.log_root)]
    if organisations:
        blocks += [block("heading", said["organisations"]), lines_block("names", organisations, spoken)]
    if countries:
        blocks += [block("heading", said["countries"]), block("numbers", countries), block("small", said["small"])]
    if lines:
        blocks += [block("heading", said["names"]), block("text", said["consent"]), lines_block("names", lines, spoken)]
    return Sheet(spoken, said["title"].format(subject=subject), tuple(blocks))


def annex_pdf(freeze: Freeze, names: Iterable[Learned], *, subject: str, language: str, day: date) -> tuple[bytes, int]:
    """Typeset an annex; gives it, and how many names no font can draw and were left out.

    Raises kit.pdf.MissingGlyph when it is not a name that cannot be drawn.
    """
    wanted = list(names)
    printed = wanted
    while True:
        try:
            content = sheet_pdf(annex(freeze, printed, subject=subject, language=language), day=day)
        except MissingGlyph as error:
            drawn = [one for one in printed if not any(text in one.line for text in error.texts)]
            if len(drawn) == len(printed):
                raise
            printed = drawn
        else:
            return content, len(wanted) - len(printed)


def _line(one: Learned, language: str) -> str:
    return ", ".join(part for part in (one.line, country_name(one.country, language) if one.country else "") if part)
