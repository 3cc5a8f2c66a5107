"""Times that clocks skip or show twice, with both readings told."""

import datetime as dt

import pytest
from bundle_sample import bundle, cell

from tongmun.bundles.bundle import read_bundle
from tongmun.bundles.problems import BundleRefused

ON = dt.date(2027, 8, 10)


def only_problem(folder, changes):
    with pytest.raises(BundleRefused) as refusal:
        read_bundle(path=bundle(folder, changes), on=ON)
    assert len(refusal.value.problems) == 1, refusal.value.problems
    return refusal.value.problems[0]


def test_event_at_a_time_that_the_clocks_skip_is_refused_with_both_readings(tmp_path):
    changes = cell("events.csv", 3, date="2027-03-28", ends_date="2027-03-28")

    problem = only_problem(tmp_path, changes)

    assert (problem.file, problem.line, problem.field) == ("events.csv", 3, "time")
    assert "2027-03-28 01:30 UTC+01:00" in problem.message
    assert "2027-03-28 03:30 UTC+02:00" in problem.message
    assert problem.remedy == "Write 01:30 or 03:30."


def test_event_at_a_time_that_comes_twice_is_refused_until_a_reading_is_given(tmp_path):
    problem = only_problem(tmp_path, cell("events.csv", 3, reading=""))

    assert (problem.file, problem.line, problem.field) == ("events.csv", 3, "time")
    assert "2027-10-31 02:30 UTC+02:00 and 2027-10-31 02:30 UTC+01:00" in problem.message
    assert "“earlier” or “later” in the column “reading”" in problem.remedy


def test_event_that_ends_at_a_skipped_time_is_refused(tmp_path):
    changes = cell("events.csv", 3, date="2027-03-27", ends_date="2027-03-28", ends_time="02:15")

    problem = only_problem(tmp_path, changes)

    assert (problem.file, problem.line, problem.field) == ("events.csv", 3, "ends_time")
    assert problem.remedy == "Write 01:15 or 03:15."


def test_event_with_an_end_date_alone_is_refused(tmp_path):
    problem = only_problem(tmp_path, cell("events.csv", 3, ends_time=""))

    assert (problem.file, problem.line, problem.field) == ("events.csv", 3, "ends_time")
    assert "Write the time" in problem.remedy


@pytest.mark.parametrize(
    ("day", "words", "remedy"),
    [
        ("2027-03-28", "2027-03-28 01:30 UTC+01:00 and 2027-03-28 03:30 UTC+02:00", "Write 01:30 or 03:30."),
        ("2027-10-31", "2027-10-31 02:30 UTC+02:00 and 2027-10-31 02:30 UTC+01:00", "earlier or later"),
    ],
)
def test_own_time_of_a_city_is_looked_at(tmp_path, day, words, remedy):
    problem = only_problem(tmp_path, cell("cities.csv", 3, date=day, time="02:30"))

    assert (problem.file, problem.line, problem.field) == ("cities.csv", 3, "time")
    assert words in problem.message
    assert remedy in problem.remedy


def test_time_of_the_edition_is_looked_at_in_the_zone_of_every_city(tmp_path):
    changes = {
        "campaign.toml": ('date = 2027-09-22\ntime = "12:00"', 'date = 2027-04-04\ntime = "02:30"'),
        **cell("cities.csv", 2, zone="Australia/Sydney"),
    }

    problem = only_problem(tmp_path, changes)

    assert (problem.file, problem.line, problem.field) == ("cities.csv", 2, "time")
    assert "Australia/Sydney" in problem.message
    assert "UTC+11:00" in problem.message
    assert "UTC+10:00" in problem.message


def test_single_instant_is_looked_at_in_its_own_zone(tmp_path):
    changes = {
        "campaign.toml": (
            'date = 2027-09-22\ntime = "12:00"\ntime_rule = "local-wall-clock"',
            'date = 2027-10-31\ntime = "02:30"\ntime_rule = "single-instant"\nzone = "Europe/Berlin"',
        )
    }

    problem = only_problem(tmp_path, changes)

    assert (problem.file, problem.line, problem.field) == ("campaign.toml", 25, "time")
    assert "Europe/Berlin" in problem.message


def test_date_that_is_coming_is_the_first_from_today_on(tmp_path):
    folder = bundle(tmp_path, {"campaign.toml": ("date = 2027-09-22", 'date = "coming 08-10"')})

    assert read_bundle(path=folder, on=ON).edition.date == dt.date(2027, 8, 10)
    assert read_bundle(path=folder, on=ON + dt.timedelta(days=1)).edition.date == dt.date(2028, 8, 10)
