"""The door before Django: the same answer and the same rows as the page, and everything else handed on as it came."""

from datetime import timedelta
from io import BytesIO
from urllib.parse import urlencode

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError
from django.utils import timezone
from tests.signatures.signing_steps import an_edition, mails, writing_connection

from tongmun.campaigns.models import Edition, Membership, Organisation
from tongmun.outbox.models import Mail
from tongmun.signatures.admission import new_stamp
from tongmun.signatures.models import Pending
from tongmun.web.front_door import FrontDoor

pytestmark = pytest.mark.django_db
PATH = "/ko/trial/sign/"


class Behind:
    """An application that notes what reaches it."""

    def __init__(self):
        self.bodies = []

    def __call__(self, environ, start_response):
        self.bodies.append(environ["wsgi.input"].read())
        start_response("200 OK", [])
        return [b"behind"]


@pytest.fixture
def edition():
    return an_edition()


def form(edition: Edition, **changes: str) -> dict[str, str]:
    stamp = new_stamp(edition=edition.slug, at=timezone.now() - timedelta(minutes=1))
    typed = {"way": "private", "name": "민", "email": "min@example.org", "country": "KR", "stamp": stamp}
    return {**typed, "letter": edition.letters.get().digest, **changes}


def post(door, body: bytes, path: str = PATH, **environ: str):
    """Send a form; give the status, the headers and the body of the answer."""
    answer = []
    request = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "REMOTE_ADDR": "198.51.100.7",
        "wsgi.input": BytesIO(body),
        "wsgi.url_scheme": "http",
        **environ,
    }
    content = b"".join(door(request, lambda status, headers: answer.extend([status, dict(headers)])))
    return *answer, content


def encoded(typed: dict[str, str]) -> bytes:
    return urlencode(typed).encode()


def test_good_form_is_taken_in_without_django(edition):
    behind = Behind()

    status, headers, _ = post(FrontDoor(behind), encoded(form(edition)))

    assert (status, headers["Location"], behind.bodies) == ("302 Found", "/ko/trial/sign/sent/", [])
    assert Pending.objects.get().edition == edition
    assert [mail["language"] for mail in mails("confirmation")] == ["ko"]


@pytest.mark.django_db(transaction=True)
def test_answer_has_the_headers_of_djangos_own(edition):
    ours = post(FrontDoor(Behind()), encoded(form(edition)))
    theirs = post(get_wsgi_application(), encoded(form(edition, email="other@example.org")))

    assert ours[0] == theirs[0]
    needless = {"Expires", "Cross-Origin-Opener-Policy", "Vary", "Content-Language"}
    assert {name: value for name, value in theirs[1].items() if name not in needless} == ours[1]


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"email": "a@localhost"}, PATH),
        ({"name": "=cmd()"}, PATH),
        ({"stamp": "forged"}, PATH),
        ({"website": "x"}, PATH),
        ({"letter": "f" * 64}, PATH),
        ({"country": "XX"}, PATH),
        ({}, "/fr/trial/sign/"),
        ({}, "/ko/other/sign/"),
        ({}, "/ko/trial/x/sign/"),
        ({}, "/sign/"),
    ],
)
def test_everything_else_goes_on_as_it_came(edition, changes, path):
    behind = Behind()
    body = encoded(form(edition, **changes))

    answer = post(FrontDoor(behind), body, path)

    assert answer[2] == b"behind"
    assert behind.bodies == [body]
    assert not Pending.objects.exists()


@pytest.mark.parametrize(
    "environ",
    [
        {"CONTENT_TYPE": "multipart/form-data; boundary=x"},
        {"CONTENT_LENGTH": ""},
        {"CONTENT_LENGTH": "-1"},
        {"CONTENT_LENGTH": "99999999"},
        {"HTTP_ORIGIN": "https://elsewhere.example"},
        {"HTTP_HOST": "elsewhere.example"},
        {"HTTP_HOST": "bad host"},
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
    ],
)
def test_form_that_came_in_another_way_is_left_to_django(edition, environ):
    behind = Behind()

    post(FrontDoor(behind), encoded(form(edition)), **environ)

    assert len(behind.bodies) == 1
    assert not Pending.objects.exists()


@pytest.mark.parametrize(("environ", "reached"), [({}, 1), ({"HTTP_X_FORWARDED_PROTO": "https"}, 0)])
def test_form_that_has_to_come_by_https_is_left_to_django_when_it_does_not(edition, settings, environ, reached):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    behind = Behind()

    post(FrontDoor(behind), encoded(form(edition)), **environ)

    assert len(behind.bodies) == reached


@pytest.mark.parametrize("body", [b"\xff\xfe=%00", b"way=%FF%FE", b"a=1&" * 100, b"%", b""])
def test_bytes_that_are_no_form_are_left_to_django(edition, body):
    behind = Behind()

    post(FrontDoor(behind), body)

    assert behind.bodies == [body]


def test_closed_edition_is_not_signed_for_long(edition, monkeypatch):
    behind = Behind()
    door = FrontDoor(behind)
    post(door, encoded(form(edition)))
    Edition.objects.update(state="closed")
    monkeypatch.setattr("tongmun.web.front_door.SECONDS_TO_REMEMBER", 0)

    post(door, encoded(form(edition, email="late@example.org")))

    assert len(behind.bodies) == 1
    assert Pending.objects.count() == 1


def test_organisation_whose_link_was_followed_is_kept(edition):
    organisation = Organisation.objects.create(slug="north-star", names={"en": "North Star"})
    Membership.objects.create(edition=edition, organisation=organisation, position=1)

    post(FrontDoor(Behind()), encoded(form(edition, via="north-star")))
    post(FrontDoor(Behind()), encoded(form(edition, via="stranger", email="other@example.org")))

    assert list(Pending.objects.order_by("pk").values_list("via__slug", flat=True)) == ["north-star", None]


def test_sixth_from_one_network_within_a_minute_gets_the_mail_later(edition):
    door = FrontDoor(Behind())

    for number in range(7):
        post(door, encoded(form(edition, email=f"p{number}@gmail.com")), REMOTE_ADDR="203.0.113.9")

    assert list(Mail.objects.order_by("pk").values_list("tries", flat=True)) == [0, 0, 0, 0, 0, 1, 1]


@pytest.mark.django_db(transaction=True)
def test_failing_database_is_told_by_django(edition):
    def full(execute, sql, params, many, context):
        if sql.startswith("INSERT"):
            raise OperationalError("database or disk is full")
        return execute(sql, params, many, context)

    with writing_connection().execute_wrapper(full):
        status, headers, content = post(FrontDoor(get_wsgi_application()), encoded(form(edition)))

    assert status.startswith("503")
    assert headers["Retry-After"] == "5"
    assert "min@example.org" in content.decode()
