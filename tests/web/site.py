"""The worked example as a site: loaded at one moment, and every page a reader can reach in it."""

import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client

from tongmun.bundles.actions.load import load_bundle

EXAMPLES = Path(__file__).parents[2] / "examples"
LANGUAGES = ("en", "ko", "ar")
AT = datetime(2027, 5, 3, 9, 30, tzinfo=UTC)
# Each public page of an edition, by its address after /{language}/{edition}/.
PAGES = (
    "",
    "letter/",
    "letter/versions/en/1/",
    "sign/",
    "sign/sent/",
    "sign/counted/",
    "sign/withdrawn/",
    "sign/erased/",
    "signatures/",
    "log/",
    "cities/",
    "cities/?q=Lyon",
    "cities/seoul/",
    "events/seoul-demonstration/",
    "news/",
    "organisations/",
    "organisations/sign-on/",
)
FILES = {
    "letter.pdf": "application/pdf",
    "missions/prc-seoul/letter.pdf": "application/pdf",
    "events/seoul-demonstration.ics": "text/calendar; charset=utf-8",
    "organisations/ring.svg": "image/svg+xml",
    "organisations/ring.pdf": "application/pdf",
    "calendar.ics": "text/calendar; charset=utf-8",
    "log/count.json": "application/json",
    "log/verify_count.py": "text/x-python; charset=utf-8",
    "news.atom": "application/atom+xml; charset=utf-8",
}


def load_examples(*, at: datetime = AT) -> None:
    """Load both editions of the worked example."""
    for name in ("2012", "coming"):
        load_bundle(path=EXAMPLES / name, by=None, at=at)


class Page(HTMLParser):
    """A page taken apart: its elements with their attributes, and the text of its scripts."""

    def __init__(self, content: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.scripts: list[str] = []
        self._in_script = False
        self.feed(content)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._in_script = tag == "script"

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False

    def handle_data(self, data: str) -> None:
        if self._in_script:
            self.scripts.append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        """Give the attributes of every element of a kind."""
        return [attributes for name, attributes in self.elements if name == tag]

    def addresses(self) -> list[tuple[str, str]]:
        """Give every address in the page, with the attribute it stands in."""
        return [
            (name, attributes[name])
            for _tag, attributes in self.elements
            for name in ("href", "src", "action", "formaction", "poster", "data", "srcset")
            if name in attributes
        ]


def page_of(response: HttpResponse) -> Page:
    """Take an HTML answer apart."""
    return Page(response.content.decode())


def crawl(client: Client, start: str) -> dict[str, HttpResponse]:
    """Follow every link of our own from a page on; give the answers by address, redirects and pages not found too."""
    seen: dict[str, HttpResponse] = {}
    waiting = [start]
    while waiting:
        url = waiting.pop()
        if url in seen:
            continue
        seen[url] = client.get(url)
        if not seen[url].headers.get("Content-Type", "").startswith("text/html"):
            continue
        for _name, address in page_of(seen[url]).addresses():
            target = urldefrag(urljoin(url, address)).url
            if not urlsplit(target).netloc and not target.startswith(("/static/", "mailto:", "/desk/")):
                waiting.append(target)
    return seen


def without_token(content: bytes) -> bytes:
    """Take what is new each time out of a page: the form's token or stamp."""
    return re.sub(rb'name="(csrfmiddlewaretoken|stamp)" value="[^"]+"', b"", content)
