"""The way in: one-time links, passwords, and what stops guessing."""

import datetime as dt
import re

import pytest
from desk_sample import CARLA, EVE, PASSWORD, account, carla, client_of, edition
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tongmun.people.actions.make_link import make_organiser_link
from tongmun.people.models import JournalEntry, User

pytestmark = pytest.mark.django_db

SIGN_IN = "/desk/sign-in/"
NEW = {"email": CARLA, "name": "Carla", "password": "wind-over-water-77"}


def sign_in(client: Client, email: str = CARLA, password: str = PASSWORD, **more: str):
    return client.post(SIGN_IN, {"username": email, "password": password, **more})


def words(page: bytes) -> str:
    """The page without what differs from one form to the next anyway."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page.decode())


def test_link_makes_an_organiser_and_signs_them_in():
    client, secret = Client(), make_organiser_link(at=timezone.now())

    answer = client.post(f"/desk/open/{secret}/", NEW)

    user = User.objects.get(email=CARLA)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/desk/")
    assert user.is_organiser
    assert user.check_password(NEW["password"])
    assert client.get("/desk/").status_code == 200


def test_link_is_not_used_up_by_looking_at_it():
    secret = make_organiser_link(at=timezone.now())

    for _ in range(3):
        Client().get(f"/desk/open/{secret}/")
    answer = Client().post(f"/desk/open/{secret}/", NEW)

    assert answer.status_code == 302


@pytest.mark.parametrize("why", ["used", "expired", "unknown"])
def test_link_that_opens_nothing_says_how_to_print_another(why):
    secret = make_organiser_link(at=timezone.now() - dt.timedelta(hours=49 if why == "expired" else 1))
    if why == "used":
        Client().post(f"/desk/open/{secret}/", {**NEW, "email": EVE})
    if why == "unknown":
        secret = "x" + secret

    answers = [Client().get(f"/desk/open/{secret}/"), Client().post(f"/desk/open/{secret}/", NEW)]

    assert [answer.status_code for answer in answers] == [410, 410]
    assert all("tongmun organiser-link" in answer.content.decode() for answer in answers)
    assert not User.objects.filter(email=CARLA).exists()


def test_link_form_keeps_what_was_typed_but_not_the_password():
    secret = make_organiser_link(at=timezone.now())

    page = Client().post(f"/desk/open/{secret}/", {**NEW, "password": "short"}).content.decode()

    assert 'value="carla@example.org"' in page
    assert 'id="id_password_error"' in page
    assert "short" not in page.replace("This password is too short", "")
    assert not User.objects.exists()


def test_signing_in_gives_the_session_another_key():
    carla()
    client = Client()
    client.get(SIGN_IN)
    session = client.session
    session["before"] = "kept"
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key

    sign_in(client)

    assert client.cookies[settings.SESSION_COOKIE_NAME].value != session.session_key
    assert client.cookies[settings.SESSION_COOKIE_NAME]["path"] == "/desk/"
    assert client.get("/desk/mail/").status_code == 200


def test_wrong_address_wrong_password_and_closed_account_read_the_same():
    carla()
    account(EVE, is_organiser=True)
    User.objects.filter(email=EVE).update(is_active=False)

    pages = [
        words(sign_in(Client(), email, password).content).replace(email, "…")
        for email, password in ((CARLA, "wrong"), ("nobody@example.org", "wrong"), (EVE, PASSWORD))
    ]

    assert pages[0] == pages[1] == pages[2]
    assert "Address and password do not belong together" in pages[0]


@pytest.mark.parametrize(
    ("target", "goes_to"),
    [
        ("/desk/rivers/names/", "/desk/rivers/names/"),
        ("https://evil.example/desk/", "/desk/"),
        ("//evil.example/desk/", "/desk/"),
        ("/\\evil.example", "/desk/"),
        ("/en/", "/desk/"),
        ("javascript:alert(1)", "/desk/"),
    ],
)
def test_signing_in_goes_on_only_to_the_desk(target, goes_to):
    carla()

    answer = sign_in(Client(), next=target)

    assert answer.headers["Location"] == goes_to


def test_sign_in_form_repeats_no_foreign_target():
    page = Client().get(SIGN_IN, {"next": "https://evil.example/"}).content.decode()

    assert "evil.example" not in page


def test_sixth_try_is_refused_even_with_the_right_password():
    carla()

    answers = [sign_in(Client(), password=f"guess {number}").status_code for number in range(5)]
    last = sign_in(Client())

    assert answers == [200] * 5
    assert last.status_code == 429
    assert "_auth_user_id" not in last.client.session


def test_brake_treats_unknown_addresses_like_known_ones():
    carla()

    pages = []
    for email in (CARLA, "nobody@example.org"):
        for _ in range(5):
            sign_in(Client(), email, "guess")
        answer = sign_in(Client(), email, "guess")
        pages.append((answer.status_code, words(answer.content)))

    assert pages[0] == pages[1]
    assert pages[0][0] == 429


@pytest.mark.parametrize(
    "spelling", ["CARLA@example.org", " carla@example.org ", "ｃarla@example.org", "carla@example。org"]
)
def test_brake_counts_spellings_of_an_address_together(spelling):
    carla()
    for _ in range(5):
        sign_in(Client(), spelling, "guess")

    answer = sign_in(Client())

    assert answer.status_code == 429


def test_brake_counts_both_forms_of_a_domain_in_another_script_together():
    for _ in range(5):
        sign_in(Client(), "carla@bücher.example", "guess")

    answer = sign_in(Client(), "carla@xn--bcher-kva.example")

    assert answer.status_code == 429


def test_sign_in_form_speaks_of_the_address_in_the_language_of_the_page():
    page = Client(headers={"accept-language": "ko"}).get(SIGN_IN).content.decode()

    assert "이메일 주소" in page
    assert ">Email<" not in page.replace("\n", "")


def test_brake_on_one_account_leaves_the_others_free():
    carla()
    account(EVE, is_organiser=True)
    for _ in range(6):
        sign_in(Client(), EVE, "guess")

    answer = sign_in(Client())

    assert answer.status_code == 302


def test_brake_lets_go_after_a_quarter_of_an_hour(time_machine_at):
    carla()
    start = timezone.now()
    with time_machine_at(start):
        for _ in range(6):
            sign_in(Client(), password="guess")
    with time_machine_at(start + dt.timedelta(minutes=14)):
        early = sign_in(Client())
    with time_machine_at(start + dt.timedelta(minutes=16)):
        late = sign_in(Client())

    assert (early.status_code, late.status_code) == (429, 302)


def test_signing_in_forgets_earlier_failures():
    carla()
    for _ in range(4):
        sign_in(Client(), password="guess")
    sign_in(Client())
    for _ in range(4):
        sign_in(Client(), password="guess")

    answer = sign_in(Client())

    assert answer.status_code == 302


def test_link_releases_the_brake_of_its_address():
    for _ in range(6):
        sign_in(Client(), password="guess")
    secret = make_organiser_link(at=timezone.now())
    Client().post(f"/desk/open/{secret}/", NEW)

    answer = sign_in(Client(), password=NEW["password"])

    assert answer.status_code == 302


def test_brake_keeps_no_address_and_nothing_about_the_machine():
    sign_in(Client(REMOTE_ADDR="203.0.113.7", HTTP_USER_AGENT="Lantern/1"), password="guess")

    kept = " ".join([*cache._cache, *map(repr, cache._cache.values())])

    assert "desk.tries." in kept
    assert not [trace for trace in ("carla", "example.org", "203.0.113.7", "Lantern") if trace in kept]


def test_signing_out_ends_the_session_in_the_database():
    client = client_of(carla())
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value

    answer = client.post("/desk/sign-out/")
    again = Client()
    again.cookies[settings.SESSION_COOKIE_NAME] = cookie

    assert answer.headers["Location"] == SIGN_IN
    assert again.get("/desk/mail/").status_code == 302


def test_forms_without_token_are_refused():
    client = Client(enforce_csrf_checks=True)
    client.force_login(carla())

    answers = [
        client.post(address, {"language": "ko"}).status_code for address in ("/desk/mail/", "/desk/language/", SIGN_IN)
    ]

    assert answers == [403, 403, 403]


def test_language_of_the_desk_stays_at_the_desk():
    client = Client()

    answer = client.post("/desk/language/", {"language": "ar", "next": SIGN_IN})

    cookie = client.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (cookie.value, cookie["path"], cookie["samesite"], bool(cookie["httponly"])) == ("ar", "/desk/", "Lax", True)
    assert answer.headers["Location"] == SIGN_IN
    assert '<html lang="ar" dir="rtl">' in client.get(SIGN_IN).content.decode()


def test_language_this_site_does_not_have_is_not_remembered():
    client = Client()

    client.post("/desk/language/", {"language": "xx"})

    assert settings.LANGUAGE_COOKIE_NAME not in client.cookies


def test_text_typed_after_the_session_ended_is_given_back():
    edition()

    answer = Client().post("/desk/rivers/call/en/", {"title": "A long <night> of work", "save": "yes"})

    assert answer.status_code == 403
    assert "A long &lt;night&gt; of work" in answer.content.decode()
    assert 'href="/desk/sign-in/?next=/desk/rivers/call/en/"' in answer.content.decode()


def test_journal_names_the_organiser_and_never_an_address():
    secret = make_organiser_link(at=timezone.now())
    client = Client()
    client.post(f"/desk/open/{secret}/", NEW)

    page = client.get("/desk/journal/").content.decode()

    assert ("Carla" in page, "Opened the desk with a link" in page, "Command line" in page) == (True, True, True)
    assert CARLA not in page
    assert secret not in page


def test_journal_names_an_account_in_the_language_of_the_page():
    client, user = Client(), carla()
    client.force_login(user)
    JournalEntry.objects.create(at=timezone.now(), by=user, deed="organiser-link.used", subject=f"account {user.pk}")

    english = client.get("/desk/journal/").content.decode()
    client.post("/desk/language/", {"language": "ko", "next": "/desk/"})
    korean = client.get("/desk/journal/").content.decode()

    assert f"<bdi>Account {user.pk}</bdi>" in english
    assert f"<bdi>계정 {user.pk}</bdi>" in korean


def test_journal_shows_the_last_two_hundred_entries():
    user = carla()
    for number in range(1, 203):
        JournalEntry.objects.create(at=timezone.now(), by=user, deed="call.changed", subject=f"entry-{number}.")

    page = client_of(user).get("/desk/journal/").content.decode()

    assert page.count("entry-") == 200
    assert page.index("entry-202.") < page.index("entry-3.")
    assert "entry-2." not in page
