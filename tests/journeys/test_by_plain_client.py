"""The whole journey by a client that knows HTTP and nothing else: what works here works without JavaScript."""

import re
import time
from http.cookiejar import CookieJar
from urllib.parse import quote, urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest
from icalendar import Calendar
from words import LANGUAGES, NEAREST, SEOUL

SECONDS_TO_COUNT = 20
# A form that comes back sooner was not filled in by a person.
SECONDS_TO_READ = 3.2


class Reader:
    """Somebody with a plain HTTP client."""

    def __init__(self, server, language):
        self.url = server.url
        self.language = language
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path):
        """Read a page or a file; path is an address without the host."""
        answer = self.opener.open(Request(self.url + path, headers={"Accept-Language": self.language}), timeout=20)  # noqa: S310 -- our own address
        with answer:
            return answer.geturl(), answer.read()

    def page(self, path):
        """Read a page as text."""
        return self.get(path)[1].decode()

    def send(self, path, **fields):
        """Fill in the form of a page and send it; gives the address one lands on and the page there."""
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', self.page(path)))
        if "stamp" in hidden:
            time.sleep(SECONDS_TO_READ)
        data = urlencode({**hidden, **fields}).encode()
        with self.opener.open(Request(self.url + path, data=data), timeout=20) as answer:  # noqa: S310 -- our own address
            return answer.geturl().removeprefix(self.url), answer.read().decode()


def counted(reader):
    page = reader.page(f"/{reader.language}/coming/signatures/")
    found = re.search(r'class="count-figure">(\d+)', page)
    return int(found[1]) if found else 0


def wait_for_count(reader, wanted):
    end = time.monotonic() + SECONDS_TO_COUNT
    while time.monotonic() < end and counted(reader) != wanted:
        time.sleep(0.3)
    return counted(reader)


@pytest.mark.parametrize("language", LANGUAGES)
def test_reader_finds_the_city_the_calendar_and_the_letter(server, language):
    reader = Reader(server, language)

    landed, call = reader.get("/")
    assert landed.endswith(f"/{language}/")
    assert f'href="/{language}/coming/"' in call.decode()
    for page in ("", "letter/", "organisations/", "news/"):
        assert f'<html lang="{language}"' in reader.page(f"/{language}/coming/{page}")

    found = reader.page(f"/{language}/coming/cities/?q={quote(NEAREST[language])}")
    first = re.search(r'class="city-name"><a href="([^"]+)">([^<]+)', found)
    assert first[2] == SEOUL[language]

    city = reader.page(first[1])
    event = re.search(r'href="([^"]*/events/seoul-demonstration/)"', city)[1]
    calendar = re.search(r'href="([^"]+\.ics)"', reader.page(event))[1]
    entry = Calendar.from_ical(reader.get(calendar)[1]).walk("VEVENT")[0]
    assert entry["DTSTART"].dt.strftime("%H:%M") == "12:00"
    assert entry["DTSTART"].params["TZID"] == "Asia/Seoul"

    letter = re.search(r'href="([^"]*/missions/[^"]+/letter\.pdf[^"]*)"', city)[1]
    assert reader.get(letter)[1].startswith(b"%PDF-")


@pytest.mark.parametrize("language", LANGUAGES)
def test_signer_is_counted_after_the_button_and_can_take_it_back(server, language):
    reader = Reader(server, language)
    address = f"suzie-{language}@example.org"
    before = counted(reader)

    landed, _ = reader.send(f"/{language}/coming/sign/", way="private", name="Suzie", email=address, country="KR")
    assert landed == f"/{language}/coming/sign/sent/"
    link = re.search(r"/confirm/[\w-]+/", server.mail_to(address, number=1))[0]
    assert f'<html lang="{language}"' in reader.page(link)
    time.sleep(2)
    assert counted(reader) == before, "following the link alone must not count"

    landed, _ = reader.send(link)
    assert landed == f"/{language}/coming/sign/counted/"
    assert wait_for_count(reader, before + 1) == before + 1

    own = re.search(r"/mine/[\w-]+/", server.mail_to(address, number=2))[0]
    landed, _ = reader.send(own, do="withdraw")
    assert landed == f"/{language}/coming/sign/withdrawn/"
    assert wait_for_count(reader, before) == before
