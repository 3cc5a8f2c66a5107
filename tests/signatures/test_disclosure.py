from itertools import product

import pytest

from tongmun.signatures.checking import check
from tongmun.signatures.disclosure import (
    NAMING,
    Audience,
    Disclosure,
    Learned,
    Level,
    Person,
    disclosure_of,
    initials,
    kept,
    learned,
)
from tongmun.signatures.ways import Way

OMAR = Person("Omar Haddad", "a refugee in Seoul", "KR")
FORM = {"way": "public", "name": "Omar Haddad", "email": "omar@example.org", "country": "KR", "consents_to_show": "on"}


def at(level: Level, audience: Audience) -> Disclosure:
    """Let one audience learn something and the others only of one more."""
    return Disclosure(*(level if one == audience else Level.COUNT for one in Audience))


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize(
    ("level", "line", "country"),
    [
        (Level.NAME, "Omar Haddad", "KR"),
        (Level.CHOSEN, "a refugee in Seoul", "KR"),
        (Level.INITIALS, "O. H.", "KR"),
        (Level.PLACE, "", "KR"),
        (Level.COUNT, "", ""),
    ],
)
def test_each_audience_learns_what_it_may_and_no_other_does(audience, level, line, country):
    disclosure = at(level, audience)

    assert learned(OMAR, disclosure, audience) == Learned(line, country)
    assert [learned(OMAR, disclosure, other) for other in Audience if other != audience] == [Learned()] * 3


@pytest.mark.parametrize(
    ("way", "show", "prints", "levels"),
    [
        ("public", True, False, "name place name name"),
        ("public", True, True, "name name name name"),
        ("private", False, False, "place place place name"),
        ("private", False, True, "place name place name"),
        ("counted", False, False, "place place place place"),
        ("pseudonym", True, False, "chosen place chosen chosen"),
        ("pseudonym", True, True, "chosen chosen chosen chosen"),
    ],
)
def test_a_way_to_sign_means_these_levels(way, show, prints, levels):
    disclosure = disclosure_of(Way(way), show=show, print_name=prints)

    assert " ".join(disclosure.level(audience) for audience in Audience) == levels


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Omar Haddad", "O. H."),
        ("maría del mar", "M. D. M."),
        ("김민수", "김."),
        ("عمر حداد", "ع. ح."),
        ("Ælfric 'Thorn", "Æ. T."),
        ("", ""),
        ("7 Min", "M."),
    ],
)
def test_initials_are_the_first_letters_of_the_words(name, expected):
    assert initials(name) == expected


def test_a_name_that_nobody_may_learn_is_not_kept():
    for levels in product(Level, repeat=4):
        found = kept(OMAR, Disclosure(*levels))

        assert bool(found.name) == bool(set(levels) & {Level.NAME, Level.INITIALS})
        assert bool(found.chosen) == (Level.CHOSEN in levels)


def test_details_change_one_audience_and_leave_the_others():
    entry = check({**FORM, "to_coalition": "place", "to_public": "initials"}, language="en").entry

    assert [entry.disclosure.level(one) for one in Audience] == [Level.INITIALS, Level.PLACE, Level.PLACE, Level.NAME]


@pytest.mark.parametrize(
    ("changes", "mistakes"),
    [
        ({"to_coalition": "everything"}, {"to_coalition": "level"}),
        ({"way": "private", "consents_to_show": "", "to_public": "name"}, {"to_public": "tick-first"}),
        ({"to_public": "place"}, {"to_public": "untick-first"}),
        ({"to_addressee": "initials"}, {"to_addressee": "tick-first"}),
        ({"to_coalition": "chosen"}, {"chosen": "chosen-missing"}),
        (
            {"way": "counted", "name": "", "consents_to_show": "", "to_organisers": "name"},
            {"to_organisers": "no-name-to-show"},
        ),
        ({"chosen": "\u202eevil"}, {"chosen": "hidden"}),
    ],
)
def test_details_that_contradict_are_refused_beside_their_field(changes, mistakes):
    found = check({**FORM, **changes}, language="en")

    assert found.mistakes == mistakes
    assert found.entry is None


def test_other_name_is_for_those_who_are_to_know_no_other():
    typed = {**FORM, "chosen": "a friend", "to_public": "chosen", "consents_to_print": "on", "to_addressee": "initials"}

    entry = check(typed, language="en").entry

    lines = [learned(entry.person, entry.disclosure, audience).line for audience in Audience]
    assert lines == ["a friend", "O. H.", "Omar Haddad", "Omar Haddad"]


def test_levels_that_name_are_those_with_a_line():
    assert {level for level in Level if learned(OMAR, at(level, Audience.PUBLIC), Audience.PUBLIC).line} == NAMING
