from datetime import UTC, date, datetime, time

import icalendar
import pytest
from tests.events.edition_in_memory import an_event
from tests.web.site import load_examples

from tongmun.campaigns.models import Edition
from tongmun.events.calendars import calendar_of
from tongmun.events.models import Event
from tongmun.events.structured import event_data
from tongmun.web.views.events import script_json

DAY = date(2030, 9, 22)
BAD = 'One, two; three\\ four: "five"\r\nBEGIN:VALARM\nATTENDEE:mailto:all@example.org\r\nSTATUS:CONFIRMED'


def entry_of(event, language="en"):
    content = calendar_of(
        event.edition, [event], language=language, address=lambda one: f"http://testserver/{one.slug}/"
    )
    calendar = icalendar.Calendar.from_ical(content)
    [entry] = calendar.walk("VEVENT")
    return entry


def test_entry_says_what_where_when_and_how_sure():
    event = an_event(
        "Asia/Seoul", DAY, places={"en": "Gate"}, transit={"en": "Line 4"}, note={"en": "Bring a candle"}, sequence=3
    )
    event.latitude, event.longitude = 37.5, 127.0

    entry = entry_of(event)

    assert entry["SUMMARY"] == "Noon"
    assert entry["LOCATION"] == "Gate, Town"
    assert entry["DESCRIPTION"] == "Line 4\n\nBring a candle"
    assert entry["SEQUENCE"] == 3
    assert entry["STATUS"] == "TENTATIVE"
    assert entry["URL"] == "http://testserver/noon/"
    assert entry["GEO"].to_ical() == "37.5;127.0"
    assert entry["LAST-MODIFIED"].dt == datetime(2030, 9, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "ical", "schema"),
    [
        ("planned", "TENTATIVE", "EventScheduled"),
        ("confirmed", "CONFIRMED", "EventScheduled"),
        ("changed", "CONFIRMED", "EventScheduled"),
        ("moved", "CONFIRMED", "EventRescheduled"),
        ("cancelled", "CANCELLED", "EventCancelled"),
    ],
)
def test_status_is_told_to_calendars_and_to_machines(status, ical, schema):
    event = an_event("Asia/Seoul", DAY, status=status)

    assert entry_of(event)["STATUS"] == ical
    assert event_data(event, language="en", url="x")["eventStatus"] == f"https://schema.org/{schema}"


@pytest.mark.parametrize("field", ["titles", "places", "transit", "note"])
def test_words_of_an_event_add_no_line_of_their_own(field):
    event = an_event("Asia/Seoul", DAY, **{field: {"en": BAD}})
    plain = an_event("Asia/Seoul", DAY, **{field: {"en": "Plain"}})

    entry = entry_of(event)

    assert set(entry) == set(entry_of(plain))
    assert not entry.subcomponents
    assert entry["STATUS"] == "TENTATIVE"
    name = {"titles": "SUMMARY", "places": "LOCATION"}.get(field, "DESCRIPTION")
    assert str(entry[name]).replace("\r\n", "\n").startswith(BAD.replace("\r\n", "\n"))


def test_name_of_an_edition_adds_no_line_to_its_calendar():
    event = an_event("Asia/Seoul", DAY)
    event.edition.names = {"en": BAD}

    content = calendar_of(event.edition, [event], language="en", address=lambda _: "x").decode()

    assert not [line for line in content.split("\r\n") if line.startswith(("BEGIN:VALARM", "ATTENDEE"))]
    assert len(icalendar.Calendar.from_ical(content).walk("VEVENT")) == 1


@pytest.mark.parametrize("words", ["</script><script>alert(1)</script>", "<!--", "a & b", "\u2028", '"quoted"'])
def test_words_of_an_event_cannot_end_the_script_they_stand_in(words):
    event = an_event("Asia/Seoul", DAY, titles={"en": words})

    written = script_json(event_data(event, language="en", url="x"))

    assert not set("<>&") & set(written)


def test_lines_are_no_longer_than_75_octets():
    event = an_event("Asia/Seoul", DAY, titles={"en": "촛불 " * 60})

    content = calendar_of(event.edition, [event], language="en", address=lambda _: "x")

    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert str(entry_of(event)["SUMMARY"]) == "촛불 " * 60


@pytest.mark.parametrize(
    ("changes", "starts", "ends"),
    [
        ({"ends_time": time(13, 30)}, "2030-09-22T12:00", "2030-09-22T13:30"),
        ({"own_time": time(21), "ends_time": time(1)}, "2030-09-22T21:00", "2030-09-23T01:00"),
        ({"ends_day": date(2030, 9, 24), "ends_time": time(9)}, "2030-09-22T12:00", "2030-09-24T09:00"),
    ],
)
def test_entry_begins_and_ends_by_the_clock_of_its_city(changes, starts, ends):
    entry = entry_of(an_event("America/St_Johns", DAY, **changes))

    assert f"{entry['DTSTART'].dt:%Y-%m-%dT%H:%M}" == starts
    assert f"{entry['DTEND'].dt:%Y-%m-%dT%H:%M}" == ends


def test_entry_without_a_known_end_has_none():
    entry = entry_of(an_event("America/St_Johns", DAY, own_day=date(2030, 9, 21)))

    assert f"{entry['DTSTART'].dt:%Y-%m-%dT%H:%M}" == "2030-09-21T12:00"
    assert not {"DTEND", "DURATION"} & set(entry)


@pytest.mark.parametrize(
    ("language", "summary"), [("en", "Cancelled: Noon"), ("ko", "취소: Noon"), ("ar", "أُلغيت: Noon")]
)
def test_entry_of_a_cancelled_event_says_so_in_its_title(language, summary):
    assert entry_of(an_event("Asia/Seoul", DAY, status="cancelled"), language)["SUMMARY"] == summary


def test_single_instant_is_one_moment_in_every_zone():
    instants = set()
    for zone in ("Asia/Seoul", "America/Los_Angeles", "Pacific/Kiritimati", "Pacific/Pago_Pago"):
        event = an_event(zone, DAY)
        event.edition.time_rule, event.edition.zone = "single-instant", "Asia/Seoul"
        instants.add(entry_of(event)["DTSTART"].dt.astimezone(UTC))
        assert event.place.starts_at().utcoffset() == event.starts_at().astimezone(event.starts_at().tzinfo).utcoffset()

    assert instants == {datetime(2030, 9, 22, 3, 0, tzinfo=UTC)}


@pytest.mark.django_db
def test_calendar_of_an_edition_is_the_same_when_it_is_loaded_again(client):
    load_examples()
    first = client.get("/en/coming/calendar.ics").content
    Event.objects.all().delete()
    Edition.objects.get(slug="coming").cities.all().delete()

    load_examples()

    assert client.get("/en/coming/calendar.ics").content == first


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "ko", "ar"])
def test_calendar_of_an_edition_holds_every_event_in_the_order_of_the_day(client, language):
    load_examples()

    calendar = icalendar.Calendar.from_ical(client.get(f"/{language}/coming/calendar.ics").content)

    entries = calendar.walk("VEVENT")
    uids = [str(entry["UID"]) for entry in entries]
    starts = [entry["DTSTART"].dt.astimezone(UTC) for entry in entries]
    by_uid = dict(zip(uids, entries, strict=True))
    assert len(set(uids)) == len(uids) == Event.objects.filter(edition__slug="coming").count()
    assert starts == sorted(starts)
    assert by_uid["ottawa-vigil.coming@testserver"]["STATUS"] == "CANCELLED"
    assert by_uid["ottawa-vigil.coming@testserver"]["SEQUENCE"] == 2
    assert by_uid["seoul-demonstration.coming@testserver"]["SEQUENCE"] == 0
    assert {str(one["TZID"]) for one in calendar.walk("VTIMEZONE")} >= {"Asia/Seoul", "America/St_Johns"}


@pytest.mark.django_db
def test_uid_belongs_to_one_server(settings):
    load_examples()
    settings.PUBLIC_HOST = "elsewhere.example"

    assert Event.objects.get(slug="ottawa-vigil").uid == "ottawa-vigil.coming@elsewhere.example"


@pytest.mark.django_db
def test_event_of_one_edition_has_another_uid_than_its_namesake():
    load_examples()

    uids = {event.uid for event in Event.objects.filter(slug="seoul-demonstration")}

    assert uids == {"seoul-demonstration.coming@testserver", "seoul-demonstration.2012@testserver"}
