"""A letter of a bundle may leave out addressee, salutation and close where it says which office it speaks to."""

import datetime as dt

import pytest
from bundle_sample import bundle

from tongmun.bundles.actions.export import export_edition
from tongmun.bundles.actions.load import load_bundle
from tongmun.bundles.problems import BundleRefused
from tongmun.letters.models import LetterVersion

pytestmark = pytest.mark.django_db
AT = dt.datetime(2027, 8, 10, 9, 0, tzinfo=dt.UTC)
OWN = 'addressee = ["Her Excellency Example", "President"]\n'
SALUTATION, CLOSE = 'salutation = "Your Excellency,"\n', 'close = "Yours faithfully,"\n'
OFFICE = 'addressee_office = "president"\naddressee_title = "President of Example"\n'
FRENCH = 'addressee_office = "president"\naddressee_title = "Présidente"\naddressee_name = "Ana Exemple"\n'
LETTER = '+++\n{front}signatory = ["Ceux qui signent"]\n+++\nUn texte.\n'


def loaded(folder, changes) -> LetterVersion:
    load_bundle(path=bundle(folder / "bundle", changes), by=None, at=AT)
    return LetterVersion.objects.get(language="fr" if "letter.fr.md" in changes else "en")


def refused(folder, changes):
    with pytest.raises(BundleRefused) as refusal:
        loaded(folder, changes)
    assert not LetterVersion.objects.exists()
    return [(problem.field, problem.message, problem.remedy) for problem in refusal.value.problems]


def test_what_is_left_out_comes_from_the_forms(tmp_path):
    front = FRENCH + 'addressee_gender = "f"\n'

    letter = loaded(tmp_path, {"letter.fr.md": LETTER.format(front=front)})

    assert letter.addressee == "Son Excellence Madame Ana Exemple\nPrésidente"
    assert letter.salutation == "Madame la Présidente,"
    assert letter.close.startswith("Nous vous prions d’agréer, Madame la Présidente, ")


def test_what_the_letter_says_itself_is_kept_to_the_letter(tmp_path):
    letter = loaded(tmp_path, {"letter.en.md": (SALUTATION + CLOSE, OFFICE + 'salutation = "Dear all:"\n')})

    assert letter.addressee == "Her Excellency Example\nPresident"
    assert (letter.salutation, letter.close) == ("Dear all:", "Respectfully,")


def test_what_was_written_out_is_exported_in_words(tmp_path):
    letter = loaded(tmp_path, {"letter.en.md": (OWN, OFFICE)})

    folder = tmp_path / "again"
    export_edition(edition=letter.edition, folder=folder)

    text = (folder / "letter.en.md").read_text("utf-8")
    assert 'addressee = ["The President of Example"]' in text
    assert "addressee_office" not in text


@pytest.mark.parametrize(("field", "written"), [("salutation", SALUTATION), ("close", CLOSE), ("addressee", OWN)])
def test_what_is_missing_is_named_with_two_ways_out(tmp_path, field, written):
    problems = refused(tmp_path, {"letter.en.md": (written, "")})

    assert [(name, message) for name, message, _remedy in problems] == [(field, f"“{field}” is missing.")]
    assert "addressee_office" in problems[0][2]


def test_a_name_without_a_gender_is_not_guessed(tmp_path):
    ((field, message, remedy),) = refused(tmp_path, {"letter.fr.md": LETTER.format(front=FRENCH)})

    assert field == "addressee_gender"
    assert message.startswith("French has no form that fits")
    assert "Write f or m where it is known" in remedy


def test_an_office_without_title_and_name_is_nobody(tmp_path):
    problems = refused(tmp_path, {"letter.en.md": (OWN, 'addressee_office = "president"\n')})

    assert problems[0][:2] == ("addressee_title", "“addressee_title” is missing.")


def test_an_unknown_office_is_refused(tmp_path):
    ((field, _message, remedy),) = refused(tmp_path, {"letter.en.md": (OWN, OWN + 'addressee_office = "viceroy"\n')})

    assert field == "addressee_office"
    assert "president, monarch" in remedy


def test_a_name_without_an_office_is_not_lost(tmp_path):
    ((field, message, _remedy),) = refused(tmp_path, {"letter.en.md": (OWN, OWN + 'addressee_name = "Ana"\n')})

    assert (field, message) == ("addressee_name", "“addressee_name” says nothing without “addressee_office”.")


def test_a_close_that_would_be_too_long_is_refused(tmp_path):
    front = (
        'addressee_office = "head-of-government"\naddressee_title = "Chef"\naddressee_name = "Ana"\n'
        f'addressee_gender = "f"\naddressee_spoken = "{"x" * 120}"\n'
    )

    problems = refused(tmp_path, {"letter.fr.md": LETTER.format(front=front)})

    assert [(field, "at most 200 fit" in message) for field, message, _remedy in problems] == [("close", True)]
