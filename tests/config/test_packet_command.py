"""`tongmun packet` and `tongmun verify`, each as a process of its own."""

import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from tests.config.command_line import SRC, tongmun
from tests.deliveries.packet_reading import pdf_text

pytestmark = pytest.mark.slow
ROOT = SRC.parent
# Two cities; Min is shown and printed, Omar is sealed and printed, Eve is shown and not printed.
FREEZE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.deliveries.freeze_steps import an_entry, confirmed, count, disclosed, frozen, let_through, rivers
from tongmun.signatures.disclosure import Level
edition = rivers()
rows = confirmed(edition, [
    an_entry("Min Printed", disclosed(Level.NAME, Level.NAME)),
    an_entry("Eve Hidden", disclosed(Level.NAME)),
    an_entry("Omar Sealed", disclosed(addressee=Level.NAME)),
    *(an_entry(f"Signer {number}", disclosed()) for number in range(9)),
])
for row in rows[:2]:
    let_through(row)
count(edition)
frozen(edition)
"""
MACHINES = [
    {"TZ": "Asia/Seoul", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    {"TZ": "America/St_Johns", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "4711"},
]


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    """An installation with a frozen edition in it."""
    folder = tmp_path_factory.mktemp("installation") / "var"
    folder.mkdir()
    environment = os.environ | {
        "PYTHONPATH": f"{SRC}:{ROOT}",
        "DJANGO_SETTINGS_MODULE": "tongmun.config.settings",
        "TONGMUN_DATA": str(folder),
        "TONGMUN_SECRET_KEY": "only-for-tests-" * 4,
    }
    environment.pop("TONGMUN_DATABASE_URL", None)
    subprocess.run([sys.executable, "-c", FREEZE], env=environment, check=True, timeout=120)  # noqa: S603 -- ourselves
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_two_machines_make_the_same_bytes(data, tmp_path, monkeypatch):
    made = []
    for number, variables in enumerate(MACHINES):
        machine = tmp_path / f"machine {number}"
        shutil.copytree(data, machine / "var")
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        monkeypatch.chdir(machine)
        ended = tongmun("packet", "rivers", "--to", machine / "out", data=machine / "var")
        assert ended.returncode == 0, ended.stderr
        made.append(contents(machine / "out"))

    assert sorted(made[0]) == ["SHA256SUMS", "city-1.zip", "city-2.zip", "manifest.json"]
    assert made[0] == made[1]


def test_packets_are_written_for_their_owner_and_are_sound(data, tmp_path):
    out = tmp_path / "out"
    ended = tongmun("packet", "rivers", "--to", out, data=data)

    assert ended.stdout == (f"Wrote packets for 2 missions of freeze 1 to {out}, 1 names in the annex (clear).\n")
    assert {path.stat().st_mode & 0o777 for path in out.iterdir()} == {0o600}
    checked = tongmun("verify", out, data=tmp_path / "nothing")
    assert (checked.returncode, checked.stderr) == (0, "")
    assert checked.stdout.startswith("Sound: 2 files agree with the manifest, none is missing, none is extra.\n")
    assert "It names the count at 12 entries, root " in checked.stdout
    assert not (tmp_path / "nothing").exists()


def test_one_city_or_mission_is_made_alone(data, tmp_path):
    assert tongmun("packet", "rivers", "--city", "city-2", "--to", tmp_path / "a", data=data).returncode == 0
    assert tongmun("packet", "rivers", "--mission", "xa-1", "--to", tmp_path / "b", data=data).returncode == 0

    assert sorted(contents(tmp_path / "a")) == ["SHA256SUMS", "city-2.zip", "manifest.json"]
    assert sorted(contents(tmp_path / "b")) == ["SHA256SUMS", "city-1.zip", "manifest.json"]


def test_private_key_prints_the_sealed_names_of_those_who_agreed(data, tmp_path):
    key = data / "keys" / "coalition.private.key"
    ended = tongmun("packet", "rivers", "--keys", key, "--to", tmp_path / "out", data=data)

    assert ended.returncode == 0
    with zipfile.ZipFile(tmp_path / "out" / "city-1.zip") as archive:
        annex = pdf_text(archive.read("names-en.pdf"))
    assert "Min Printed, South Korea Omar Sealed, South Korea" in annex
    assert "Eve" not in annex


def test_another_key_is_refused_and_nothing_is_written(data, tmp_path):
    ended = tongmun(
        "packet", "rivers", "--keys", data / "keys" / "news.private.key", "--to", tmp_path / "out", data=data
    )

    assert ended.returncode == 1
    assert "opens none of these names" in ended.stderr
    assert contents(tmp_path / "out") == {}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["lakes"], "There is no edition 'lakes'. Editions here: rivers."),
        (["rivers", "--freeze", "7"], "There is no freeze 7 of rivers. There is: 1."),
        (
            ["rivers", "--mission", "xa-9"],
            "No such mission or city is frozen. Frozen are: xa-1 (city-1), xa-2 (city-2).",
        ),
    ],
)
def test_what_is_not_there_is_said_with_what_is(arguments, words, data, tmp_path):
    ended = tongmun("packet", *arguments, "--to", tmp_path / "out", data=data)

    assert (ended.returncode, ended.stdout) == (1, "")
    assert words in ended.stderr


def test_a_folder_with_something_in_it_is_not_written_into(data, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")

    ended = tongmun("packet", "rivers", "--to", tmp_path, data=data)

    assert ended.stderr.startswith(f"The folder {tmp_path} is not empty.")
    assert contents(tmp_path) == {"mine.txt": b"mine"}


def test_a_byte_that_was_changed_is_named_and_the_code_is_one(data, tmp_path):
    tongmun("packet", "rivers", "--to", tmp_path / "out", data=data)
    path = tmp_path / "out" / "city-1.zip"
    content = bytearray(path.read_bytes())
    content[content.index(b"%PDF") + 9] ^= 1
    path.write_bytes(content)

    for what in (tmp_path / "out", path):
        ended = tongmun("verify", what, data=tmp_path / "nothing")
        assert ended.returncode == 1
        assert "WRONG: city-1.zip/annex-en.pdf: damaged." in ended.stdout


def test_what_is_no_packet_is_refused(tmp_path):
    ended = tongmun("verify", tmp_path / "letter.zip", data=tmp_path / "nothing")

    assert ended.returncode == 1
    assert ended.stderr == (
        f"There is nothing at {tmp_path / 'letter.zip'}. "
        "Name a packet, or the address of a log, which begins with https://.\n"
    )


def test_packets_that_cannot_all_be_set_leave_none_of_them_behind(data, tmp_path):
    shutil.copytree(data, tmp_path / "var")
    with closing(sqlite3.connect(tmp_path / "var" / "tongmun.sqlite3")) as database, database:
        database.execute(
            "UPDATE deliveries_frozencopy SET parts = json_set(parts, '$.subject', '𓀀') "
            "WHERE mission_id = (SELECT max(id) FROM deliveries_frozenmission)"
        )

    ended = tongmun("packet", "rivers", "--to", tmp_path / "out", data=tmp_path / "var")

    assert (ended.returncode, "𓀀" in ended.stderr) == (1, True)
    assert contents(tmp_path / "out") == {}
