"""Keys lie outside the database, readable by their owner alone, and are never shown."""

import subprocess
import sys
from pathlib import Path

import pytest

from tongmun.kit import keyring
from tongmun.kit.sealing import public_half

ROOT = Path(__file__).parents[2] / "src"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    # Keys are remembered by their folder, so each test has its own.
    return tmp_path / "var" / "keys"


def modes(folder: Path) -> dict[str, str]:
    return {path.name: oct(path.stat().st_mode & 0o777) for path in folder.rglob("*")}


def test_a_key_is_made_on_first_use_and_stays(folder):
    first = keyring.server_key(folder)
    keyring.server_key.cache_clear()

    assert keyring.server_key(folder) == first
    assert len(first) == 32
    assert (folder / "server.key").read_text() == first.hex() + "\n"


def test_keys_can_be_read_by_their_owner_alone(folder):
    keyring.server_key(folder)
    keyring.token_key(folder, "2027")
    keyring.django_secret(folder)
    keyring.make_coalition_keys(folder)

    assert modes(folder.parent) == {
        "keys": "0o700",
        "tokens": "0o700",
        "server.key": "0o600",
        "2027.key": "0o600",
        "django.key": "0o600",
        "coalition.private.key": "0o600",
        "coalition.public.key": "0o600",
        "news.private.key": "0o600",
        "news.public.key": "0o600",
    }


def test_no_two_keys_are_the_same(folder):
    keys = {
        keyring.server_key(folder),
        keyring.token_key(folder, "2027"),
        keyring.token_key(folder, "2028"),
        bytes.fromhex(keyring.django_secret(folder)),
    }

    assert len(keys) == 4


@pytest.mark.parametrize("slug", ["../server", "a/b", "", ".", "a.b", "2027\n"])
def test_a_token_key_never_leads_out_of_its_folder(folder, slug):
    with pytest.raises(ValueError, match="not the slug of an edition"):
        keyring.token_key(folder, slug)

    assert not folder.exists()


def test_processes_that_start_at_once_agree_on_every_key(folder):
    code = (
        "import sys; from pathlib import Path; from tongmun.kit import keyring; f = Path(sys.argv[1]);"
        "keyring.make_coalition_keys(f);"
        "print(keyring.server_key(f).hex(), keyring.django_secret(f), keyring.token_key(f, '2027').hex(),"
        "keyring.coalition_public_key(f).hex())"
    )
    command = [sys.executable, "-c", code, str(folder)]
    environment = {"PYTHONPATH": str(ROOT)}

    starting = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)  # noqa: S603 -- ourselves
        for _ in range(6)
    ]
    answers = {process.communicate(timeout=60)[0] for process in starting}

    assert len(answers) == 1
    assert answers.pop().split()[0] == keyring.server_key(folder).hex()
    assert not list(folder.rglob("*.draft"))


def test_the_coalitions_keys_are_a_pair_and_made_once(folder):
    assert keyring.make_coalition_keys(folder)
    private = bytes.fromhex((folder / "coalition.private.key").read_text())
    assert not keyring.make_coalition_keys(folder)

    assert keyring.coalition_public_key(folder) == public_half(private)
    assert (folder / "coalition.private.key").read_text() == private.hex() + "\n"


def test_the_private_half_is_not_made_again_once_it_was_moved_away(folder):
    keyring.make_coalition_keys(folder)
    assert keyring.coalition_private_key_is_here(folder)
    (folder / "coalition.private.key").unlink()

    assert not keyring.make_coalition_keys(folder)
    assert not keyring.coalition_private_key_is_here(folder)


SECRET = "c0ffee" * 8


@pytest.mark.parametrize(
    "content", [SECRET, SECRET * 3, "not hexadecimal " + SECRET, "", "\xff" + SECRET, SECRET * 2 + "g"]
)
def test_a_key_that_cannot_be_used_is_named_with_the_remedy_and_never_shown(folder, content):
    folder.mkdir(parents=True)
    (folder / "server.key").write_bytes(content.encode("latin-1"))

    with pytest.raises(keyring.KeyUnreadable) as refused:
        keyring.server_key(folder)

    assert str(folder / "server.key") in str(refused.value)
    assert "Restore it from your backup of the keys." in str(refused.value)
    told = repr(refused.value) + repr(refused.value.__cause__)
    assert "c0ffee" not in told


def test_a_missing_public_key_is_named(folder):
    with pytest.raises(keyring.KeyUnreadable, match=r"coalition\.public\.key cannot be read \(FileNotFoundError\)"):
        keyring.coalition_public_key(folder)


def test_a_folder_that_cannot_be_written_is_named(folder):
    folder.parent.mkdir(parents=True)
    folder.write_text("a file where the folder should be")

    with pytest.raises(keyring.KeyUnreadable) as refused:
        keyring.server_key(folder)

    assert str(folder / "server.key") in str(refused.value)


def test_keys_are_not_replaced_when_one_cannot_be_read(folder):
    folder.mkdir(parents=True)
    (folder / "django.key").write_text("broken")

    with pytest.raises(keyring.KeyUnreadable):
        keyring.django_secret(folder)

    assert (folder / "django.key").read_text() == "broken"


def test_an_edition_has_no_key_until_one_is_needed(folder):
    assert keyring.existing_token_key(folder, "2027") is None
    assert not folder.exists()

    key = keyring.token_key(folder, "2027")

    assert keyring.existing_token_key(folder, "2027") == key


def test_a_destroyed_key_is_gone_for_good_in_every_process(folder):
    # What another process has read before does not help it.
    keyring.token_key(folder, "2027")
    other = keyring.token_key(folder, "2028")
    keyring.destroy_token_key(folder, "2027")

    for _ in range(2):
        with pytest.raises(keyring.KeyDestroyed):
            keyring.token_key(folder, "2027")
    assert keyring.existing_token_key(folder, "2027") is None
    assert sorted(path.name for path in (folder / "tokens").iterdir()) == ["2027.destroyed", "2028.key"]
    assert keyring.token_key(folder, "2028") == other


def test_destroying_overwrites_the_bytes_before_the_name_goes(folder):
    key = keyring.token_key(folder, "2027")
    (folder / "same bytes").hardlink_to(folder / "tokens" / "2027.key")

    keyring.destroy_token_key(folder, "2027")

    assert (folder / "same bytes").read_bytes() == bytes(len(key.hex()) + 1)


def test_destroying_goes_on_where_it_was_stopped(folder):
    keyring.token_key(folder, "2027")
    tombstone = folder / "tokens" / "2027.destroyed"
    tombstone.write_text("set, and then the power went")

    with pytest.raises(keyring.KeyDestroyed):
        keyring.token_key(folder, "2027")
    assert keyring.existing_token_key(folder, "2027") is None
    keyring.destroy_token_key(folder, "2027")
    keyring.destroy_token_key(folder, "2027")

    assert [path.name for path in (folder / "tokens").iterdir()] == ["2027.destroyed"]


def test_a_key_that_never_was_can_be_destroyed_and_is_not_made_later(folder):
    keyring.destroy_token_key(folder, "2027")

    with pytest.raises(keyring.KeyDestroyed):
        keyring.token_key(folder, "2027")


def test_a_key_destroyed_while_it_is_made_does_not_come_to_life(folder, monkeypatch):
    link = keyring.os.link

    def link_late(*paths):
        keyring.destroy_token_key(folder, "2027")
        link(*paths)

    monkeypatch.setattr(keyring.os, "link", link_late)

    with pytest.raises(keyring.KeyDestroyed):
        keyring.token_key(folder, "2027")
    assert not (folder / "tokens" / "2027.key").exists()


@pytest.mark.parametrize("slug", ["../server", "a/b", ""])
def test_destroying_never_leads_out_of_the_folder(folder, slug):
    with pytest.raises(ValueError, match="not the slug of an edition"):
        keyring.destroy_token_key(folder, slug)
    with pytest.raises(ValueError, match="not the slug of an edition"):
        keyring.existing_token_key(folder, slug)


def test_each_edition_signs_its_log_under_a_key_of_its_own(folder):
    one, other = keyring.log_key(folder, "2027"), keyring.log_key(folder, "2028")

    assert len({one, other, keyring.server_key(folder)}) == 3
    assert (folder / "log" / "2027.key").stat().st_mode & 0o777 == 0o600
    keyring.log_key.cache_clear()
    assert keyring.log_key(folder, "2027") == one
    with pytest.raises(ValueError, match="slug"):
        keyring.log_key(folder, "../server")
