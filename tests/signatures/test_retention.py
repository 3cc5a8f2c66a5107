"""The data of an edition ends: in two steps, on their days, whatever happens in between."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings as configured
from django.db import connection
from tests.signatures.canaries import canaries, count_all_of, sign_all
from tests.signatures.signing_steps import AT, an_edition

from tongmun.counts.models import CountEntry
from tongmun.kit.clock import months_after
from tongmun.kit.keyring import KeyDestroyed, existing_token_key, token_key
from tongmun.people.models import JournalEntry, User
from tongmun.signatures.actions import end
from tongmun.signatures.actions.end import end_data
from tongmun.signatures.actions.moderate import show_name
from tongmun.signatures.endings import Endings, endings_of
from tongmun.signatures.models import Asked, Ended, Pending, Signature

pytestmark = pytest.mark.django_db

# The day of the edition is 22 September 2030.
OVER = datetime(2030, 10, 22, tzinfo=UTC)
LONG_OVER = datetime(2032, 6, 22, tzinfo=UTC)
INSTANT = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def keys(settings, tmp_path):
    settings.KEYS = tmp_path / "keys"


@pytest.fixture
def edition(keys):
    """An edition with 24 signers, two more who have not confirmed, and a name that is shown."""
    edition = an_edition()
    chance = random.SystemRandom()
    count_all_of(edition, canaries(chance, 24))
    sign_all(edition, canaries(chance, 2))
    shown = Signature.objects.waiting().order_by("pk")[0]
    assert show_name(signature=shown, by=User.objects.create(email="desk@example.org"), at=AT)
    return edition


def state():
    """Give everything the tables hold of signers, to compare."""
    tables = (Signature, Pending, Asked, Ended)
    return [sorted(map(repr, model.objects.values_list())) for model in tables]


def recognised(**condition):
    return Signature.objects.filter(**condition).exclude(
        token=None, opening_box=b"", domain_box=b"", waiting_box=b"", country="", via=None
    )


def test_nothing_ends_before_its_day(edition):
    before = state()

    assert end_data(at=OVER - INSTANT) == 0

    assert state() == before
    assert endings_of(edition) == Endings()


def test_recognition_ends_a_calendar_month_after_the_day(edition):
    end_data(at=OVER)

    assert not recognised().exists()
    assert [Pending.objects.count(), Asked.objects.count()] == [0, 0]
    assert not Signature.objects.filter(moderation=Signature.Moderation.WAITING).exists()
    assert existing_token_key(configured.KEYS, edition.slug) is None
    assert endings_of(edition) == Endings(recognition_ended_on=date(2030, 10, 22))


def test_names_that_are_sealed_or_shown_and_addresses_for_the_news_stay(edition):
    before = {
        row.pk: (bytes(row.sealed), bytes(row.news_box), row.shown_name, row.to_addressee, row.way)
        for row in Signature.objects.all()
        if row.sealed or row.news_box or row.shown_name
    }

    end_data(at=OVER)

    after = {
        row.pk: (bytes(row.sealed), bytes(row.news_box), row.shown_name, row.to_addressee, row.way)
        for row in Signature.objects.all()
    }
    assert before
    assert after == before


def test_a_row_without_anything_left_is_deleted_and_stays_counted(edition):
    Signature.objects.update(news_box=b"", consents_to_news=False)
    counted = CountEntry.objects.count()

    end_data(at=OVER)

    assert not Signature.objects.filter(way="counted").exists()
    assert CountEntry.objects.count() == counted == 24


def test_day_and_language_stay_only_as_far_as_the_news_need_them(edition):
    languages = dict(Signature.objects.values_list("pk", "language"))

    end_data(at=OVER)

    for row in Signature.objects.all():
        if row.news_box:
            assert (row.language, row.confirmed_on) == (languages[row.pk], date(2030, 9, 1))
        else:
            assert (row.language, row.confirmed_on) == ("", edition.day)


def test_names_end_twenty_one_months_after_the_day(edition):
    Signature.objects.update(news_box=b"", consents_to_news=False)
    end_data(at=LONG_OVER - INSTANT)
    assert Signature.objects.with_sealed_names().exists()

    end_data(at=LONG_OVER)

    [left] = Signature.objects.all()
    assert (left.shown_name != "", bytes(left.sealed), bytes(left.news_box)) == (True, b"", b"")
    assert endings_of(edition) == Endings(date(2032, 6, 21), date(2032, 6, 22))


def test_everything_ends_at_once_when_nobody_looked_for_years(edition):
    end_data(at=LONG_OVER + timedelta(days=300))

    assert Signature.objects.count() == 1
    assert not Signature.objects.with_sealed_names().exists()
    assert not Signature.objects.with_address().exists()
    assert Ended.objects.count() == 2


def test_addresses_end_twenty_four_months_after_the_consent(edition):
    news = Signature.objects.with_address().count()
    Signature.objects.update(confirmed_on=date(2030, 9, 15))

    end_data(at=datetime(2032, 9, 14, tzinfo=UTC) - timedelta(days=14))
    assert Signature.objects.with_address().count() == news > 0
    end_data(at=datetime(2032, 9, 15, tzinfo=UTC))

    assert not Signature.objects.with_address().exists()
    assert not Signature.objects.filter(consents_to_news=True).exists()
    assert not Signature.objects.exclude(language="").exists()


def test_addresses_of_a_long_edition_end_while_its_signers_are_still_recognised(edition):
    edition.day = date(2040, 9, 22)
    edition.save(update_fields=["day"])
    signed = Signature.objects.count()

    end_data(at=datetime(2032, 9, 1, tzinfo=UTC))

    assert not Signature.objects.with_address().exists()
    assert Signature.objects.recognisable().count() == signed


def test_ending_again_changes_nothing(edition):
    end_data(at=OVER)
    before, deeds = state(), JournalEntry.objects.count()

    assert end_data(at=OVER + timedelta(days=1)) == 0

    assert state() == before
    assert JournalEntry.objects.count() == deeds


def test_each_ending_is_in_the_journal_once(edition):
    end_data(at=OVER)
    end_data(at=LONG_OVER)

    deeds = JournalEntry.objects.filter(deed__startswith="edition.").order_by("pk").values_list("deed", "subject")
    assert list(deeds) == [("edition.recognition-ended", "trial"), ("edition.names-ended", "trial")]


def test_another_edition_is_left_alone(edition):
    other = an_edition("later")
    other.day = date(2031, 9, 22)
    other.save(update_fields=["day"])
    count_all_of(other, canaries(random.SystemRandom(), 4))

    end_data(at=OVER)

    assert Signature.objects.recognisable().filter(edition=other).count() == 4
    assert existing_token_key(configured.KEYS, "later") is not None
    assert endings_of(other) == Endings()


def test_an_edition_that_nobody_signed_says_nothing_of_erasing(keys):
    edition = an_edition()

    end_data(at=LONG_OVER)

    assert endings_of(edition) == Endings()


def test_nobody_can_sign_an_edition_that_has_ended(edition):
    end_data(at=OVER)

    with pytest.raises(KeyDestroyed):
        token_key(configured.KEYS, edition.slug)
    with pytest.raises(KeyDestroyed):
        sign_all(edition, canaries(random.SystemRandom(), 1))


def test_a_row_that_came_at_the_last_moment_is_found_by_the_next_pass(edition):
    end_data(at=OVER)
    Signature.objects.filter(pk=Signature.objects.earliest("pk").pk).update(token=b"t" * 16, opening_box=b"late")

    end_data(at=OVER + timedelta(hours=1))

    assert not recognised().exists()


class Killed(BaseException):
    """What a power cut is to Python."""


def killed_at(number):
    """Stop at the so-manyth statement, before the database has it."""
    seen = 0

    def stop(execute, sql, params, many, context):
        nonlocal seen
        seen += 1
        if seen >= number:
            raise Killed
        return execute(sql, params, many, context)

    return stop


def test_a_kill_at_any_statement_loses_nothing_and_the_next_pass_ends_it(edition, monkeypatch):
    monkeypatch.setattr(end, "BATCH", 5)
    kills = 0
    for number in range(1, 400):
        try:
            with connection.execute_wrapper(killed_at(number)):
                end_data(at=LONG_OVER)
        except Killed:
            kills += 1
            # What was shown stays shown, and nothing is called erased that is not.
            assert Signature.objects.shown().count() == 1
            assert Ended.objects.filter(what="RECOGNITION").exists() <= (not recognised().exists())
            assert Ended.objects.filter(what="NAMES").exists() <= (not Signature.objects.with_sealed_names().exists())
        else:
            break

    assert kills > 10
    assert not recognised().exists()
    assert not Signature.objects.with_sealed_names().exists()
    assert Ended.objects.count() == 2


def test_no_batch_is_larger_than_it_should_be(edition, monkeypatch):
    monkeypatch.setattr(end, "BATCH", 5)
    sizes = []

    def measure(execute, sql, params, many, context):
        if sql.startswith(("UPDATE", "DELETE")):
            sizes.append(len(params or ()))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(measure):
        end_data(at=LONG_OVER)

    # The numbers of five rows, and what is written into them.
    assert max(sizes) <= 20


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2030, 1, 31), 1, date(2030, 2, 28)),
        (date(2032, 1, 31), 1, date(2032, 2, 29)),
        (date(2030, 12, 31), 1, date(2031, 1, 31)),
        (date(2030, 9, 22), 21, date(2032, 6, 22)),
        (date(2032, 9, 1), -24, date(2030, 9, 1)),
        (date(2030, 1, 15), -1, date(2029, 12, 15)),
    ],
)
def test_months_are_those_of_the_calendar(day, months, after):
    assert months_after(day, months) == after


def test_an_edition_takes_signatures_until_its_data_ends(keys):
    edition = an_edition()

    assert edition.takes_signatures(OVER - INSTANT)
    assert not edition.takes_signatures(OVER)
    # The days are those of UTC, wherever the clock stands.
    assert edition.takes_signatures(datetime.fromisoformat("2030-10-22T13:59:00+14:00"))
    edition.state = "closed"
    assert not edition.takes_signatures(AT)
    assert (edition.data_ends_on, edition.names_end_on) == (OVER.date(), LONG_OVER.date())
