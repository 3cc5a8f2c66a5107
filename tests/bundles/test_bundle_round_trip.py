"""Loading, exporting and loading again."""

import datetime as dt
import zipfile
from pathlib import Path

import pytest
from bundle_sample import bundle
from django.db import transaction

from tongmun.bundles.actions.export import FolderIsNotEmpty, export_edition
from tongmun.bundles.actions.load import load_bundle
from tongmun.campaigns.models import Edition

AT = dt.datetime(2027, 8, 10, 9, 0, tzinfo=dt.UTC)
EXAMPLES = sorted(path.parent for path in (Path(__file__).parents[2] / "examples").glob("*/campaign.toml"))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def zipped(folder: Path, target: Path, top: str = "") -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents(folder).items():
            archive.writestr(f"{top}{name}", data)
    return target


@pytest.mark.django_db
@pytest.mark.parametrize("source", [None, *EXAMPLES], ids=lambda path: path.name if path else "sample")
def test_export_of_what_was_exported_is_byte_for_byte_the_same(tmp_path, source):
    source = source or bundle(tmp_path / "source")
    empty = transaction.savepoint()
    export_edition(edition=load_bundle(path=source, by=None, at=AT), folder=tmp_path / "first")
    transaction.savepoint_rollback(empty)
    assert not Edition.objects.exists()

    export_edition(edition=load_bundle(path=tmp_path / "first", by=None, at=AT), folder=tmp_path / "second")

    assert contents(tmp_path / "first") == contents(tmp_path / "second")
    assert len(contents(tmp_path / "first")) >= 10


@pytest.mark.django_db
def test_export_keeps_every_cell_of_the_sample(tmp_path):
    source = bundle(tmp_path / "source")

    export_edition(edition=load_bundle(path=source, by=None, at=AT), folder=tmp_path / "export")

    given, written = contents(source), contents(tmp_path / "export")
    assert set(given) == set(written)
    for name in ("campaign.toml", "call.en.md", "call.ko.md", "call.ar.md", "letter.en.md", "letter.ko.md"):
        assert written[name].decode() == given[name].decode(), name
    for name in (
        "missions.csv",
        "premises.csv",
        "heads.csv",
        "districts.csv",
        "events.csv",
        "claims.csv",
        "cities.csv",
    ):
        assert written[name].decode() == given[name].decode(), name


@pytest.mark.django_db
def test_export_twice_writes_the_same_bytes(tmp_path):
    edition = load_bundle(path=bundle(tmp_path / "source"), by=None, at=AT)

    paths = export_edition(edition=edition, folder=tmp_path / "one")
    export_edition(edition=edition, folder=tmp_path / "two")

    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert sorted(paths) == sorted(path for path in (tmp_path / "one").rglob("*") if path.is_file())


@pytest.mark.django_db
@pytest.mark.parametrize("top", ["", "rivers-2027/"])
def test_zip_loads_like_its_folder(tmp_path, top):
    source = bundle(tmp_path / "source")
    archive = zipped(source, tmp_path / "bundle.zip", top)

    export_edition(edition=load_bundle(path=archive, by=None, at=AT), folder=tmp_path / "export")

    assert contents(tmp_path / "export")["cities.csv"] == contents(source)["cities.csv"]
    assert set(contents(tmp_path / "export")) == set(contents(source))


@pytest.mark.django_db
def test_export_refuses_a_folder_that_is_not_empty(tmp_path):
    edition = load_bundle(path=bundle(tmp_path / "source"), by=None, at=AT)

    with pytest.raises(FolderIsNotEmpty):
        export_edition(edition=edition, folder=tmp_path / "source")

    assert contents(tmp_path / "source")["cities.csv"].startswith(b"slug,name_en,name_ko,name_ar,name_fr")


@pytest.mark.django_db
def test_number_below_zero_is_written_as_it_is_read(tmp_path):
    edition = load_bundle(path=bundle(tmp_path / "source"), by=None, at=AT)

    export_edition(edition=edition, folder=tmp_path / "export")

    assert b",-13.8333,-171.7667," in contents(tmp_path / "export")["cities.csv"]
