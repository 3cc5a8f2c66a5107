"""The directory after a table was imported, once and again, and after people have worked on it."""

import datetime as dt
import os
from pathlib import Path

import pytest
from django.core import serializers
from upstream_table import HAWAII, HEADER, HOUSTON, JAPAN, KOREA, ROWS, SEOUL, TEXAS, TOKYO, USA, row, written

from tongmun.missions.actions.import_table import import_table
from tongmun.missions.flags import Flag, Spot, flags_of, flags_of_spots
from tongmun.missions.models import ConsularDistrict, Mission, Upstream
from tongmun.missions.queries import facts_on
from tongmun.missions.table import LIMITS, TableRefused, read_table
from tongmun.people.models import JournalEntry

pytestmark = pytest.mark.django_db
AT = dt.datetime(2030, 9, 1, 9, 0, tzinfo=dt.UTC)
TODAY = AT.date()
REAL = os.environ.get("TONGMUN_TEST_MISSIONS", "")


@pytest.fixture
def imported(tmp_path):
    """Import rows as a table of their own; give the report and the rows that were refused."""

    def run(*rows, at=AT):
        taken, refused = read_table(written(tmp_path / "table.csv", *rows))
        return import_table(rows=taken, name="table.csv", by=None, at=at), refused

    return run


def everything():
    tables = (Mission, ConsularDistrict, Upstream, JournalEntry)
    return [serializers.serialize("json", table.objects.order_by("pk")) for table in tables]


def regions(item, day=TODAY):
    mission = Mission.objects.get(wikidata=item)
    return facts_on([mission], day)[mission.pk].regions


def changed(row, **cells):
    return {**row, **cells}


def test_import_puts_every_fact_of_a_row_in_its_place(imported):
    report, refused = imported(*ROWS)

    houston, seoul = Mission.objects.get(wikidata="Q103"), Mission.objects.get(wikidata="Q101")
    assert (report.new, refused) == (4, [])
    assert (houston.slug, houston.kind, houston.status) == ("cn-houston-consulate-general", "consulate-general", "open")
    assert (houston.sending, houston.receiving, houston.locality) == ("CN", "US", "Houston")
    assert (houston.phone, houston.latitude, houston.longitude) == ("+1 555 0100", None, None)
    assert (seoul.latitude, seoul.longitude, seoul.website) == (37.5622, 126.9828, "http://example.org")
    assert (seoul.checked_on, seoul.checked_by) == (None, "")
    assert seoul.source == "https://www.wikidata.org/wiki/Q101"
    assert (regions("Q103"), regions("Q104")) == ({"US-TX"}, {"US"})


def test_coordinates_are_kept_to_a_metre(imported):
    imported(changed(SEOUL, latitude="37.562222222", longitude="126.98277778"))

    assert Mission.objects.values_list("latitude", "longitude").get() == (37.56222, 126.98278)


def test_second_import_changes_nothing(imported):
    imported(*ROWS)
    before = everything()

    report, _refused = imported(*ROWS, at=AT + dt.timedelta(days=9))

    assert everything() == before
    assert (report.new, report.changed, report.kept, report.unchanged, report.standing) == (0, [], [], 4, 0)


def test_what_nobody_touched_follows_the_table(imported):
    imported(*ROWS)

    report, _refused = imported(changed(SEOUL, city="Seodaemun-gu", latitude="37.6"))

    seoul = Mission.objects.get(wikidata="Q101")
    assert (seoul.locality, seoul.latitude, seoul.slug) == ("Seodaemun-gu", 37.6, "cn-jung-gu-embassy")
    assert {one.field: (one.here, one.upstream) for one in report.changed} == {
        "locality": ("Jung-gu", "Seodaemun-gu"),
        "position": ([37.5622, 126.9828], [37.6, 126.9828]),
    }
    assert report.changed_missions == 1


def test_import_never_takes_away(imported):
    imported(*ROWS)

    report, _refused = imported(changed(SEOUL, website="", latitude="", longitude="", city="", jurisdictionQIDs=""))

    seoul = Mission.objects.get(wikidata="Q101")
    assert Mission.objects.count() == 4
    assert (seoul.website, seoul.latitude, seoul.locality) == ("http://example.org", 37.5622, "Jung-gu")
    assert regions("Q101") == {"KR"}
    assert (report.absent, report.unchanged, report.changed) == (3, 1, [])


def test_what_a_person_corrected_stays_whatever_the_table_says_later(imported):
    imported(*ROWS)
    Mission.objects.filter(wikidata="Q101").update(latitude=37.55, locality="Seoul")

    again, _refused = imported(*ROWS)
    later, _refused = imported(changed(SEOUL, latitude="1.5", city="Elsewhere", website="http://new.example.org"))
    still, _refused = imported(changed(SEOUL, latitude="1.5", city="Elsewhere", website="http://new.example.org"))

    seoul = Mission.objects.get(wikidata="Q101")
    assert (seoul.latitude, seoul.locality, seoul.website) == (37.55, "Seoul", "http://new.example.org")
    assert (again.kept, again.changed, again.standing) == ([], [], 2)
    assert {one.field: (one.here, one.upstream) for one in later.kept} == {
        "position": ([37.55, 126.9828], [1.5, 126.9828]),
        "locality": ("Seoul", "Elsewhere"),
    }
    assert (still.kept, still.standing) == ([], 2)


def test_what_a_person_emptied_stays_empty(imported):
    imported(*ROWS)
    Mission.objects.filter(wikidata="Q103").update(phone="")

    imported(changed(HOUSTON, phone="+1 555 0199"))

    assert Mission.objects.get(wikidata="Q103").phone == ""


def test_what_a_person_checked_stays(imported):
    imported(*ROWS)
    Mission.objects.filter(wikidata="Q101").update(checked_on=TODAY, checked_by="Carla")

    report, _refused = imported(changed(SEOUL, city="Elsewhere"))

    assert Mission.objects.get(wikidata="Q101").locality == "Jung-gu"
    assert [one.upstream for one in report.kept] == ["Elsewhere"]


def test_mission_of_a_bundle_keeps_its_facts_and_gains_those_it_lacks(imported):
    Mission.objects.create(
        slug="prc-seoul", kind="embassy", sending="CN", receiving="KR", wikidata="Q101", latitude=1, longitude=2
    )

    report, _refused = imported(SEOUL)

    seoul = Mission.objects.get(slug="prc-seoul")
    assert (seoul.latitude, seoul.website) == (1, "http://example.org")
    assert (report.new, [one.field for one in report.kept]) == (0, ["position"])


def test_districts_begin_and_end_with_the_table(imported):
    imported(HOUSTON)
    later = AT + dt.timedelta(days=10)

    imported(changed(HOUSTON, jurisdictionQIDs=HAWAII), at=later)
    imported(HOUSTON, at=later)
    imported(HOUSTON, at=later + dt.timedelta(days=1))

    assert regions("Q103", TODAY) == {"US-TX"}
    assert regions("Q103", later.date()) == {"US-TX"}
    assert not ConsularDistrict.objects.filter(region="US-HI").exists()


def test_district_that_a_person_ended_stays_ended(imported):
    imported(HOUSTON)
    ConsularDistrict.objects.update(valid_to=TODAY)

    report, _refused = imported(HOUSTON)

    assert regions("Q103") == frozenset()
    assert report.standing == 1


def test_missions_alike_in_city_and_kind_have_names_of_their_own(imported):
    imported(SEOUL, changed(SEOUL, QID="Q999"), row("Q5", city="서울"))

    assert sorted(Mission.objects.values_list("slug", flat=True)) == [
        "cn-jung-gu-embassy",
        "cn-jung-gu-embassy-q999",
        "cn-kr-embassy",
    ]


@pytest.mark.parametrize(
    ("cells", "column", "what"),
    [
        ({"QID": "Seoul"}, "QID", "not an item"),
        ({"QID": ""}, "QID", "not an item"),
        ({"countryQID": ""}, "countryQID", "missing"),
        ({"countryQID": "Q52062", "country": "Nordic countries"}, "countryQID", "“Nordic countries” is not a state"),
        ({"operatorQID": TEXAS, "operator": "Texas"}, "operatorQID", "“Texas” is not a state"),
        ({"typeQID": "Q213283", "type": "diplomatic mission"}, "type", "not a kind of mission"),
        ({"latitude": "north"}, "latitude", "“north” is not a latitude"),
        ({"latitude": "91"}, "latitude", "“91” is not a latitude"),
        ({"longitude": ""}, "longitude", "“” is not a longitude"),
        ({"longitude": "nan"}, "longitude", "not a longitude"),
        ({"city": "x" * 121}, "city", "121 characters, and 120 fit"),
    ],
)
def test_bad_row_is_refused_with_its_line_and_a_remedy_and_the_others_are_taken(imported, cells, column, what):
    report, refused = imported(TOKYO, changed(SEOUL, **cells), HOUSTON)

    assert [(one.line, one.column) for one in refused] == [(3, column)]
    assert what in refused[0].what
    assert refused[0].remedy
    assert report.new == 2


def test_second_row_of_one_item_is_refused(imported):
    _report, refused = imported(SEOUL, TOKYO, changed(SEOUL, city="Other"))

    assert [(one.line, one.what) for one in refused] == [(4, "Q101 stands on line 2 already.")]
    assert Mission.objects.get(wikidata="Q101").locality == "Jung-gu"


def test_row_with_too_many_cells_is_refused(imported, tmp_path):
    path = written(tmp_path / "table.csv", SEOUL)
    path.write_text(path.read_text("utf-8") + "a;b;c\n", "utf-8")

    taken, refused = read_table(path)

    assert (len(taken), [one.line for one in refused]) == (1, [3])


def test_limits_of_texts_are_those_of_the_database():
    assert {name: Mission._meta.get_field(name).max_length for name in LIMITS} == LIMITS


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "lacks the columns operator"),
        (HEADER.replace("countryQID;", "").encode(), "lacks the columns countryQID"),
        (HEADER.replace(";", ",").encode(), "with semicolons"),
        (HEADER.encode() + b"\n\xff", "not UTF-8"),
        (HEADER.encode() + b'\n"a;b', "on line 2"),
    ],
)
def test_table_that_cannot_be_read_is_refused_as_a_whole(tmp_path, content, words):
    path = tmp_path / "table.csv"
    path.write_bytes(content)

    with pytest.raises(TableRefused, match=words):
        read_table(path)


def test_coordinates_in_two_states_are_flagged_for_both(imported):
    report, _refused = imported(SEOUL, changed(TOKYO, latitude="37.5622", longitude="126.9828"), HOUSTON)

    assert report.flagged == [("cn-jung-gu-embassy", (Flag.SHARED,)), ("cn-minato-ku-embassy", (Flag.SHARED,))]
    missions = list(Mission.objects.all())
    assert set(flags_of(missions)) == {m.pk for m in missions if m.wikidata in {"Q101", "Q102"}}
    assert set(flags_of(missions[:1])) <= {missions[0].pk}


def spots(*positions):
    return [Spot(number, "KR", *position) for number, position in enumerate(positions)]


@pytest.mark.parametrize(
    ("position", "flag"), [((9.0, 7.4), Flag.FAR), ((37.6, 127.1), None), ((33.5, 126.5), None), ((37, -179), Flag.FAR)]
)
def test_coordinates_far_from_all_others_of_the_state_are_flagged(position, flag):
    flags = flags_of_spots(spots((37.5, 127), (37.5, 126.9), (35.1, 129), position))

    assert flags == ({3: (flag,)} if flag else {})


def test_posts_overseas_that_have_others_beside_them_are_not_flagged():
    assert flags_of_spots(spots((38.9, -77), (38.9, -77), (38.9, -77), (21.3, -157.8), (21.4, -157.9))) == {}


def test_state_on_both_sides_of_the_date_line_has_a_middle():
    assert flags_of_spots(spots((-18, 178), (-18, -179), (-17, 179))) == {}


def test_import_asks_as_often_for_many_rows_as_for_few(imported, django_assert_max_num_queries):
    many = [row(f"Q{number}", city=f"City {number}", looks_after=[KOREA, JAPAN, USA]) for number in range(1, 61)]
    with django_assert_max_num_queries(20):
        imported(*many)
    with django_assert_max_num_queries(20):
        imported(*(changed(one, city=f"New {one['city']}") for one in many))


@pytest.mark.slow
@pytest.mark.skipif(not REAL, reason="TONGMUN_TEST_MISSIONS names no table")
def test_whole_table_is_taken_once():
    taken, refused = read_table(Path(REAL))

    first = import_table(rows=taken, name="whole", by=None, at=AT)
    again = import_table(rows=taken, name="whole", by=None, at=AT)

    assert first.new == len(taken) > 9_000
    assert len(refused) < 100
    assert (again.new, again.changed, again.kept, again.unchanged) == (0, [], [], len(taken))
    assert 20 < len(first.flagged) < 200
