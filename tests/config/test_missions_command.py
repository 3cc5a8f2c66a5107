import pytest
from command_line import tongmun
from tests.bundles.bundle_sample import MISSIONS, bundle
from tests.missions.upstream_table import ROWS, SEOUL, row, written


def test_import_says_what_it_did_and_the_second_time_that_nothing_changed(tmp_path):
    table = written(tmp_path / "table.csv", *ROWS, row("Q9", host="Q52062"))

    first = tongmun("missions", "import", table, data=tmp_path / "data")
    second = tongmun("missions", "import", table, data=tmp_path / "data")
    written(table, {**SEOUL, "city": "Seodaemun-gu"})
    third = tongmun("missions", "import", table, "--data", tmp_path / "data", data=tmp_path / "other")

    assert (first.returncode, second.returncode, third.returncode) == (0, 0, 0), first.stderr
    assert "refused: line 6: countryQID: “Q52062” is not a state" in first.stdout
    assert "4 new, 0 changed, 0 unchanged, 0 fields kept as they were corrected here" in first.stdout
    assert "0 new, 0 changed, 4 unchanged," in second.stdout
    assert "changed: cn-jung-gu-embassy: locality: Jung-gu → Seodaemun-gu" in third.stdout
    assert "Missions of an earlier table that this one lacks: 3; they stay." in third.stdout


@pytest.mark.parametrize(
    ("content", "words"), [(None, "cannot be read: No such file"), (b"a,b\n", "nothing was imported. Its first line")]
)
def test_table_that_cannot_be_taken_is_refused_with_the_reason(tmp_path, content, words):
    table = tmp_path / "table.csv"
    if content:
        table.write_bytes(content)

    answer = tongmun("missions", "import", table, data=tmp_path / "data")

    assert (answer.returncode, answer.stdout) == (1, "")
    assert words in answer.stderr


def test_loading_warns_of_a_district_that_two_missions_claim_and_loads_both(tmp_path):
    claimed = MISSIONS.replace("relocated,KR,,,,", "relocated,KR,,,,KR-11 | KR")
    folder = bundle(tmp_path / "source", {"missions.csv": claimed})

    answer = tongmun("load", folder, data=tmp_path / "data")

    assert answer.returncode == 0, answer.stderr
    assert "Warning: xa-seoul-consulate claims KR-11, and so does xa-seoul." in answer.stderr
    assert answer.stderr.count("Warning:") == 4
