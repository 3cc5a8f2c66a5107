"""The words on a sheet as data: one TOML file per language in the folder `sheets`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "sheets"


class NoSheetWording(LookupError):
    """Cannot print a sheet in `language`: neither it nor its base language has a file of words."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self.language = language


@dataclass(frozen=True)
class SheetWording:
    """The words of one language.

    Their fields are {addressee} in `to`, {version} in `whole_letter`, {day} in `fate` and {signatory} in `keeper`.
    """

    sheet: str
    to: str
    whole_letter: str
    consent: str
    fate: str
    keeper: str
    danger: str
    name: str
    country: str
    signature: str
    valid_lines: str
    struck_lines: str


def sheet_languages() -> frozenset[str]:
    """Give the languages that have a file of words, as BCP 47 codes."""
    return frozenset(path.stem for path in FOLDER.glob("*.toml"))


@cache
def sheet_wording(language: str) -> SheetWording:
    """Read the words of a language, or of its base language (en-GB uses en). Raises NoSheetWording."""
    known = sheet_languages()
    for code in (language, language.split("-", maxsplit=1)[0]):
        if code in known:
            return SheetWording(**tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8")))
    raise NoSheetWording(language)
