"""A version of a letter is never changed: people signed it as it stood."""

from datetime import UTC, date, datetime

import pytest
from tests.bundles.bundle_sample import bundle

from tongmun.bundles.actions.load import load_bundle
from tongmun.letters.models import LetterVersion
from tongmun.letters.querysets import LetterVersionIsFixed

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(tmp_path) -> LetterVersion:
    load_bundle(path=bundle(tmp_path / "bundle"), by=None, at=datetime(2027, 8, 1, tzinfo=UTC))
    return LetterVersion.objects.get(language="en")


def test_a_version_cannot_be_saved_again(version):
    before = version.body
    version.body = "Something else."

    with pytest.raises(LetterVersionIsFixed):
        version.save()
    with pytest.raises(LetterVersionIsFixed):
        version.save(update_fields=["body"])

    assert LetterVersion.objects.get(pk=version.pk).body == before


def test_a_set_of_versions_cannot_be_updated(version):
    with pytest.raises(LetterVersionIsFixed):
        LetterVersion.objects.filter(pk=version.pk).update(changed_on=date(2027, 8, 2))
    with pytest.raises(LetterVersionIsFixed):
        LetterVersion.objects.bulk_update([version], ["body"])


def test_the_next_version_can_be_written(version):
    version.pk, version.number, version._state.adding = None, version.number + 1, True

    version.save()

    assert LetterVersion.objects.filter(language="en").count() == 2
