"""The register of claims at the desk."""

import datetime as dt
import re

import pytest
from desk_sample import AT, carla, client_of, edition, letter
from tests.letters.letter_steps import a_claim

from tongmun.letters.models import Claim

pytestmark = pytest.mark.django_db

LIST_PAGE = "/desk/rivers/claims/"
CLAIM_PAGE = "/desk/rivers/claims/c1/"
BODY = "Rivers are long. They were clean.\n\nWe ask you\nto keep them."
TYPED = {
    "text_en": "Rivers are long.",
    "text_ko": "강은 길다.",
    "figure": "27500",
    "qualifier": "over",
    "as_of": "2027-01-31",
    "source": "Atlas, https://example.org/atlas",
    "paragraph": "",
    "sentence_en": "Rivers are long.",
}


@pytest.fixture
def user():
    return carla()


@pytest.fixture
def client(user):
    return client_of(user)


@pytest.fixture
def rivers(user):
    of = edition(languages=["en", "ko"])
    letter(of, user, body=BODY)
    return of


@pytest.fixture
def at(time_machine_at):
    with time_machine_at(AT):
        yield


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def seen(page: str) -> str:
    return re.findall(r'name="seen" value="(\w+)"', page)[0]


def errors(answer) -> list[str]:
    return re.findall(r'<ul class="field-errors" id="id_(\w+)_error"> <li>(.*?)</li>', text_of(answer))


def test_claim_is_added_with_its_place_in_the_letter(client, rivers):
    answer = client.post(LIST_PAGE, TYPED, follow=True)

    claim = Claim.objects.get()
    assert answer.redirect_chain == [(LIST_PAGE, 302)]
    assert (claim.slug, claim.texts, claim.figure, claim.qualifier, claim.as_of, claim.source) == (
        "claim-1",
        {"en": "Rivers are long.", "ko": "강은 길다."},
        "27500",
        "over",
        dt.date(2027, 1, 31),
        TYPED["source"],
    )
    assert (claim.sentences, claim.paragraph, claim.checked_on) == ({"en": "Rivers are long."}, 1, None)
    assert "Nobody has checked it" in text_of(answer)


def test_sentence_may_be_copied_with_the_line_breaks_of_a_page(client, rivers):
    client.post(LIST_PAGE, {**TYPED, "sentence_en": "We ask\r\nyou to keep them."})

    assert (Claim.objects.get().sentences, Claim.objects.get().paragraph) == ({"en": "We ask you to keep them."}, 2)


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"text_en": " "}, "text_en", "Please fill this in."),
        (
            {"sentence_en": "Rivers are short."},
            "sentence_en",
            "These words do not stand in the letter in English. Copy",
        ),
        ({"paragraph": "2"}, "paragraph", "The sentence stands in paragraph 1, not in 2. Write that"),
        (
            {"paragraph": "3", "sentence_en": ""},
            "paragraph",
            "No letter has a paragraph 3. Write a number from 1 to 2.",
        ),
        ({"paragraph": "two"}, "paragraph", "Write the number of a paragraph, for example 2."),
        ({"paragraph": "0"}, "paragraph", "Write the number of a paragraph, for example 2."),
        ({"paragraph": "9" * 400, "sentence_en": ""}, "paragraph", "No letter has a paragraph"),
        ({"source": "?"}, "source", "“?” is neither an address nor the name of a document. Write an address that"),
        ({"source": "http//example.org"}, "source", "is neither an address nor the name of a document."),
        ({"source": "+1 atlas"}, "source", "A spreadsheet takes a cell that begins with “+” for a formula. Leave"),
        ({"source": "x" * 501}, "source", "Shorten it to 500 characters."),
        ({"figure": "1\u202e2"}, "figure", "U+202E"),
        ({"as_of": "31.1.2027"}, "as_of", ""),
    ],
)
def test_what_makes_no_sense_is_named_and_nothing_typed_is_lost(client, rivers, changes, field, message):
    answer = client.post(LIST_PAGE, {**TYPED, **changes})

    [(where, said)] = errors(answer)
    assert (where, message in said) == (field, True)
    assert "강은 길다." in text_of(answer)
    assert not Claim.objects.exists()


def test_claim_can_be_noted_before_the_letter_is_written(client):
    of = edition("lakes", languages=["en"])

    page = text_of(client.get("/desk/lakes/claims/"))
    refused = client.post("/desk/lakes/claims/", {"text_en": "Lakes are deep.", "paragraph": "1"})
    client.post("/desk/lakes/claims/", {"text_en": "Lakes are deep."})

    assert "sentence_en" not in page
    assert "The letter is not written yet. Leave this empty until it is." in errors(refused)[0][1]
    assert of.claims.get().texts == {"en": "Lakes are deep."}


def test_changing_a_claim_keeps_texts_the_form_does_not_show(client, rivers):
    claim = a_claim(rivers, texts={"en": "Old.", "fr": "Vieux.", "ko": "옛것."}, sentences={"fr": "Une phrase."})

    client.post(CLAIM_PAGE, {**TYPED, "text_ko": "", "seen": claim.digest, "do": "save"})

    claim.refresh_from_db()
    assert claim.texts == {"en": "Rivers are long.", "fr": "Vieux."}
    assert claim.sentences == {"en": "Rivers are long.", "fr": "Une phrase."}
    assert claim.checked_on is None


def test_checking_a_claim_takes_the_day_and_who(at, client, rivers):
    claim = a_claim(rivers, checked_on=None, checked_by="")

    answer = client.post(CLAIM_PAGE, {"checked_by": "Archive", "seen": claim.digest, "do": "check"}, follow=True)

    claim.refresh_from_db()
    assert (claim.checked_on, claim.checked_by) == (AT.date(), "Archive")
    assert "Checked: Tuesday, 10 August 2027" in text_of(answer)


def test_claim_without_a_source_cannot_be_checked(client, rivers):
    claim = a_claim(rivers, source="", checked_on=None)

    answer = client.post(CLAIM_PAGE, {"checked_by": "Archive", "seen": claim.digest, "do": "check"})

    assert errors(answer) == [("checked_by", "There is nothing to check it against. Name the source first, and save.")]


def test_check_by_nobody_is_refused(client, rivers):
    claim = a_claim(rivers, checked_on=None)

    answer = client.post(CLAIM_PAGE, {"checked_by": " ", "seen": claim.digest, "do": "check"})

    assert errors(answer) == [("checked_by", "Please fill this in.")]


def test_claim_saved_meanwhile_is_shown_beside_what_was_typed(client, rivers):
    before = seen(text_of((a_claim(rivers), client.get(CLAIM_PAGE))[1]))
    client.post(CLAIM_PAGE, {**TYPED, "figure": "111", "seen": before, "do": "save"})

    page = text_of(client.post(CLAIM_PAGE, {**TYPED, "figure": "222", "seen": before, "do": "save"}))

    assert "Somebody else has saved meanwhile." in page
    assert ("over 111" in page, 'value="222"' in page) == (True, True)
    assert Claim.objects.get().figure == "111"
    client.post(CLAIM_PAGE, {**TYPED, "figure": "222", "seen": seen(page), "do": "save"})
    assert Claim.objects.get().figure == "222"


@pytest.mark.parametrize("deed", ["check", "remove"])
def test_claim_changed_meanwhile_is_neither_checked_nor_taken_out(client, rivers, deed):
    claim = a_claim(rivers, checked_on=None)
    before = claim.digest
    client.post(CLAIM_PAGE, {**TYPED, "seen": before, "do": "save"})

    page = text_of(client.post(CLAIM_PAGE, {"checked_by": "Archive", "seen": before, "do": deed}))

    assert "Somebody else has saved meanwhile." in page
    assert Claim.objects.get().checked_on is None


def test_claim_is_taken_out(client, rivers):
    claim = a_claim(rivers)

    answer = client.post(CLAIM_PAGE, {"seen": claim.digest, "do": "remove"}, follow=True)

    assert "The claim is taken out of the register." in text_of(answer)
    assert not Claim.objects.exists()


def test_lost_sentence_is_said_on_every_page_of_the_desk_about_it(at, client, rivers):
    a_claim(rivers, sentences={"en": "Rivers are wide."})

    for page in (LIST_PAGE, CLAIM_PAGE, "/desk/rivers/letter/"):
        assert "Its sentence or paragraph is no longer in the letter: English." in text_of(client.get(page)), page


@pytest.mark.parametrize("slug", ["c1", "c9"])
def test_claim_of_another_edition_is_not_found(client, rivers, slug):
    a_claim(edition("lakes"))

    assert client.get(f"/desk/rivers/claims/{slug}/").status_code == 404


def test_list_asks_as_often_for_many_claims_as_for_one(client, rivers, django_assert_num_queries):
    a_claim(rivers)
    client.get(LIST_PAGE)
    with django_assert_num_queries(7):
        client.get(LIST_PAGE)
    for _number in range(9):
        a_claim(rivers)

    with django_assert_num_queries(7):
        client.get(LIST_PAGE)


def test_markup_in_a_claim_stays_text(client, rivers):
    a_claim(rivers, texts={"en": "<b>x</b>"}, source="<i>y</i>")

    page = text_of(client.get(LIST_PAGE)) + text_of(client.get(CLAIM_PAGE))

    assert ("<b>x</b>" in page, "<i>y</i>" in page) == (False, False)
