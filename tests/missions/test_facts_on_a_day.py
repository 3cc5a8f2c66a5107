from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tongmun.missions.models import ConsularDistrict, HeadOfMission, Holiday, Mission, OpeningHours, Premises
from tongmun.missions.queries import facts_at, facts_on

pytestmark = pytest.mark.django_db
DAY = date(2030, 9, 22)
WEEKDAY = DAY.isoweekday()
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
    head(mission, "Since ever", valid_to=AFTER)
    head(mission, "Since 2020", valid_from=date(2020, 1, 1))
    head(mission, "Since 2010", valid_from=date(2010, 1, 1), valid_to=AFTER)

    assert facts_on([mission], DAY)[mission.pk].head.names == {"en": "Since 2020"}


@pytest.mark.parametrize("kind", [head, premises])
def test_database_refuses_two_that_have_no_end_or_begin_together(mission, kind):
    kind(mission, valid_from=BEFORE)

    for dates in ({}, {"valid_from": AFTER}, {"valid_from": BEFORE, "valid_to": DAY}):
        with pytest.raises(IntegrityError), transaction.atomic():
            kind(mission, **dates)


def test_mission_can_have_several_buildings_beside_its_chancery(mission):
    for function in ("chancery", "residence", "visa-office", "consular-section"):
        premises(mission, function, function)

    buildings = facts_on([mission], DAY)[mission.pk].premises

    assert {function: building.lines["en"] for function, building in buildings.items()} == {
        function: function for function in ("chancery", "residence", "visa-office", "consular-section")
    }


def district(mission, region, **dates):
    return ConsularDistrict.objects.create(mission=mission, region=region, **dates)


def test_districts_are_those_of_the_day(mission):
    district(mission, "KR-11")
    district(mission, "KR-26", valid_to=DAY)
    district(mission, "KR-41", valid_from=AFTER)

    assert facts_on([mission], DAY)[mission.pk].regions == {"KR-11"}
    assert facts_on([mission], AFTER)[mission.pk].regions == {"KR-11", "KR-41"}


def test_database_refuses_a_district_twice(mission):
    district(mission, "KR-11", valid_from=BEFORE)

    with pytest.raises(IntegrityError), transaction.atomic():
        district(mission, "KR-11")
    with pytest.raises(IntegrityError), transaction.atomic():
        district(mission, "KR-11", valid_from=BEFORE, valid_to=AFTER)


def hours(mission, weekday=WEEKDAY, **changes):
    return OpeningHours.objects.create(
        mission=mission, weekday=weekday, **{"opens": time(9), "closes": time(12), **changes}
    )


def holiday(state, day=DAY):
    return Holiday.objects.create(state=state, day=day, names={"en": f"Day of {state}"})


def test_hours_are_those_of_the_weekday_and_the_door_shuts_on_time(mission):
    hours(mission)
    hours(mission, opens=time(14), closes=time(17), valid_to=DAY)
    hours(mission, weekday=AFTER.isoweekday())

    facts = facts_on([mission], DAY)[mission.pk]

    assert [span.opens for span in facts.hours] == [time(9)]
    assert [facts.is_open_at(time(hour)) for hour in (8, 9, 11, 12, 15)] == [False, True, True, False, False]


@pytest.mark.parametrize(("state", "shuts"), [("CN", True), ("KR", True), ("JP", False)])
def test_holiday_of_either_state_shuts_the_door(mission, state, shuts):
    hours(mission)
    holiday(state)
    holiday("CN", AFTER)

    facts = facts_on([mission], DAY)[mission.pk]

    assert facts.is_holiday is shuts
    assert facts.is_open_at(time(10)) is not shuts


def test_database_refuses_what_no_calendar_has(mission):
    holiday("KR")
    for wrong in ({"weekday": 0}, {"weekday": 8}, {"closes": time(9)}, {"closes": time(8)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            hours(mission, **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        holiday("KR")


def test_facts_at_an_instant_are_those_of_each_local_day(mission):
    other = Mission.objects.create(slug="prc-honolulu", kind="consulate", sending="CN", receiving="US")
    for post in (mission, other):
        head(post, "Old", valid_to=AFTER)
        head(post, "New", valid_from=AFTER)
    # 06:30 on the next day in Seoul, 11:30 in Honolulu.
    at = datetime(2030, 9, 22, 21, 30, tzinfo=UTC)

    facts = facts_at([mission, other], at, {mission.pk: "Asia/Seoul", other.pk: "Pacific/Honolulu"})

    assert [facts[post.pk].day for post in (mission, other)] == [AFTER, DAY]
    assert [facts[post.pk].head.names["en"] for post in (mission, other)] == ["New", "Old"]
    assert facts_at([mission], at, {})[mission.pk].day == DAY


def test_facts_about_one_mission_do_not_reach_another(mission):
    other = Mission.objects.create(slug="prc-tokyo", kind="embassy", sending="CN", receiving="JP")
    head(mission)

    facts = facts_on([mission, other], DAY)

    assert facts[mission.pk].head
    assert facts[other.pk].head is None


def test_facts_take_as_many_queries_for_any_number_of_missions(mission, django_assert_num_queries):
    for number in range(12):
        post = Mission.objects.create(slug=f"m-{number}", kind="embassy", sending="CN")
        head(post), premises(post), district(post, "KR"), hours(post)
    missions = list(Mission.objects.all())

    for some in (missions[:1], missions):
        with django_assert_num_queries(5):
            facts_on(some, DAY)
    with django_assert_num_queries(0):
        facts_on([], DAY)


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
        try:
            with transaction.atomic():
                head(mission, str(number), valid_from=valid_from, valid_to=valid_to)
        except IntegrityError:
            continue
        if (valid_from is None or valid_from <= day) and (valid_to is None or day < valid_to):
            holding[str(number)] = valid_from or date.min

    found = facts_on([mission], day)[mission.pk].head

    if not holding:
        assert found is None
    else:
        assert holding[found.names["en"]] == max(holding.values())
