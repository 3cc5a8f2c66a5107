"""From an office, a name, a title and a gender to what a letter writes: address, salutation, close."""

from dataclasses import dataclass

from tongmun.letters.notes import Lack, Note
from tongmun.letters.wording import AddresseeForms, Wording, wording


@dataclass(frozen=True)
class Addressee:
    """Whom a letter speaks to, in the words of its language.

    `office` is one of form_rows.OFFICES, or "" for any other; `title` is whole ("President of Example"), `spoken` is
    as one speaks to its holder ("President"), "" where that is the whole title. `gender` is "f", "m" or "" when nobody
    has said; `number` is "many" for an office that several hold together.
    """

    language: str
    office: str
    title: str = ""
    name: str = ""
    gender: str = ""
    spoken: str = ""
    number: str = "one"


@dataclass(frozen=True)
class Addressed:
    """What a letter to an addressee writes."""

    lines: tuple[str, ...]
    salutation: str
    close: str
    notes: tuple[Note, ...] = ()


def addressed(addressee: Addressee, *, sender: str = "many") -> Addressed:
    """Write the forms for an addressee from "one" sender or "many".

    Without a form for the name the office is addressed, and a note says so. Raises NoFormsOfAddress.
    """
    words = wording(addressee.language)
    forms, notes = _forms(words, addressee)
    values = {
        "name": addressee.name,
        "title": addressee.title,
        "spoken": addressee.spoken or addressee.title,
    }
    call = forms.call.format(**values)
    return Addressed(
        lines=tuple(filter(None, (line.format(**values).strip() for line in forms.lines))),
        salutation=words.salutation.format(call=call),
        close=words.close(addressee.office, sender).format(call=call),
        notes=notes,
    )


def _forms(words: Wording, addressee: Addressee) -> tuple[AddresseeForms, tuple[Note, ...]]:
    named = words.addressee(addressee.office, addressee.gender)
    if addressee.name and addressee.number == "one" and named:
        return named, ()
    unnamed = words.addressee_office(addressee.office, addressee.number)
    lacking = addressee.name and addressee.number == "one"
    return unnamed, (Note(Lack.ADDRESSEE, addressee.language),) if lacking else ()
