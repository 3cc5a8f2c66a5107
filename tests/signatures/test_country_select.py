import pytest
from django import forms
from django.test.html import parse_html

from tongmun.signatures.countries import country_choices
from tongmun.signatures.country_select import CountrySelect

HOSTILE = [("", "none"), ("KR", "<b>Korea</b> & more"), ('X"', "quoted")]


@pytest.mark.parametrize("value", [None, "", "KR", 'X"', "nowhere"])
@pytest.mark.parametrize("attrs", [None, {"id": "id_country", "aria-describedby": "help", "required": False}])
@pytest.mark.parametrize("choices", [country_choices(), HOSTILE])
def test_list_is_what_django_writes(value, attrs, choices):
    ours, djangos = CountrySelect(choices=choices), forms.Select(choices=choices)

    assert parse_html(ours.render("country", value, attrs)) == parse_html(djangos.render("country", value, attrs))


def test_name_of_a_country_cannot_be_markup():
    assert "<b>" not in CountrySelect(choices=HOSTILE).render("country", "KR")
