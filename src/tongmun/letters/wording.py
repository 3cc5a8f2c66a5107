"""Forms of address as data: one TOML file per language in the folder `forms`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "forms"
# The kind of the row that serves every kind of mission without a row of its own.
ANY_KIND = ""


class NoFormsOfAddress(LookupError):
    """Cannot address anybody in `language`: neither it nor its base language has a file of forms."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self.language = language


@dataclass(frozen=True)
class MissionForms:
    """How a kind of mission is named: plainly, with its city, with the state that receives it ("" where never)."""

    form: str
    in_city: str = ""
    in_state: str = ""


@dataclass(frozen=True)
class Wording:
    """The forms of address of one language; fields: {name}, {sending}, {city}, {receiving}, {country}."""

    heads: dict[tuple[str, str], str]
    offices: dict[str, str]
    missions: dict[str, MissionForms]
    receiving: dict[str, str]
    locality: str

    def head(self, rank: str, kind: str) -> str:
        """Give the form that names a head of this rank at this kind of mission, or "" when the pair is unknown."""
        return self.heads.get((rank, kind), "")

    def office(self, kind: str) -> str:
        """Give the form that addresses the office without a name."""
        return self.offices.get(kind, self.offices[ANY_KIND])

    def mission(self, kind: str) -> MissionForms:
        """Give the forms that name a kind of mission."""
        return self.missions.get(kind, self.missions[ANY_KIND])


def worded_languages() -> frozenset[str]:
    """Give the languages that have a file of forms, as BCP 47 codes."""
    return frozenset(path.stem for path in FOLDER.glob("*.toml"))


@cache
def wording(language: str) -> Wording:
    """Read the forms of a language, or of its base language (en-GB uses en). Raises NoFormsOfAddress."""
    known = worded_languages()
    for code in (language, language.split("-", maxsplit=1)[0]):
        if code in known:
            return _read(FOLDER / f"{code}.toml")
    raise NoFormsOfAddress(language)


def _read(path: Path) -> Wording:
    rows = tomllib.loads(path.read_text(encoding="utf-8"))
    return Wording(
        heads={(row["rank"], kind): row["form"] for row in rows["head"] for kind in row["kinds"]},
        offices={row["kind"]: row["form"] for row in rows["office"]},
        missions={
            row["kind"]: MissionForms(row["form"], row.get("in_city", ""), row.get("in_state", ""))
            for row in rows["mission"]
        },
        receiving={row["state"]: row["short"] for row in rows.get("receiving", [])},
        locality=rows["locality"][0]["form"],
    )
