"""The uploaded file: what is refused, how it lies on the disk, what is read out of it again."""

import io

import pytest
from django.apps import apps
from import_steps import (
    AT,
    HEADINGS,
    MAPPING,
    an_edition,
    as_file,
    carla,
    finished,
    locked,
    row,
    started,
    uploaded,
)

from tongmun.imports.actions.decide import cancel
from tongmun.imports.actions.receive import receive
from tongmun.imports.actions.run import run_step
from tongmun.imports.folders import folder_of
from tongmun.imports.locked_files import CHUNK, LOCKED_CHUNK, LockedFileBroken, LockedReader, LockedWriter
from tongmun.imports.mapping import guess
from tongmun.imports.models import Import
from tongmun.imports.reading import FileRefused, Lines, Place, inspect, open_upload, rows_of

KOREAN = "이름"


def written(path, content: bytes, piece: int = 10_000):
    with LockedWriter(path) as file:
        for begin in range(0, len(content), piece):
            file.write(content[begin : begin + piece])
    return path


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7])
def test_locked_file_gives_back_what_was_written(size, tmp_path):
    content = bytes(number % 251 for number in range(size))
    path = written(tmp_path / "folder" / "upload", content)

    with io.BufferedReader(LockedReader(path)) as file:
        assert file.read() == content
        file.seek(size // 2)
        assert file.read() == content[size // 2 :]


def test_locked_file_holds_nothing_in_clear_and_is_for_its_owner_alone(tmp_path):
    path = written(tmp_path / "folder" / "upload", b"suzie@canary.example " * 10_000)

    assert b"canary" not in path.read_bytes()
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
        lambda data: data[LOCKED_CHUNK : 2 * LOCKED_CHUNK] + data[:LOCKED_CHUNK] + data[2 * LOCKED_CHUNK :],
        lambda data: data[: 2 * LOCKED_CHUNK],
        lambda data: data[:-40],
        lambda data: data + data[-(len(data) % LOCKED_CHUNK) :],
    ],
    ids=["bit", "order", "whole chunk cut", "end cut", "end added"],
)
def test_changed_locked_file_is_not_read(change, tmp_path):
    path = written(tmp_path / "folder" / "upload", b"x" * (2 * CHUNK + 100))
    path.write_bytes(change(path.read_bytes()))

    with pytest.raises(LockedFileBroken), LockedReader(path) as file:
        io.BufferedReader(file).read()


def test_locked_file_under_another_name_is_not_read(tmp_path):
    path = written(tmp_path / "folder" / "upload", b"x")
    (tmp_path / "other").mkdir()
    moved = path.rename(tmp_path / "other" / "upload")

    with pytest.raises(LockedFileBroken), LockedReader(moved) as file:
        file.read(1)


@pytest.mark.parametrize("piece", [1, 2, 3, 7, 10_000])
@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode(),
        lambda text: text.encode("utf-8-sig"),
        lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
        lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16-le", "utf-16-be"],
)
def test_file_is_read_in_its_encoding(encode, piece):
    inbox = locked(encode(f"email,{KOREAN}\na@example.org,김민수\n"), piece=piece)

    with open_upload(inbox.key) as file:
        assert file.read().decode() == f"email,{KOREAN}\na@example.org,김민수\n"


@pytest.mark.parametrize(
    "content",
    [
        f"email,{KOREAN}\n".encode("euc-kr"),
        "email,name\n".encode("utf-16-le"),
        "email\n김".encode()[:-1],
        b"\xff\xfea",
    ],
    ids=["euc-kr", "utf-16 without mark", "cut in a letter", "half a letter of utf-16"],
)
def test_file_in_another_encoding_is_refused_and_leaves_nothing(content, data):
    inbox = locked(content)

    assert inbox.problem == "encoding"
    assert not folder_of(inbox.key).exists()


def test_file_that_is_too_big_is_refused_and_leaves_nothing(monkeypatch):
    monkeypatch.setattr("tongmun.imports.inbox.LARGEST", 100)

    assert locked(b"a" * 100, piece=10).problem == ""
    inbox = locked(b"a" * 101, piece=10)

    assert inbox.problem == "too-big"
    assert not folder_of(inbox.key).exists()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"email,name\n", "empty"),
        (b"email|name\na@example.org|Suzie\n", "separator"),
        (b'email,name\na@example.org,"Suzie\n', "broken"),
        (b"email,name\ra@example.org,Suzie\r", "broken"),
        (b'email,name\na@example.org,"' + b"x" * 200_000 + b'"\n', "broken"),
        (b"suzie@example.org,Suzie\nomar@example.org,Omar\n", "headings"),
    ],
)
def test_file_that_is_no_csv_of_signatures_is_refused(content, reason):
    with pytest.raises(FileRefused) as refused:
        inspect(locked(content).key)

    assert refused.value.reason == reason


def test_file_with_too_many_rows_is_refused(monkeypatch):
    monkeypatch.setattr("tongmun.imports.reading.MOST_ROWS", 2)

    assert inspect(locked(b"email\na\nb\n").key).rows == 2
    with pytest.raises(FileRefused) as refused:
        inspect(locked(b"email\na\nb\nc\n").key)
    assert refused.value.reason == "rows"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_separator_is_found_by_the_headings(delimiter):
    content = as_file([["a", "Kim; Lee, Park\tChoi", "c"]], headings=["email", "a; b", "c"], delimiter=delimiter)

    found = inspect(locked(content).key)

    assert (found.delimiter, list(found.headings), found.rows) == (delimiter, ["email", "a; b", "c"], 1)


def test_reading_goes_on_from_every_row():
    content = as_file([["a@example.org", "1\n2"], ["b@example.org", "김"], ["c@example.org", ""]], headings=["e", "n"])
    key = locked(content).key
    with open_upload(key) as file:
        whole = list(rows_of(Lines(file, Place()), ","))
        for number, (place, _cells) in enumerate(whole):
            assert list(rows_of(Lines(file, place), ",")) == whole[number:]

    assert [place.line for place, _cells in whole] == [1, 2, 4, 5]


@pytest.mark.django_db
@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_semicolons_and_tabs_are_imported_too(delimiter):
    made = finished(as_file([row(1), row(2)], delimiter=delimiter), an_edition())

    assert made.added == 2


@pytest.mark.django_db
def test_utf_16_is_imported_too():
    text = as_file([row(1, name="김민수")]).decode()

    made = finished(b"\xff\xfe" + text.encode("utf-16-le"), an_edition())

    assert made.added == 1


@pytest.mark.django_db
def test_refused_file_is_erased_and_makes_no_import():
    edition = an_edition()
    inbox = locked(b"email\n")

    with pytest.raises(FileRefused):
        from_inbox(inbox, edition)

    assert not folder_of(inbox.key).exists()
    assert not Import.objects.exists()


def from_inbox(inbox, edition):
    return receive(
        key=inbox.key,
        edition=edition,
        organisation=edition.memberships.get().organisation,
        letter=edition.letters.get(),
        statement="x" * 20,
        by=carla(),
        at=AT,
    )


@pytest.mark.django_db(transaction=True)
def test_upload_is_erased_when_the_import_is_done(data):
    done = finished(as_file([row()]), an_edition())

    assert not done.has_files
    assert not folder_of(done.key).exists()


@pytest.mark.django_db(transaction=True)
def test_rejected_rows_outlast_the_upload():
    done = finished(as_file([row(), row(email="x")]), an_edition())

    assert done.has_rejected_rows
    names = sorted(path.name.split("-")[0] for path in folder_of(done.key).iterdir())
    assert names == ["headings", "rejected"]


@pytest.mark.django_db(transaction=True)
def test_upload_is_erased_when_the_import_is_cancelled():
    made = uploaded(as_file([row()]), an_edition())

    cancel(of=made, by=carla(), at=AT)

    made.refresh_from_db()
    assert (made.has_files, folder_of(made.key).exists()) == (False, False)


@pytest.mark.django_db
def test_nobody_of_the_file_is_in_clear_on_the_disk(data):
    rows = [row(1, email="suzie@canary.example", name="Suzie Canary"), row(2, email="canary", name="Omar Canary")]
    made = started(as_file(rows), an_edition())
    run_step(at=AT)

    found = [path for path in data.rglob("*") if path.is_file()]
    assert len(found) >= 3
    assert [path for path in found if b"canary" in path.read_bytes().lower()] == []
    assert made.mapping is None or "canary" not in str(made.mapping)


@pytest.mark.django_db(transaction=True)
def test_nobody_of_the_file_is_in_clear_in_the_database():
    cells = {"email": "suzie@canary.example", "name": "Suzie Canary", "show": "yes", "news": "yes"}
    finished(as_file([row(1, **cells), row(2, email="canary@", name="Omar Canary")]), an_edition())

    values = [
        bytes(value) if isinstance(value, memoryview) else str(value).encode()
        for model in apps.get_models()
        for one in model.objects.values_list()
        for value in one
    ]
    assert len(values) > 50
    assert [value for value in values if b"canary" in value.lower()] == []


def test_headings_of_the_samples_are_guessed():
    assert guess(HEADINGS) == MAPPING.columns
    assert guess(["이메일 주소", "성명", "국가", "소식 받기"]) == dict(
        zip(["email", "name", "country", "news"], range(4), strict=True)
    )
    assert guess(["البريد الإلكتروني", "الاسم", "البلد"]) == {"email": 0, "name": 1, "country": 2}
    assert guess(["E-Mail", "Full name", "e_mail"]) == {"email": 0, "name": 1}
    assert guess(["something", "else"]) == {}
