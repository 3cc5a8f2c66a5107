"""The directory at the desk: what is known, what looks wrong, and correcting it from a day on."""

import datetime as dt

import pytest
from desk_sample import DAY, carla, city, client_of, edition
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tongmun.missions.actions.import_table import import_table
from tongmun.missions.models import ConsularDistrict, HeadOfMission, Holiday, Mission, OpeningHours, Premises, Upstream
from tongmun.missions.queries import facts_on
from tongmun.missions.table import UpstreamMission
from tongmun.people.models import JournalEntry

NOW = dt.datetime(2027, 9, 1, 9, 0, tzinfo=dt.UTC)
TODAY = NOW.date()
PAGE = "/desk/missions/at/xa-1/"
SOURCE = "https://example.org/contact, read 2027-09-01"


@pytest.fixture(autouse=True)
def now(time_machine_at):
    with time_machine_at(NOW):
        yield


@pytest.fixture
def rivers(db):
    return edition()


@pytest.fixture
def mission(rivers):
    city(rivers, 1)
    Mission.objects.update(receiving="XB")
    return Mission.objects.get()


@pytest.fixture
def desk(db):
    return client_of(carla())


def text(answer):
    return " ".join(answer.content.decode().split())


def send(desk, form, deed, **typed):
    prefix = {"address": "addressform-", "head": "headform-", "district": "districtform-", "hours": "hoursform-"}
    start = prefix.get(deed, "endform-" if deed == "end" else "")
    return desk.post(form, {"deed": deed, **{f"{start}{name}": value for name, value in typed.items()}}, follow=True)


ADDRESS = {"function": "chancery", "lines_en": "9 New Road\n12345 City", "source": SOURCE}
HEAD = {"rank": "ambassador", "names_en": "New Head", "names_ko": "새 대사", "gender": "f", "source": SOURCE}


def test_address_corrected_from_a_day_ends_the_old_one(desk, mission):
    answer = send(desk, PAGE, "address", valid_from="2027-09-10", is_checked="on", **ADDRESS)

    assert "It is written down." in text(answer)
    old, new = Premises.objects.order_by("pk")
    assert (old.lines, old.valid_from, old.valid_to) == ({"en": "1 River Road"}, None, dt.date(2027, 9, 10))
    assert (new.lines, new.valid_from, new.valid_to) == (
        {"en": "9 New Road\n12345 City"},
        dt.date(2027, 9, 10),
        None,
    )
    assert (new.source, new.checked_on, new.checked_by) == (SOURCE, TODAY, "the organisers")
    assert [(one.deed, one.subject) for one in JournalEntry.objects.all()] == [("fact.begun", "xa-1")]


def test_head_corrected_from_a_day_ends_the_old_one(desk, mission):
    send(desk, PAGE, "head", valid_from="2027-09-10", titles_en="Dr", **HEAD)

    old, new = HeadOfMission.objects.order_by("pk")
    assert (old.valid_to, new.valid_from) == (dt.date(2027, 9, 10), dt.date(2027, 9, 10))
    assert (new.names, new.titles) == ({"en": "New Head", "ko": "새 대사"}, {"en": "Dr"})
    assert (new.gender, new.checked_on, new.checked_by) == ("f", None, "")


def test_new_fact_is_asked_for_its_own_source(desk, mission):
    Premises.objects.update(source="Old list")

    page = text(desk.get(PAGE))

    assert "Source: <bdi>Old list</bdi>" in page
    assert 'value="Old list"' not in page


def test_without_a_day_what_holds_now_is_corrected_where_it_stands(desk, mission):
    send(desk, PAGE, "address", valid_from="", **ADDRESS)

    assert [(one.lines["en"], one.valid_from, one.valid_to) for one in Premises.objects.all()] == [
        ("9 New Road\n12345 City", None, None)
    ]


def test_without_a_day_what_the_page_shows_is_corrected_and_not_what_holds_today(desk, mission):
    send(desk, PAGE, "head", valid_from="2027-12-01", **HEAD)

    send(desk, f"{PAGE}?on=2027-12-24", "head", valid_from="", **{**HEAD, "names_en": "Shown Head"})

    heads = HeadOfMission.objects.order_by("pk")
    assert [one.names["en"] for one in heads] == ["Head 1", "Shown Head"]


def test_head_before_one_that_is_known_ends_when_that_one_begins(desk, mission):
    HeadOfMission.objects.update(valid_from=dt.date(2027, 12, 1))

    send(desk, PAGE, "head", valid_from="2027-09-10", **HEAD)

    assert HeadOfMission.objects.get(names__en="New Head").valid_to == dt.date(2027, 12, 1)
    assert HeadOfMission.objects.get(names__en="Head 1").valid_to is None


def test_head_without_a_day_beside_others_is_asked_for_one(desk, mission):
    HeadOfMission.objects.update(valid_from=dt.date(2027, 12, 1))

    answer = send(desk, PAGE, "head", valid_from="", **HEAD)

    assert "Give the day on which this one begins." in text(answer)
    assert HeadOfMission.objects.count() == 1


def test_same_day_again_corrects_and_makes_no_second(desk, mission):
    for name in ("New Head", "Newer Head"):
        send(desk, PAGE, "head", valid_from="2027-09-10", **{**HEAD, "names_en": name})

    assert [one.names["en"] for one in HeadOfMission.objects.order_by("pk")] == ["Head 1", "Newer Head"]


@pytest.mark.parametrize(
    ("deed", "typed", "message"),
    [
        ("address", {**ADDRESS, "lines_en": ""}, "Write the address in at least one language"),
        ("address", {**ADDRESS, "lines_en": "=1+1"}, "a spreadsheet takes that for a formula"),
        ("address", {**ADDRESS, "source": ""}, "This field is required."),
        ("address", {**ADDRESS, "function": "pub"}, "pub"),
        ("head", {**HEAD, "names_en": "", "names_ko": ""}, "Write the name in at least one script"),
        ("head", {**HEAD, "valid_from": "10 September"}, "valid date"),
        ("district", {"region": "Busan", "source": SOURCE}, "is not the code of a state"),
        ("district", {"region": "KR-Busan", "source": SOURCE}, "such as KR-26"),
        (
            "hours",
            {"weekday": "1", "opens": "17:00", "closes": "09:00", "source": SOURCE},
            "It closes before it opens.",
        ),
        ("end", {"fact": "Premises-0", "on": "2027-09-10"}, "Premises-0"),
        ("mission", {"kind": "embassy", "status": "open", "source": SOURCE}, "without it an address has no country"),
        (
            "mission",
            {"kind": "embassy", "status": "open", "receiving": "KR", "latitude": "1", "source": SOURCE},
            "Give both latitude and longitude, or neither.",
        ),
    ],
)
def test_bad_input_is_answered_at_its_field_and_nothing_is_written(deed, typed, message, desk, mission):
    answer = send(desk, PAGE, deed, **typed)

    assert answer.status_code == 200
    assert message in text(answer)
    assert (Premises.objects.count(), HeadOfMission.objects.count(), JournalEntry.objects.count()) == (1, 1, 0)
    assert (ConsularDistrict.objects.count(), OpeningHours.objects.count()) == (0, 0)


def test_address_of_a_mission_in_no_state_is_refused(desk, mission):
    Mission.objects.update(receiving="")

    answer = send(desk, PAGE, "address", **ADDRESS)

    assert "This address has no country." in text(answer)
    assert Premises.objects.count() == 1


def test_post_falls_vacant_on_a_day(desk, mission):
    head = HeadOfMission.objects.get()

    send(desk, PAGE, "end", fact=f"HeadOfMission-{head.pk}", on="2027-09-10")

    assert facts_on([mission], dt.date(2027, 9, 9))[mission.pk].head == head
    assert facts_on([mission], dt.date(2027, 9, 10))[mission.pk].head is None


def test_fact_cannot_end_on_its_first_day(desk, mission):
    HeadOfMission.objects.update(valid_from=TODAY)

    answer = send(desk, PAGE, "end", fact=f"HeadOfMission-{HeadOfMission.objects.get().pk}", on=str(TODAY))

    assert "Give a later day within its time." in text(answer)
    assert HeadOfMission.objects.get().valid_to is None


def test_district_and_hours_are_written_down(desk, mission):
    send(desk, PAGE, "district", region="KR-26", source=SOURCE)
    send(desk, PAGE, "hours", weekday="3", opens="09:00", closes="12:00", source=SOURCE)
    send(desk, PAGE, "hours", weekday="3", opens="09:00", closes="11:30", source=SOURCE)

    facts = facts_on([mission], DAY)[mission.pk]
    assert facts.regions == {"KR-26"}
    assert [(span.opens, span.closes) for span in facts.hours] == [(dt.time(9), dt.time(11, 30))]


def test_one_button_says_that_all_was_checked(desk, mission):
    ConsularDistrict.objects.create(mission=mission, region="KR-26")
    former = HeadOfMission.objects.create(
        mission=mission,
        rank="ambassador",
        names={"en": "Old"},
        valid_to=dt.date(2020, 1, 1),
        valid_from=dt.date(2019, 1, 1),
    )

    answer = desk.post(f"{PAGE}check/", {"on": str(DAY)}, follow=True)

    assert "marked as checked today" in text(answer)
    facts = facts_on([Mission.objects.get()], DAY)[mission.pk]
    assert {(one.checked_on, one.checked_by) for one in (facts.mission, *facts.dated)} == {(TODAY, "the organisers")}
    assert [(one.deed, one.by.name) for one in JournalEntry.objects.all()] == [("mission.checked", "Carla")]
    former.refresh_from_db()
    assert (former.checked_on, former.checked_by) == (None, "")


def test_mission_is_added_by_hand(desk, db):
    typed = {
        "slug": "xa-busan",
        "sending": "XA",
        "receiving": "KR",
        "kind": "consulate",
        "status": "open",
        "locality": "부산",
        "phone": "+82 51 000 0000",
        "source": SOURCE,
    }

    answer = desk.post("/desk/missions/new/", typed, follow=True)
    again = desk.post("/desk/missions/new/", typed)

    assert "Now give its address and its head." in text(answer)
    assert "Another mission has this name." in text(again)
    added = Mission.objects.get()
    assert (added.sending, added.receiving, added.locality, added.latitude) == ("XA", "KR", "부산", None)
    assert added.phone == "+82 51 000 0000"


def test_mission_with_an_item_that_is_taken_names_the_other(desk, mission):
    Mission.objects.update(wikidata="Q42")

    answer = desk.post("/desk/missions/new/", {"slug": "other", "sending": "XA", "wikidata": "Q42"})

    assert "This item is the mission xa-1." in text(answer)


def test_correcting_a_mission_stands_over_a_later_table(desk, rivers):
    said = {"kind": "embassy", "sending": "XA", "receiving": "XB", "locality": "Old", "position": [1.0, 2.0]}
    row = UpstreamMission("Q42", {**said, "phone": "", "email": "", "website": "", "districts": []})
    import_table(rows=[row], name="table", by=None, at=NOW)
    slug = Mission.objects.get().slug
    typed = {"kind": "embassy", "status": "open", "receiving": "XB", "locality": "New", "source": SOURCE}

    desk.post(f"/desk/missions/at/{slug}/", {"deed": "mission", **typed, "latitude": "3", "longitude": "4"})
    later = UpstreamMission("Q42", {**row.values, "locality": "Newer", "position": [9.0, 9.0]})
    report = import_table(rows=[later], name="table", by=None, at=NOW)
    page = text(desk.get(f"/desk/missions/at/{slug}/"))

    corrected = Mission.objects.get()
    assert (corrected.locality, corrected.latitude, corrected.longitude) == ("New", 3, 4)
    assert {one.field for one in report.kept} == {"locality", "position"}
    assert "What the imported table says otherwise" in page
    assert "locality: Newer" in page
    assert Upstream.objects.count() == 1


def test_holiday_is_written_down_once(desk, mission):
    typed = {"state": "XA", "day": str(DAY), "names_en": "Day of Example", "source": SOURCE}

    desk.post("/desk/missions/holidays/", typed)
    again = desk.post("/desk/missions/holidays/", typed)
    nameless = desk.post("/desk/missions/holidays/", {**typed, "day": "2027-10-01", "names_en": ""})

    assert Holiday.objects.get().names == {"en": "Day of Example"}
    assert "This state has a holiday on this day already." in text(again)
    assert "Write its name in at least one language." in text(nameless)
    assert "Holiday on this day: <bdi>Day of Example</bdi>" in text(desk.get("/desk/rivers/missions/"))


@pytest.mark.parametrize(
    ("checked", "words"),
    [
        (None, "Never checked"),
        (TODAY - dt.timedelta(days=91), "Checked too long ago: Wednesday, 2 June 2027"),
        (TODAY - dt.timedelta(days=90), "Checked: Thursday, 3 June 2027"),
    ],
)
def test_list_says_when_a_mission_was_checked(checked, words, desk, mission, settings):
    # The days after which freezing would leave it out.
    settings.CHECKED_WITHIN = 90
    for table in (Mission, Premises, HeadOfMission):
        table.objects.update(checked_on=checked)

    assert words in text(desk.get("/desk/rivers/missions/"))


def test_list_shows_facts_of_the_day_of_the_edition(desk, mission):
    HeadOfMission.objects.update(valid_to=DAY)

    page = text(desk.get("/desk/rivers/missions/"))

    assert "Head of mission: vacant or unknown" in page
    assert "Address known" in page


def test_district_claimed_by_two_is_shown_with_both(desk, rivers, mission):
    city(rivers, 2)
    other = Mission.objects.get(slug="xa-2")
    ConsularDistrict.objects.create(mission=mission, region="KR-26")
    ConsularDistrict.objects.create(mission=other, region="KR-26", valid_to=dt.date(2028, 1, 1))
    foreign = Mission.objects.create(slug="xc-1", kind="embassy", sending="XC")
    ConsularDistrict.objects.create(mission=foreign, region="KR-26")

    page = text(desk.get("/desk/rivers/missions/"))
    after = text(desk.get(f"{PAGE}?on=2028-01-01"))

    assert page.count("Another mission also claims the district Busan:") == 2
    assert "xc-1" not in page
    assert "Another mission also claims" not in after


def test_flags_are_shown(desk, mission):
    Mission.objects.update(latitude=1, longitude=2)
    Mission.objects.create(slug="xa-elsewhere", kind="embassy", sending="XA", receiving="XD", latitude=1, longitude=2)

    assert "A mission in another state has the same coordinates." in text(desk.get(PAGE))


@pytest.mark.parametrize("words", ["xa-1", "Riverside", "riverside embassy", "Q42", "대한민국", "Korea"])
def test_directory_is_searched_by_what_people_write(words, desk, mission):
    Mission.objects.update(locality="Riverside Embassy", wikidata="Q42", receiving="KR")
    Mission.objects.create(slug="xa-elsewhere", kind="consulate", sending="XA", receiving="JP")

    page = text(desk.get("/desk/missions/", {"q": words}))

    assert "xa-1" in page
    assert "xa-elsewhere" not in page


@pytest.mark.parametrize("words", ["nowhere", "%", "\0", "'; --"])
def test_search_for_nothing_known_says_so_or_finds_nothing(words, desk, mission):
    answer = desk.get("/desk/missions/", {"q": words})

    assert answer.status_code == 200
    assert "xa-1" not in text(answer)


def test_lists_take_as_many_queries_for_many_missions_as_for_one(desk, rivers):
    counts = []
    for numbers in (range(1, 2), range(2, 7)):
        for number in numbers:
            city(rivers, number)
        for number, one in enumerate(Mission.objects.filter(latitude=None)):
            Mission.objects.filter(pk=one.pk).update(latitude=number, longitude=len(numbers), receiving="KR")
            ConsularDistrict.objects.create(mission=one, region="KR")
        for address in ("/desk/rivers/missions/", "/desk/missions/?q=xa"):
            with CaptureQueriesContext(connection) as captured:
                desk.get(address)
            counts.append(len(captured))

    assert counts[:2] == counts[2:]


@pytest.mark.parametrize("address", ["/desk/missions/at/nowhere/", "/desk/missions/at/nowhere/check/"])
def test_unknown_mission_is_not_found(address, desk):
    assert desk.post(address).status_code == 404


def test_day_that_is_none_is_today(desk, mission):
    assert "1 September 2027" in text(desk.get(f"{PAGE}?on=yesterday"))
