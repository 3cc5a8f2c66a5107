"""What a supervisor asks: does the process live, can it serve."""

import pytest
from django.db import connection


def test_live_answers_without_the_database(client):
    # No database fixture: a query would fail this test.
    answer = client.get("/live")

    assert (answer.status_code, answer.content) == (200, b"live\n")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "Set-Cookie" not in answer


@pytest.mark.django_db
def test_ready_answers_when_the_database_does(client):
    answer = client.get("/ready")

    assert (answer.status_code, answer.content) == (200, b"ready\n")
    assert client.head("/ready").status_code == 200
    assert not answer.cookies


@pytest.mark.django_db(transaction=True)
def test_ready_says_that_the_database_does_not_answer(client, monkeypatch):
    connection.close()
    with monkeypatch.context() as elsewhere:
        elsewhere.setitem(connection.settings_dict, "NAME", "/nowhere/at/all")
        broken = client.get("/ready")
        connection.close()

    assert (broken.status_code, broken.content) == (503, b"the database does not answer\n")
    assert client.get("/ready").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/live", "/ready"])
def test_probes_are_only_asked(client, path):
    assert client.post(path).status_code == 405
