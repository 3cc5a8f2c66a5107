from datetime import date, datetime
from xml.etree import ElementTree as ET

import pytest
from tests.web.site import LANGUAGES

from tongmun.campaigns.models import Edition, Post

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def feed_of(client, language="en"):
    return ET.fromstring(client.get(f"/{language}/coming/news.atom").content)  # noqa: S314 -- our own words


@pytest.mark.parametrize("language", LANGUAGES)
def test_feed_has_what_rfc_4287_asks_of_a_feed_and_its_entries(client, example, language):
    feed = feed_of(client, language)

    entries = feed.findall(f"{ATOM}entry")
    assert feed.tag == f"{ATOM}feed"
    assert feed.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == language
    assert len(entries) == Post.objects.filter(edition__slug="coming", language=language).count() == 3
    for part in (feed, *entries):
        for name in ("id", "title", "updated"):
            [found] = part.findall(f"{ATOM}{name}")
            assert found.text
        assert part.find(f"{ATOM}id").text.startswith("tag:testserver,2026-01-01:coming/")
        assert datetime.fromisoformat(part.find(f"{ATOM}updated").text).tzinfo
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == f"http://testserver/{language}/coming/news.atom"
    assert links["alternate"] == f"http://testserver/{language}/coming/news/"


def test_ids_are_unique_and_stay_when_the_words_change(client, example):
    before = [entry.find(f"{ATOM}id").text for entry in feed_of(client).findall(f"{ATOM}entry")]
    Post.objects.filter(language="en").update(title="Other words", body="Quite other words")
    Edition.objects.update(day=date(2031, 9, 22), changed_on=date(2031, 1, 1))

    after = [entry.find(f"{ATOM}id").text for entry in feed_of(client).findall(f"{ATOM}entry")]

    assert len(set(before)) == 3
    assert after == before


def test_feed_was_updated_when_its_newest_entry_was(client, example):
    feed = feed_of(client)

    updated = [entry.find(f"{ATOM}updated").text for entry in feed.findall(f"{ATOM}entry")]
    assert feed.find(f"{ATOM}updated").text == max(updated)
    assert updated == sorted(updated, reverse=True)


def test_feed_without_news_is_a_feed(client, example):
    Edition.objects.get(slug="coming").posts.all().delete()

    first, second = (client.get("/en/coming/news.atom").content for _ in range(2))

    assert feed_of(client).find(f"{ATOM}updated").text
    assert first == second


def test_words_of_news_cannot_break_the_feed(client, example):
    Post.objects.filter(slug="example-opens", language="en").update(title="a <b> & ]]> c", body="]]></entry><script>")

    titles = [entry.find(f"{ATOM}title").text for entry in feed_of(client).findall(f"{ATOM}entry")]

    assert "a <b> & ]]> c" in titles
