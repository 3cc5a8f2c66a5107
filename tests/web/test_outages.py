"""What somebody is told while the database is full, gone or restarting."""

from contextlib import contextmanager

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import InterfaceError, OperationalError, ProgrammingError, connection
from django.test import Client
from django.utils import timezone
from tests.signatures.signing_steps import an_edition, an_entry, pending_secret
from tests.web.test_front_door import encoded, form, post

from tongmun.signatures.models import Pending, Signature
from tongmun.web.front_door import FrontDoor

pytestmark = pytest.mark.django_db


@contextmanager
def database_that_fails(error: Exception):
    def fail(*_arguments):
        raise error

    with connection.execute_wrapper(fail):
        yield


@pytest.fixture
def edition():
    return an_edition()


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("error", [OperationalError("disk full"), InterfaceError("connection already closed")])
@pytest.mark.parametrize("language", ["en", "ko", "ar"])
def test_page_of_a_failing_database_is_a_503_in_the_readers_language(edition, visitor, error, language):
    with database_that_fails(error):
        answer = visitor.get(f"/{language}/trial/")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.headers["Cache-Control"] == "no-store"
    assert f'lang="{language}"' in answer.content.decode()
    assert str(error) not in answer.content.decode()


def test_button_that_cannot_be_recorded_says_so_and_works_afterwards(edition, visitor):
    entry = an_entry()
    secret = pending_secret(edition, entry, at=timezone.now())

    with database_that_fails(OperationalError("disk full")):
        answer = visitor.post(f"/confirm/{secret}/")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "not recorded" in answer.content.decode()
    assert (Pending.objects.count(), Signature.objects.count()) == (1, 0)
    assert visitor.post(f"/confirm/{secret}/").status_code == 302
    assert Signature.objects.count() == 1


def test_mistake_of_ours_is_still_a_500(edition, visitor):
    with database_that_fails(ProgrammingError("no such column")):
        answer = visitor.get("/en/trial/")

    assert answer.status_code == 500
    assert "Retry-After" not in answer.headers


@pytest.mark.django_db(transaction=True)
def test_form_meeting_a_failing_database_at_the_door_gets_the_503_too(edition):
    door, typed = FrontDoor(get_wsgi_application()), encoded(form(edition))

    with database_that_fails(OperationalError("disk full")):
        status, headers, content = post(door, typed)

    assert status.startswith("503")
    assert headers["Retry-After"] == "5"
    assert b"<html" in content
