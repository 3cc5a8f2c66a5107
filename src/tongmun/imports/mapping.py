"""Which column of a file holds what, and which words mean yes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Part(models.TextChoices):
    """What a column can hold. Without a column for a consent nobody has consented."""

    EMAIL = "email", _("E-mail address")
    NAME = "name", _("Name")
    COUNTRY = "country", _("Country")
    SHOWS = "shows", _("Agrees: my name on this site")
    PRINTS = "prints", _("Agrees: my name in the letter")
    NEWS = "news", _("Agrees: send me news")
    DAY = "day", _("Day of signing")


CONSENTS = (Part.SHOWS, Part.PRINTS, Part.NEWS)
YES = ("yes", "y", "true", "1", "x", "on", "예", "네", "نعم")
# Headings that organisations use, in the languages of the desk; compared without case, spaces and signs.
GUESSES: dict[Part, tuple[str, ...]] = {
    Part.EMAIL: (
        "email",
        "emailaddress",
        "mail",
        "이메일",
        "이메일주소",
        "전자우편",
        "البريدالإلكتروني",
        "البريد",
        "الإيميل",
    ),
    Part.NAME: ("name", "fullname", "signer", "이름", "성명", "الاسم", "الاسمالكامل"),
    Part.COUNTRY: ("country", "countrycode", "nation", "국가", "나라", "البلد", "الدولة"),
    Part.SHOWS: ("show", "shows", "showname", "showmyname", "public", "이름공개", "공개", "إظهارالاسم", "علني"),
    Part.PRINTS: (
        "print",
        "prints",
        "printname",
        "inletter",
        "letter",
        "이름인쇄",
        "편지에이름",
        "طباعةالاسم",
        "فيالرسالة",
    ),
    Part.NEWS: ("news", "newsletter", "updates", "optin", "소식", "소식받기", "뉴스레터", "الأخبار", "النشرة"),
    Part.DAY: ("day", "date", "signedon", "signeddate", "dateofsigning", "날짜", "서명일", "التاريخ", "تاريخالتوقيع"),
}


@dataclass(frozen=True)
class Mapping:
    """The number of the column of each part that has one, from 0, and the words that mean yes, folded."""

    columns: dict[Part, int]
    yes: frozenset[str] = field(default_factory=frozenset)

    def as_json(self) -> dict[str, Any]:
        """Give it as it is stored."""
        return {"columns": {part.value: column for part, column in self.columns.items()}, "yes": sorted(self.yes)}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Mapping":
        """Read it as it is stored."""
        return cls({Part(part): column for part, column in stored["columns"].items()}, frozenset(stored["yes"]))


def folded_word(word: str) -> str:
    """Give the form in which words of consent are compared."""
    return word.strip().casefold()


def guess(names: Sequence[str]) -> dict[Part, int]:
    """Guess the columns by their headings; a column is guessed once."""
    plain = ["".join(sign for sign in name.casefold() if sign.isalnum()) for name in names]
    found: dict[Part, int] = {}
    for part, words in GUESSES.items():
        column = next(
            (number for number, name in enumerate(plain) if name in words and number not in found.values()), -1
        )
        if column >= 0:
            found[part] = column
    return found
