"""The log says what broke and where, never who asked, for what, or with which words."""

import io
import logging

import pytest
from django.test import Client

CANARY = "suzie-canary"
BROWSER = {"HTTP_USER_AGENT": f"{CANARY}-browser", "REMOTE_ADDR": "203.0.113.77", "HTTP_REFERER": f"http://x/{CANARY}"}


@pytest.fixture
def log():
    """Whatever any logger lets through, with traces, in one text."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    loggers = [logging.getLogger(), *map(logging.getLogger, logging.root.manager.loggerDict)]
    for logger in loggers:
        logger.addHandler(handler)
    yield written
    for logger in loggers:
        logger.removeHandler(handler)


@pytest.fixture
def visitor() -> Client:
    visitor = Client(enforce_csrf_checks=True)
    visitor.raise_request_exception = False
    return visitor


@pytest.mark.urls("tests.config.broken_urls")
@pytest.mark.parametrize("language", ["en", "ko", "ar"])
def test_a_broken_page_logs_where_it_broke_and_nothing_of_the_visit(log, visitor, language):
    answer = visitor.get(f"/confirm/{CANARY}/?q={CANARY}", headers={"accept-language": language}, **BROWSER)

    lines = log.getvalue()
    assert answer.status_code == 500
    assert "RuntimeError at " in lines
    assert "broken_urls.py:" in lines
    assert CANARY not in lines
    assert "203.0.113.77" not in lines
    assert CANARY not in answer.content.decode()


@pytest.mark.urls("tests.config.broken_urls")
def test_what_is_typed_into_a_form_is_not_logged(log, visitor):
    answer = Client(raise_request_exception=False).post("/confirm/x/", {"name": CANARY}, **BROWSER)

    assert answer.status_code == 500
    assert "RuntimeError at " in log.getvalue()
    assert CANARY not in log.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "status"),
    [
        (("get", f"/nowhere/{CANARY}/", "testserver"), 404),
        (("get", f"/confirm/{CANARY}/", "testserver"), 410),
        (("get", f"/en/?q={CANARY}", f"{CANARY}.example"), 400),
        (("post", f"/confirm/{CANARY}/", "testserver"), 403),
        (("put", f"/live?{CANARY}", "testserver"), 403),
    ],
)
def test_what_is_refused_is_not_logged_at_all(log, visitor, asked, status):
    method, path, host = asked

    answer = getattr(visitor, method)(path, headers={"host": host}, **BROWSER)

    assert answer.status_code == status
    assert log.getvalue() == ""
