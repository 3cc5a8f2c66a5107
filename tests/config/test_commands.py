"""What the command says when it cannot do what it was told, and its exit codes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.bundles.bundle_sample import bundle
from tests.config.command_line import tongmun

from tongmun.config.arguments import COMMANDS

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def loaded(tmp_path_factory) -> Path:
    """An installation with one edition in it."""
    folder = tmp_path_factory.mktemp("installation")
    ended = tongmun("load", bundle(folder / "bundle"), data=folder / "var")
    assert (ended.returncode, ended.stdout) == (0, "Loaded the edition 2027.\n")
    return folder / "var"


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "80.0", "８０"])
def test_a_wrong_port_is_refused_with_the_range(port, tmp_path):
    ended = tongmun("web", f"--port={port}", data=tmp_path)

    assert ended.returncode == 2
    assert f"{port} is not a port; give a number from 1 to 65535" in ended.stderr


def test_no_command_and_an_unknown_one_are_answered_with_the_known(tmp_path):
    assert tongmun(data=tmp_path).returncode == 2
    ended = tongmun("serve", data=tmp_path)

    assert ended.returncode == 2
    assert all(command in ended.stderr for command in COMMANDS)


def test_a_broken_bundle_is_refused_with_every_place_and_remedy(loaded, tmp_path):
    folder = bundle(tmp_path / "bundle", {"cities.csv": ("Europe/Berlin", "Europe/Bielefeld")})

    ended = tongmun("load", folder, data=loaded)

    assert ended.returncode == 1
    assert ended.stdout == ""
    first, *problems = ended.stderr.splitlines()
    assert first == "Nothing was loaded. Please put these right:"
    assert len(problems) == 1
    assert problems[0].startswith("cities.csv:")
    assert ": zone: " in problems[0]
    assert "Europe/Bielefeld" in problems[0]


def test_export_of_an_unknown_edition_lists_the_known(loaded, tmp_path):
    ended = tongmun("export", "1999", tmp_path / "out", data=loaded)

    assert ended.returncode == 1
    assert ended.stderr == "There is no edition '1999'. Editions here: 2027.\n"
    assert not (tmp_path / "out").exists()


def test_export_from_an_empty_installation_says_that_there_is_none(tmp_path):
    ended = tongmun("export", "2027", tmp_path / "out", data=tmp_path / "var")

    assert ended.returncode == 1
    assert ended.stderr == "There is no edition '2027'. Editions here: none.\n"


def test_export_writes_the_bundle_but_never_into_a_full_folder(loaded, tmp_path):
    assert tongmun("export", "2027", tmp_path / "out", data=loaded).returncode == 0
    again = tongmun("export", "2027", tmp_path / "out", data=loaded)

    assert (tmp_path / "out" / "campaign.toml").exists()
    assert again.returncode == 1
    assert again.stderr == f"The folder {tmp_path / 'out'} is not empty. Name one that is, or a new one.\n"


def test_reading_what_is_not_utf8_names_the_byte(tmp_path):
    file = tmp_path / "announcement.txt"
    file.write_bytes(b"Am 22. Sept" + "ü".encode("latin-1") + b"ber")

    ended = tongmun("read", file, data=tmp_path)

    assert ended.returncode == 1
    assert ended.stderr == f"{file} is not UTF-8 (byte 12). Save it as UTF-8 and try again.\n"


def test_reading_what_is_not_there_says_so(tmp_path):
    ended = tongmun("read", tmp_path / "nothing.txt", data=tmp_path)

    assert ended.returncode == 1
    assert ended.stderr == f"{tmp_path / 'nothing.txt'} cannot be read: No such file or directory.\n"


def test_doctor_says_that_nothing_was_prepared_yet(tmp_path):
    ended = tongmun("doctor", data=tmp_path / "var")

    assert ended.returncode == 1
    assert ended.stderr == ""
    assert ended.stdout.startswith("- The database is not that of this version.\n  Run tongmun up")


def test_doctor_finds_only_what_a_first_start_leaves_open(loaded):
    ended = tongmun("doctor", data=loaded)

    whats = [line for line in ended.stdout.splitlines() if line.startswith("- ")]
    assert ended.returncode == 1
    assert len(whats) == 5
    assert "private half of the key of the names" in whats[0]
    assert "private half of the key of the news" in whats[1]
    assert "HTTPS" in whats[2]
    assert "Mail is written to files" in whats[3]
    assert "responsible" in whats[4]


def test_doctor_is_content_with_an_installation_that_is_complete(loaded):
    keys = [loaded / "keys" / name for name in ("coalition.private.key", "news.private.key")]
    away = [key.rename(loaded.parent / key.name) for key in keys]

    ended = tongmun(
        "doctor",
        data=loaded,
        PUBLIC_URL="https://tongmun.example",
        MAIL_URL="smtp+tls://a:b@mail.example.org",
        CONTROLLER="The coalition, post@example.org",
    )

    for one, key in zip(away, keys, strict=True):
        one.rename(key)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "Nothing to mend.\n", "")


@pytest.mark.parametrize(("command", "stream"), [("doctor", "stdout"), ("organiser-link", "stderr")])
def test_a_database_that_does_not_answer_is_named_without_its_password(command, stream, tmp_path):
    ended = tongmun(command, data=tmp_path, DATABASE_URL="postgres://ana:s3cret@127.0.0.1:1/tongmun")

    said = getattr(ended, stream)
    assert ended.returncode == 1
    assert "The database does not answer" in said
    assert "Check TONGMUN_DATABASE_URL" in said
    assert "Traceback" not in ended.stderr
    assert "s3cret" not in ended.stdout + ended.stderr


@pytest.mark.parametrize("name", ["django.key", "server.key"])
def test_a_key_that_cannot_be_used_is_named_with_the_remedy(name, loaded, tmp_path):
    keys = tmp_path / "keys"
    keys.mkdir()
    (keys / name).write_text("c0ffee")

    ended = tongmun("organiser-link", data=loaded, KEYS=str(keys))

    assert ended.returncode == 1
    assert (
        ended.stderr == f"The key file {keys / name} does not hold 32 bytes. Restore it from your backup of the keys.\n"
    )


def test_an_organiser_link_is_printed_alone(loaded):
    ended = tongmun("organiser-link", data=loaded, PUBLIC_URL="https://tongmun.example")

    assert ended.returncode == 0
    assert ended.stderr == ""
    assert len(ended.stdout.splitlines()) == 1
    assert ended.stdout.startswith("https://tongmun.example/desk/open/")


def test_an_address_of_version_six_is_written_in_brackets(tmp_path):
    program = (
        "import sys, tongmun.config.cli as cli; from tongmun.config.arguments import parser;"
        "cli._find_installation(parser().parse_args(['web', '--host', '::1', '--port', '8123']));"
        "from django.conf import settings; print(settings.PUBLIC_URL, settings.PUBLIC_HOST)"
    )
    usual = {name: value for name, value in os.environ.items() if not name.startswith(("TONGMUN_", "DJANGO_"))}

    shown = subprocess.run(  # noqa: S603 -- ourselves
        [sys.executable, "-c", program],
        env=usual | {"TONGMUN_DATA": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2] / "src")},
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert shown == "http://[::1]:8123 [::1]\n"
