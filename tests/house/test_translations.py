"""What gettext itself does not check of a catalogue."""

import pytest
from django.utils.translation import ngettext, override


@pytest.mark.parametrize(
    ("number", "form"),
    [
        (0, "توقيع محتسب"),
        (1, "توقيع محتسب"),
        (2, "توقيعان محتسبان"),
        (3, "توقيعات محتسبة"),
        (10, "توقيعات محتسبة"),
        (11, "توقيعًا محتسبًا"),
        (99, "توقيعًا محتسبًا"),
        (100, "توقيع محتسب"),
        (102, "توقيع محتسب"),
        (103, "توقيعات محتسبة"),
    ],
)
def test_arabic_numbers_choose_the_form_of_their_noun(number, form):
    # CLDR 47, plural rules of ar: zero, one, two, few (3 to 10), many (11 to 99), other.
    with override("ar"):
        assert ngettext("signature counted", "signatures counted", number) == form
