"""What the overview of an edition shows, and what it says is missing."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from desk_sample import AT, DAY, SUZIE, a_member, call, carla, city, client_of, edition, letter, mail, waiting
from django.conf import settings
from tests.counts.test_counting import enter

from tongmun.campaigns.models import Membership, Organisation
from tongmun.counts.models import CountEntry, Reckoning, Referral, Tally
from tongmun.counts.queries import Unlogged, unlogged_of
from tongmun.desk.brought import Brought, brought_in
from tongmun.desk.missing import Gap, Lack, missing
from tongmun.desk.standing import MissionRow, PlaceRow, Standing, standing_of
from tongmun.events.models import Event
from tongmun.kit.keyring import COALITION_PRIVATE
from tongmun.letters.models import Claim
from tongmun.missions.models import HeadOfMission, Premises

KNOWN = MissionRow(name="Seoul: embassy", kind="embassy", address="1 River Road", head="Head", checked_on=DAY)
SEOUL = PlaceRow(name="Seoul", starts_at=AT, missions=(KNOWN,), events=("March",))
COMPLETE = Standing(
    languages=("en", "ko"),
    calls=frozenset({"en", "ko"}),
    letters=frozenset({"en", "ko"}),
    places=(SEOUL,),
    unsourced=(),
    names_waiting=0,
    mail_queued=7,
    mail_uncertain=0,
    mail_failed=0,
    private_key_is_here=False,
)


def with_mission(**changes: object) -> Standing:
    return replace(COMPLETE, places=(replace(SEOUL, missions=(replace(KNOWN, **changes),)),))


@pytest.mark.parametrize(
    ("standing", "gaps"),
    [
        (COMPLETE, []),
        (replace(COMPLETE, calls=frozenset({"en"})), [Gap(Lack.CALL, 1, ("ko",))]),
        (replace(COMPLETE, letters=frozenset()), [Gap(Lack.LETTER, 2, ("en", "ko"))]),
        (with_mission(address=""), [Gap(Lack.ADDRESS, 1, ("Seoul: embassy",))]),
        (with_mission(checked_on=None), [Gap(Lack.CHECK, 1, ("Seoul: embassy",))]),
        (with_mission(head=""), []),
        (replace(COMPLETE, unsourced=("100 people",)), [Gap(Lack.SOURCE, 1, ("100 people",))]),
        (replace(COMPLETE, names_waiting=3), [Gap(Lack.MODERATION, 3)]),
        (replace(COMPLETE, mail_uncertain=2), [Gap(Lack.MAIL_UNCERTAIN, 2)]),
        (replace(COMPLETE, mail_failed=4), [Gap(Lack.MAIL_FAILED, 4)]),
        (replace(COMPLETE, private_key_is_here=True), [Gap(Lack.PRIVATE_KEY_HERE, 1)]),
        (replace(COMPLETE, places=(replace(SEOUL, events=()),)), [Gap(Lack.EVENT, 1, ("Seoul",))]),
    ],
)
def test_missing_names_each_gap(standing, gaps):
    assert missing(standing) == gaps


def test_missing_calls_only_events_dispensable():
    dispensable = [lack for lack in Lack if Gap(lack, 1).is_information]

    assert dispensable == [Lack.EVENT]


@pytest.mark.django_db
def test_editions_are_listed_with_their_state_drafts_included(django_assert_num_queries):
    edition()
    edition("lakes", state="open")
    edition("hills", state="closed", day=dt.date(2026, 9, 22))
    client = client_of(carla())

    with django_assert_num_queries(3):
        page = " ".join(client.get("/desk/").content.decode().split())

    for slug, state in (("rivers", "draft"), ("lakes", "open"), ("hills", "closed")):
        assert page.index(f"Day of the {slug}") < page.index(f"· {state} </p>")
    assert page.index("Day of the rivers") < page.index("Day of the hills")


@pytest.mark.django_db
def test_standing_takes_facts_as_they_are_on_the_day():
    rivers = edition()
    place = city(rivers, 1, is_known=False)
    mission = place.missions.get()
    Premises.objects.create(mission=mission, lines={"en": "Old Road"}, valid_to=DAY)
    HeadOfMission.objects.create(mission=mission, rank="ambassador", names={"en": "Next"}, valid_from=DAY)

    row = standing_of(rivers, "en").places[0].missions[0]

    assert (row.address, row.head, row.checked_on) == ("", "Next", None)


@pytest.mark.django_db
def test_standing_does_not_take_a_cancelled_event_for_one():
    rivers = edition()
    place = city(rivers, 1)
    shared = {"edition": rivers, "place": place, "kind": "rally", "changed_on": DAY}
    Event.objects.create(**shared, slug="off", status="cancelled", titles={"en": "Off"})
    Event.objects.create(**shared, slug="on", titles={"en": "On"})

    assert standing_of(rivers, "en").places[0].events == ("On",)


@pytest.mark.django_db
def test_standing_counts_only_this_edition():
    user = carla()
    rivers, lakes = edition(), edition("lakes")
    for of in (rivers, lakes, lakes):
        waiting(
            of,
            letter(of, user, body=f"{of.slug} {of.letters.count()}") if not of.letters.count() else of.letters.first(),
            "A",
        )
        Claim.objects.create(edition=of, slug=f"c{of.claims.count()}", position=1, texts={"en": f"Claim {of.slug}"})
    Claim.objects.create(edition=rivers, slug="sourced", position=2, texts={"en": "Sourced"}, source="A register")

    standing = standing_of(rivers, "en")

    assert (standing.names_waiting, standing.unsourced, standing.letters) == (1, ("Claim rivers",), {"en"})


@pytest.mark.django_db
def test_standing_counts_mail_by_state():
    for state in ("QUEUED", "SENDING", "UNCERTAIN", "UNCERTAIN", "FAILED"):
        mail(state)

    standing = standing_of(edition(), "en")

    assert (standing.mail_queued, standing.mail_uncertain, standing.mail_failed) == (2, 2, 1)


@pytest.mark.django_db
def test_overview_asks_the_database_as_often_for_forty_cities_as_for_one(django_assert_num_queries):
    rivers = edition()
    client = client_of(carla())
    city(rivers, 0)
    with django_assert_num_queries(21):
        client.get("/desk/rivers/")
    for number in range(1, 40):
        city(rivers, number, is_known=bool(number % 2))

    with django_assert_num_queries(21):
        page = client.get("/desk/rivers/").content.decode()

    assert page.count('<th scope="row">') == 40


@pytest.mark.django_db
def test_overview_tells_what_waits_for_a_batch_from_what_a_person_holds():
    rivers, lakes = edition(), edition("lakes")
    enter(rivers, 5)
    enter(lakes, 7)
    enter(rivers, 1, kind="PAPER", amount=3, words="Sheets")
    CountEntry.objects.filter(pk__in=CountEntry.objects.filter(edition=rivers, kind="ADD").values("pk")[:2]).update(
        is_held=True
    )
    Reckoning.objects.create(edition=rivers, as_of=AT)

    page = " ".join(client_of(carla()).get("/desk/rivers/").content.decode().split())

    assert unlogged_of(rivers) == Unlogged(waiting=3, held=2)
    assert '<span class="count-figure">3</span> wait for the next batch' in page
    assert "held for somebody to look: 2" in page


@pytest.mark.django_db
def test_overview_shows_what_each_organisation_brought_with_the_link_it_hands_out(settings):
    settings.PUBLIC_URL = "https://day.example.org"
    rivers, lakes = edition(state="open"), edition("lakes", state="open")
    friends = a_member(rivers)
    star = Organisation.objects.create(slug="north-star", names={"en": "North <Star>"})
    for of, counted in ((rivers, 41), (lakes, 7)):
        Membership.objects.create(edition=of, organisation=star, position=2)
        Referral.objects.create(edition=of, organisation=star, counted=counted)

    rows = brought_in(rivers, language="en", page="/en/rivers/")
    page = client_of(carla()).get("/desk/rivers/").content.decode()

    assert rows == (
        Brought("North <Star>", 41, "https://day.example.org/en/rivers/?via=north-star"),
        Brought(friends.names["en"], 0, "https://day.example.org/en/rivers/?via=river-friends"),
    )
    assert page.count("https://day.example.org/en/rivers/?via=") == 2
    assert "North &lt;Star&gt;" in page


@pytest.mark.django_db
def test_overview_of_a_draft_gives_no_link_to_hand_out():
    a_member(edition())

    page = client_of(carla()).get("/desk/rivers/").content.decode()

    assert "Once the call is public" in page
    assert "?via=" not in page


@pytest.mark.django_db
def test_overview_costs_the_same_however_many_organisations_bring_signatures(django_assert_num_queries):
    rivers = edition()
    client = client_of(carla())
    for number in range(30):
        one = Organisation.objects.create(slug=f"one-{number}", names={"en": f"One {number}"})
        Membership.objects.create(edition=rivers, organisation=one, position=number)
        Referral.objects.create(edition=rivers, organisation=one, counted=number)

    with django_assert_num_queries(15):
        page = client.get("/desk/rivers/").content.decode()

    assert page.count('<th scope="row">') == 30


@pytest.mark.django_db
def test_overview_shows_counts_with_their_moment():
    rivers = edition()
    Tally.objects.create(edition=rivers, country="KR", counted=41)
    Reckoning.objects.create(edition=rivers, as_of=AT)

    page = " ".join(client_of(carla()).get("/desk/rivers/").content.decode().split())

    assert '<span class="count-figure">41</span> signatures counted' in page
    assert "as of Tuesday, 10 August 2027" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "languages", "address"),
    [
        ("open", ["en", "ko"], "/en/rivers/"),
        ("closed", ["en", "ko"], "/en/rivers/"),
        ("open", ["ko"], "/ko/rivers/"),
        ("draft", ["en", "ko"], None),
    ],
)
def test_overview_leads_to_the_public_page_once_there_is_one(state, languages, address):
    edition(state=state, languages=languages)

    page = client_of(carla()).get("/desk/rivers/").content.decode()

    assert re.findall(r'href="(/\w\w/rivers/)"', page) == ([address] if address else [])


@pytest.mark.django_db
def test_overview_shows_each_mission_with_what_is_known():
    rivers = edition()
    city(rivers, 1)
    city(rivers, 2, is_known=False)

    page = " ".join(client_of(carla()).get("/desk/rivers/").content.decode().split())

    assert page.count("Address known") == page.count("Address unknown") == 1
    assert ("Head 1" in page, "Head 2" in page) == (True, False)
    assert "Checked: Wednesday, 22 September 2027" in page
    assert "One mission has no known address on the day." in page
    assert "Wednesday, 22 September 2027 at 12:00" in page or "Wednesday, 22 September 2027, 12:00" in page


@pytest.mark.django_db
def test_overview_warns_of_the_private_key_until_it_is_moved(tmp_path, settings):
    edition()
    settings.KEYS = tmp_path
    client = client_of(carla())
    (tmp_path / COALITION_PRIVATE).write_text("00")

    before = client.get("/desk/rivers/").content.decode()
    (tmp_path / COALITION_PRIVATE).unlink()
    after = client.get("/desk/rivers/").content.decode()

    assert ("coalition.private.key" in before, "coalition.private.key" in after) == (True, False)


@pytest.mark.django_db
def test_overview_shows_neither_names_nor_addresses_of_signers():
    user = carla()
    rivers = edition()
    waiting(rivers, letter(rivers, user), "Suzie Signer")
    mail("FAILED")

    page = client_of(user).get("/desk/rivers/").content.decode()

    assert "One name waits" in " ".join(page.split())
    assert "Suzie Signer" not in page
    assert SUZIE not in page


@pytest.mark.django_db
def test_complete_edition_lacks_nothing(tmp_path, settings):
    settings.KEYS = tmp_path
    user = carla()
    rivers = edition(languages=["en"])
    call(rivers)
    letter(rivers, user)
    place = city(rivers, 1)
    Event.objects.create(
        edition=rivers, place=place, slug="march", kind="march", titles={"en": "March"}, changed_on=dt.date(2027, 8, 1)
    )

    page = client_of(user).get("/desk/rivers/").content.decode()

    assert "Nothing is missing." in page


@pytest.mark.django_db
def test_missing_languages_are_named_in_the_language_of_the_page():
    edition(languages=["en", "ar"])
    client = client_of(carla())
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ko"

    page = client.get("/desk/rivers/").content.decode()

    assert '<a href="/desk/rivers/call/ar/">아랍어</a>' in page
    assert '<a href="/desk/rivers/letter/ar/">아랍어</a>' in page
