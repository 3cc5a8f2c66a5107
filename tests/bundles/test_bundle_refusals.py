"""Every kind of mistake in a bundle is named with its file, line, field and remedy, and nothing is written."""

import datetime as dt

import pytest
from bundle_sample import CAMPAIGN, CITIES, Change, bundle, cell

from tongmun.bundles import cells
from tongmun.bundles.actions.load import load_bundle
from tongmun.bundles.problems import BundleRefused, Problem
from tongmun.campaigns.models import Campaign, Cause, City, Edition, EditionCity, Organisation
from tongmun.missions.models import HeadOfMission, Mission, Premises
from tongmun.people.models import JournalEntry

AT = dt.datetime(2027, 8, 10, 9, 0, tzinfo=dt.UTC)

CELLS = [
    # file, line, column, value, words of the message, words of the remedy
    ("cities.csv", 2, "slug", "Seoul City", "not a slug", "“seoul-city”"),
    ("cities.csv", 2, "country", "UK", "not the code of a state", "“GB”"),
    ("cities.csv", 2, "country", "kr", "not the code of a state", "“KR”"),
    ("cities.csv", 2, "country", "Korea", "not the code of a state", "two capital letters"),
    ("cities.csv", 2, "zone", "Asia/Soeul", "not the name of a time zone", "Asia/Seoul"),
    ("cities.csv", 2, "zone", "Korea/Seoul", "not the name of a time zone", "Asia/Seoul"),
    ("cities.csv", 2, "zone", "Zwxq", "not the name of a time zone", "IANA"),
    ("cities.csv", 2, "zone", "", "missing", "Write it"),
    ("cities.csv", 2, "latitude", "137.5", "not a place on Earth", "-90 to 90"),
    ("cities.csv", 2, "longitude", "-180.5", "not a place on Earth", "-180 to 180"),
    ("cities.csv", 2, "latitude", "37,5667", "not a number of degrees", "Write 37.5667."),
    ("cities.csv", 2, "latitude", "nan", "not a number of degrees", "decimal point"),
    ("cities.csv", 3, "date", "09/22/2012", "not a date", "Write 2012-09-22."),
    ("cities.csv", 3, "date", "05.06.2012", "not a date", "Write 2012-05-06 or 2012-06-05"),
    ("cities.csv", 3, "date", "2012/9/22", "not a date", "Write 2012-09-22."),
    ("cities.csv", 3, "date", "2012-22-09", "no day 2012-22-09", "Write 2012-09-22."),
    ("cities.csv", 3, "date", "2027-02-30", "no day 2027-02-30", "2027-02-28"),
    ("cities.csv", 3, "date", "2027-13-32", "no day", "from 01 to 12"),
    ("cities.csv", 3, "date", "0001-01-01", "0001", "from 1000 to 9000"),
    ("cities.csv", 3, "date", "tomorrow", "not a date", "YYYY-MM-DD"),
    ("cities.csv", 3, "time", "9:30", "not a time", "Write 09:30."),
    ("cities.csv", 3, "time", "9:30 pm", "not a time", "Write 21:30."),
    ("cities.csv", 3, "time", "24:00", "not a time", "24-hour clock"),
    ("cities.csv", 3, "checked_by", "x" * 121, "121 characters", "Shorten it to 120"),
    ("cities.csv", 3, "note_ko", "a\u202eb", "U+202E", "Delete these characters"),
    ("cities.csv", 3, "name_ko", "two\nlines", "U+000A", "Delete these characters"),
    ("cities.csv", 3, "name_en", "", "language “en” is missing", "Write “name_en”."),
    ("cities.csv", 3, "note_ko", "=1+1", "begins with “=” for a formula", "write a word in front"),
    ("cities.csv", 3, "note_ko", " | @SUM(1)", "begins with “@” for a formula", "write a word in front"),
    ("cities.csv", 3, "note_ko", "+82 2 555 01 23", "begins with “+” for a formula", "Leave the mark out"),
    ("cities.csv", 3, "note_ko", "-2+3", "begins with “-” for a formula", "Leave the mark out"),
    ("cities.csv", 3, "note_ko", "＝1", "begins with “＝” for a formula", "Leave the mark out"),
    ("cities.csv", 3, "slug", "seoul", "stands on line 2 already", "delete one"),
    ("missions.csv", 2, "city", "seuol", "not in cities.csv", "Did you mean “seoul”?"),
    ("missions.csv", 2, "city", "busan", "not in cities.csv", "Add “busan” to cities.csv."),
    ("missions.csv", 2, "kind", "embasy", "not one of the words", "Did you mean “embassy”?"),
    ("missions.csv", 2, "status", "gone", "not one of the words", "open, closed, suspended, relocated"),
    ("missions.csv", 2, "latitude", "", "missing", "both latitude and longitude"),
    ("missions.csv", 2, "wikidata", "42", "not an item of Wikidata", "Q42"),
    ("missions.csv", 3, "wikidata", "Q42", "stands on line 2 already", "delete one"),
    ("missions.csv", 3, "source", "x" * 301, "301 characters", "Shorten it to 300"),
    ("premises.csv", 2, "mission", "xa-seuol", "not in missions.csv", "Did you mean “xa-seoul”?"),
    ("premises.csv", 3, "valid_from", "2019-12-31", "overlaps", "Let one end"),
    ("premises.csv", 3, "valid_to", "2019-01-01", "ends on 2019-01-01", "after “valid_from”"),
    ("missions.csv", 2, "district", "KR-Seoul", "not the code of a region", "such as KR-26"),
    ("missions.csv", 2, "district", "KOR", "not the code of a state", "KR"),
    ("missions.csv", 2, "district", "KR | KR", "listed twice", "each region once"),
    ("districts.csv", 2, "region", "seoul", "not the code of a state", "KR"),
    ("districts.csv", 2, "mission", "xa-seuol", "not in missions.csv", "Did you mean “xa-seoul”?"),
    ("districts.csv", 2, "valid_to", "2019-12-31", "It ends on 2019-12-31", "after “valid_from”"),
    ("districts.csv", 3, "valid_from", "2025-12-31", "overlaps", "Let one end"),
    ("heads.csv", 3, "valid_from", "2026-01-31", "overlaps", "Let one end"),
    ("heads.csv", 2, "rank", "ambasador", "not one of the words", "Did you mean “ambassador”?"),
    ("heads.csv", 2, "gender", "x", "not one of the words", "f, m"),
    ("events.csv", 2, "city", "seuol", "not in cities.csv", "Did you mean “seoul”?"),
    ("events.csv", 2, "kind", "raly", "not one of the words", "Did you mean “rally”?"),
    ("events.csv", 2, "sequence", "two", "not a whole number", "digits only"),
    ("events.csv", 2, "ends_date", "2027-09-21", "before it begins", "later “ends_date”"),
    ("events.csv", 3, "reading", "second", "not one of the words", "earlier, later"),
    ("events.csv", 2, "slug", "berlin-night", "stands on line 2 already", "delete one"),
    ("claims.csv", 2, "paragraph", "3", "No letter has a paragraph 3", "from 1 to 2"),
    ("claims.csv", 3, "slug", "length", "stands on line 2 already", "delete one"),
]

FILES: list[tuple[dict[str, Change], str, int | None, str, str, str]] = [
    # changes, file, line, field, words of the message, words of the remedy
    ({"cities.csv": None}, "cities.csv", None, "", "is missing", "slug, name_<lang>, country"),
    ({"campaign.toml": None}, "campaign.toml", None, "", "is missing", "[edition]"),
    ({"letter.en.md": None, "letter.ko.md": None}, "letter.<lang>.md", None, "", "no letter", "letter.en.md"),
    ({"call.ko.md": None}, "call.ko.md", None, "", "no call in this language", "Add call.ko.md"),
    ({"claims.csv": ""}, "claims.csv", 1, "", "empty", "slug, text_<lang>"),
    ({"citys.csv": CITIES}, "citys.csv", None, "", "not a file of a bundle", "“cities.csv”"),
    ({"cities.csv": ("country,zone", "country,zoen")}, "cities.csv", 1, "zoen", "not known", "Did you mean “zone”?"),
    ({"cities.csv": ("country,zone", "country,zoen")}, "cities.csv", 1, "zone", "is missing", "slug, name_<lang>"),
    ({"cities.csv": ("name_ko", "nmae_ko")}, "cities.csv", 1, "nmae_ko", "not known", "Did you mean “name_ko”?"),
    ({"cities.csv": ("name_ko", "name_korean")}, "cities.csv", 1, "name_korean", "code of a language", "name_<lang>"),
    ({"cities.csv": ("name_ko", "name_en")}, "cities.csv", 1, "name_en", "stands twice", "Delete one"),
    ({"cities.csv": ("KR,Asia", "KR,extra,Asia")}, "cities.csv", 2, "", "21 cells", "quotation marks"),
    ({"claims.csv": ('"1,200"', '"1,2"00')}, "claims.csv", 2, "", "quotation marks", "double those"),
    ({"cities.csv": CITIES.encode().replace("베".encode(), b"\xba")}, "cities.csv", 3, "", "0xBA", "UTF-8"),
    ({"campaign.toml": CAMPAIGN.encode("utf-16")}, "campaign.toml", 1, "", "0xFF", "UTF-8"),
    (
        {"campaign.toml": ("2027-09-22", "09/22/2027")},
        "campaign.toml",
        24,
        "date",
        "cannot be read",
        "Write 2027-09-22.",
    ),
    ({"campaign.toml": ("2027-09-22", "2027-09-31")}, "campaign.toml", 24, "date", "cannot be read", "2027-09-30"),
    ({"campaign.toml": ("2027-09-22", '"coming 02-30"')}, "campaign.toml", 24, "date", "No year", "coming 09-22"),
    ({"campaign.toml": ('"12:00"', "12:00:00")}, "campaign.toml", 25, "time", "cannot stand here", '"12:00"'),
    ({"campaign.toml": ('time = "12:00"\n', "")}, "campaign.toml", 19, "time", "is missing", "Write it"),
    ({"campaign.toml": ("time_rule =", "tiem_rule =")}, "campaign.toml", 26, "tiem_rule", "not known", "“time_rule”"),
    ({"campaign.toml": ("format = 1", "format = 2")}, "campaign.toml", 1, "format", "not known", "format = 1"),
    ({"campaign.toml": ("[cause]", "[caues]")}, "campaign.toml", 3, "caues", "not known", "Did you mean “cause”?"),
    ({"campaign.toml": ("[cause]", "[caues]")}, "campaign.toml", None, "cause", "is missing", "[cause]"),
    ({"campaign.toml": ("[[organisation]]", "[organisation]")}, "campaign.toml", 39, "", "cannot be", "name ="),
    ({"campaign.toml": ('name.ko = "맑은 강"\n', "")}, "campaign.toml", 5, "name.ko", "“ko” is missing", "name.ko"),
    (
        {"campaign.toml": ("sending_state_name.ar", "sending_state_name.fa")},
        "campaign.toml",
        15,
        "sending_state_name.ar",
        "“ar” is missing",
        "Write “sending_state_name.ar”.",
    ),
    ({"campaign.toml": ('"ko", "ar"]', '"ko", "ja"]')}, "campaign.toml", 27, "languages", "not one of", "en, ko, ar"),
    ({"campaign.toml": ('"ko", "ar"]', '"ko", "ko"]')}, "campaign.toml", 27, "languages", "twice", "once"),
    ({"campaign.toml": ('"open"', '"opened"')}, "campaign.toml", 28, "state", "not one of", "Did you mean “open”?"),
    ({"campaign.toml": ('"host"', '"hots"')}, "campaign.toml", 36, "role", "not one of", "Did you mean “host”?"),
    ({"campaign.toml": ('"amis-du-fleuve"', '"river-friends"')}, "campaign.toml", 40, "slug", "line 31", "delete one"),
    (
        {"campaign.toml": ("local-wall-clock", "single-instant")},
        "campaign.toml",
        19,
        "zone",
        "missing",
        "Europe/Geneva",
    ),
    (
        {"campaign.toml": ('time = "12:00"', 'time = "12:00"\nzone = "Asia/Seoul"')},
        "campaign.toml",
        26,
        "zone",
        "its own zone",
        "Delete “zone”",
    ),
    ({"campaign.toml": ('slug = "2027"', "slug = [[[" + "[" * 5000)}, "campaign.toml", None, "", "nested", "one list"),
    ({"call.en.md": ("+++\n", "")}, "call.en.md", 1, "", "does not begin", "Write +++"),
    ({"call.en.md": ('title = "At', "title = At")}, "call.en.md", 2, "title", "cannot be read", "quotation marks"),
    ({"call.en.md": ('title = "At', 'titel = "At')}, "call.en.md", 2, "titel", "not known", "Did you mean “title”?"),
    ({"call.en.md": ("At noon", "x" * 201)}, "call.en.md", 2, "title", "characters", "Shorten it to 200"),
    ({"call.en.md": ("## Why", "## \u202eWhy")}, "call.en.md", 7, "body", "U+202E", "Delete these characters"),
    ({"call.fr.md": '+++\ntitle = "A"\nwhat = "B"\n+++\n'}, "call.fr.md", None, "language", "not one of", "en, ko, ar"),
    ({"letter.en.md": ('close = "Yours faithfully,"\n', "")}, "letter.en.md", 1, "close", "is missing", "Write it"),
    ({"letter.en.md": ('"none"', '"nobody"')}, "letter.en.md", 5, "care_of", "not one of", "head-of-mission, none"),
    ({"letter.tlh.md": "+++\n+++\n"}, "letter.tlh.md", None, "language", "no forms of address", "en"),
    ({"letter.xx.md": "+++\n+++\n"}, "letter.xx.md", None, "language", "not the code of a language", "BCP 47"),
    (
        {"news/opening.fr.md": '+++\ntitle = "A"\ndate = 2027-08-06\n+++\n'},
        "news/opening.fr.md",
        None,
        "language",
        "",
        "en",
    ),
    ({"news/Our News.en.md": '+++\ntitle = "A"\n+++\n'}, "news/Our News.en.md", None, "slug", "slug", "“our-news”"),
    ({"news/opening.en.md": ("2027-08-06", '"6 August"')}, "news/opening.en.md", 3, "date", "not a date", "YYYY-MM-DD"),
]


def refused(folder, changes) -> list[Problem]:
    with pytest.raises(BundleRefused) as refusal:
        load_bundle(path=bundle(folder, changes), by=None, at=AT)
    for model in (
        Cause,
        Campaign,
        Edition,
        City,
        EditionCity,
        Organisation,
        Mission,
        Premises,
        HeadOfMission,
        JournalEntry,
    ):
        assert not model.objects.exists()
    return refusal.value.problems


def assert_named(problems, *expected):
    file, line, field, message, remedy = expected
    here = [p for p in problems if (p.file, p.line, p.field) == (file, line, field)]
    assert here, problems
    assert any(message in p.message and remedy in p.remedy for p in here), here


@pytest.mark.django_db
@pytest.mark.parametrize("case", CELLS)
def test_wrong_cell_is_refused_with_its_place_and_a_remedy(tmp_path, case):
    file, line, column, value, message, remedy = case

    problems = refused(tmp_path, cell(file, line, **{column: value}))

    # The second of two lines with one slug is the one that is named.
    where = line + 1 if (column, value) == ("slug", "berlin-night") else line
    assert_named(problems, file, where, column, message, remedy)


@pytest.mark.django_db
@pytest.mark.parametrize(("changes", "expected"), [(changes, expected) for changes, *expected in FILES])
def test_wrong_file_is_refused_with_its_place_and_a_remedy(tmp_path, changes, expected):
    problems = refused(tmp_path, changes)

    assert_named(problems, *expected)


@pytest.mark.django_db
def test_every_problem_of_every_file_is_listed(tmp_path):
    changes = {
        **cell("cities.csv", 2, zone="Mars"),
        **cell("events.csv", 3, time="99:99"),
        "letter.en.md": ('"none"', '"nobody"'),
        "campaign.toml": ('"host"', '"hots"'),
        "call.ko.md": None,
    }

    problems = refused(tmp_path, changes)

    assert [(p.file, p.line, p.field) for p in problems] == [
        ("call.ko.md", None, ""),
        ("campaign.toml", 36, "role"),
        ("cities.csv", 2, "zone"),
        ("events.csv", 3, "time"),
        ("letter.en.md", 5, "care_of"),
    ]


@pytest.mark.django_db
def test_line_numbers_count_the_line_breaks_inside_cells(tmp_path):
    broken = CITIES.replace("First | second", "First\nsecond").replace("Europe/Berlin", "Europe/Berlni")

    problems = refused(tmp_path, {"cities.csv": broken.replace("First\nsecond | third", '"First\nsecond | third"')})

    assert_named(problems, "cities.csv", 4, "zone", "not the name of a time zone", "Europe/Berlin")


@pytest.mark.django_db
def test_problems_are_told_in_the_language_of_the_reader(tmp_path, monkeypatch):
    monkeypatch.setattr(cells, "_", lambda sentence: f"translated: {sentence}")

    problems = refused(tmp_path, cell("cities.csv", 2, slug="Seoul"))

    assert "translated: “Seoul” is not a slug." in [p.message for p in problems]
