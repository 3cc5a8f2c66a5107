"""What a bundle says of which paragraph translates which, and where a claim is made."""

import datetime as dt

import pytest
from bundle_sample import LETTER_EN, LETTER_KO, bundle, cell
from django.db import transaction

from tongmun.bundles.actions.export import export_edition
from tongmun.bundles.actions.load import load_bundle
from tongmun.bundles.problems import BundleRefused
from tongmun.campaigns.models import Edition
from tongmun.letters.models import Claim, LetterVersion
from tongmun.letters.queries import Unready, unready

pytestmark = pytest.mark.django_db
AT = dt.datetime(2027, 8, 10, 9, 0, tzinfo=dt.UTC)
STALE = [Unready("ko", is_written=True, stale=(2,))]


def loaded(folder, changes=None) -> Edition:
    return load_bundle(path=bundle(folder, changes), by=None, at=AT)


def unready_letters(edition: Edition) -> list[Unready]:
    """Leave out the languages of the sample in which there is no letter at all."""
    return [one for one in unready(edition) if one.is_written]


def test_letter_translates_the_one_that_comes_with_it(tmp_path):
    assert unready_letters(loaded(tmp_path)) == []


def test_letter_with_another_number_of_paragraphs_is_set_beside_none(tmp_path):
    edition = loaded(tmp_path, {"letter.ko.md": ("\n\n둘째 문단.", "")})

    assert unready_letters(edition) == [Unready("ko", is_written=True, missing=(2,), stale=(1,))]


def test_changed_master_leaves_the_unchanged_translation_stale(tmp_path):
    loaded(tmp_path / "one")

    edition = loaded(tmp_path / "two", {"letter.en.md": ('"quoted"', "in our words")})

    assert unready_letters(edition) == STALE
    assert LetterVersion.objects.filter(language="ko").count() == 1


def test_what_is_stale_stays_so_through_export_and_load(tmp_path):
    empty = transaction.savepoint()
    loaded(tmp_path / "one")
    edition = loaded(tmp_path / "two", {"letter.en.md": ('"quoted"', "in our words")})
    export_edition(edition=edition, folder=tmp_path / "export")
    transaction.savepoint_rollback(empty)

    again = load_bundle(path=tmp_path / "export", by=None, at=AT)
    export_edition(edition=again, folder=tmp_path / "again")

    assert unready_letters(again) == STALE
    written = (tmp_path / "export" / "letter.ko.md").read_text("utf-8")
    assert "translates = [" in written
    assert "translates" not in (tmp_path / "export" / "letter.en.md").read_text("utf-8")
    assert (tmp_path / "again" / "letter.ko.md").read_text("utf-8") == written


def test_paragraph_that_nobody_set_beside_any_stays_so(tmp_path):
    changes = {"letter.ko.md": LETTER_KO.replace("changed", f'translates = ["none", "{"0" * 64}"]\nchanged')}

    edition = loaded(tmp_path / "source", changes)
    export_edition(edition=edition, folder=tmp_path / "export")

    assert unready_letters(edition) == [Unready("ko", is_written=True, stale=(1, 2))]
    assert edition.renderings.count() == 1
    assert f'translates = ["none", "{"0" * 64}"]' in (tmp_path / "export" / "letter.ko.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ('["none"]', "“translates” has 1, the letter 2"),
        ('["none", "x"]', "“x” is not the SHA-256 of a paragraph"),
    ],
)
def test_translates_that_makes_no_sense_is_refused(tmp_path, value, message):
    changes = {"letter.ko.md": LETTER_KO.replace("changed", f"translates = {value}\nchanged")}

    with pytest.raises(BundleRefused) as caught:
        loaded(tmp_path, changes)

    [problem] = caught.value.problems
    assert (problem.file, problem.field) == ("letter.ko.md", "translates")
    assert message in problem.message
    assert problem.remedy


def test_master_may_not_need_to_translate_anything(tmp_path):
    changes = {"letter.en.md": LETTER_EN.replace("changed", f'translates = ["none", "{"0" * 64}"]\nchanged')}

    edition = loaded(tmp_path, changes)

    assert not edition.renderings.filter(language="en").exists()


def test_sentence_of_a_claim_has_a_column_only_in_languages_that_have_one(tmp_path):
    lines = cell("claims.csv", 1)["claims.csv"].splitlines()
    table = "\n".join([f"{lines[0]},sentence_ko", f"{lines[1]},둘째 문단.", f"{lines[2]},"]) + "\n"

    edition = loaded(tmp_path / "source", {"claims.csv": table})
    export_edition(edition=edition, folder=tmp_path / "export")

    assert list(Claim.objects.order_by("position").values_list("sentences", flat=True)) == [{"ko": "둘째 문단."}, {}]
    assert (tmp_path / "export" / "claims.csv").read_text("utf-8") == table
