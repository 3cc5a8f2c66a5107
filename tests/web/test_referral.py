"""`?via=organisation` goes along every address, and counts without a cookie."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from tests.signatures.signing_steps import an_edition, last_secret
from tests.web.site import page_of

from tongmun.campaigns.models import Membership, Organisation
from tongmun.counts.actions.count import count_waiting
from tongmun.counts.queries import referrals_of
from tongmun.signatures.actions.confirm import confirm
from tongmun.signatures.actions.withdraw import withdraw
from tongmun.signatures.admission import new_stamp

pytestmark = pytest.mark.django_db


def test_every_link_of_the_example_takes_the_organisation_along(client, example):
    seen = set()
    slug = Membership.objects.filter(edition__slug="coming").values_list("organisation__slug", flat=True)[0]
    waiting = [f"/en/coming/?via={slug}"]
    while waiting:
        url = waiting.pop()
        if url in seen:
            continue
        seen.add(url)
        for link in page_of(client.get(url)).all("a"):
            target = urlsplit(link["href"])
            is_page = target.path.startswith(("/en/coming/", "/ko/coming/", "/ar/coming/")) and target.path.endswith(
                "/"
            )
            if not is_page or "/log/" in target.path:
                continue
            assert f"via={slug}" in target.query, (url, link["href"])
            if len(seen) < 40:
                waiting.append(f"{target.path}?{target.query}")
    assert len(seen) > 10


def test_stranger_is_not_taken_along(client, example):
    page = client.get("/en/coming/?via=stranger").content

    assert b"via=" not in page


def test_organisation_sees_what_it_brought_and_what_was_taken_back(client, settings):
    settings.COUNT_LEAST = 1
    edition = an_edition()
    star = Organisation.objects.create(slug="north-star", names={"en": "North Star"})
    Membership.objects.create(edition=edition, organisation=star, position=1)
    form = page_of(client.get("/en/trial/sign/?via=north-star"))
    hidden = {one["name"]: one["value"] for one in form.all("input") if one.get("type") == "hidden"}
    now = timezone.now()
    hidden["stamp"] = new_stamp(edition="trial", at=now - timedelta(minutes=1))
    client.post("/en/trial/sign/", {**hidden, "way": "counted", "email": "min@example.org"})
    confirm(secret=last_secret("confirmation"), at=now)
    count_waiting(edition=edition, at=now)
    brought = referrals_of(edition)
    withdraw(secret=last_secret("receipt"))
    count_waiting(edition=edition, at=now)

    assert brought == {star.pk: 1}
    assert referrals_of(edition) == {}
