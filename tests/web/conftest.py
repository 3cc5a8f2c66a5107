import pytest
import time_machine
from tests.web.site import AT, crawl, load_examples


@pytest.fixture
def example(db):
    """The worked example, seen at one moment."""
    load_examples()
    with time_machine.travel(AT, tick=False):
        yield


CRAWLED = {}


@pytest.fixture
def crawled(client, example):
    """Every answer a reader of the example can reach, in all languages; gathered once, since that takes seconds."""
    if not CRAWLED:
        CRAWLED.update(crawl(client, "/en/"))
    return CRAWLED
