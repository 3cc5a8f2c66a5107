"""The database refuses what the actions would never write."""

import pytest
from django.apps import apps
from django.db import DatabaseError, models, transaction
from paper_steps import filled, member, organiser, printed, read, read_twice, rivers
from test_vouched_numbers import state
from tests.desk.desk_sample import AT

from tongmun.papers.actions.close_batch import close_batch, correct_batch
from tongmun.papers.models import PaperBatch, PaperCorrection, PaperSheet, SheetReading, VouchedNumber

pytestmark = pytest.mark.django_db
PAPERS = [*apps.get_app_config("papers").get_models()]


def refused(model: type[models.Model], **changes: object) -> bool:
    try:
        with transaction.atomic():
            model.objects.update(**changes)
    except DatabaseError:
        return True
    return False


@pytest.fixture
def closed():
    batch = filled(rivers(), 1, 5)
    read_twice(batch, [5])
    close_batch(batch=batch, by=organiser("carla"), at=AT)
    return batch


@pytest.mark.parametrize(
    "changes",
    [
        {"number": 0},
        {"cover_sheets": 0},
        {"cover_signatures": 0},
        {"cover_signatures": 13},
        {"closed_on": None},
        {"entry": None},
        {"counted": None},
        {"counted": -1},
    ],
)
def test_batch_holds_its_invariants(closed, changes):
    assert refused(PaperBatch, **changes)


@pytest.mark.parametrize("changes", [{"number": 0}, {"destroy_by": AT.date()}])
def test_sheet_holds_its_invariants(changes):
    printed(rivers(), 1)

    assert refused(PaperSheet, **changes)


@pytest.mark.parametrize("changes", [{"number": 0}, {"number": 4}, {"signatures": 13}, {"struck": 8}, {"struck": -1}])
def test_reading_holds_its_invariants(changes):
    read(filled(rivers(), 1, 5).sheets.get(), "carla", 5)

    assert refused(SheetReading, **changes)


def test_first_two_readings_come_from_two_people_and_each_number_once():
    sheet = filled(rivers(), 1, 5).sheets.get()
    read(sheet, "carla", 5)
    again = {"sheet": sheet, "signatures": 5, "struck": 0}

    for changes in ({"number": 2, "by": organiser("carla")}, {"number": 1, "by": organiser("minho")}):
        with pytest.raises(DatabaseError), transaction.atomic():
            SheetReading.objects.create(**again, **changes)


@pytest.mark.parametrize("changes", [{"amount": 0}, {"reason": ""}])
def test_correction_holds_its_invariants(closed, changes):
    correct_batch(batch=closed, amount=-1, reason="Read twice over", by=organiser("carla"), at=AT)

    assert refused(PaperCorrection, **changes)


@pytest.mark.parametrize(
    "changes", [{"number": 0}, {"signatures": 0}, {"signatures": -1}, {"statement": ""}, {"language": ""}]
)
def test_vouched_number_holds_its_invariants(changes):
    state(member(rivers()), 300)

    assert refused(VouchedNumber, **changes)


def test_numbers_of_sheets_are_unique_in_their_edition():
    printed(rivers(), 2)

    assert refused(PaperSheet, number=7)


@pytest.mark.parametrize("model", PAPERS, ids=lambda model: model.__name__)
def test_no_table_of_paper_has_room_for_a_signer_or_a_moment(model):
    fields = [field for field in model._meta.get_fields() if field.concrete]

    texts = {field.name for field in fields if isinstance(field, models.CharField | models.TextField)}
    assert texts <= {"statement", "language", "reason"}
    assert not [field for field in fields if isinstance(field, models.DateTimeField | models.TimeField)]
    assert not [field for field in fields if isinstance(field, models.JSONField | models.BinaryField)]
