"""Folders and zips: what is read of them, and what is refused before it is read."""

import datetime as dt
import zipfile

import pytest
from bundle_sample import CITIES, bundle

from tongmun.bundles.bundle import read_bundle
from tongmun.bundles.files import LARGEST, read_files
from tongmun.bundles.problems import BundleRefused


def zip_of(path, entries, *, compress=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", compress) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return path


def refusal_of(path):
    with pytest.raises(BundleRefused) as refusal:
        read_files(path)
    [problem] = refusal.value.problems
    return problem


def test_path_that_is_not_there_is_refused(tmp_path):
    problem = refusal_of(tmp_path / "nothing")

    assert problem.file == "nothing"
    assert "campaign.toml" in problem.remedy


@pytest.mark.parametrize(
    "name", ["../cities.csv", "/cities.csv", "news/../../x.en.md", "C:\\cities.csv", "news\\a.en.md"]
)
def test_name_that_leads_out_of_a_zip_is_refused(tmp_path, name):
    problem = refusal_of(zip_of(tmp_path / "b.zip", [("campaign.toml", ""), (name, "x")]))

    assert "leads out" in problem.message
    assert "news" in problem.remedy


def test_symbolic_link_in_a_zip_is_refused(tmp_path):
    link = zipfile.ZipInfo("cities.csv")
    link.external_attr = 0o120777 << 16

    problem = refusal_of(zip_of(tmp_path / "b.zip", [(link, "/etc/hosts")]))

    assert "leads out" in problem.message


def test_symbolic_link_out_of_a_folder_is_refused(tmp_path):
    (tmp_path / "secret.csv").write_text(CITIES)
    folder = bundle(tmp_path / "bundle", {"cities.csv": None})
    (folder / "cities.csv").symlink_to(tmp_path / "secret.csv")

    problem = refusal_of(folder)

    assert "leads out" in problem.message


def test_zip_that_unpacks_to_more_than_20_mb_is_refused(tmp_path):
    bomb = zip_of(
        tmp_path / "b.zip", [("cities.csv", b"0" * (LARGEST // 2 + 1)), ("events.csv", b"0" * (LARGEST // 2))]
    )
    assert bomb.stat().st_size < 100_000

    problem = refusal_of(bomb)

    assert "larger than 20 MB" in problem.message


def test_zip_that_lies_about_its_size_is_refused(tmp_path):
    path = zip_of(tmp_path / "b.zip", [("cities.csv", b"0" * 1000)])
    data = bytearray(path.read_bytes())
    central = data.index(b"PK\x01\x02")
    data[central + 24 : central + 28] = (10).to_bytes(4, "little")
    path.write_bytes(bytes(data))

    problem = refusal_of(path)

    assert "not a zip that can be read" in problem.message


def test_folder_with_more_than_20_mb_is_refused(tmp_path):
    folder = bundle(tmp_path)
    with (folder / "claims.csv").open("wb") as file:
        file.truncate(LARGEST + 1)

    assert "larger than 20 MB" in refusal_of(folder).message


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x03\x04 broken"])
def test_file_that_is_no_zip_is_refused(tmp_path, data):
    (tmp_path / "b.zip").write_bytes(data)

    problem = refusal_of(tmp_path / "b.zip")

    assert problem.file == "b.zip"
    assert "without a password" in problem.remedy


def test_zip_with_a_password_is_refused(tmp_path):
    path = zip_of(tmp_path / "b.zip", [("cities.csv", "slug\n")], compress=zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    for header, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(header) + offset] |= 1
    path.write_bytes(bytes(data))

    assert "without a password" in refusal_of(path).remedy


def test_what_is_not_of_the_bundle_is_left_alone(tmp_path):
    folder = bundle(tmp_path, {"README.md": "read me", "photo.jpg": b"\xff\xd8", ".hidden": "x"})

    assert read_bundle(path=folder, on=dt.date(2027, 8, 10)).edition.slug == "2027"


def test_byte_order_mark_and_line_ends_of_another_system_are_read(tmp_path):
    folder = bundle(tmp_path, {"cities.csv": b"\xef\xbb\xbf" + CITIES.replace("\n", "\r\n").encode()})

    tables = read_bundle(path=folder, on=dt.date(2027, 8, 10)).tables

    assert [city.slug for city in tables.cities.good] == ["seoul", "berlin", "apia"]
    assert tables.cities.good[0].note == {"en": "First\nsecond\nthird"}


def test_text_is_brought_into_one_unicode_form(tmp_path):
    folder = bundle(tmp_path, {"call.en.md": ("## Why", "## Se\u0301oul")})

    [call] = [
        call for call in read_bundle(path=folder, on=dt.date(2027, 8, 10)).documents.calls if call.language == "en"
    ]

    assert call.body.startswith("## S\u00e9oul\n")


def test_dated_facts_may_be_left_out(tmp_path):
    folder = bundle(tmp_path, {"premises.csv": None, "heads.csv": None})

    tables = read_bundle(path=folder, on=dt.date(2027, 8, 10)).tables

    assert (tables.premises.good, tables.heads.good) == ([], [])
