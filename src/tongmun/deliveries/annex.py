"""The annex of a letter: how many stand behind it, which organisations, and, apart, the names that may be printed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any

from babel.numbers import format_decimal

from tongmun.campaigns.country_words import country_name
from tongmun.deliveries.models import Freeze
from tongmun.deliveries.sheets import Sheet, block, lines_block, sheet_pdf
from tongmun.deliveries.wording import sheet_language, sheet_words
from tongmun.kit.annex import Annex, AnnexWords
from tongmun.kit.annex import annex_pdf as volumes_pdf
from tongmun.kit.collation import collation_key, sort_names
from tongmun.kit.pdf import MissingGlyph, without
from tongmun.kit.text import in_language
from tongmun.letters.copies import date_line
from tongmun.signatures.disclosure import Learned


@dataclass(frozen=True)
class Annexes:
    """The files of an annex by their names, and how many names no font can draw and were left out."""

    files: dict[str, bytes]
    left_out: int


def annex(freeze: Freeze, *, has_names: bool, subject: str, language: str) -> Sheet:
    """Put the first part together in the language of a letter, or in English words: all but names."""
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
    organisations = sort_names((_organisation(one, language, said["sample"]) for one in freeze.organisations), language)
    blocks = [block("heading", said["signed"].format(day=date_line(freeze.frozen_on, spoken))), block("numbers", rows)]
    if freeze.log_root:
        blocks += [block("small", said["proof"].format(size=number(freeze.log_size))), block("hash", freeze.log_root)]
    if organisations:
        blocks += [block("heading", said["organisations"]), lines_block("names", organisations, spoken)]
    if countries:
        blocks += [block("heading", said["countries"]), block("numbers", countries), block("small", said["small"])]
    if has_names:
        blocks += [block("heading", said["names"]), block("text", said["consent"])]
    return Sheet(spoken, said["title"].format(subject=subject), tuple(blocks))


def annex_files(freeze: Freeze, names: Iterable[Learned], *, subject: str, language: str, day: date) -> Annexes:
    """Typeset an annex: numbers and organisations, and the names in volumes of their own, in their alphabet.

    What no font can draw in the name of an organisation becomes a question mark; a person's name is left out instead.
    """
    wanted = list(names)
    volumes, printed = _names_pdf(freeze, wanted, subject=subject, language=language, day=day)
    sheet = annex(freeze, has_names=bool(volumes), subject=subject, language=language)
    try:
        content = sheet_pdf(sheet, day=day)
    except MissingGlyph as missing:
        # A name with signs that no font has shall not keep the others from being printed.
        drawn = replace(sheet, blocks=tuple(without(sheet.blocks, missing.texts)))
        content = sheet_pdf(drawn, day=day)
    files = {f"annex-{language}.pdf": content}
    for number, content in enumerate(volumes, start=1):
        files[f"names-{language}.{number}.pdf" if len(volumes) > 1 else f"names-{language}.pdf"] = content
    return Annexes(files, len(wanted) - printed)


def _names_pdf(
    freeze: Freeze, names: Sequence[Learned], *, subject: str, language: str, day: date
) -> tuple[list[bytes], int]:
    """Typeset the names that can be drawn; gives the volumes, and how many names are in them."""
    printed = list(names)
    while printed:
        try:
            return _volumes(freeze, printed, subject=subject, language=language, day=day), len(printed)
        except MissingGlyph as error:
            drawn = [one for one in printed if not any(text in one.line for text in error.texts)]
            if len(drawn) == len(printed):
                raise
            printed = drawn
    return [], 0


def _volumes(freeze: Freeze, names: Iterable[Learned], *, subject: str, language: str, day: date) -> list[bytes]:
    spoken = sheet_language(language)
    said = sheet_words(spoken)["annex"]
    place = collation_key(language)
    ordered = sorted(names, key=lambda one: (place(one.line), one.country))
    content = Annex(
        title=said["title"].format(subject=subject),
        organisations=(),
        totals=(),
        names=[_line(one, spoken) for one in ordered],
        root=freeze.log_root,
        words=AnnexWords(
            organisations=said["organisations"],
            countries=said["countries"],
            names=said["names"],
            page=said["page"],
            volume=said["volume"],
            root=said["root"] if freeze.log_root else "",
        ),
    )
    return volumes_pdf(content, lang=spoken, created=datetime.combine(day, time(), tzinfo=UTC))


def _organisation(one: dict[str, Any], language: str, sample: str) -> str:
    name = in_language(one["names"], language)
    return sample.format(name=name) if one["is_sample"] else name


def _line(one: Learned, language: str) -> str:
    return ", ".join(part for part in (one.line, country_name(one.country, language) if one.country else "") if part)
