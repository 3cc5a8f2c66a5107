"""Whom a letter of a bundle speaks to: in lines of its own, or composed from the forms of address of its language."""

from typing import Any

from django.utils.translation import gettext as _

from tongmun.bundles import columns
from tongmun.bundles.problems import Place, Problem, Unreadable
from tongmun.letters.addressees import Addressee, addressed
from tongmun.letters.form_rows import INSTITUTION

COMPOSED = ("addressee", "salutation", "close")


def written_out(values: dict[str, Any], language: str, whole: Place, problems: list[Problem]) -> dict[str, Any]:
    """Give the fields of a letter with its addressee, salutation and close in words; what the letter says is kept.

    They are written out when the letter is read, so that people sign the very words. Raises NoFormsOfAddress.
    """
    about = {field.name: values.pop(field.name) for field in columns.ADDRESSEE}
    lacking = [name for name in COMPOSED if not values[name]]
    if not about["addressee_office"]:
        problems += [*_missing(whole, lacking), *_unused(whole, about)]
        return values
    needed = "addressee_name" if about["addressee_office"] == INSTITUTION else "addressee_title"
    if lacking and not about[needed]:
        problems.append(whole.at(needed).problem(_("“%(field)s” is missing.") % {"field": needed}, _("Write it.")))
        return values
    found = addressed(
        Addressee(language=language, **{name.removeprefix("addressee_"): value for name, value in about.items()})
    )
    composed = {"addressee": "\n".join(found.lines), "salutation": found.salutation, "close": found.close}
    if found.notes and "addressee" in lacking:
        problems.append(
            whole.at("addressee_gender").problem(
                found.notes[0].sentence(),
                _(
                    "Write f or m where it is known. Or leave out “addressee_name”, and the office is addressed; or "
                    "write “addressee” in lines of your own."
                ),
            )
        )
    for name in lacking:
        try:
            values[name] = _reader(name)(composed[name])
        except Unreadable as error:
            problems.append(whole.at(name).problem(error.message, error.remedy))
    return values


def _reader(name: str) -> Any:  # noqa: ANN401 -- the reader of a field gives what the field holds
    return next(field.read for field in columns.LETTER if field.name == name)


def _missing(whole: Place, lacking: list[str]) -> list[Problem]:
    return [
        whole.at(name).problem(
            _("“%(field)s” is missing.") % {"field": name},
            _("Write it. Or write “addressee_office”, and it comes from the forms of address."),
        )
        for name in lacking
    ]


def _unused(whole: Place, about: dict[str, Any]) -> list[Problem]:
    """Name what is said about an addressee whose office is not: it would be lost."""
    return [
        whole.at(field.name).problem(
            _("“%(field)s” says nothing without “addressee_office”.") % {"field": field.name},
            _("Write “addressee_office” as well, or delete this field."),
        )
        for field in columns.ADDRESSEE
        if about[field.name] != field.empty
    ]
