"""Organisations sign on through the pages, and stand in the ring."""

import datetime as dt
import xml.etree.ElementTree as ET
from hashlib import sha256
from io import BytesIO

import pytest
import time_machine
from django.test import Client
from PIL import Image
from pypdf import PdfReader
from tests.signons.sign_on_steps import (
    AT,
    a_letter,
    an_edition,
    asked,
    carla,
    invited,
    last_secret,
    mails,
    said,
    signed,
)

from tongmun.campaigns.models import Call, Membership, Organisation
from tongmun.signatures.admission import new_stamp
from tongmun.signons.actions.confirm import confirm
from tongmun.signons.actions.set_deadline import set_deadline
from tongmun.signons.models import Invitation, Logo, SignOn

pytestmark = pytest.mark.django_db

PAGE = "/en/rivers/organisations/"
ASK = f"{PAGE}sign-on/"


@pytest.fixture(autouse=True)
def some_day():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def rivers():
    edition = an_edition()
    for language in edition.languages:
        Call.objects.create(edition=edition, language=language, title="Rivers", what="Come.", changed_on=AT.date())
    return edition


@pytest.fixture
def letter(rivers):
    return a_letter(rivers)


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def form(letter, **changes: str) -> dict[str, str]:
    typed = {
        "letter": letter.digest,
        "name_en": "River Friends",
        "name_ko": "강의 벗",
        "country": "KR",
        "members": "1200",
        "members_as_of": "2027-01-01",
        "person": "Mina Park",
        "position": "chair",
        "authority": "decision of the board of 3 May",
        "agrees": "on",
    }
    return {**typed, **changes}


def request_link(client, address: str, **changes: str):
    stamp = new_stamp(edition="rivers", at=AT - dt.timedelta(seconds=10))
    return client.post(ASK, {"email": address, "stamp": stamp, **changes})


def picture() -> BytesIO:
    written = BytesIO()
    Image.new("RGB", (90, 30)).save(written, "PNG")
    written.seek(0)
    written.name = "suzie-canary.png"
    return written


def test_organisation_goes_from_the_form_into_the_ring_and_out_again(client, rivers, letter):
    assert "Ask for a link" in text(client.get(PAGE))
    sent = request_link(client, "office@rivers.example")
    assert sent.headers["Location"] == f"{ASK}sent/"
    address = f"/sign-on/{last_secret()}/"
    assert "version 1 of the letter in English" in text(client.get(address))

    confirmed = client.post(address, form(letter))

    assert confirmed.headers["Location"] == f"{ASK}confirmed/"
    page = text(client.get(PAGE))
    assert "River Friends" in page
    assert "강의 벗" in page
    assert "Signed version 1 of the letter in English. 1200 members on Friday, 1 January 2027." in page
    assert "Confirmed from <bdi>rivers.example</bdi>." in page
    own = f"/organisation/{last_secret()}/"
    assert "River Friends" in text(client.get(own))
    assert client.post(own, {"do": "withdraw"}).headers["Location"] == f"{ASK}withdrawn/"
    assert "River Friends" not in text(client.get(PAGE))
    assert client.get(own).status_code == 410
    assert client.get(address).status_code == 410


def test_following_the_links_changes_nothing(client, rivers, letter):
    secret = asked(rivers, "office@rivers.example")
    for method in (client.get, client.head):
        assert method(f"/sign-on/{secret}/").status_code == 200
    assert (SignOn.objects.count(), Invitation.objects.count()) == (0, 1)

    confirm(secret=secret, letter=letter, said=said(), at=AT)
    client.get(f"/organisation/{last_secret()}/?do=withdraw")

    assert SignOn.objects.standing().count() == 1


def test_whatever_is_not_confirmed_appears_nowhere(client, rivers, letter):
    invited(rivers, "a@canary-one.example", Organisation.objects.create(slug="canary-two", names={"en": "Canary Two"}))
    signed(rivers, letter, "Canary Three", address="canary-four@gmail.com")

    pages = [client.get(f"/en/rivers/{page}") for page in ("", "organisations/", "organisations/ring.svg", "letter/")]

    assert [page.status_code for page in pages] == [200] * 4
    assert not any("canary" in page.content.decode().lower() for page in pages)
    assert client.get(f"{PAGE}ring.pdf").status_code == 404


def test_page_shows_an_organisation_once_however_it_came(client, rivers, letter):
    friends = Organisation.objects.create(slug="river-friends", names={"en": "River Friends", "de": "Flussfreunde"})
    others = Organisation.objects.create(slug="lake-friends", names={"en": "Lake Friends"})
    for position, one in enumerate((friends, others)):
        Membership.objects.create(edition=rivers, organisation=one, role="host", position=position)
    confirm(secret=invited(rivers, "a@rivers.example", friends), letter=letter, said=said("The River Friends"), at=AT)

    page = text(client.get(PAGE))

    assert page.count('<tr id="river-friends">') == page.count('<tr id="lake-friends">') == 1
    row = page.split('<tr id="river-friends">')[1].split("</tr>")[0]
    for words in ("The River Friends", "Flussfreunde", "host", "Signed version 1"):
        assert words in row
    assert page.index("Lake Friends") < page.index("The River Friends")
    assert "Signed" not in page.split('<tr id="lake-friends">')[1].split("</tr>")[0]


@pytest.mark.parametrize("item_count", [1, 3])
def test_page_of_the_organisations_takes_four_queries(item_count, client, rivers, letter, django_assert_num_queries):
    for number in range(item_count):
        signed(rivers, letter, f"Friends {number}")

    with django_assert_num_queries(4):
        assert text(client.get(PAGE)).count("Signed version 1") == item_count


def test_sign_on_belongs_to_the_version_that_stood_above_the_button(client, rivers, letter):
    address = f"/sign-on/{asked(rivers, 'office@rivers.example')}/"
    a_letter(rivers, based_on=1, body="Another text.")
    assert "version 2 of the letter" in text(client.get(address))

    client.post(address, form(letter))

    assert SignOn.objects.get().letter == letter


@pytest.mark.parametrize(
    ("mistake", "words"),
    [
        ({"agrees": ""}, "Without this tick nothing is signed."),
        ({"name_en": "www.rivers.example"}, "cannot be an address"),
        ({"name_en": "=1+1"}, "cannot begin with"),
        ({"name_en": "1 2 3"}, "no letter"),
        ({"name_en": "x" * 161}, "longer than 160"),
        ({"name_en": "River\u202eFriends"}, "invisible"),
        ({"own_name": "Les Amis"}, "choose the language"),
        ({"country": "ZZ"}, "not one of the available choices"),
        ({"members": "-3"}, "greater than or equal to 1"),
        ({"members": "many"}, "whole number"),
        ({"members": ""}, "how many there were"),
        ({"members_as_of": ""}, "on which day"),
        ({"members_as_of": "2027-08-11"}, "has not come yet"),
        ({"person": ""}, "fill this in"),
        ({"position": ""}, "fill this in"),
        ({"authority": "x" * 301}, "longer than 300"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(mistake, words, client, rivers, letter):
    address = f"/sign-on/{asked(rivers, 'office@rivers.example')}/"

    page = text(client.post(address, form(letter, **mistake)))

    assert words in page
    assert 'value="decision of the board of 3 May"' in page or "authority" in mistake
    assert not SignOn.objects.exists()


def test_organisation_needs_a_name_in_some_language_and_any_will_do(client, rivers, letter):
    address = f"/sign-on/{asked(rivers, 'office@rivers.example')}/"
    nameless = form(letter, name_en="", name_ko="")
    assert "at least one language" in text(client.post(address, nameless))

    client.post(address, {**nameless, "own_name": "一封信", "own_language": "zh"})

    assert SignOn.objects.get().names == {"zh": "一封信"}
    assert "一封信" in text(client.get(PAGE))


def test_sign_on_from_a_free_provider_is_said_to_wait(client, rivers, letter):
    address = f"/sign-on/{asked(rivers, 'friends@gmail.com')}/"

    answer = client.post(address, form(letter))

    assert answer.headers["Location"] == f"{ASK}held/"
    assert "The organisers look at it first" in text(client.get(f"{ASK}held/"))


def test_organisation_that_stands_is_told_so_and_nothing_changes(client, rivers, letter):
    friends = Organisation.objects.create(slug="river-friends", names={"en": "River Friends"})
    confirm(secret=invited(rivers, "a@rivers.example", friends), letter=letter, said=said(), at=AT)
    address = f"/sign-on/{invited(rivers, 'b@rivers.example', friends)}/"

    page = text(client.post(address, form(letter)))

    assert "has signed on already" in page
    assert SignOn.objects.count() == 1


def test_answer_is_the_same_whether_the_mailbox_has_a_link_or_not(client, rivers):
    answers = [request_link(client, "office@rivers.example") for _ in range(2)]

    assert {(one.status_code, one.headers["Location"], one.content) for one in answers} == {(302, f"{ASK}sent/", b"")}
    assert len(mails()) == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": "nobody"}, "not an e-mail address"),
        ({"stamp": ""}, "open for a long time"),
        ({"website": "https://spam.example"}, "has to stay empty"),
    ],
)
def test_form_that_no_person_has_sent_brings_no_mail(changes, words, client, rivers):
    page = text(request_link(client, "office@rivers.example", **changes))

    assert words in page
    assert not mails()


def test_form_that_stood_on_somebody_elses_page_is_refused(rivers):
    stamp = new_stamp(edition="rivers", at=AT - dt.timedelta(seconds=10))

    answer = Client(headers={"sec-fetch-site": "cross-site"}).post(ASK, {"email": "a@rivers.example", "stamp": stamp})

    assert answer.status_code == 403
    assert not mails()


def test_after_the_deadline_form_link_and_page_say_so(client, rivers, letter):
    address = f"/sign-on/{asked(rivers, 'office@rivers.example')}/"
    set_deadline(edition=rivers, day=AT.date(), clock=dt.time(18), zone="Asia/Seoul", by=carla(), at=AT)

    pages = [client.get(PAGE), client.get(ASK), request_link(client, "b@rivers.example"), client.get(address)]
    pages.append(client.post(address, form(letter)))

    assert [page.status_code for page in pages] == [200] * 5
    for page in pages:
        assert "It is too late now." in text(page)
        assert "10 August 2027" in text(page)
        assert "UTC+09:00" in text(page)
    assert "Ask for a link" not in text(pages[0])
    assert not SignOn.objects.exists()


def test_deadline_to_come_is_shown(client, rivers):
    set_deadline(edition=rivers, day=dt.date(2027, 9, 1), clock=dt.time(18), zone="Asia/Seoul", by=carla(), at=AT)

    assert "Organisations can sign on until" in text(client.get(ASK))


def test_logo_is_shown_without_its_metadata_and_taken_away_again(client, rivers, letter):
    made = signed(rivers, letter)
    own, address = f"/organisation/{last_secret()}/", f"{PAGE}{made.organisation.slug}/logo.png"
    assert client.get(address).status_code == 404

    client.post(own, {"do": "logo", "logo": picture()})

    shown = client.get(address)
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/png")
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert address in text(client.get(PAGE))
    client.post(own, {"do": "remove-logo"})
    assert client.get(address).status_code == 404
    assert address not in text(client.get(PAGE))


def test_drawing_is_refused_with_what_to_send_instead(client, rivers, letter):
    signed(rivers, letter)
    drawing = BytesIO(b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    drawing.name = "logo.svg"

    page = text(client.post(f"/organisation/{last_secret()}/", {"do": "logo", "logo": drawing}))

    assert "Please send the logo as PNG, JPEG or WebP" in page
    assert not Logo.objects.exists()


def test_ring_as_a_picture_is_whole_and_says_its_names(client, rivers, letter):
    signed(rivers, letter, "Rivers & <Friends>")
    signed(rivers, letter, "Lake", names={"ar": "أصدقاء النهر", "en": "Lake"}, country="EG")

    answer = client.get(f"{PAGE}ring.svg")

    drawn = ET.fromstring(answer.content)  # noqa: S314 -- our own
    names = {"svg": "http://www.w3.org/2000/svg"}
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert drawn.get("role") == "img"
    assert drawn.find("svg:title", names).text == "Organisations that stand behind the letter"
    described = drawn.find("svg:desc", names).text
    assert "Rivers & <Friends>" in described
    assert "أصدقاء النهر (Lake)" in described
    assert {one.text for one in drawn.iter("{http://www.w3.org/2000/svg}text")} == {
        "Rivers & <Friends>",
        "أصدقاء النهر",
    }
    assert b"style=" not in answer.content
    assert b"<script" not in answer.content


def test_ring_of_seventy_in_six_scripts_is_printed_on_one_page_and_listed_on_the_next(client, rivers, letter):
    forms = [
        {"en": "River Friends %d"},
        {"ko": "강의 벗 %d"},
        {"ar": "أصدقاء النهر %d"},
        {"ru": "Друзья реки %d"},
        {"ja": "川を守る会 %d"},
        {"hi": "नदी मित्र %d"},
        {"en": "International Coalition for the Protection of Rivers and of Everybody who Lives along Them %d"},
    ]
    for number in range(70):
        names = {code: name % number for code, name in forms[number % 7].items()}
        signed(rivers, letter, f"Friends {number}", names=names)

    answers = [client.get(f"{PAGE}ring.pdf") for _ in range(2)]

    pages = PdfReader(BytesIO(answers[0].content)).pages
    assert len(pages) == 2
    assert answers[0].content == answers[1].content
    ring, listed = (page.extract_text() for page in pages)
    for number in range(0, 70, 7):
        assert f"River Friends {number}" in " ".join(ring.split())
        assert f"River Friends {number}" in " ".join(listed.split())


def test_name_that_no_font_can_draw_keeps_nobody_from_being_printed(client, rivers, letter):
    signed(rivers, letter, "River \U00012000 Friends")
    signed(rivers, letter, "Lake Friends")

    answer = client.get(f"{PAGE}ring.pdf")

    listed = PdfReader(BytesIO(answer.content)).pages[1].extract_text()
    assert "River ? Friends" in listed
    assert "Lake Friends" in listed


def test_place_in_the_ring_can_be_recomputed_from_the_page(client, rivers, letter):
    for number in range(12):
        signed(rivers, letter, f"Friends {number}")
    slugs = list(rivers.sign_ons.values_list("organisation__slug", flat=True))

    drawn = ET.fromstring(client.get(f"{PAGE}ring.svg").content)  # noqa: S314 -- our own

    ring = sorted(slugs, key=lambda slug: sha256(f"no-borders/rivers/{slug}".encode()).digest())
    names = dict(rivers.sign_ons.values_list("organisation__slug", "names"))
    assert [one.text for one in drawn.iter("{http://www.w3.org/2000/svg}text")] == [names[slug]["en"] for slug in ring]
    page = text(client.get(PAGE))
    assert all(f'<tr id="{slug}">' in page for slug in slugs)


def test_landing_that_does_not_exist_is_not_found(client, rivers):
    assert client.get(f"{ASK}lost/").status_code == 404
