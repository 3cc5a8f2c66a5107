import pytest
import time_machine
from django.conf import settings
from tests.web.site import AT, crawl, load_examples

from tongmun.kit.keyring import make_coalition_keys


@pytest.fixture
def example(db):
    """The worked example, seen at one moment, on a server that has made its keys: the form says so."""
    make_coalition_keys(settings.KEYS)
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
