"""The letter with its sources behind the sentences, and each version of it at an address that stays."""

import re
from datetime import date

import pytest
from django.test import Client
from tests.letters.letter_steps import MASTER, a_claim, an_edition, carla, master, translated
from tests.signatures import signing_steps
from tests.signatures.signing_steps import an_entry, counted
from tests.web.site import page_of

from tongmun.campaigns.models import Edition
from tongmun.letters.models import LetterVersion

pytestmark = pytest.mark.django_db
PAGE = "/en/rivers/letter/"
VERSION = "/en/rivers/letter/versions/{language}/{number}/"


@pytest.fixture
def user():
    return carla()


@pytest.fixture
def rivers():
    return an_edition()


def text_of(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def letter_of(page: str) -> str:
    return re.findall(r'<article class="letter".*?</article>', page)[0]


def test_version_shows_exactly_its_text_after_the_next_is_written(client, user, rivers):
    letter = master(rivers, user)
    before = letter_of(text_of(client, VERSION.format(language="en", number=1)))
    a_claim(rivers, sentences={"en": MASTER[1]})
    master(rivers, user, "Another text.", based_on=1)
    Edition.objects.update(day=date(2028, 1, 1))

    page = text_of(client, VERSION.format(language="en", number=1))

    assert letter_of(page) == before
    assert [paragraph in before for paragraph in MASTER] == [True] * 3
    assert f"<code>{letter.digest}</code>" in page
    assert "Another text." not in page


def test_version_says_whether_there_is_a_newer_one(client, user, rivers):
    master(rivers, user)
    alone = text_of(client, VERSION.format(language="en", number=1))
    master(rivers, user, "Another text.", based_on=1)

    old, new = (text_of(client, VERSION.format(language="en", number=number)) for number in (1, 2))

    words, none = "There is a newer version of this text", "No newer version of it has been written."
    assert [(words in page, none in page) for page in (alone, old, new)] == [
        (False, True),
        (True, False),
        (False, True),
    ]
    assert 'href="/en/rivers/letter/versions/en/2/"' in old
    assert 'href="/en/rivers/letter/versions/en/1/"' in new


def test_version_in_another_language_knows_only_its_own_kind(client, user, rivers):
    translated(master(rivers, user), user)
    master(rivers, user, "Another text.", based_on=1)

    page = client.get("/ko/rivers/letter/versions/ko/1/")

    assert '<article class="letter" lang="ko" dir="ltr">' in page.content.decode()
    assert "/letter/versions/ko/2/" not in page.content.decode()
    assert {link["href"] for link in page_of(page).all("a") if "hreflang" in link} == {
        "/en/rivers/letter/versions/ko/1/"
    }


@pytest.mark.parametrize(("language", "number"), [("en", "2"), ("en", "0"), ("en", "9" * 40), ("ko", "1"), ("xx", "1")])
def test_version_that_never_was_is_not_found(client, user, rivers, language, number):
    master(rivers, user)

    assert client.get(VERSION.format(language=language, number=number)).status_code == 404


def test_version_of_a_draft_or_of_another_edition_is_not_found(client, user, rivers):
    master(an_edition("lakes"), user)
    assert client.get(VERSION.format(language="en", number=1)).status_code == 404
    master(rivers, user)
    Edition.objects.filter(slug="rivers").update(state="draft")

    assert client.get(VERSION.format(language="en", number=1)).status_code == 404


def test_letter_leads_to_the_address_of_the_text_it_shows(client, user, rivers):
    master(rivers, user)
    master(rivers, user, "Another text.", based_on=1)

    assert 'href="/en/rivers/letter/versions/en/2/"' in text_of(client, PAGE)


def test_signer_is_led_to_the_text_they_signed(client):
    trial = signing_steps.an_edition()
    secret = counted(trial, an_entry())
    seen = trial.letters.get()
    LetterVersion.objects.create(
        **{
            field.name: getattr(seen, field.name)
            for field in LetterVersion._meta.concrete_fields
            if field.name not in {"id", "number", "body"}
        },
        number=2,
        body="Another text.",
    )

    page = text_of(client, f"/mine/{secret}/")
    [address] = re.findall(r'href="([^"]*/letter/versions/[^"]*)"', page)

    assert address == f"/en/{trial.slug}/letter/versions/en/1/"
    assert seen.paragraphs[0] in text_of(client, address)


def test_source_stands_behind_its_sentence_and_leads_there_and_back(client, user, rivers):
    master(rivers, user)
    a_claim(rivers, paragraph=3)
    a_claim(rivers, sentences={"en": "The river is long."}, source="Atlas, https://example.org/atlas?a=1&b=2.")

    page = text_of(client, PAGE)

    assert (
        'The river is long.<sup class="source-mark no-print"><a lang="en" href="#source-1" id="mark-1" '
        'aria-label="Source 1">1</a></sup> It is 1,200 km.</p>'
    ) in page
    assert f'{MASTER[2]}<sup class="source-mark no-print"><a lang="en" href="#source-2"' in page
    rows = re.findall(r'<tr id="source-(\d)">(.*?)</tr>', page)
    assert [number for number, _row in rows] == ["1", "2"]
    assert '<a href="#mark-1" aria-label="Back to the letter, paragraph 1">1</a>' in rows[0][1]
    link = '<a href="https://example.org/atlas?a=1&amp;b=2" rel="noopener noreferrer">https://example.org/atlas?a=1&amp;b=2</a>.'
    assert f"<bdi>Atlas, {link}</bdi>" in rows[0][1]


def test_source_in_a_language_without_the_sentence_stands_behind_the_paragraph(client, user, rivers):
    letter = translated(master(rivers, user), user)
    a_claim(rivers, paragraph=1, sentences={"en": "The river is long."})

    page = text_of(client, "/ko/rivers/letter/")

    assert f'{letter.paragraphs[0]}<sup class="source-mark' in page


def test_source_of_a_sentence_that_has_changed_is_kept_and_says_so(client, user, rivers):
    master(rivers, user)
    a_claim(rivers, sentences={"en": "The river is short."})

    page = text_of(client, PAGE)

    assert ("The letter has changed here since." in page, "Atlas, page 3" in page) == (True, True)
    assert "source-mark" not in page
    assert "#mark-" not in page


def test_markup_in_a_claim_or_a_sentence_stays_text(client, user, rivers):
    master(rivers, user, "The <b>river</b> is long.")
    a_claim(rivers, sentences={"en": "<b>river</b>"}, source='https://example.org/"><script>x</script>')

    page = text_of(client, PAGE)

    assert "The &lt;b&gt;river&lt;/b&gt;<sup" in page
    assert ("<script" in page, "<b>river" in page) == (False, False)


def test_version_that_people_signed_carries_no_marks(client, user, rivers):
    master(rivers, user)
    a_claim(rivers, sentences={"en": MASTER[1]})

    assert "source-mark" in text_of(client, PAGE)
    assert "source-mark" not in text_of(client, VERSION.format(language="en", number=1))
