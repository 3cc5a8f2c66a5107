"""A packet that was touched anywhere is found out, and the file is named; a zip is the same bytes on every machine."""

import copy
import io
import subprocess
import zipfile
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest

from tongmun.kit.notes import LOG, Head, public_key_of, signed_checkpoint, verifier_key
from tongmun.kit.packets import CHECKPOINT, NoPacket, about_packet, found_wrong, packed, sealed_up

SEED = bytes(range(32))
HEAD = Head("letter.example.org/rivers", 12, bytes(32))
KEY = verifier_key(HEAD.origin, LOG, public_key_of(SEED))
LOG_SAYS = {"size": 12, "root": bytes(32).hex(), "key": KEY}
FILES = {
    "index.html": b"<p>A packet",
    "xa-1/letter-en.pdf": b"%PDF of a letter",
    "xa-1/annex-ko.pdf": b"%PDF of an annex",
    CHECKPOINT: signed_checkpoint(HEAD, seed=SEED).encode(),
}


def a_packet(**log: object) -> dict[str, bytes]:
    return sealed_up(FILES, {"edition": "rivers", "log": {**LOG_SAYS, **log}})


def written(files: dict[str, bytes], folder: Path) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def zipped(files: dict[str, bytes], path: Path) -> Path:
    path.write_bytes(packed(files))
    return path


def flipped(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def test_a_packet_as_it_was_made_is_sound_as_folder_and_as_zip(tmp_path):
    assert found_wrong(written(a_packet(), tmp_path / "folder")) == []
    assert found_wrong(zipped(a_packet(), tmp_path / "city.zip")) == []
    assert about_packet(tmp_path / "city.zip") == about_packet(tmp_path / "folder")
    assert about_packet(tmp_path / "folder")["files"]["index.html"] == {
        "bytes": 11,
        "sha256": sha256(b"<p>A packet").hexdigest(),
    }


@pytest.mark.parametrize("name", sorted(a_packet()))
def test_any_byte_that_is_flipped_in_a_folder_names_its_file(name, tmp_path):
    whole = a_packet()
    folder = written(whole, tmp_path / "folder")

    for place in range(len(whole[name])):
        (folder / name).write_bytes(flipped(whole[name], place))
        assert any(name in problem for problem in found_wrong(folder)), place


def test_any_byte_that_is_flipped_in_a_zip_is_found_and_something_is_named(tmp_path):
    content = packed(a_packet())
    path = tmp_path / "city.zip"

    for place in range(len(content)):
        path.write_bytes(flipped(content, place))
        problems = found_wrong(path)
        assert problems, place
        assert all(problem.startswith("city.zip") for problem in problems)


@pytest.mark.parametrize("name", sorted(a_packet()))
def test_a_file_that_is_changed_in_a_zip_is_named(name, tmp_path):
    whole = a_packet()
    content = packed(whole)
    start = content.index(whole[name])
    path = tmp_path / "city.zip"
    path.write_bytes(flipped(content, start + len(whole[name]) // 2))

    assert f"city.zip/{name}: damaged" in found_wrong(path)


@pytest.mark.parametrize("name", sorted(a_packet()))
def test_a_missing_file_is_named(name, tmp_path):
    rest = {one: content for one, content in a_packet().items() if one != name}

    assert found_wrong(written(rest, tmp_path / "folder"))[0].startswith(f"{name}: missing")
    assert found_wrong(zipped(rest, tmp_path / "city.zip"))[0].startswith(f"city.zip/{name}: missing")


def test_an_extra_file_is_named(tmp_path):
    more = a_packet() | {"xa-1/names.csv": b"Min"}

    assert found_wrong(written(more, tmp_path / "folder")) == ["xa-1/names.csv: extra, the manifest does not know it"]


def test_a_zip_that_was_packed_anew_is_not_as_it_was_made(tmp_path):
    heap = io.BytesIO()
    with zipfile.ZipFile(heap, "w") as archive:
        for name, content in a_packet().items():
            archive.writestr(name, content)
    (tmp_path / "city.zip").write_bytes(heap.getvalue())

    assert found_wrong(tmp_path / "city.zip") == ["city.zip: not packed as it was made, though the files in it are"]


def test_a_compressed_file_is_not_unpacked(tmp_path):
    heap = io.BytesIO()
    with zipfile.ZipFile(heap, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", b" " * 1_000_000)
    (tmp_path / "city.zip").write_bytes(heap.getvalue())

    assert found_wrong(tmp_path / "city.zip") == ["city.zip/manifest.json: damaged"]


def test_parts_of_a_zip_that_overlap_are_not_read(tmp_path):
    heap = io.BytesIO()
    with zipfile.ZipFile(heap, "w") as archive:
        archive.writestr("manifest.json", b" " * 10_000)
        for number in range(50):
            again = copy.copy(archive.filelist[0])
            again.filename = f"{number}.txt"
            archive.filelist.append(again)
    (tmp_path / "city.zip").write_bytes(heap.getvalue())

    assert found_wrong(tmp_path / "city.zip") == ["city.zip: damaged, it cannot be opened as a zip"]


def test_a_head_that_is_claimed_without_its_checkpoint_is_found(tmp_path):
    files = sealed_up({"a.txt": b"a"}, {"log": {"size": 9, "root": "ab" * 32, "key": "k"}})

    assert found_wrong(written(files, tmp_path / "folder")) == [
        "log/checkpoint.txt: only one of it and what manifest.json says of the log is there"
    ]


@pytest.mark.parametrize(
    ("log", "words"),
    [
        ({"size": 13}, "not the head"),
        ({"root": "ab" * 32}, "not the head"),
        ({"key": verifier_key(HEAD.origin, LOG, public_key_of(bytes(32)))}, "not signed"),
        ({"key": "nonsense"}, "cannot be read"),
    ],
)
def test_a_checkpoint_that_is_not_the_one_the_manifest_names_is_found(log, words, tmp_path):
    [problem] = found_wrong(written(a_packet(**log), tmp_path / "folder"))

    assert problem.startswith(f"{CHECKPOINT}: {words}")


def test_zips_in_a_folder_are_looked_into(tmp_path):
    city = packed(a_packet())
    folder = written(sealed_up({"city.zip": city}, {}), tmp_path / "folder")
    assert found_wrong(folder) == []

    (folder / "city.zip").write_bytes(flipped(city, city.index(b"%PDF of an annex")))

    assert found_wrong(folder) == ["city.zip: changed", "city.zip/xa-1/annex-ko.pdf: damaged"]


def test_a_wrong_packet_in_a_folder_whose_hashes_fit_is_found(tmp_path):
    city = packed(a_packet() | {"more.txt": b"more"})
    folder = written(sealed_up({"city.zip": city}, {}), tmp_path / "folder")

    assert found_wrong(folder) == ["city.zip/more.txt: extra, the manifest does not know it"]


def test_the_sums_are_those_of_a_tool_that_everybody_has(tmp_path):
    folder = written(a_packet(), tmp_path / "folder")

    ended = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, text=True, check=True)  # noqa: S607 -- whichever there is

    assert ended.stdout.count(": OK") == len(FILES) + 1


@pytest.mark.parametrize("name", ["nothing.zip", "letter.pdf"])
def test_what_is_no_packet_is_said_to_be_none(name, tmp_path):
    (tmp_path / "letter.pdf").write_bytes(b"%PDF")

    with pytest.raises(NoPacket):
        found_wrong(tmp_path / name)


def test_garbage_is_refused_and_breaks_nothing(tmp_path):
    chance = Random(5)  # noqa: S311 -- to be repeated
    path = tmp_path / "city.zip"
    content = packed(a_packet())
    for _ in range(300):
        start = chance.randrange(len(content))
        path.write_bytes(content[:start] + chance.randbytes(chance.randrange(40)) + content[start + 40 :])
        assert found_wrong(path)


def test_a_zip_depends_on_names_and_bytes_alone():
    files = a_packet()

    assert packed(files) == packed(dict(reversed(files.items())))
    assert {info.date_time for info in zipfile.ZipFile(io.BytesIO(packed(files))).infolist()} == {(1980, 1, 1, 0, 0, 0)}
