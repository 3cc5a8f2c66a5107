"""What the database refuses to hold of an import, whoever writes it."""

import pytest
from django.db import IntegrityError, transaction
from import_steps import AT, MAPPING, an_edition, as_file, carla, row, started, uploaded

from tongmun.imports.actions.decide import map_columns, start
from tongmun.imports.models import Import

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "values",
    [
        {"state": "MAPPED"},
        {"state": "LOST"},
        {"mapping": {"columns": {}}},
        {"done": 1},
        {"statement": "Too short."},
        {"delimiter": "|"},
        {"offset": 10**6},
        {"rows": 0},
    ],
    ids=str,
)
def test_import_that_makes_no_sense_is_not_stored(values):
    made = uploaded(as_file([row()]), an_edition())

    with pytest.raises(IntegrityError), transaction.atomic():
        Import.objects.filter(pk=made.pk).update(**values)


@pytest.mark.parametrize(
    "values", [{"state": "DONE"}, {"started_by": None}, {"added": 1}, {"done": 2, "added": 2}], ids=str
)
def test_running_import_that_makes_no_sense_is_not_stored(values):
    made = started(as_file([row()]), an_edition())

    with pytest.raises(IntegrityError), transaction.atomic():
        Import.objects.filter(pk=made.pk).update(**values)


def test_import_is_not_started_before_its_columns_are_chosen():
    made = uploaded(as_file([row()]), an_edition())

    assert not start(of=made, by=carla(), at=AT)


def test_import_is_not_started_twice():
    made = started(as_file([row()]), an_edition())

    assert not start(of=made, by=carla(), at=AT)


def test_columns_of_a_running_import_stay():
    made = started(as_file([row()]), an_edition())
    made.refresh_from_db()

    assert not map_columns(of=made, mapping=made.read_by, by=carla(), at=AT)


def test_import_of_an_edition_that_is_closed_is_not_started():
    edition = an_edition(state="closed")
    made = uploaded(as_file([row()]), edition)
    map_columns(of=made, mapping=MAPPING, by=carla(), at=AT)

    assert not start(of=made, by=carla(), at=AT)
