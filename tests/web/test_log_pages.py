"""The log as it is served: to a reader, to the verifier over HTTP, and to witnesses."""

import json
import re

import pytest
from django.test import Client
from tests.counts.test_counting import digest, enter
from tests.signatures.signing_steps import AT, an_edition
from tests.web.site import page_of

from tongmun.config.arguments import parser
from tongmun.config.commands import verify, witness
from tongmun.counts.actions.count import count_waiting
from tongmun.counts.actions.receipt import make_receipt
from tongmun.counts.actions.register_witness import register_witness
from tongmun.counts.models import Checkpoint, CountEntry, Reckoning
from tongmun.kit import verify_count
from tongmun.kit.notes import WITNESS, cosignature_line, public_key_of, read_head, verifier_key

LOG = "/en/trial/log/"
NAME, SEED = "ngo.example", b"w" * 32


@pytest.fixture
def edition(db):
    edition = an_edition()
    enter(edition, 300)
    enter(edition, 20, kind="VOID")
    enter(edition, 1, kind="PAPER", amount=40, words="Seoul, sheets 1 to 4")
    enter(edition, 1, kind="VOUCHED", amount=1_200, words="Lyon, its own list")
    count_waiting(edition=edition, at=AT)
    return edition


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_page_says_what_is_proved_and_what_not_and_leads_to_the_files(client, edition):
    response = client.get(LOG)

    shown, root = text_of(response), bytes(Checkpoint.objects.get().root).hex()
    assert "What this proves" in shown
    assert "What this does not prove" in shown
    assert "That every entry is a person" in shown
    assert "Cosigned by 0 of 0 witnesses" in shown
    assert root in shown
    assert f"python3 verify_count.py http://testserver{LOG} --state seen.json" in shown
    links = {link["href"] for link in page_of(response).all("a")}
    assert {LOG + "checkpoint", LOG + "count.json", LOG + "verify_count.py"} <= links
    assert response.cookies == {}


def test_page_of_an_empty_log_offers_no_file_that_is_not_there(client, db):
    an_edition()

    response = client.get(LOG)

    assert "The list is empty" in text_of(response)
    assert LOG + "checkpoint" not in {link["href"] for link in page_of(response).all("a")}
    assert client.get(LOG + "checkpoint").status_code == 404
    assert client.get(LOG + "tile/0/000.p/1").status_code == 404
    assert client.get(LOG + "count.json").json()["size"] == 0


def test_number_leads_to_the_log_and_says_when_it_moves(client, edition):
    shown = client.get("/en/trial/signatures/")

    assert LOG in {link["href"] for link in page_of(shown).all("a")}
    assert LOG in {link["href"] for link in page_of(client.get("/en/trial/")).all("a")}
    assert "in batches of at least 5, and at the latest after 24 hours" in text_of(shown)


def test_paper_and_vouched_numbers_stand_apart_and_in_the_sum(client, edition):
    shown = text_of(client.get("/en/trial/signatures/"))

    assert "280 signatures are counted" in shown
    assert "40 more signatures were given on paper" in shown
    assert "1200 more signatures are vouched for by organisations" in shown
    assert "Together these are 1520" in shown


def test_page_costs_the_same_however_many_are_logged(client, edition, django_assert_num_queries):
    with django_assert_num_queries(7):
        client.get(LOG)


def test_files_are_the_same_in_every_language_and_kept_by_caches(client, edition):
    for name, kept in (
        ("checkpoint", "max-age=60"),
        ("count.json", "max-age=60"),
        ("tile/0/000", "max-age=31536000, immutable"),
        ("tile/0/001.p/66", "max-age=60"),
        ("tile/1/000.p/1", "max-age=60"),
        ("tile/entries/000", "max-age=31536000, immutable"),
        ("tile/entries/001.p/66", "max-age=60"),
    ):
        answers = [client.get(f"/{language}/trial/log/{name}") for language in ("en", "ko", "ar")]

        assert {answer.status_code for answer in answers} == {200}, name
        assert len({answer.content for answer in answers}) == 1, name
        assert kept in answers[0].headers["Cache-Control"], name
        assert "Vary" not in answers[0].headers or "Cookie" not in answers[0].headers["Vary"], name


@pytest.mark.parametrize(
    "name",
    [
        "tile/0/001",
        "tile/0/001.p/67",
        "tile/0/x000/000",
        "tile/00/0",
        "tile/9/000",
        "tile/entries/002",
        "tile/x/000",
        "tile/99999999999999999999/000",
        "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
        "nothing",
    ],
)
def test_what_is_not_in_the_log_is_a_404(client, edition, name):
    assert client.get(LOG + name).status_code == 404


def test_draft_has_no_log(client, edition):
    edition.state = "draft"
    edition.save(update_fields=["state"])

    for name in ("", "checkpoint", "count.json", "tile/0/000", "tile/entries/000", "verify_count.py"):
        assert client.get(LOG + name).status_code == 404, name
    assert client.post(LOG + "cosign", b"", content_type="text/plain").status_code == 404


def test_verifier_is_handed_out_as_it_is(client, edition):
    response = client.get(LOG + "verify_count.py")

    assert response.content.decode() == verify_count.source()
    assert "attachment" in response.headers["Content-Disposition"]


def cosigned(seed: bytes = SEED) -> bytes:
    head = read_head(Checkpoint.objects.latest("size").note.partition("\n\n")[0] + "\n")
    return (head.text() + "\n" + cosignature_line(head, name=NAME, seed=seed, at=AT)).encode()


def post(body: bytes) -> int:
    return Client(enforce_csrf_checks=True).post(LOG + "cosign", body, content_type="text/plain").status_code


def test_cosignatures_are_taken_from_the_registered_alone(client, edition):
    assert post(cosigned()) == 403
    register_witness(edition=edition, name=NAME, key=verifier_key(NAME, WITNESS, public_key_of(SEED)), by=None, at=AT)

    assert post(cosigned(b"x" * 32)) == 400
    assert post(b"") == 400
    assert post(b"\xff") == 400
    assert post(cosigned().replace(b"322", b"321")) == 409
    assert post(cosigned() + b" " * 2_048) == 413
    assert client.get(LOG + "cosign").status_code == 405
    assert "Cosigned by 0 of 1 witness" in text_of(client.get(LOG))
    assert post(cosigned()) == 201
    assert post(cosigned()) == 200
    assert "Cosigned by 1 of 1 witness" in text_of(client.get(LOG))


# The verifier, by its command, over HTTP


def checked(capsys, *arguments: object) -> tuple[int, str]:
    code = verify.run(parser().parse_args(["verify", *map(str, arguments)]))
    return code, capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
def test_verifier_and_witness_over_http(live_server, settings, tmp_path, capsys):
    edition, opening = an_edition(), b"o" * 32
    enter(edition, 300)
    receipt = tmp_path / "receipt.txt"
    receipt.write_text(make_receipt(edition=edition, commitment=digest("KR", 7), opening=opening, at=AT), "utf-8")
    count_waiting(edition=edition, at=AT)
    url, state, key = f"{live_server.url}{LOG}", tmp_path / "seen.json", tmp_path / "ngo.example.key"

    code, told = checked(capsys, url, "--state", state, "--receipt", receipt, "--cosign", key)
    assert (code, "is not registered" in told, "is counted." in told) == (1, True, True)
    vkey = re.search(r"verifier key of this witness: (\S+)", told)[1]
    register_witness(edition=edition, name="ngo.example", key=vkey, by=None, at=AT)
    code, told = checked(capsys, url, "--state", state, "--cosign", key)
    assert (code, "taken the cosignature" in told) == (0, True)

    enter(edition, 300, country="FR")
    count_waiting(edition=edition, at=AT)
    code, told = checked(capsys, url, "--state", state, "--cosign", key)
    assert (code, "600 signatures are counted" in told, "all 1 heads seen before" in told) == (0, True, True)
    assert "Cosigned by 0 of 1 witnesses" in told
    code, told = checked(capsys, url, "--state", state)
    assert (code, "Cosigned by 1 of 1 witnesses: ngo.example" in told) == (0, True)
    assert [size for size, _root in json.loads(state.read_text())["heads"]] == [300, 600]

    # Somebody with the database changes an entry that was seen.
    CountEntry.objects.filter(position=5).update(digest=digest("invented"))
    Reckoning.objects.update(folder="another")
    code, told = checked(capsys, url, "--state", state)
    assert (code, "The first 300 entries are not those" in told) == (1, True)


@pytest.mark.django_db(transaction=True)
def test_verifier_says_what_cannot_be_had(live_server, tmp_path, capsys):
    an_edition()

    assert checked(capsys, f"{live_server.url}{LOG}") == (
        1,
        f"WRONG: {LOG}checkpoint was answered with 404, where 200 was expected.\n",
    )
    code, told = checked(capsys, "http://127.0.0.1:9/en/trial/log/")
    assert (code, "cannot be had" in told) == (1, True)
    code, told = checked(capsys, f"{live_server.url}{LOG}", "--cosign", tmp_path / "x.key")
    assert (code, "needs --state" in told) == (1, True)


def test_a_witness_is_registered_by_command(db, monkeypatch, capsys):
    an_edition()
    # The database of a test is prepared.
    monkeypatch.setattr(witness, "prepare", lambda: None)
    key = verifier_key(NAME, WITNESS, public_key_of(SEED))
    for arguments, code in (
        (["trial", NAME, key], 0),
        (["trial", NAME, key], 1),
        (["nothing", NAME, key], 1),
        (["trial", NAME, "x"], 1),
    ):
        assert witness.run(parser().parse_args(["witness", *arguments])) == code
    assert "may cosign the log of trial" in capsys.readouterr().out
