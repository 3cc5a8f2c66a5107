from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.signatures.signing_steps import an_edition

from tongmun.campaigns.models import Edition

pytestmark = pytest.mark.django_db
# Page → how many queries it takes, with one city as with forty-one.
QUERIES = {
    "": 8,
    "letter/": 6,
    "letter/versions/en/1/": 3,
    "letter.pdf": 3,
    "sign/": 2,
    "sign/sent/": 1,
    "signatures/": 8,
    "cities/": 4,
    "cities/?q=Lyon": 5,
    "cities/seoul/": 12,
    "events/seoul-demonstration/": 3,
    "events/seoul-demonstration.ics": 2,
    "calendar.ics": 2,
    "news/": 2,
    "news.atom": 2,
    "organisations/": 4,
    "organisations/ring.svg": 3,
    "organisations/sign-on/": 2,
}


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_pages_take_as_many_queries_for_forty_cities_as_for_one(client, example):
    edition = Edition.objects.get(slug="coming")
    many = {address: queries(client, f"/en/coming/{address}") for address in QUERIES}
    edition.events.exclude(slug="seoul-demonstration").delete()
    edition.cities.exclude(city__slug="seoul").delete()
    edition.memberships.exclude(organisation__slug="justice-for-north-korea").delete()
    edition.posts.all().delete()

    one = {address: queries(client, f"/en/coming/{address}") for address in QUERIES}

    assert many == QUERIES
    assert one == QUERIES


def test_first_page_takes_two_queries_however_many_editions_there_are(client, db):
    an_edition("first")
    one = queries(client, "/en/")
    for number in range(5):
        Edition.objects.filter(slug=an_edition(f"edition-{number}").slug).update(day=date(2031, 1, 1 + number))

    assert (one, queries(client, "/en/")) == (2, 2)
