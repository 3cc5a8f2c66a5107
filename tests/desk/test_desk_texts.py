"""Writing the call and the letter at the desk."""

import re

import pytest
from desk_sample import CALL, LETTER, call, carla, client_of, edition, letter

from tongmun.campaigns.models import Call
from tongmun.letters.models import LetterVersion
from tongmun.people.models import JournalEntry

pytestmark = pytest.mark.django_db

CALL_PAGE = "/desk/rivers/call/en/"
LETTER_PAGE = "/desk/rivers/letter/en/"
TYPED_LETTER = {**LETTER, "dated": ""}


@pytest.fixture
def user():
    return carla()


@pytest.fixture
def client(user):
    return client_of(user)


@pytest.fixture
def rivers():
    return edition()


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_call_form_shows_what_is_written(client, rivers):
    call(rivers, title="Noon <at> the rivers")

    page = text_of(client.get(CALL_PAGE))

    assert 'value="Noon &lt;at&gt; the rivers"' in page
    assert 'name="seen" value="1"' in page


def test_preview_of_a_call_renders_and_saves_nothing(client, rivers):
    call(rivers)

    page = text_of(client.post(CALL_PAGE, {**CALL, "title": "Another", "seen": "1", "preview": "yes"}))

    assert '<article class="call desk-sheet" lang="en" dir="ltr">' in page
    assert "<strong>Come</strong> early." in page
    assert Call.objects.get().title == CALL["title"]
    assert not JournalEntry.objects.filter(deed="call.changed").exists()


def test_saving_a_call_goes_back_to_it_and_says_so(client, rivers):
    call(rivers)

    answer = client.post(CALL_PAGE, {**CALL, "title": "Another", "seen": "1", "save": "yes"}, follow=True)

    assert answer.redirect_chain == [(CALL_PAGE, 302)]
    assert "The call is saved." in text_of(answer)
    assert Call.objects.get().title == "Another"


def test_first_call_in_a_language_can_be_written(client, rivers):
    client.post("/desk/rivers/call/ar/", {**CALL, "title": "ظهرًا", "seen": "0", "save": "yes"})

    assert list(rivers.calls.values_list("language", "title", "revision")) == [("ar", "ظهرًا", 1)]


@pytest.mark.parametrize("seen", ["1", "", "x", "-1", "9" * 5000, "²"])
def test_call_saved_meanwhile_is_shown_beside_what_was_typed(seen, client, user, rivers):
    call(rivers)
    Call.objects.update(title="What Omar saved", revision=2)

    page = text_of(client.post(CALL_PAGE, {**CALL, "title": "What Carla typed", "seen": seen, "save": "yes"}))

    assert Call.objects.get().title == "What Omar saved"
    assert ("What Omar saved" in page, 'value="What Carla typed"' in page) == (True, True)
    assert 'name="seen" value="2"' in page


def test_call_saved_again_after_the_conflict_takes_its_place(client, rivers):
    call(rivers)
    Call.objects.update(title="What Omar saved", revision=2)

    client.post(CALL_PAGE, {**CALL, "title": "What Carla typed", "seen": "2", "save": "yes"})

    assert Call.objects.get().title == "What Carla typed"


def test_call_without_title_is_not_saved_and_nothing_typed_is_lost(client, rivers):
    call(rivers)

    page = text_of(client.post(CALL_PAGE, {**CALL, "title": " ", "body": "Long work", "seen": "1", "save": "yes"}))

    assert 'id="id_title_error"' in page
    assert "Please fill this in." in page
    assert "This field is required." not in page
    assert "Long work" in page
    assert Call.objects.get().body == CALL["body"]


def test_call_refuses_invisible_characters_and_says_which(client, rivers):
    page = text_of(client.post(CALL_PAGE, {**CALL, "what": "left\u202eright", "seen": "0", "save": "yes"}))

    assert "U+202E" in page
    assert not Call.objects.exists()


def test_call_keeps_its_lines_as_a_bundle_writes_them(client, rivers):
    client.post(CALL_PAGE, {**CALL, "body": "One\r\n\r\nTwo  \r\nThree", "seen": "0", "save": "yes"})

    assert Call.objects.get().body == "One\n\nTwo  \nThree"


def test_html_in_a_call_stays_text_in_the_preview(client, rivers):
    typed = {**CALL, "body": "<script>alert(1)</script>", "what": "<b>x</b>", "seen": "0", "preview": "yes"}

    page = text_of(client.post(CALL_PAGE, typed))

    assert "<script" not in page
    assert "<b>x</b>" not in page


def test_text_in_another_direction_says_so_to_the_browser(client, rivers):
    page = text_of(client.get("/desk/rivers/call/ar/"))

    assert re.findall(r'<(?:input|textarea)[^>]* name="(\w+)"[^>]* lang="ar" dir="rtl"', page) == list(CALL)


def test_preview_of_a_letter_is_the_public_sheet_and_saves_nothing(client, user, rivers):
    letter(rivers, user)

    page = text_of(
        client.post(LETTER_PAGE, {**TYPED_LETTER, "body": "New.\r\n\r\nWords.", "seen": "1", "preview": "yes"})
    )

    assert '<article class="letter" lang="en" dir="ltr">' in page
    assert "<p>New.</p> <p>Words.</p>" in page
    assert LetterVersion.objects.count() == 1


def test_saving_a_letter_writes_the_next_version(client, user, rivers):
    first = letter(rivers, user)

    answer = client.post(
        LETTER_PAGE, {**TYPED_LETTER, "body": "New.\r\n\r\nWords.", "seen": "1", "save": "yes"}, follow=True
    )

    assert "The letter is saved." in text_of(answer)
    second = LetterVersion.objects.get(number=2)
    assert (second.body, second.paragraphs) == ("New.\n\nWords.", ["New.", "Words."])
    assert LetterVersion.objects.get(number=1).body == first.body


def test_saving_a_letter_as_the_browser_sends_it_back_changes_nothing(client, user, rivers):
    letter(rivers, user)
    sent = {name: value.replace("\n", "\r\n") for name, value in TYPED_LETTER.items()}

    client.post(LETTER_PAGE, {**sent, "seen": "1", "save": "yes"})

    assert LetterVersion.objects.count() == 1


def test_letter_written_meanwhile_is_shown_beside_what_was_typed(client, user, rivers):
    letter(rivers, user)
    client.post(LETTER_PAGE, {**TYPED_LETTER, "body": "What Omar saved", "seen": "1", "save": "yes"})

    page = text_of(client.post(LETTER_PAGE, {**TYPED_LETTER, "body": "What Carla typed", "seen": "1", "save": "yes"}))

    assert list(LetterVersion.objects.order_by("number").values_list("number", "body")) == [
        (1, LETTER["body"]),
        (2, "What Omar saved"),
    ]
    assert ("<p>What Omar saved</p>" in page, "What Carla typed</textarea>" in page) == (True, True)
    assert 'name="seen" value="2"' in page


def test_letter_in_a_language_without_forms_of_address_is_not_offered(client, rivers):
    rivers.languages = ["en", "fi"]
    rivers.save(update_fields=["languages"])
    page = text_of(client.get("/desk/rivers/letter/fi/"))
    client.post("/desk/rivers/letter/fi/", {**TYPED_LETTER, "seen": "0", "save": "yes"})

    assert ("no forms of address" in page, 'name="body"' in page) == (True, False)
    assert not LetterVersion.objects.exists()


def test_call_changed_by_nobody_writes_no_journal(user, rivers, client):
    stored = call(rivers)

    client.post(CALL_PAGE, {**CALL, "seen": "1", "save": "yes"})

    stored.refresh_from_db()
    assert stored.revision == 1
    assert not JournalEntry.objects.filter(deed="call.changed").exists()


def test_both_actions_name_who_and_what_in_the_journal(user, rivers, client):
    client.post(CALL_PAGE, {**CALL, "seen": "0", "save": "yes"})
    client.post(LETTER_PAGE, {**TYPED_LETTER, "seen": "0", "save": "yes"})

    assert list(JournalEntry.objects.order_by("pk").values_list("deed", "subject", "by")) == [
        ("call.changed", "rivers en", user.pk),
        ("letter.version-written", "rivers en v1", user.pk),
    ]
