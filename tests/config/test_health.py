"""Each weakness of an installation is found, and none where there is none."""

from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from tongmun.config.health import weaknesses
from tongmun.kit.keyring import make_coalition_keys
from tongmun.kit.pairs import as_text, install, new_pairs, write_new
from tongmun.outbox.actions.enqueue import enqueue
from tongmun.outbox.models import Mail

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def sound(settings, tmp_path: Path) -> None:
    """An installation with nothing to mend."""
    settings.KEYS = tmp_path / "keys"
    settings.HTTPS = True
    settings.MAIL_URL = "smtp+tls://ana:s3cret@mail.example.org"
    settings.CONTROLLER = "The coalition, 1 Example Street, post@example.org"


def whats() -> list[str]:
    return [weakness.what for weakness in weaknesses()]


def test_a_sound_installation_has_no_weakness():
    assert whats() == []


def test_nobody_named_as_responsible_is_found(settings):
    settings.CONTROLLER = ""

    assert ["responsible" in what for what in whats()] == [True]


@pytest.mark.parametrize(
    ("pragma", "found"), [("journal_mode", "delete"), ("synchronous", 1), ("secure_delete", 0), ("foreign_keys", 0)]
)
def test_sqlite_that_loses_or_keeps_too_much_is_found(pragma, found):
    if connection.vendor != "sqlite":
        pytest.skip("about SQLite alone")
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma} = {found}")

    told = whats()

    # The next connection sets it right again.
    connection.close()
    assert len(told) == 1
    assert f"{pragma} = {found}" in told[0]
    assert whats() == []


def test_the_private_half_on_the_server_is_found(settings):
    make_coalition_keys(settings.KEYS)

    found = weaknesses()

    assert len(found) == 2
    assert "private half of the key of the names" in found[0].what
    assert f"{settings.KEYS}/coalition.private.key" in found[0].remedy
    assert "private half of the key of the news" in found[1].what
    assert f"{settings.KEYS}/news.private.key" in found[1].remedy


def test_a_former_private_half_on_the_server_is_found_too(settings, tmp_path):
    make_coalition_keys(settings.KEYS)
    write_new(tmp_path / "stick", {name: as_text(key) for name, key in new_pairs().items()})
    install(tmp_path / "stick", settings.KEYS)

    found = weaknesses()

    assert len(found) == 2
    assert f"{settings.KEYS}/former/names-" in found[0].remedy
    assert f"{settings.KEYS}/former/news-" in found[1].remedy


def test_pages_without_https_are_found(settings):
    settings.HTTPS = False

    assert len(whats()) == 1
    assert "without HTTPS" in whats()[0]


def test_mail_that_reaches_nobody_is_found(settings):
    settings.MAIL_URL = ""

    assert len(whats()) == 1
    assert "reaches nobody" in whats()[0]


@pytest.mark.parametrize("state", ["UNCERTAIN", "FAILED"])
def test_mail_that_waits_for_a_person_is_found(state):
    mail = enqueue(kind="news", to="suzie@example.org", subject="s", body="b", language="en")
    assert whats() == []
    Mail.objects.filter(pk=mail.pk).update(state=state)

    assert whats() == ["1 mails wait for somebody to decide."]


def test_a_database_of_another_version_is_found():
    recorder = MigrationRecorder(connection)
    last = max(name for room, name in recorder.applied_migrations() if room == "signatures")
    recorder.record_unapplied("signatures", last)

    told = whats()

    recorder.record_applied("signatures", last)
    assert told == ["The database is not that of this version."]
