"""Forms of address as data: one TOML file per language in the folder `forms`, whose rows `form_rows` reads."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tongmun.letters.form_rows import Row, read_rows

FOLDER = Path(__file__).parent / "forms"
# The kind, office or gender of a row that serves all of them that have no row of their own.
ANY = ""


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
class AddresseeForms:
    """The lines that name an addressee, and what the letter calls them in salutation and close.

    Fields: {name}, {title} and {spoken}, the title without the state as one speaks to its holder.
    """

    lines: tuple[str, ...]
    call: str


@dataclass(frozen=True)
class Join:
    """What `before` and a name that begins with `article` become: "de " and "le " are "du " in French."""

    before: str
    article: str
    becomes: str


@dataclass(frozen=True)
class Wording:
    """The forms of address of one language. The keys are those of the rows, a list of them taken apart."""

    heads: dict[tuple[str, str, str], str]
    offices: dict[str, str]
    missions: dict[str, MissionForms]
    receiving: dict[str, str]
    locality: str
    addressees: dict[tuple[str, str], AddresseeForms]
    addressee_offices: dict[tuple[str, str], AddresseeForms]
    salutation: str
    closes: dict[tuple[str, str], str]
    order: tuple[str, ...]
    joins: tuple[Join, ...]

    def head(self, rank: str, kind: str, gender: str) -> str:
        """Give the form that names a head of this rank, kind of mission and gender ("" unknown), or "" without one."""
        return self.heads.get((rank, kind, gender)) or self.heads.get((rank, kind, ANY), "")

    def has_head(self, rank: str, kind: str) -> bool:
        """Say whether any gender has a form for this rank at this kind of mission."""
        return any((rank, kind, gender) in self.heads for gender in (ANY, "f", "m"))

    def office(self, kind: str) -> str:
        """Give the form that addresses the office without a name."""
        return self.offices.get(kind, self.offices[ANY])

    def mission(self, kind: str) -> MissionForms:
        """Give the forms that name a kind of mission."""
        return self.missions.get(kind, self.missions[ANY])

    def addressee(self, office: str, gender: str) -> AddresseeForms | None:
        """Give the forms that name the holder of an office, None when there are none for this gender."""
        return self.addressees.get((office, gender)) or self.addressees.get((office, ANY))

    def addressee_office(self, office: str, number: str) -> AddresseeForms:
        """Give the forms that address an office without a name; `number` is "one" or "many"."""
        found = self.addressee_offices.get((office, number)) or self.addressee_offices.get((ANY, number))
        return found or self.addressee_offices[ANY, "one"]

    def close(self, office: str, sender: str) -> str:
        """Give the form that closes a letter to an office from "one" sender or "many"."""
        keys = ((office, sender), (office, ANY), (ANY, sender), (ANY, ANY))
        return next(self.closes[key] for key in keys if key in self.closes)

    def filled(self, form: str, **values: str) -> str:
        """Put values into a form, joined to the word before them as the language does."""
        for name, value in values.items():
            for join in self.joins:
                seam = f"{join.before}{{{name}}}"
                if seam in form and value.startswith(join.article):
                    form = form.replace(seam, f"{join.becomes}{{{name}}}")
                    values[name] = value.removeprefix(join.article)
        return form.format(**values)


def worded_languages() -> frozenset[str]:
    """Give the languages that have a file of forms, as BCP 47 codes."""
    return frozenset(path.stem for path in FOLDER.glob("*.toml"))


@cache
def wording(language: str) -> Wording:
    """Read the forms of a language, or of the wider one that has a file (en-GB uses en). Raises NoFormsOfAddress.

    A region's file holds only what differs from its language's. Raises form_rows.BrokenForms for a file with faults.
    """
    return _worded(rows_for(language))


def rows_for(language: str) -> list[Row]:
    """Give the rows that serve a language, those of the wider one first. Raises NoFormsOfAddress."""
    files = _files(language)
    if not files:
        raise NoFormsOfAddress(language)
    return [row for path in files for row in read_rows(path, is_whole=path == files[0])]


def rows_of(language: str) -> tuple[Row, ...]:
    """Give the rows of a language's own file, for people who check them. Raises NoFormsOfAddress."""
    if language not in worded_languages():
        raise NoFormsOfAddress(language)
    path = FOLDER / f"{language}.toml"
    return read_rows(path, is_whole=_files(language)[0] == path)


def _files(language: str) -> list[Path]:
    """List the files that serve a language, from the widest to its own."""
    known = worded_languages()
    subtags = language.split("-")
    codes = ["-".join(subtags[:length]) for length in range(1, len(subtags) + 1)]
    return [FOLDER / f"{code}.toml" for code in codes if code in known]


def _worded(rows: list[Row]) -> Wording:
    """Put rows into a wording; where two have the same key the later one holds."""

    def of(table: str) -> list[Row]:
        return [row for row in rows if row.table == table]

    return Wording(
        heads={key: row.text("form") for row in of("head") for key in row.keys("rank", "kinds", "gender")},
        offices={row.text("kind"): row.text("form") for row in of("office")},
        missions={
            row.text("kind"): MissionForms(row.text("form"), row.text("in_city"), row.text("in_state"))
            for row in of("mission")
        },
        receiving={row.text("state"): row.text("short") for row in of("receiving")},
        locality=of("locality")[-1].text("form"),
        addressees={
            key: AddresseeForms(row.texts("lines"), row.text("call"))
            for row in of("addressee")
            for key in row.keys("offices", "gender")
        },
        addressee_offices={
            key: AddresseeForms(row.texts("lines"), row.text("call"))
            for row in of("addressee_office")
            for key in row.keys("offices", "number")
        },
        salutation=of("salutation")[-1].text("form"),
        closes={key: row.text("form") for row in of("close") for key in row.keys("offices", "sender")},
        order=of("order")[-1].texts("parts"),
        joins=tuple(Join(row.text("before"), row.text("article"), row.text("becomes")) for row in of("join")),
    )
