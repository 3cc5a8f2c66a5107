"""What is wrong in a file of forms is named with its file, its row and what to do."""

from datetime import date

import pytest

from tongmun.letters.form_rows import BrokenForms, read_rows
from tongmun.letters.wording import FOLDER, rows_of

WHOLE = (FOLDER / "fr.toml").read_text(encoding="utf-8")
GOOD = """
[[head]]
rank = "nuncio"
kinds = ["embassy"]
gender = "f"
form = "aux bons soins de {name}"
source = "usage"
checked_by = ""
"""
FAULTS = [
    # what is changed in GOOD, into what, words of the message
    ('source = "usage"\n', "", "the field “source” is missing. Say where"),
    ('source = "usage"', 'source = " "', "the field “source” is missing. Say where"),
    ('checked_by = ""\n', "", "the field “checked_by” is missing. Write checked_by"),
    ('form = "aux bons soins de {name}"\n', "", "the field “form” is missing. Add it."),
    ('"nuncio"', '"viceroy"', "“viceroy” is not known as rank. Use one of “ambassador”"),
    ('["embassy"]', '["trade-office"]', "“trade-office” is not known as kinds. Use one of “embassy”"),
    ('["embassy"]', '"embassy"', "“kinds” has to be a list of texts."),
    ('["embassy"]', "[]", "“kinds” has to be a list of texts."),
    ('"f"', '"x"', "“x” is not known as gender. Use one of “f”, “m”."),
    ("{name}", "{nom}", "there is no place {nom} in “form”. Correct it, or use “{name}”."),
    ("{name}", "{0}", "there is no place {0} in “form”."),
    ("{name}", "{name", "a brace in “aux bons soins de {name” has no other."),
    ('"aux bons soins de {name}"', "7", "“form” has to be a text."),
    ("form =", 'from = "x"\nform =', "there is no field “from”. Use “rank”"),
    ('checked_by = ""', 'checked_by = "A. Reader"', "checked_by and checked_on go together."),
    ('checked_by = ""', 'checked_by = ""\nchecked_on = 2027-01-31', "checked_by and checked_on go together."),
    ('checked_by = ""', 'checked_by = "A. Reader"\nchecked_on = "2027"', "checked_by and checked_on go together."),
]


def problems_of(path, text: str, *, is_whole: bool = False) -> list[str]:
    file = path / "xx.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BrokenForms) as caught:
        read_rows(file, is_whole=is_whole)
    assert str(caught.value) == "\n".join(caught.value.problems)
    return caught.value.problems


@pytest.mark.parametrize(("old", "new", "words"), FAULTS, ids=[words for *_, words in FAULTS])
def test_a_fault_names_file_row_and_remedy(tmp_path, old, new, words):
    assert old in GOOD

    problems = problems_of(tmp_path, GOOD.replace("nuncio", "consul") + GOOD.replace(old, new))

    assert len(problems) == 1
    assert problems[0].startswith("forms/xx.toml, [[head]] row 2: ")
    assert words in problems[0]


def test_every_fault_of_a_file_is_named_at_once(tmp_path):
    text = GOOD.replace("nuncio", "viceroy") + GOOD.replace("{name}", "{nom}")

    assert len(problems_of(tmp_path, text)) == 2


def test_rows_of_an_unknown_kind_are_refused(tmp_path):
    (problem,) = problems_of(tmp_path, GOOD.replace("[[head]]", "[[heads]]"))

    assert problem.startswith("forms/xx.toml: there are no rows [[heads]]. Use one of “order”, “head”, “office”,")


def test_a_file_that_is_no_toml_is_refused(tmp_path):
    assert problems_of(tmp_path, "[[head]\n")[0].startswith("forms/xx.toml: ")


def test_two_rows_for_the_same_are_refused(tmp_path):
    problems = problems_of(tmp_path, GOOD + GOOD.replace('["embassy"]', '["nunciature", "embassy"]'))

    assert problems == [
        "forms/xx.toml, [[head]] row 2: row 1 serves nuncio embassy f as well. Take it out of one of them."
    ]


@pytest.mark.parametrize(
    ("old", "table"),
    [
        ('kind = ""\nform = "aux bons soins du chef de mission"', "office"),
        ('kind = ""\nform = "Mission de', "mission"),
        ('[[order]]\nparts = ["addressee", "care_of", "mission", "post"]\n', "order"),
        ('[[locality]]\nform = "{city}, {country}"\n', "locality"),
        ('[[salutation]]\nform = "{call},"', "salutation"),
        ('[[close]]\nform = "Nous', "close"),
        ('number = "one"\nlines = ["{title}"]\ncall = "Madame, Monsieur"', "addressee_office"),
    ],
)
def test_a_language_without_something_to_fall_back_on_is_refused(tmp_path, old, table):
    start = WHOLE.rindex("[[", 0, WHOLE.index(old) + 2)
    end = WHOLE.find("[[", start + 2)

    problems = problems_of(tmp_path, WHOLE[:start] + WHOLE[end:], is_whole=True)

    assert any(f"no row [[{table}]]" in problem and "Add one" in problem for problem in problems)


def test_an_addressee_who_is_called_nothing_is_refused(tmp_path):
    problems = problems_of(tmp_path, WHOLE.replace('call = "Sire"\n', ""), is_whole=True)

    assert len(problems) == 1
    assert "the field “call” is missing" in problems[0]


def test_a_row_says_who_checked_it_and_when(tmp_path):
    file = tmp_path / "xx.toml"
    file.write_text(GOOD.replace('checked_by = ""', 'checked_by = "A. Reader"\nchecked_on = 2027-01-31'))

    (row,) = read_rows(file, is_whole=False)

    assert (row.checked_by, row.checked_on) == ("A. Reader", date(2027, 1, 31))


def test_a_region_need_only_say_what_differs():
    assert {row.table for row in rows_of("en-US")} == {"addressee", "salutation", "close"}
