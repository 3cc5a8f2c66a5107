"""`tongmun keys` as its own process: offline deeds on an empty computer, the others on an installation with signers."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.bundles.bundle_sample import bundle
from tests.config.command_line import SRC, tongmun

pytestmark = pytest.mark.slow

# Two sign the edition 2027 by name; what they type would be run by a spreadsheet if the form let it through.
SIGN = """
import os, random, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongmun.config.settings")
import django
django.setup()
from datetime import UTC, datetime
from tongmun.campaigns.models import Edition
from tongmun.signatures.actions.confirm import PendingEntry, _count
from tongmun.signatures.actions.sign import intend
from tongmun.signatures.disclosure import Disclosure, Level
from tongmun.signatures.entry import Entry
from tongmun.signatures.models import Pending
from tongmun.signatures.ways import Way
at = datetime(2027, 9, 1, tzinfo=UTC)
edition = Edition.objects.get()
for name, level in (("Suzie Example", "name"), ("=HYPERLINK(1)", "name"), ("Omar Hidden", "place")):
    levels = Disclosure(Level.PLACE, Level(level), Level.COUNT, Level.NAME)
    entry = Entry(Way.PRIVATE, name, "", f"{name[1:4].lower()}@example.org", "KR", "en", levels, False)
    intended = intend(edition=edition, letter=edition.letters.first(), entry=entry, at=at)
    _count(PendingEntry(Pending(**intended.pending._asdict()), entry), own_hash=os.urandom(32), at=at)
"""


@pytest.fixture(scope="module")
def signed(tmp_path_factory) -> Path:
    """An installation with an edition and three signers, and its private keys."""
    folder = tmp_path_factory.mktemp("installation")
    assert tongmun("load", bundle(folder / "bundle"), data=folder / "var").returncode == 0
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("TONGMUN_", "DJANGO_"))}
    subprocess.run(  # noqa: S603 -- ourselves
        [sys.executable, "-c", SIGN],
        env=environment
        | {"TONGMUN_DATA": str(folder / "var"), "TONGMUN_SECRET_KEY": "only-for-tests-" * 4, "PYTHONPATH": str(SRC)},
        check=True,
    )
    return folder / "var"


def key_of(installation: Path) -> Path:
    return installation / "keys" / "coalition.private.key"


def test_keys_are_made_split_and_joined_with_nothing_installed(tmp_path):
    made = tongmun("keys", "new", "--shares", "2-of-3", "--to", tmp_path / "stick", data=tmp_path / "var")
    shares = [tmp_path / "stick" / f"share-{number}-of-3.txt" for number in (1, 3)]
    joined = tongmun("keys", "join", *shares, "--to", tmp_path / "joined.key", data=tmp_path / "var")

    assert (made.returncode, made.stderr) == (0, "")
    assert "Any 2 of the 3 files share-*.txt give the key of the names back." in made.stdout
    assert (joined.returncode, joined.stderr) == (0, "")
    assert (tmp_path / "joined.key").read_text() == (tmp_path / "stick" / "coalition.private.key").read_text()
    # No folder of data, no database, no key of a server.
    assert not (tmp_path / "var").exists()


def test_making_keys_again_overwrites_nothing(tmp_path):
    tongmun("keys", "new", "--to", tmp_path, data=tmp_path / "var")
    before = (tmp_path / "coalition.private.key").read_text()

    again = tongmun("keys", "new", "--to", tmp_path, data=tmp_path / "var")

    assert again.returncode == 1
    assert again.stderr == (
        f"{tmp_path / 'coalition.private.key'} is there already and was left as it is. Name another place.\n"
    )
    assert (tmp_path / "coalition.private.key").read_text() == before


def test_too_few_and_damaged_shares_are_refused_by_name(tmp_path):
    tongmun("keys", "new", "--shares", "--to", tmp_path, data=tmp_path / "var")
    first, second, third = (tmp_path / f"share-{number}-of-5.txt" for number in (1, 2, 3))
    few = tongmun("keys", "join", first, second, "--to", tmp_path / "k", data=tmp_path)
    second.write_text(second.read_text().replace("Value:  ", "Value:  0"))
    damaged = tongmun("keys", "join", first, second, third, "--to", tmp_path / "k", data=tmp_path)
    missing = tongmun("keys", "join", first, tmp_path / "no.txt", "--to", tmp_path / "k", data=tmp_path)

    assert [one.returncode for one in (few, damaged, missing)] == [1, 1, 1]
    assert few.stderr == f"3 shares are needed, and 2 given: {first}, {second}.\n"
    assert damaged.stderr == f"{second} is no share of a key, or it is damaged. Take another copy of it.\n"
    assert missing.stderr == f"{tmp_path / 'no.txt'} cannot be read: No such file or directory.\n"
    assert not (tmp_path / "k").exists()


def test_a_shape_that_cannot_be_is_refused_as_a_wrong_argument(tmp_path):
    ended = tongmun("keys", "new", "--shares", "5-of-3", "--to", tmp_path / "stick", data=tmp_path)

    assert ended.returncode == 2
    assert "5-of-3 cannot be made" in ended.stderr
    assert not (tmp_path / "stick").exists()


def test_installed_keys_are_listed_and_the_servers_own_become_former(tmp_path):
    empty = tongmun("keys", "list", data=tmp_path / "var")
    first = tongmun("keys", "new", "--to", tmp_path / "first", data=tmp_path)
    tongmun("keys", "new", "--to", tmp_path / "second", data=tmp_path)
    tongmun("keys", "install", tmp_path / "first", data=tmp_path / "var")
    installed = tongmun("keys", "install", tmp_path / "second", data=tmp_path / "var")
    listed = tongmun("keys", "list", data=tmp_path / "var")

    assert "There are no keys" in empty.stdout
    assert installed.returncode == 0
    assert "Start Tongmun again" in installed.stdout
    lines = listed.stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["names", "news", "names", "news"]
    assert ["former" in line for line in lines] == [False, False, True, True]
    assert all("its private half is elsewhere" in line for line in lines)
    former = lines[2].split()[1]
    assert former in first.stdout


def test_names_are_given_to_the_audience_that_may_learn_them(signed):
    ended = tongmun("keys", "open", "2027", "--key", key_of(signed), "--for", "addressee", data=signed)

    assert ended.returncode == 0
    assert ended.stdout == "KR\n=HYPERLINK(1), KR\nSuzie Example, KR\n"
    assert "2 by name, 1 by country only, 0 only as one more." in ended.stderr
    assert "Omar" not in ended.stdout + ended.stderr


def test_a_table_of_names_has_no_cell_that_is_run_and_is_never_overwritten(signed, tmp_path):
    command = ("keys", "open", "2027", "--key", key_of(signed), "--for", "organisers", "--csv", tmp_path / "list.csv")

    first = tongmun(*command, data=signed)
    again = tongmun(*command, data=signed)

    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert (first.returncode, first.stdout) == (0, "")
    assert rows == [
        ["name", "country"],
        ["'=HYPERLINK(1)", "KR"],
        ["Omar Hidden", "KR"],
        ["Suzie Example", "KR"],
    ]
    assert (tmp_path / "list.csv").stat().st_mode & 0o777 == 0o600
    assert again.returncode == 1
    assert f"{tmp_path / 'list.csv'} cannot be written: File exists." in again.stderr


def test_a_wrong_key_and_an_unknown_edition_are_refused_in_a_sentence(signed, tmp_path):
    tongmun("keys", "new", "--to", tmp_path, data=tmp_path)
    wrong = tongmun(
        "keys", "open", "2027", "--key", tmp_path / "coalition.private.key", "--for", "organisers", data=signed
    )
    unknown = tongmun("keys", "open", "1999", "--key", key_of(signed), "--for", "organisers", data=signed)

    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert "opens none of these names; tongmun keys list names those that do." in wrong.stderr
    assert "Traceback" not in wrong.stderr
    assert (unknown.returncode, unknown.stderr) == (1, "There is no edition '1999'. Editions here: 2027.\n")


def test_drill_prints_each_class_and_what_there_could_be_at_most(signed):
    ended = tongmun("keys", "drill", "uzi@example.org", "--edition", "2027", data=signed)
    stranger = tongmun("keys", "drill", "eve@example.org", data=signed)
    unreadable = tongmun("keys", "drill", "eve", data=signed)

    assert (ended.returncode, ended.stderr) == (0, "")
    assert "recognition: this mailbox signed: its token matches" in ended.stdout
    assert "name Suzie Example" in ended.stdout
    assert "at most: that there is a box; what is in it only with the private key" in ended.stdout
    assert stranger.returncode == 0
    assert "recognition: no signature has the token of this mailbox" in stranger.stdout
    assert (unreadable.returncode, unreadable.stdout) == (1, "")


def test_doctor_prints_the_table_of_a_seizure(signed):
    ended = tongmun("doctor", "--seizure", data=signed)

    assert (ended.returncode, ended.stderr) == (0, "")
    first_words = [line.strip("│┃ ").split()[:1] for line in ended.stdout.splitlines() if line[:1] in "│┃"]
    for who in ("backup", "database", "running", "offline", "after", "the"):
        assert [who] in first_words
    assert "Private halves that lie here" in ended.stdout
    assert "Suzie" not in ended.stdout
