"""Whatever stands in a cell or a file, loading succeeds or refuses; it never breaks."""

import csv
import datetime as dt
import io
import tempfile
from pathlib import Path

import pytest
from bundle_sample import FILES, bundle, cell
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tongmun.bundles.actions.load import load_bundle
from tongmun.bundles.problems import BundleRefused
from tongmun.campaigns.models import Cause, City
from tongmun.missions.models import Mission
from tongmun.people.models import JournalEntry

AT = dt.datetime(2027, 8, 10, 9, 0, tzinfo=dt.UTC)
WORDS = st.sampled_from(
    [
        *("", " ", "|", " | ", "=1", "-1", "1e999", "0x1F", "٣", "12:00", "02:30", "24:00", "2027-03-28", "9999-12-31"),
        *(
            "0000-00-00",
            "09/22/2012",
            "later",
            "seoul",
            "berlin",
            "xa-seoul",
            "Europe/Berlin",
            "Etc/GMT+12",
            "KR",
            "Q42",
        ),
        *("\0", "\n", '"', "x" * 400, "999999999", "2147483648", "f", "open", "\u200f", "\U000e0001", "e\u0301" * 200),
    ]
)
SPREADSHEETS = [name for name in FILES if name.endswith(".csv")]


@st.composite
def cells(draw):
    name = draw(st.sampled_from(SPREADSHEETS))
    table = list(csv.reader(io.StringIO(FILES[name])))
    line = draw(st.integers(min_value=1, max_value=len(table)))
    column = draw(st.sampled_from(table[0]))
    return cell(name, line, **{column: draw(WORDS | st.text(max_size=40))})


@st.composite
def bytes_of_a_file(draw):
    name = draw(st.sampled_from(sorted(FILES)))
    data = FILES[name].encode()
    at = draw(st.integers(min_value=0, max_value=len(data)))
    gone = draw(st.integers(min_value=0, max_value=20))
    return {name: data[:at] + draw(st.binary(max_size=8) | WORDS.map(str.encode)) + data[at + gone :]}


def loads_or_refuses(changes):
    with tempfile.TemporaryDirectory() as folder:
        path = bundle(Path(folder), changes)
        point = transaction.savepoint()
        problems = problems_of(path)
        assert all(p.file and p.message and p.remedy for p in problems)
        assert JournalEntry.objects.exists() == (not problems)
        assert any(model.objects.exists() for model in (Cause, City, Mission)) == (not problems)
        transaction.savepoint_rollback(point)


def problems_of(path):
    try:
        load_bundle(path=path, by=None, at=AT)
    except BundleRefused as refusal:
        return refusal.problems
    return []


@pytest.mark.django_db
@given(changes=cells())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_in_a_cell_loads_or_is_refused(changes):
    loads_or_refuses(changes)


@pytest.mark.django_db
@given(changes=bytes_of_a_file())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_bytes_in_a_file_load_or_are_refused(changes):
    loads_or_refuses(changes)
