"""What the database refuses of an event, whoever writes it."""

import pytest
from django.db import IntegrityError, transaction
from tests.desk.desk_sample import DAY, city, edition

from tongmun.events.models import Event


@pytest.fixture
def march(db) -> Event:
    rivers = edition()
    place = city(rivers, 1)
    return Event.objects.create(
        edition=rivers, place=place, slug="march", kind="march", titles={"en": "March"}, changed_on=DAY
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "raly"},
        {"status": "gone"},
        {"latitude": 37.5, "longitude": None},
        {"latitude": None, "longitude": 127},
        {"latitude": 91, "longitude": 0},
        {"latitude": 0, "longitude": -181},
    ],
)
def test_database_refuses_an_event_off_the_earth_or_of_no_known_kind(changes, march):
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=march.pk).update(**changes)


def test_database_takes_an_event_with_both_coordinates_or_none(march):
    for pair in ({"latitude": -90, "longitude": 180}, {"latitude": None, "longitude": None}):
        assert Event.objects.filter(pk=march.pk).update(**pair) == 1
