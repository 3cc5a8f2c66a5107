"""Translating the letter beside its master, and what the letter lacks."""

import pytest
from desk_sample import AT, LETTER, carla, client_of, edition, letter
from tests.letters.letter_steps import a_claim

from tongmun.letters.actions.write_version import write_version
from tongmun.letters.models import LetterVersion
from tongmun.letters.queries import unready
from tongmun.people.models import JournalEntry

pytestmark = pytest.mark.django_db

KOREAN_PAGE = "/desk/rivers/letter/ko/"
STANDING_PAGE = "/desk/rivers/letter/"
HEAD = {name: value for name, value in LETTER.items() if name != "body"} | {"dated": ""}
TYPED = {**HEAD, "paragraph_1": "첫째 문단.", "paragraph_2": "둘째 문단.", "master": "1", "seen": "0", "save": "yes"}


@pytest.fixture
def user():
    return carla()


@pytest.fixture
def client(user):
    return client_of(user)


@pytest.fixture
def rivers(user):
    of = edition(languages=["en", "ko"])
    letter(of, user)
    return of


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def master(of, user, body: str, *, based_on: int = 1) -> LetterVersion:
    return write_version(edition=of, language="en", based_on=based_on, by=user, at=AT, **{**LETTER, "body": body})


def stale(of) -> list[tuple[int, ...]]:
    return [one.stale for one in unready(of)]


def test_each_paragraph_stands_beside_the_one_it_translates(client, rivers):
    page = text_of(client.get(KOREAN_PAGE))

    first, second = page.index("First paragraph."), page.index("Second paragraph.")
    assert first < page.index('name="paragraph_1"') < second < page.index('name="paragraph_2"')
    assert page.count("Not translated yet") == 2
    assert '<p lang="en" dir="ltr">First paragraph.</p>' in page
    assert 'name="body"' not in page


def test_saved_translation_is_a_version_and_up_to_date(client, rivers):
    answer = client.post(KOREAN_PAGE, TYPED, follow=True)

    saved = LetterVersion.objects.get(language="ko")
    assert answer.redirect_chain == [(KOREAN_PAGE, 302)]
    assert text_of(answer).count("Up to date") == 2
    assert (saved.number, saved.paragraphs) == (1, ["첫째 문단.", "둘째 문단."])
    assert unready(rivers) == []


def test_preview_of_a_translation_is_the_public_sheet_and_saves_nothing(client, rivers):
    typed = {name: value for name, value in TYPED.items() if name != "save"}

    page = text_of(client.post(KOREAN_PAGE, {**typed, "paragraph_1": "미리 보기.", "preview": "yes"}))

    assert "<p>미리 보기.</p> <p>둘째 문단.</p>" in page
    assert not LetterVersion.objects.filter(language="ko").exists()


def test_changed_paragraph_is_marked_with_what_it_said_before(client, user, rivers):
    client.post(KOREAN_PAGE, TYPED)
    master(rivers, user, "First paragraph.\n\nThe second, changed.")

    page = text_of(client.get(KOREAN_PAGE))

    assert page.count("Up to date") == page.count("Out of date: the text beside it has changed") == 1
    assert "The second, changed." in page
    assert '<p lang="en" dir="ltr">Second paragraph.</p>' in page
    assert page.count("What this paragraph said when it was translated") == 1
    assert 'name="still_2"' in page
    assert 'name="still_1"' not in page


def test_saying_that_it_is_still_right_makes_it_up_to_date_without_a_new_version(client, user, rivers):
    client.post(KOREAN_PAGE, TYPED)
    master(rivers, user, "First paragraph.\n\nThe second, changed.")
    typed = {**TYPED, "master": "2", "seen": "1"}

    client.post(KOREAN_PAGE, typed)
    assert stale(rivers) == [(2,)]
    client.post(KOREAN_PAGE, {**typed, "still_2": "on"})

    assert stale(rivers) == []
    assert LetterVersion.objects.filter(language="ko").count() == 1
    assert JournalEntry.objects.filter(deed="letter.translation-checked").exists()


def test_translation_counts_for_the_master_that_stood_beside_it(client, user, rivers):
    master(rivers, user, "First paragraph.\n\nChanged while somebody was translating.")

    page = text_of(client.post(KOREAN_PAGE, TYPED, follow=True))

    assert stale(rivers) == [(2,)]
    assert "Out of date: the text beside it has changed" in page


def test_mistake_is_shown_beside_the_master_that_was_translated_and_says_that_it_has_changed(client, user, rivers):
    master(rivers, user, "First paragraph.\n\nChanged meanwhile.")

    page = text_of(client.post(KOREAN_PAGE, {**TYPED, "paragraph_1": ""}))

    assert "The letter in English has been changed since you opened this page." in page
    assert ("Second paragraph." in page, "Changed meanwhile." in page) == (True, False)
    assert 'name="master" value="1"' in page


@pytest.mark.parametrize("number", ["", "x", "7", "9" * 5000])
def test_master_that_makes_no_sense_is_the_newest(client, user, rivers, number):
    master(rivers, user, "First paragraph.\n\nSecond, changed.")

    client.post(KOREAN_PAGE, {**TYPED, "master": number})

    assert stale(rivers) == []


def test_empty_paragraph_is_named_with_what_to_do(client, rivers):
    page = text_of(client.post(KOREAN_PAGE, {**TYPED, "paragraph_2": " \r\n "}))

    assert "Paragraph 2 is empty. Write what paragraph 2 says in English, or take that one out first." in page
    assert "첫째 문단." in page
    assert not LetterVersion.objects.filter(language="ko").exists()


def test_two_paragraphs_in_one_field_are_named_with_what_to_do(client, rivers):
    page = text_of(client.post(KOREAN_PAGE, {**TYPED, "paragraph_2": "하나.\r\n\r\n둘.\r\n\r\n셋."}))

    assert "This holds 3 paragraphs, and paragraph 2 in English is one." in page
    assert not LetterVersion.objects.filter(language="ko").exists()


def test_differing_numbers_of_paragraphs_are_named_with_what_to_do(client, user, rivers):
    client.post(KOREAN_PAGE, TYPED)
    master(rivers, user, "First paragraph.\n\nNew.\n\nSecond paragraph.")

    page = text_of(client.get(KOREAN_PAGE))

    assert "The numbers of paragraphs differ: Korean has 2, English has 3." in page
    assert "Not translated yet, by their numbers in English: 2." in page
    assert page.count("Up to date") == 2


def test_paragraph_that_nothing_stands_beside_is_shown_and_left_out_on_saving(client, user, rivers):
    client.post(KOREAN_PAGE, TYPED)
    master(rivers, user, "Second paragraph.")

    page = text_of(client.get(KOREAN_PAGE))
    assert "Too many, by their numbers in Korean: 1." in page
    assert '<p lang="ko" dir="ltr">첫째 문단.</p>' in page
    client.post(KOREAN_PAGE, {**HEAD, "paragraph_1": "둘째 문단.", "master": "2", "seen": "1", "save": "yes"})

    assert LetterVersion.objects.get(language="ko", number=2).paragraphs == ["둘째 문단."]
    assert unready(rivers) == []


def test_translation_saved_meanwhile_is_shown_beside_what_was_typed(client, rivers):
    client.post(KOREAN_PAGE, {**TYPED, "paragraph_1": "오마르가 저장한 글."})

    page = text_of(client.post(KOREAN_PAGE, {**TYPED, "paragraph_1": "칼라가 쓴 글."}))

    assert ("<p>오마르가 저장한 글.</p>" in page, "칼라가 쓴 글.</textarea>" in page) == (True, True)
    assert 'name="seen" value="1"' in page
    assert LetterVersion.objects.filter(language="ko").count() == 1


def test_master_page_says_what_its_change_does(client, rivers):
    page = text_of(client.get("/desk/rivers/letter/en/"))

    assert "its translations are out of date until somebody has looked at them" in page
    assert "<li>Second paragraph.</li>" in page


def test_letter_can_be_written_whole_where_there_is_no_master_yet(client):
    of = edition("lakes", languages=["en", "ko"])

    client.post("/desk/lakes/letter/ko/", {**HEAD, "body": "글.", "seen": "0", "save": "yes"})

    assert "The letter is not written in English yet" in text_of(client.get("/desk/lakes/letter/ko/"))
    assert of.letters.get().body == "글."


def test_standing_names_each_language_with_what_is_to_do(client, user, rivers):
    client.post(KOREAN_PAGE, TYPED)
    master(rivers, user, "First, changed.\n\nNew.\n\nSecond paragraph.")
    a_claim(rivers, source="", texts={"en": "Rivers <are> long."})

    page = text_of(client.get(STANDING_PAGE))

    assert "Translations start from it" in page
    assert ("Out of date: paragraph 1" in page, "Not translated: paragraph 2" in page) == (True, True)
    assert '<a href="/desk/rivers/claims/c1/">Rivers &lt;are&gt; long.</a>' in page
    assert "It has no source." in page


def test_standing_of_a_letter_that_is_ready_says_so(client, rivers):
    client.post(KOREAN_PAGE, TYPED)

    page = text_of(client.get(STANDING_PAGE))

    assert ("No claim is to be settled." in page, "state-bad" in page) == (True, False)


def test_letter_in_a_language_without_pages_can_be_reached(client, user):
    of = edition("lakes", languages=["ko"])
    letter(of, user, "ko")
    letter(of, user, "en")

    page = text_of(client.get("/desk/lakes/letter/"))

    assert 'href="/desk/lakes/letter/en/"' in page
    assert client.get("/desk/lakes/letter/en/").status_code == 200


def test_letter_pages_ask_as_often_for_many_paragraphs_as_for_few(client, user, rivers, django_assert_num_queries):
    client.post(KOREAN_PAGE, TYPED, follow=True)
    with django_assert_num_queries(8):
        client.get(KOREAN_PAGE)
    with django_assert_num_queries(8):
        client.get(STANDING_PAGE)
    master(rivers, user, "\n\n".join(f"Paragraph {number}." for number in range(30)))
    for _number in range(5):
        a_claim(rivers, source="")

    # One query more: what the stale paragraphs said before.
    with django_assert_num_queries(9):
        client.get(KOREAN_PAGE)
    with django_assert_num_queries(8):
        client.get(STANDING_PAGE)


def test_typed_paragraphs_are_given_back_when_the_session_has_ended(rivers):
    page = text_of(client_of(None).post(KOREAN_PAGE, {**TYPED, "text_ko": "강 <은> 길다."}))

    assert ("첫째 문단." in page, "Paragraph 2" in page, "강 &lt;은&gt; 길다." in page) == (True, True, True)


def test_letter_that_no_font_can_draw_is_not_saved_and_says_which_signs(client, rivers):
    page = text_of(
        client.post(
            "/desk/rivers/letter/en/", {**LETTER, "dated": "", "seen": "1", "subject": "Rivers 𓀀", "save": "yes"}
        )
    )

    assert "the letter could not be printed: 𓀀." in page
    assert not LetterVersion.objects.filter(subject__contains="𓀀").exists()
