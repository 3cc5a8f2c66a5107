"""Imports at the desk: upload, choose columns, start, watch, fetch what was rejected."""

import csv
import io

import pytest
from desk_sample import (
    AT,
    EVE,
    a_member,
    account,
    an_import,
    carla,
    client_of,
    edition,
    letter,
)
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tongmun.imports.actions.run import run_step
from tongmun.imports.folders import folder_of
from tongmun.imports.mapping import Part
from tongmun.imports.models import Import
from tongmun.kit.keyring import make_coalition_keys
from tongmun.signatures.models import Signature

pytestmark = pytest.mark.django_db

LIST = "/desk/rivers/imports/"
STATEMENT = "Collected on the square in August; everybody read the letter."
FILE = (
    b"email,Full name,Country,Public,Print,Newsletter\n"
    b"suzie@example.org,Suzie <b>Signer</b>,KR,yes,no,Yes\n"
    b"omar@example.org,Omar,Atlantis,no,,\n"
    b"suzie@example.org,Suzie,KR,no,no,no\n"
)
COLUMNS = {part.value: str(column) for column, part in enumerate(list(Part)[:6])}


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    make_coalition_keys(settings.KEYS)
    settings.DATA = tmp_path
    return tmp_path


@pytest.fixture
def user():
    return carla()


@pytest.fixture
def client(user):
    return client_of(user)


@pytest.fixture
def rivers():
    found = edition(state="open")
    a_member(found)
    return found


@pytest.fixture
def seen(rivers, user):
    return letter(rivers, user)


def fields(rivers, seen, content: bytes = FILE, **changes):
    values = {"organisation": a_member(rivers).pk, "letter": seen.pk, "statement": STATEMENT}
    return {**values, "file": SimpleUploadedFile("list of omar canary.csv", content), **changes}


def page_of(made: Import) -> str:
    return f"{LIST}{made.pk}/"


def test_upload_leads_to_the_columns_and_imports_nothing(client, rivers, seen, user):
    answer = client.post(LIST, fields(rivers, seen))

    made = Import.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, page_of(made))
    assert (made.state, made.rows, made.edition, made.letter, made.made_by) == ("UPLOADED", 3, rivers, seen, user)
    assert (made.statement, made.organisation.slug) == (STATEMENT, "river-friends")
    assert not run_step(at=AT)
    assert not Signature.objects.exists()


def test_uploaded_file_lies_nowhere_in_clear(client, rivers, seen, data, settings):
    settings.FILE_UPLOAD_TEMP_DIR = str(data)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1

    client.post(LIST, fields(rivers, seen, b"email,name\n" + b"suzie@canary.example,Suzie Canary\n" * 5000))

    files = [path for path in data.rglob("*") if path.is_file()]
    assert {path.name for path in files} == {"upload", "headings"}
    assert [path for path in files if b"canary" in path.read_bytes().lower()] == []
    assert "canary" not in str(Import.objects.values())


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"statement": "Too short."}, "at least 20 characters"),
        ({"statement": "x" * 1001}, "Shorten it to 1000 characters"),
        ({"statement": "Collected \u202e on the square."}, "U+202E"),
        ({"organisation": ""}, "required"),
        ({"letter": ""}, "required"),
        ({"file": ""}, "required"),
        ({"file": SimpleUploadedFile("a.csv", b"")}, "empty"),
        ({"file": SimpleUploadedFile("a.csv", "email,이름\na,b\n".encode("euc-kr"))}, "CSV UTF-8"),
        ({"file": SimpleUploadedFile("a.csv", b"email|name\na|b\n")}, "commas, semicolons or tabs"),
        ({"file": SimpleUploadedFile("a.csv", b"email\n")}, "no row below"),
        ({"file": SimpleUploadedFile("a.csv", b"suzie@example.org\nomar@example.org\n")}, "row of headings above it"),
        ({"file": SimpleUploadedFile("a.csv", b'email\n"a')}, "quotation mark"),
    ],
)
def test_upload_that_cannot_be_used_says_what_to_do_and_leaves_nothing(changes, words, client, seen, data):
    answer = client.post(LIST, fields(seen.edition, seen, **changes))

    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not Import.objects.exists()
    assert [path for path in data.rglob("*") if path.is_file()] == []


def test_organisation_or_letter_of_another_edition_cannot_be_chosen(client, rivers, seen, user):
    lakes = edition("lakes")
    other = letter(lakes, user)

    answer = client.post(LIST, fields(rivers, seen, letter=other.pk))

    assert answer.status_code == 200
    assert not Import.objects.exists()


@pytest.mark.parametrize("who", ["nobody", "eve"])
def test_file_of_anybody_else_is_thrown_away(who, rivers, seen, data, settings):
    settings.FILE_UPLOAD_TEMP_DIR = str(data)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1
    client = client_of(account(EVE, is_organiser=False) if who == "eve" else None)

    answer = client.post(LIST, fields(rivers, seen))

    assert answer.status_code == 403
    assert [path for path in data.rglob("*") if path.is_file()] == []


def test_upload_without_the_token_of_the_form_is_refused(user, rivers, seen):
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)

    answer = client.post(LIST, fields(rivers, seen))

    assert answer.status_code == 403
    assert not Import.objects.exists()


def test_upload_with_the_token_of_the_form_is_taken(user, rivers, seen):
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    client.get(LIST)

    client.post(LIST, fields(rivers, seen, csrfmiddlewaretoken=client.cookies["csrftoken"].value))

    assert Import.objects.count() == 1


def test_columns_page_shows_the_rows_and_the_guess(client, user, rivers, seen):
    made = an_import(rivers, seen, user, FILE)

    page = client.get(page_of(made)).content.decode()

    assert "Suzie &lt;b&gt;Signer&lt;/b&gt;" in page
    for part, column in COLUMNS.items():
        chosen = page.split(f'name="{part}"')[1].split("</select>")[0]
        assert f'<option value="{column}" selected>' in chosen
    assert 'value="yes"' in page
    assert 'value="start"' not in page


def test_rows_are_shown_to_organisers_of_this_edition_alone(client, user, rivers, seen):
    made = an_import(rivers, seen, user, FILE)
    edition("lakes")

    assert client.get(f"/desk/lakes/imports/{made.pk}/").status_code == 404
    assert client.get(f"/desk/lakes/imports/{made.pk}/rejected.csv").status_code == 404
    assert client.get(f"{LIST}{10**30}/").status_code == 404


def mapped(client, made: Import, **changes: str):
    values = {**COLUMNS, "yes": "yes, Ja"}
    return client.post(page_of(made), {"decision": "map", **values, **changes}, follow=True).content.decode()


def test_chosen_columns_show_what_would_become_of_the_rows(client, user, rivers, seen):
    made = an_import(rivers, seen, user, FILE)

    page = mapped(client, made)

    made.refresh_from_db()
    assert (made.state, made.mapping["yes"]) == ("MAPPED", ["ja", "yes"])
    assert made.mapping["columns"] == {part: int(column) for part, column in COLUMNS.items()}
    assert "The first 3 rows were looked at" in page
    assert "One would be counted" in page
    assert "One is counted already" in page
    assert "neither the two-letter code of a country nor its name" in page
    assert not Signature.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": ""}, "required"),
        ({"email": "7"}, "Select a valid choice"),
        ({"name": "0"}, "something else already"),
        ({"yes": ""}, "which words mean yes"),
        ({"yes": ",".join(str(number) for number in range(21))}, "at most 20 words"),
        ({"yes": "x" * 41}, "at most 20 words"),
    ],
)
def test_columns_that_make_no_sense_are_refused(changes, words, client, user, seen):
    made = an_import(seen.edition, seen, user, FILE)

    page = mapped(client, made, **changes)

    made.refresh_from_db()
    assert words in page
    assert made.state == "UPLOADED"


def test_import_runs_once_it_is_started_and_says_how_far_it_is(client, user, rivers, seen):
    made = an_import(rivers, seen, user, FILE)
    mapped(client, made)
    client.post(page_of(made), {"decision": "start"})
    waiting = client.get(page_of(made)).content.decode()

    run_step(at=AT)

    page = client.get(page_of(made)).content.decode()
    made.refresh_from_db()
    assert made.started_by == user
    assert '<progress id="progress" value="0" max="3">' in waiting
    assert "Look again" in waiting
    assert '<progress id="progress" value="3" max="3">' in page
    assert "Look again" not in page
    assert (made.added, made.duplicates, made.rejected) == (1, 1, 1)
    assert Signature.objects.get().consents_to_news


def test_rejected_rows_are_fetched_in_the_language_of_the_page(client, user, rivers, seen):
    made = an_import(rivers, seen, user, FILE.replace(b"Omar,", b"=1+1,"))
    assert client.get(f"{page_of(made)}rejected.csv").status_code == 404
    mapped(client, made)
    client.post(page_of(made), {"decision": "start"})
    run_step(at=AT)

    answer = client.get(f"{page_of(made)}rejected.csv")

    text = b"".join(answer).decode()
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="not-imported-{made.pk}.csv"'
    assert answer.headers["Cache-Control"] == "no-store"
    lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert lines[0][2:] == ["email", "Full name", "Country", "Public", "Print", "Newsletter"]
    assert [line[0] for line in lines[1:]] == ["3"]
    assert lines[1][2:4] == ["omar@example.org", "'=1+1"]


def test_import_is_cancelled_at_the_desk(client, user, rivers, seen, django_capture_on_commit_callbacks):
    made = an_import(rivers, seen, user, FILE)

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(page_of(made), {"decision": "cancel"}, follow=True)

    made.refresh_from_db()
    assert made.state == "CANCELLED"
    assert not folder_of(made.key).exists()
    assert "cancelled" in answer.content.decode()


@pytest.mark.parametrize("decision", ["start", "cancel"])
def test_decision_that_comes_too_late_says_so(decision, client, user, rivers, seen):
    made = an_import(rivers, seen, user, FILE)
    client.post(page_of(made), {"decision": "cancel"})

    answer = client.post(page_of(made), {"decision": decision}, follow=True)

    assert "not possible any more" in answer.content.decode()


def test_file_that_is_gone_is_said_to_be_gone(client, user, rivers, seen, data):
    made = an_import(rivers, seen, user, FILE)
    for path in data.rglob("upload"):
        path.unlink()

    answer = client.get(page_of(made), follow=True)

    made.refresh_from_db()
    assert "Upload it again, and cancel this import" in answer.content.decode()
    assert made.state == "UPLOADED"


def test_closed_edition_takes_no_upload(client, seen, rivers, data):
    rivers.state = "closed"
    rivers.save(update_fields=["state"])

    page = client.get(LIST).content.decode()
    client.post(LIST, fields(rivers, seen))

    assert "Signing is over" in page
    assert 'type="file"' not in page
    assert not Import.objects.exists()
    assert [path for path in data.rglob("*") if path.is_file()] == []


def test_edition_without_a_letter_says_what_an_import_needs(client, rivers):
    page = client.get(LIST).content.decode()

    assert "needs an organisation that takes part in this edition, and a letter" in page


@pytest.mark.parametrize("imports", [1, 3])
def test_list_takes_the_same_queries_however_many_imports_there_are(
    imports, client, user, seen, django_assert_num_queries
):
    for _number in range(imports):
        an_import(seen.edition, seen, user)

    with django_assert_num_queries(8):
        client.get(LIST)
