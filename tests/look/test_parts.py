import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django import forms
from django.template.loader import render_to_string
from django.test import override_settings
from django.utils import translation

from tongmun.kit.ring import RingName, ring_layout
from tongmun.look.templatetags.look import state_name
from tongmun.look.wave import WavePlace, wave_of

PLAIN_STATIC = override_settings(
    STORAGES={"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
)
ALTERNATES = [
    {"code": "en", "name": "English", "url": "/en/"},
    {"code": "ko", "name": "한국어", "url": "/ko/"},
    {"code": "ar", "name": "العربية", "url": "/ar/"},
]


class Slip(forms.Form):
    name = forms.CharField(help_text="As you would sign a letter.")
    note = forms.CharField(required=False)
    shown = forms.ChoiceField(choices=[("n", "Nobody"), ("p", "Everybody")], widget=forms.RadioSelect)
    printed = forms.BooleanField(required=False, label="Print my name")
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def field(form: forms.Form, name: str) -> str:
    return render_to_string("look/parts/field.html", {"field": form[name]})


def test_field_ties_help_and_error_to_its_input() -> None:
    html = field(Slip({"name": ""}), "name")

    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert re.search(r'<p class="field-help" id="id_name_helptext">As you would sign a letter.</p>', html)
    assert re.search(r'<ul class="field-errors" id="id_name_error">\s*<li>This field is required.</li>', html)


def test_ring_lists_a_foreign_name_behind_the_one_its_reader_can_read() -> None:
    ring = ring_layout([RingName("北極星読書会", lang="ja", reading="North Star Reading Circle"), RingName("Plain")])

    html = render_to_string("look/parts/ring.html", {"ring": ring, "label": "Names"})

    drawing, listed = html.split('class="ring-names"')
    assert re.search(r'<text[^>]* lang="ja">北極星読書会</text>', drawing)
    assert "North Star" not in drawing
    assert listed.index("North Star Reading Circle") < listed.index('lang="ja" dir="ltr">北極星読書会')


def test_field_keeps_and_escapes_what_was_typed() -> None:
    html = field(Slip({"name": 'Suzie "<b>'}), "name")

    assert 'value="Suzie &quot;&lt;b&gt;"' in html
    assert "field-wrong" not in html


def test_field_says_which_may_stay_empty() -> None:
    assert "you may leave this empty" in field(Slip(), "note")
    assert "you may leave this empty" not in field(Slip(), "name")


def test_radios_stand_in_a_fieldset_that_carries_the_error() -> None:
    html = field(Slip({}), "shown")

    assert '<fieldset class="field field-wrong" id="id_shown" aria-describedby="id_shown_error">' in html
    assert html.count('type="radio"') == 2
    assert 'id="id_shown_error"' in html


def test_checkbox_has_its_label_behind_it() -> None:
    html = field(Slip(), "printed")

    assert re.search(
        r'<label class="choice" for="id_printed"><input type="checkbox"[^>]*> <span>Print my name</span>', html
    )


def test_hidden_field_shows_nothing() -> None:
    assert field(Slip(), "token").strip() == '<input type="hidden" name="token" id="id_token">'


def test_errors_above_the_form_lead_to_their_fields() -> None:
    html = render_to_string("look/parts/form_errors.html", {"form": Slip({})})

    assert 'href="#id_name"' in html
    assert 'href="#id_shown"' in html
    assert 'href="#id_note"' not in html
    assert render_to_string("look/parts/form_errors.html", {"form": Slip()}).strip() == ""


def test_language_switch_names_each_other_language_in_itself() -> None:
    html = render_to_string("look/parts/language_switch.html", {"current": "ko", "alternates": ALTERNATES})

    assert '<a href="/ar/" lang="ar" hreflang="ar" dir="rtl">العربية</a>' in html
    assert '<a href="/en/" lang="en" hreflang="en" dir="ltr">English</a>' in html
    assert "한국어" not in html


@PLAIN_STATIC
def test_base_turns_round_for_arabic_and_lists_the_other_languages() -> None:
    with translation.override("ar"):
        html = render_to_string("look/base.html", {"alternates": ALTERNATES})

    assert '<html lang="ar" dir="rtl">' in html
    assert '<link rel="alternate" hreflang="ko" href="/ko/">' in html
    assert '<a class="skip-link" href="#main">' in html
    assert '<main id="main" tabindex="-1">' in html


@PLAIN_STATIC
def test_error_pages_need_no_context() -> None:
    for name in ("404.html", "403.html", "403_csrf.html", "500.html"):
        html = render_to_string(name)

        assert html.count("<h1>") == 1
        assert "<nav" not in html


@PLAIN_STATIC
def test_wave_writes_its_numbers_with_a_point_in_every_language() -> None:
    place = WavePlace(
        "seoul", "서울", 37.57, 126.98, datetime(2026, 9, 22, 12, tzinfo=ZoneInfo("Asia/Seoul")), "refused", "/s/"
    )

    with translation.override("de"):
        html = render_to_string(
            "look/parts/wave.html",
            {"wave": wave_of([place], datetime(2026, 9, 22, 2, 50, tzinfo=UTC)), "list_id": "cities"},
        )

    assert 'transform="translate(592.0 84.9)"' in html
    assert not re.search(r'(x|y|d|transform|r|width)="[^"]*\d,\d', html)
    assert 'href="#cities"' in html


@PLAIN_STATIC
def test_wave_names_city_time_and_state_for_those_who_cannot_see_it() -> None:
    place = WavePlace(
        "seoul", "Seoul <1>", 37.57, 126.98, datetime(2026, 9, 22, 12, tzinfo=ZoneInfo("Asia/Seoul")), "refused", "/s/"
    )

    html = render_to_string("look/parts/wave.html", {"wave": wave_of([place], place.instant), "list_id": "cities"})

    assert "<title>Seoul &lt;1&gt;, Tuesday, 22 September 2026, 12:00: Refused</title>" in html
    assert "light-refused" in html
    assert "light-planned" not in html


def test_ring_stands_beside_a_list_with_language_and_sample_mark() -> None:
    ring = ring_layout([RingName("강을 지키는 사람들", "ko", is_sample=True), RingName("أصدقاء النهر", "ar", "/o/")])

    html = render_to_string("look/parts/ring.html", {"ring": ring, "label": "Organisations"})

    assert '<bdi lang="ko" dir="ltr">강을 지키는 사람들</bdi>' in html
    assert '<bdi lang="ar" dir="rtl"><a href="/o/">أصدقاء النهر</a></bdi>' in html
    assert html.count("sample-mark") == 1
    assert html.count("<li>") == html.count("<text") == 2


def test_last_change_is_dated() -> None:
    html = render_to_string("look/parts/last_changed.html", {"on": date(2026, 9, 20), "what": "The meeting place."})

    assert "Last changed: Sunday, 20 September 2026" in html
    assert "The meeting place." in html


def test_every_state_has_a_shape_and_a_word_of_its_own() -> None:
    states = ("planned", "today", "delivered", "refused", "past")

    shapes = {
        render_to_string("look/parts/light.html", {"state": state}).split("class")[1].split('"', 2)[2]
        for state in states
    }
    words = {state_name(state) for state in states}

    assert len(shapes) == len(words) == 5
