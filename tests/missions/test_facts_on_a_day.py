from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tongmun.missions.models import HeadOfMission, Mission, Premises
from tongmun.missions.queries import facts_on

pytestmark = pytest.mark.django_db
DAY = date(2030, 9, 22)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)


@pytest.fixture
def mission(db):
    return Mission.objects.create(slug="prc-seoul", kind="embassy", sending="CN", receiving="KR", checked_on=DAY)


def head(mission, name="A", **dates):
    return HeadOfMission.objects.create(mission=mission, rank="ambassador", names={"en": name}, **dates)


def premises(mission, lines="A street", function="chancery", **dates):
    return Premises.objects.create(mission=mission, function=function, lines={"en": lines}, **dates)


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "holds"),
    [
        (None, None, True),
        (DAY, None, True),
        (AFTER, None, False),
        (None, DAY, False),
        (None, AFTER, True),
        (DAY, AFTER, True),
        (BEFORE, DAY, False),
    ],
)
def test_fact_holds_from_its_first_day_to_the_day_before_its_last(mission, valid_from, valid_to, holds):
    head(mission, valid_from=valid_from, valid_to=valid_to)
    premises(mission, valid_from=valid_from, valid_to=valid_to)

    facts = facts_on([mission], DAY)[mission.pk]

    assert (facts.head is not None, facts.chancery is not None) == (holds, holds)


def test_mission_nobody_heads_is_vacant(mission):
    facts = facts_on([mission], DAY)[mission.pk]

    assert (facts.head, facts.chancery) == (None, None)


def test_only_the_chancery_takes_letters(mission):
    for function in ("consular-section", "residence", "visa-office"):
        premises(mission, function=function)

    assert facts_on([mission], DAY)[mission.pk].chancery is None


def test_of_two_facts_the_one_that_began_last_holds(mission):
    head(mission, "Since ever")
    head(mission, "Since 2020", valid_from=date(2020, 1, 1))
    head(mission, "Since 2010", valid_from=date(2010, 1, 1))

    assert facts_on([mission], DAY)[mission.pk].head.names == {"en": "Since 2020"}


def test_facts_about_one_mission_do_not_reach_another(mission):
    other = Mission.objects.create(slug="prc-tokyo", kind="embassy", sending="CN", receiving="JP")
    head(mission)

    facts = facts_on([mission, other], DAY)

    assert facts[mission.pk].head
    assert facts[other.pk].head is None


def test_facts_take_two_queries_for_any_number_of_missions(mission, django_assert_num_queries):
    for number in range(12):
        head(Mission.objects.create(slug=f"m-{number}", kind="embassy", sending="CN"))
    missions = list(Mission.objects.all())

    with django_assert_num_queries(2):
        facts_on(missions, DAY)


@pytest.mark.parametrize(
    ("head_checked", "premises_checked", "expected"),
    [(AFTER, BEFORE, BEFORE), (AFTER, AFTER, DAY), (None, AFTER, None), (AFTER, None, None)],
)
def test_facts_are_as_old_as_the_oldest_of_them(mission, head_checked, premises_checked, expected):
    head(mission, checked_on=head_checked)
    premises(mission, checked_on=premises_checked)

    assert facts_on([mission], DAY)[mission.pk].checked_on == expected


@pytest.mark.parametrize("kind", [head, premises])
def test_fact_cannot_end_before_it_begins(mission, kind):
    for end in (DAY, BEFORE):
        with pytest.raises(IntegrityError), transaction.atomic():
            kind(mission, valid_from=DAY, valid_to=end)


@pytest.mark.parametrize(
    "changes",
    [{"latitude": 91, "longitude": 0}, {"latitude": 0, "longitude": None}, {"status": "gone"}, {"kind": "embasy"}],
)
def test_database_refuses_a_mission_off_the_earth_or_in_no_known_state(mission, changes):
    with pytest.raises(IntegrityError), transaction.atomic():
        Mission.objects.filter(pk=mission.pk).update(**changes)


def test_database_refuses_words_it_does_not_know(mission):
    head(mission)

    with pytest.raises(IntegrityError), transaction.atomic():
        HeadOfMission.objects.update(rank="king")
    with pytest.raises(IntegrityError), transaction.atomic():
        premises(mission, function="pub")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    spans=st.lists(st.tuples(st.none() | st.integers(-9, 9), st.none() | st.integers(1, 9)), max_size=6),
    asked=st.integers(-12, 20),
)
def test_head_of_a_day_is_one_of_those_that_hold_on_it(mission, spans, asked):
    HeadOfMission.objects.all().delete()
    day = DAY + timedelta(days=asked)
    holding = {}
    for number, (begins, length) in enumerate(spans):
        valid_from = None if begins is None else DAY + timedelta(days=begins)
        valid_to = None if length is None else (valid_from or DAY) + timedelta(days=length)
        head(mission, str(number), valid_from=valid_from, valid_to=valid_to)
        if (valid_from is None or valid_from <= day) and (valid_to is None or day < valid_to):
            holding[str(number)] = valid_from or date.min

    found = facts_on([mission], day)[mission.pk].head

    if not holding:
        assert found is None
    else:
        assert holding[found.names["en"]] == max(holding.values())
