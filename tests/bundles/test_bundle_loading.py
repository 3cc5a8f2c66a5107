"""What loading a bundle leaves in the database, the first time and again."""

import datetime as dt

import pytest
from bundle_sample import CAMPAIGN, CITIES, CLAIMS, EVENTS, HEADS, MISSIONS, PREMISES, bundle, cell
from django.core import serializers
from django.db import models

from tongmun.bundles.actions.load import load_bundle
from tongmun.bundles.problems import BundleRefused
from tongmun.campaigns.models import Call, Campaign, Cause, City, Edition, EditionCity, Membership, Organisation, Post
from tongmun.events.models import Event
from tongmun.letters.models import Claim, LetterVersion
from tongmun.missions.actions.import_table import import_table
from tongmun.missions.models import ConsularDistrict, HeadOfMission, Mission, Premises
from tongmun.missions.table import UpstreamMission
from tongmun.people.models import JournalEntry, User

AT = dt.datetime(2027, 8, 10, 9, 0, tzinfo=dt.UTC)
LATER = AT + dt.timedelta(days=3)
TABLES: list[type[models.Model]] = [
    *(Cause, Campaign, Edition, Call, City, EditionCity, Organisation, Membership, Post),
    *(Mission, Premises, HeadOfMission, ConsularDistrict, LetterVersion, Claim, Event),
]
UNDATED = {
    name: text.replace(",2027-08-04\n", ",\n").replace(",2027-08-05\n", ",\n")
    for name, text in {"cities.csv": CITIES, "events.csv": EVENTS}.items()
}

pytestmark = pytest.mark.django_db


def rows() -> str:
    return "\n".join(serializers.serialize("json", table.objects.order_by("pk"), indent=1) for table in TABLES)


def lines_without(text: str, beginning: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(beginning))


def test_loading_puts_every_file_into_its_table(tmp_path):
    edition = load_bundle(path=bundle(tmp_path), by=None, at=AT)

    assert (edition.slug, edition.campaign.slug, edition.campaign.cause.slug) == (
        "2027",
        "rivers-without-borders",
        "clean-rivers",
    )
    assert (edition.day, edition.languages, edition.state) == (dt.date(2027, 9, 22), ["en", "ko", "ar"], "open")
    seoul = edition.cities.get(city__slug="seoul")
    assert sorted(seoul.missions.values_list("slug", flat=True)) == ["xa-seoul", "xa-seoul-consulate"]
    assert seoul.note == {"en": "First\nsecond\nthird"}
    assert Mission.objects.get(slug="xa-seoul").sending == "XA"
    chancery = Premises.objects.on(dt.date(2019, 1, 1)).get(function="chancery")
    assert chancery.lines == {"en": "1 River Road\nSeoul 04500", "ko": "강변로 1"}
    night = edition.events.get(slug="berlin-night")
    assert night.starts_at().isoformat() == "2027-10-31T02:30:00+01:00"
    letter = edition.letters.get(language="en")
    assert (letter.number, letter.addressee, len(letter.digest)) == (1, "Her Excellency Example\nPresident", 64)
    assert letter.paragraphs == ["First paragraph, in two lines.", 'Second paragraph: "quoted".']
    assert [m.organisation.slug for m in edition.memberships.order_by("position")] == [
        "river-friends",
        "amis-du-fleuve",
    ]


def test_loading_is_written_into_the_journal(tmp_path):
    carla = User.objects.create(email="carla@example.org")

    load_bundle(path=bundle(tmp_path), by=carla, at=AT)

    entry = JournalEntry.objects.get()
    assert (entry.deed, entry.subject, entry.by, entry.at) == ("bundle.loaded", "2027", carla, AT)


def test_loading_the_same_bundle_again_changes_nothing(tmp_path):
    folder = bundle(tmp_path)
    load_bundle(path=folder, by=None, at=AT)
    before = rows()

    load_bundle(path=folder, by=None, at=LATER)

    assert rows() == before


def test_loading_again_takes_few_queries(tmp_path, django_assert_max_num_queries):
    folder = bundle(tmp_path)
    load_bundle(path=folder, by=None, at=AT)

    with django_assert_max_num_queries(40):
        load_bundle(path=folder, by=None, at=LATER)


def test_number_of_queries_does_not_grow_with_the_lines(tmp_path, django_assert_max_num_queries):
    more = "".join(f"city-{n},City {n},,,,KR,Asia/Seoul,37.0,127.0,,,,,,,,,,,\n" for n in range(100))

    with django_assert_max_num_queries(60):
        load_bundle(path=bundle(tmp_path, {"cities.csv": CITIES + more}), by=None, at=AT)


def test_rows_that_left_the_bundle_are_removed_and_lasting_ones_stay(tmp_path):
    load_bundle(path=bundle(tmp_path / "one"), by=None, at=AT)
    changes = {
        "cities.csv": lines_without(CITIES, "berlin"),
        "missions.csv": lines_without(MISSIONS, "xa-berlin"),
        "events.csv": lines_without(EVENTS, "berlin-night"),
        "claims.csv": lines_without(CLAIMS, "unsourced"),
        "premises.csv": lines_without(PREMISES, "xa-seoul,visa"),
        "heads.csv": lines_without(HEADS, "xa-seoul,charge"),
        "call.ar.md": None,
        "news/opening.ar.md": None,
        "campaign.toml": CAMPAIGN.replace('"ko", "ar"]', '"ko"]').split('[[organisation]]\nslug = "amis')[0],
    }

    edition = load_bundle(path=bundle(tmp_path / "two", changes), by=None, at=LATER)

    assert sorted(edition.cities.values_list("city__slug", flat=True)) == ["apia", "seoul"]
    assert [event.slug for event in edition.events.all()] == ["seoul-rally"]
    assert [claim.slug for claim in edition.claims.all()] == ["length"]
    assert sorted(edition.calls.values_list("language", flat=True)) == ["en", "ko"]
    assert list(edition.posts.values_list("language", flat=True)) == ["en"]
    assert edition.memberships.count() == 1
    assert City.objects.filter(slug="berlin").exists()
    assert Mission.objects.filter(slug="xa-berlin").exists()
    assert Organisation.objects.filter(slug="amis-du-fleuve").exists()
    assert (Premises.objects.count(), HeadOfMission.objects.count()) == (3, 2)


def test_mission_that_moves_to_another_city_leaves_the_first(tmp_path):
    edition = load_bundle(path=bundle(tmp_path / "one"), by=None, at=AT)

    load_bundle(path=bundle(tmp_path / "two", cell("missions.csv", 3, city="berlin")), by=None, at=LATER)

    assert [m.slug for m in edition.cities.get(city__slug="seoul").missions.all()] == ["xa-seoul"]
    assert sorted(m.slug for m in edition.cities.get(city__slug="berlin").missions.all()) == [
        "xa-berlin",
        "xa-seoul-consulate",
    ]


def test_row_that_something_refers_to_is_not_removed(tmp_path):
    edition = load_bundle(path=bundle(tmp_path / "one"), by=None, at=AT)
    other = Edition.objects.create(
        campaign=edition.campaign, slug="other", names={}, day=AT, time=dt.time(12), languages=[], changed_on=AT
    )
    Event.objects.create(
        edition=other, place=edition.cities.get(city__slug="apia"), slug="x", kind="talk", titles={}, changed_on=AT
    )
    changes = {"cities.csv": lines_without(CITIES, "apia")}

    load_bundle(path=bundle(tmp_path / "two", changes), by=None, at=LATER)

    assert edition.cities.filter(city__slug="apia").exists()


def test_row_without_a_day_of_change_gets_today_only_when_it_changes(tmp_path):
    edition = load_bundle(path=bundle(tmp_path / "one", UNDATED), by=None, at=AT)
    changes = {**UNDATED, "events.csv": UNDATED["events.csv"].replace("At the gate", "At the bridge")}

    load_bundle(path=bundle(tmp_path / "two", changes), by=None, at=LATER)

    assert edition.events.get(slug="seoul-rally").changed_on == LATER.date()
    assert edition.events.get(slug="berlin-night").changed_on == AT.date()
    assert edition.cities.get(city__slug="seoul").changed_on == AT.date()


def test_day_of_change_in_the_bundle_is_kept(tmp_path):
    edition = load_bundle(path=bundle(tmp_path), by=None, at=AT)

    assert edition.changed_on == dt.date(2027, 8, 1)
    assert edition.events.get(slug="seoul-rally").changed_on == dt.date(2027, 8, 5)


def test_change_of_a_call_raises_its_revision(tmp_path):
    edition = load_bundle(path=bundle(tmp_path / "one"), by=None, at=AT)

    load_bundle(path=bundle(tmp_path / "two", {"call.en.md": ("In two cities", "In three")}), by=None, at=LATER)

    assert (edition.calls.get(language="en").where, edition.calls.get(language="en").revision) == ("In three", 2)
    assert edition.calls.get(language="ko").revision == 1


def test_change_of_a_letter_makes_a_new_version_and_leaves_the_old_one(tmp_path):
    edition = load_bundle(path=bundle(tmp_path / "one"), by=None, at=AT)
    changes = {"letter.en.md": LETTER_WITH_OTHER_TEXT}

    load_bundle(path=bundle(tmp_path / "two", changes), by=None, at=LATER)

    old, new = edition.letters.filter(language="en").order_by("number")
    assert (old.number, old.changed_on) == (1, dt.date(2027, 8, 3))
    assert "First paragraph" in old.body
    assert (new.number, new.changed_on) == (2, LATER.date())
    assert "Another paragraph" in new.body
    assert edition.letters.filter(language="ko").count() == 1


LETTER_WITH_OTHER_TEXT = """\
+++
addressee = ["Her Excellency Example", "President"]
salutation = "Your Excellency,"
close = "Yours faithfully,"
signatory = ["The undersigned"]
+++
Another paragraph.

And one more.
"""


def test_text_in_a_language_the_bundle_has_no_column_for_stays(tmp_path):
    load_bundle(path=bundle(tmp_path / "one"), by=None, at=AT)
    without = "\n".join(",".join(c for n, c in enumerate(line.split(",")) if n != 4) for line in PLAIN.splitlines())

    load_bundle(path=bundle(tmp_path / "two", {**ONLY_SEOUL, "cities.csv": without + "\n"}), by=None, at=LATER)

    assert City.objects.get(slug="seoul").names == {"en": "Seoul!", "ar": "سيول", "fr": "Séoul"}


PLAIN = CITIES.splitlines()[0] + "\nseoul,Seoul!,,سيول,,KR,Asia/Seoul,37.5667,126.9783,,,,,,,,,,,"
ONLY_SEOUL = {
    "missions.csv": lines_without(MISSIONS, "xa-berlin"),
    "events.csv": lines_without(EVENTS, "berlin"),
}


def test_two_missions_can_exchange_their_items(tmp_path):
    load_bundle(path=bundle(tmp_path / "one"), by=None, at=AT)
    exchanged = MISSIONS.replace("Q42", "Q0").replace("Q43", "Q42").replace("Q0", "Q43")

    load_bundle(path=bundle(tmp_path / "two", {"missions.csv": exchanged}), by=None, at=LATER)

    assert Mission.objects.get(slug="xa-seoul").wikidata == "Q43"
    assert Mission.objects.get(slug="xa-berlin").wikidata == "Q42"


def test_head_can_hand_over_to_another_and_back(tmp_path):
    first, second = HEADS.splitlines()[1:3]
    open_first, closed_second = (
        first.replace(",2026-02-01,", ",,"),
        second.replace(",,2026-02-01,,", ",,2023-01-01,2024-02-01,"),
    )
    header = HEADS.splitlines()[0]
    load_bundle(path=bundle(tmp_path / "one", {"heads.csv": f"{header}\n{open_first}\n"}), by=None, at=AT)

    load_bundle(path=bundle(tmp_path / "two"), by=None, at=AT)
    ends = [head.valid_to for head in HeadOfMission.objects.order_by("pk")]
    HeadOfMission.objects.filter(rank="charge-daffaires").update(valid_from=dt.date(2023, 1, 1))
    load_bundle(
        path=bundle(tmp_path / "three", {"heads.csv": f"{header}\n{open_first}\n{closed_second}\n"}), by=None, at=AT
    )

    assert ends == [dt.date(2026, 2, 1), None]
    assert [head.valid_to for head in HeadOfMission.objects.order_by("pk")] == [None, dt.date(2024, 2, 1)]


@pytest.mark.parametrize("sending", ["XA", "XC"])
def test_mission_that_only_a_table_brought_takes_the_slug_of_the_bundle(tmp_path, sending):
    values = {"kind": "embassy", "sending": sending, "receiving": "KR", "locality": "Jung-gu", "position": [1.0, 2.0]}
    row = UpstreamMission("Q42", {**values, "phone": "1", "email": "", "website": "", "districts": ["KR"]})
    import_table(rows=[row], name="table", by=None, at=AT)
    if sending == "XC":
        with pytest.raises(BundleRefused, match="Q42"):
            load_bundle(path=bundle(tmp_path), by=None, at=AT)
        return

    load_bundle(path=bundle(tmp_path), by=None, at=AT)
    again = import_table(rows=[row], name="table", by=None, at=AT)

    seoul = Mission.objects.get(wikidata="Q42")
    assert (seoul.slug, seoul.latitude, seoul.phone) == ("xa-seoul", 37.56222, "1")
    assert (again.new, again.changed, Mission.objects.count()) == (0, [], 3)


def test_column_of_districts_adds_only_what_nobody_has_said(tmp_path):
    load_bundle(path=bundle(tmp_path / "one"), by=None, at=AT)
    ConsularDistrict.objects.filter(region="KR").update(source="Gazette", valid_from=dt.date(2020, 1, 1))
    before = rows()

    load_bundle(path=bundle(tmp_path / "two", cell("missions.csv", 2, district="KR-11 | KR")), by=None, at=AT)

    assert rows() == before
    assert ConsularDistrict.objects.get(region="KR").source == "Gazette"


def test_titles_stay_under_a_table_without_their_column(tmp_path):
    load_bundle(path=bundle(tmp_path / "one"), by=None, at=AT)
    bare = "mission,rank,name_en,valid_from,valid_to\nxa-seoul,ambassador,Ada Example,2024-02-01,2026-02-01\n"

    load_bundle(path=bundle(tmp_path / "two", {"heads.csv": bare}), by=None, at=AT)

    assert HeadOfMission.objects.get(rank="ambassador").titles == {"en": "Dr", "ko": "박사"}


OTHER = {"campaign.toml": CAMPAIGN.replace("rivers-without-borders", "other-campaign").replace('"2027"', '"2028"')}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"campaign.toml": ("rivers-without", "lakes-without")},
            ("campaign.toml", 20, "slug", "“lakes-without-borders-2027”"),
        ),
        (
            {"campaign.toml": OTHER["campaign.toml"].replace('"XA"', '"XB"')},
            ("missions.csv", 2, "slug", "“xb-xa-seoul”"),
        ),
        ({**OTHER, **cell("cities.csv", 2, country="KP")}, ("cities.csv", 2, "slug", "“seoul-kp”")),
        (
            {**OTHER, "missions.csv": MISSIONS.replace("xa-berlin", "xa-embassy-berlin")},
            ("missions.csv", 4, "wikidata", "“xa-berlin”"),
        ),
        (cell("premises.csv", 3, valid_from="2020-01-02"), ("premises.csv", 3, "valid_from", "its “valid_to”")),
        (
            cell("districts.csv", 3, valid_from="2026-01-02"),
            ("districts.csv", 3, "valid_from", "its “valid_to”"),
        ),
        (cell("heads.csv", 3, valid_from="2026-02-02"), ("heads.csv", 3, "valid_from", "its “valid_to”")),
    ],
)
def test_what_the_database_holds_already_is_not_overwritten_by_another(tmp_path, changes, expected):
    load_bundle(path=bundle(tmp_path / "one"), by=None, at=AT)
    before = rows()

    with pytest.raises(BundleRefused) as refusal:
        load_bundle(path=bundle(tmp_path / "two", changes), by=None, at=LATER)

    file, line, field, remedy = expected
    found = [p for p in refusal.value.problems if (p.file, p.line, p.field) == (file, line, field)]
    assert any(remedy in p.remedy for p in found), refusal.value.problems
    assert rows() == before


def test_another_edition_of_the_campaign_shares_cities_and_missions(tmp_path):
    first = load_bundle(path=bundle(tmp_path / "one"), by=None, at=AT)

    second = load_bundle(
        path=bundle(tmp_path / "two", {"campaign.toml": ('slug = "2027"', 'slug = "2028"')}), by=None, at=LATER
    )

    assert (first.campaign, City.objects.count(), Mission.objects.count()) == (second.campaign, 3, 3)
    assert (first.cities.count(), second.cities.count()) == (3, 3)
    assert Premises.objects.count() == 3
