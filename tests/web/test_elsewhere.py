"""Signatures on paper and vouched numbers stand apart on the page of the signatures."""

import datetime as dt

import pytest
from tests.desk.desk_sample import AT, city
from tests.papers.paper_steps import filled, letter_of, member, organiser, read_twice, rivers

from tongmun.campaigns.models import Call, Edition, Organisation
from tongmun.counts.actions.count import count_waiting
from tongmun.papers.actions.close_batch import close_batch
from tongmun.papers.actions.vouch import vouch

pytestmark = pytest.mark.django_db

STATEMENT = "Collected at our door.\n\nTwo of us counted <b>the lists</b>."


@pytest.fixture
def here():
    made = rivers()
    Edition.objects.filter(pk=made.pk).update(state="open")
    for language in ("en", "ar"):
        Call.objects.create(edition=made, language=language, title="Noon", what="Come.", changed_on=AT.date())
    assert letter_of(made)
    return made


def counted(of, signatures: int, place=None) -> None:
    batch = filled(of, 1, signatures, place)
    read_twice(batch, [signatures])
    close_batch(batch=batch, by=organiser("carla"), at=AT)


def vouched(of, signatures: int) -> None:
    vouch(
        membership=member(of, en="River Friends", ar="أصدقاء النهر"),
        signatures=signatures,
        statement=STATEMENT,
        language="en",
        stated_on=dt.date(2027, 8, 9),
        follows=0,
        by=organiser("carla"),
        at=AT,
    )


def page(client, here, language: str = "en") -> str:
    count_waiting(edition=here, at=AT)
    return " ".join(client.get(f"/{language}/rivers/signatures/").content.decode().split())


def test_paper_is_shown_by_city_and_summed(client, here):
    counted(here, 12, city(here, 1))
    counted(here, 9, city(here, 2))

    shown = page(client, here)

    assert '<td><bdi>City 1</bdi></td><td class="number">12</td>' in shown
    assert "City 2" not in shown
    assert '<td>Other places</td><td class="number">9</td>' in shown
    assert '<td>Together</td><td class="number">21</td>' in shown


def test_vouched_number_is_shown_with_its_statement_in_its_own_language(client, here):
    vouched(here, 300)

    english, arabic = page(client, here), page(client, here, "ar")

    assert "<bdi>River Friends</bdi>" in english
    assert "300 signatures, stated on Monday, 9 August 2027" in english
    assert "Two of us counted &lt;b&gt;the lists&lt;/b&gt;." in english
    assert "<bdi>أصدقاء النهر</bdi>" in arabic
    assert '<blockquote lang="en" dir="ltr">' in arabic


def test_invented_organisation_says_so_beside_its_number(client, here):
    vouched(here, 300)
    Organisation.objects.update(is_sample=True)

    assert "sample-mark" in page(client, here)


def test_nothing_is_said_of_elsewhere_before_there_is_anything(client, here):
    assert "Signatures from elsewhere" not in page(client, here)


@pytest.mark.parametrize("numbers", [1, 3])
def test_numbers_from_elsewhere_take_as_many_queries_for_three_as_for_one(
    numbers, client, here, django_assert_num_queries
):
    for number in range(numbers):
        counted(here, 12, city(here, number))
    vouched(here, 300)
    count_waiting(edition=here, at=AT)

    with django_assert_num_queries(9):
        client.get("/en/rivers/signatures/")
