from itertools import product

import pytest
from django.utils.translation import override
from tests.signatures.signing_steps import AT, a_form, an_edition, do_sign, last_secret, opened, opened_address

from tongmun.signatures.actions.confirm import confirm
from tongmun.signatures.disclosure import NAMING
from tongmun.signatures.forms import SignForm
from tongmun.signatures.models import Signature
from tongmun.signatures.ways import Way

CONSENTS = ("consents_to_show", "consents_to_print", "consents_to_news")
# Way → what "show" has to be, and what "print" may be.
RULES = {
    "public": (True, {True, False}),
    "pseudonym": (True, {True, False}),
    "private": (False, {True, False}),
    "counted": (False, {False}),
}
CASES = [
    (way, dict(zip(CONSENTS, ticks, strict=True)), name)
    for way, *ticks, name in product(RULES, [True, False], [True, False], [True, False], ["Min Example", ""])
]


def typed(way: str, consents: dict[str, bool], name: str) -> dict[str, str]:
    ticked = {consent: "on" for consent, is_on in consents.items() if is_on}
    return {"way": way, "name": name, "email": "min@example.org", "country": "KR", **ticked}


def refused_fields(way: str, consents: dict[str, bool], name: str) -> set[str]:
    show, prints = RULES[way]
    return {
        field
        for field, wrong in (
            ("name", way != "counted" and not name),
            ("consents_to_show", consents["consents_to_show"] != show),
            ("consents_to_print", consents["consents_to_print"] not in prints),
        )
        if wrong
    }


def test_cases_are_all_sixty_four():
    assert len(CASES) == 4 * 8 * 2
    assert sum(not refused_fields(*case) for case in CASES) == 4 + 4 + 4 + 2 * 2


@pytest.mark.parametrize(("way", "consents", "name"), CASES)
def test_form_refuses_beside_the_field_that_is_wrong(way, consents, name):
    form = a_form(**typed(way, consents, name))

    assert set(form.errors) == refused_fields(way, consents, name)


@pytest.mark.django_db
@pytest.mark.parametrize(("way", "consents", "name"), [case for case in CASES if not refused_fields(*case)])
def test_accepted_form_stores_what_its_way_and_consents_allow(way, consents, name):
    form = a_form(**typed(way, consents, name))
    assert form.is_valid()

    do_sign(an_edition(), form.entry())
    confirm(secret=last_secret("confirmation"), at=AT)

    stored = Signature.objects.get()
    names = {"name": "", "chosen": "", "country": "KR"}
    names |= {"chosen" if way == "pseudonym" else "name": name}
    assert (opened(stored) if stored.sealed else None) == (names if way != "counted" else None)
    assert (opened_address(stored) if stored.news_box else "") == "min@example.org" * consents["consents_to_news"]
    assert stored.consents_to_news == consents["consents_to_news"]
    assert (stored.to_public in NAMING) == consents["consents_to_show"]
    assert (stored.to_addressee in NAMING) == consents["consents_to_print"]
    assert (stored.way, stored.country, stored.shown_name, stored.confirmed_on) == (way, "KR", "", AT.date())
    assert stored.moderation == ("WAITING" if consents["consents_to_show"] else "NONE")
    assert bool(stored.waiting_box) == consents["consents_to_show"]


def test_form_has_private_chosen_and_nothing_ticked():
    form = SignForm("trial", AT)

    assert form["way"].value() == Way.PRIVATE
    assert not any(form[consent].value() for consent in CONSENTS)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("way", "", "one of the four ways"),
        ("way", "openly", "one of the four ways"),
        ("name", "\u202eMin", "invisible or control"),
        ("name", "Min\x00", "invisible or control"),
        ("name", "M" * 81, "longer than 80"),
        ("name", "M" * 400, "longer than 80"),
        ("name", "=cmd()", "cannot begin"),
        ("name", "see www.example.org", "a link"),
        ("name", "...", "no letter"),
        ("email", "", "your e-mail address"),
        ("email", "a@localhost", "name@example.org"),
        ("email", "a@b@c.org\n", "name@example.org"),
        ("email", "min@example.org\nBcc: all@example.org", "name@example.org"),
        ("email", "m" * 330 + "@example.org", "too long"),
        ("country", "Atlantis", "from the list"),
    ],
)
def test_form_says_beside_the_field_what_is_wrong(field, value, words):
    data = {**typed("private", dict.fromkeys(CONSENTS, False), "Min"), field: value}

    with override("en"):
        form = a_form(**data)
        assert set(form.errors) == {field}
        assert words in " ".join(form.errors[field])


def test_form_drops_the_name_of_somebody_who_is_only_counted():
    form = a_form(**typed("counted", dict.fromkeys(CONSENTS, False), "Min Example"))

    assert form.is_valid()
    assert form.entry().name == ""


@pytest.mark.parametrize("language", ["en", "ko", "ar"])
def test_countries_are_named_in_the_language_of_the_page(language):
    with override(language):
        names = dict(SignForm("trial", AT).fields["country"].widget.choices)

    assert names["KR"] == {"en": "South Korea", "ko": "대한민국", "ar": "كوريا الجنوبية"}[language]
    assert len(names) > 230
    assert not {"AC", "BV", "CP", "DG", "EA", "IC", "EU", "HM"} & set(names)


def test_countries_are_sorted_as_a_reader_looks_for_them():
    with override("en"):
        codes = list(dict(SignForm("trial", AT).fields["country"].widget.choices))

    assert codes.index("CR") < codes.index("CI") < codes.index("HR") < codes.index("CY")
    assert codes.index("AF") < codes.index("AX") < codes.index("AL")
