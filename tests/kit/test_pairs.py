"""Key pairs are made elsewhere, put in place, and none is lost when others follow."""

from pathlib import Path

import pytest

from tongmun.kit import pairs
from tongmun.kit.keyring import KeyUnreadable, make_coalition_keys
from tongmun.kit.sealing import fingerprint, public_half, seal, unseal


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    """The keys of a server that made its own."""
    folder = tmp_path / "var" / "keys"
    make_coalition_keys(folder)
    return folder


def made_elsewhere(folder: Path) -> dict[str, bytes]:
    new = pairs.new_pairs()
    pairs.write_new(folder, {name: pairs.as_text(key) for name, key in new.items()})
    return new


def test_new_pairs_are_two_and_fit():
    new = pairs.new_pairs()

    assert list(new) == ["coalition.private.key", "coalition.public.key", "news.private.key", "news.public.key"]
    assert public_half(new["coalition.private.key"]) == new["coalition.public.key"]
    assert public_half(new["news.private.key"]) == new["news.public.key"]
    assert len(set(new.values())) == 4


def test_files_are_for_their_owner_alone_and_never_overwritten(tmp_path):
    made_elsewhere(tmp_path / "stick")
    before = {path: path.read_text() for path in (tmp_path / "stick").iterdir()}

    with pytest.raises(pairs.CannotWriteKeys, match=r"coalition\.private\.key is there already"):
        made_elsewhere(tmp_path / "stick")

    assert {path: path.read_text() for path in (tmp_path / "stick").iterdir()} == before
    assert {path.stat().st_mode & 0o777 for path in before} == {0o600}


def test_nothing_is_written_beside_a_file_that_is_there(tmp_path):
    (tmp_path / "news.public.key").write_text("mine")

    with pytest.raises(pairs.CannotWriteKeys):
        made_elsewhere(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["news.public.key"]


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "stick").write_text("a file where the folder should be")

    with pytest.raises(pairs.CannotWriteKeys, match="stick"):
        pairs.write_new(tmp_path / "stick" / "deeper", {"a": "b"})


def test_a_server_that_made_its_own_keys_says_so(keys):
    assert [(one.opens, one.is_in_use, one.private_half_is_here) for one in pairs.public_keys(keys)] == [
        ("names", True, True),
        ("news", True, True),
    ]


def test_installed_keys_take_the_place_of_those_the_server_made_and_lose_none(keys, tmp_path):
    old_private = bytes.fromhex((keys / "coalition.private.key").read_text())
    box = seal({"name": "Suzie"}, to=public_half(old_private))
    new = made_elsewhere(tmp_path / "stick")

    pairs.install(tmp_path / "stick", keys)

    assert bytes.fromhex((keys / "coalition.public.key").read_text()) == new["coalition.public.key"]
    assert not (keys / "coalition.private.key").exists()
    assert [(one.opens, one.is_in_use, one.private_half_is_here) for one in pairs.public_keys(keys)] == [
        ("names", True, False),
        ("news", True, False),
        ("names", False, True),
        ("news", False, True),
    ]
    assert [unseal(box, private_key=one)["name"] for one in pairs.private_keys_here(keys, "names")] == ["Suzie"]


def test_keys_can_be_rotated_often_and_every_fingerprint_stays(keys, tmp_path):
    seen = {one.fingerprint for one in pairs.public_keys(keys)}
    for turn in range(3):
        new = made_elsewhere(tmp_path / f"stick-{turn}")
        pairs.install(tmp_path / f"stick-{turn}", keys)
        seen |= {fingerprint(new["coalition.public.key"]), fingerprint(new["news.public.key"])}

    assert {one.fingerprint for one in pairs.public_keys(keys)} == seen
    assert len(seen) == 8
    assert len([one for one in pairs.public_keys(keys) if one.is_in_use]) == 2


def test_installing_the_same_keys_again_changes_nothing(keys, tmp_path):
    made_elsewhere(tmp_path / "stick")
    pairs.install(tmp_path / "stick", keys)
    before = {path: path.read_text() for path in keys.rglob("*.key")}

    pairs.install(tmp_path / "stick", keys)

    assert {path: path.read_text() for path in keys.rglob("*.key")} == before


def test_installing_goes_on_where_it_was_stopped(keys, tmp_path):
    """The public half was in place, the private one of before still lay there."""
    private = (keys / "coalition.private.key").read_text()
    made_elsewhere(tmp_path / "stick")
    pairs.install(tmp_path / "stick", keys)
    [former] = (keys / "former").glob("names-*.private.key")
    former.rename(keys / "coalition.private.key")

    pairs.install(tmp_path / "stick", keys)

    assert former.read_text() == private
    assert not (keys / "coalition.private.key").exists()


def test_a_private_half_of_another_pair_is_not_taken_for_that_of_the_key_in_use(keys):
    (keys / "coalition.private.key").write_text("ab" * 32 + "\n")

    assert [one.private_half_is_here for one in pairs.public_keys(keys)] == [False, True]


def test_installing_from_a_folder_without_keys_changes_nothing(keys, tmp_path):
    before = {path: path.read_text() for path in keys.rglob("*")}

    with pytest.raises(KeyUnreadable, match=r"coalition\.public\.key"):
        pairs.install(tmp_path / "empty", keys)

    assert {path: path.read_text() for path in keys.rglob("*")} == before
