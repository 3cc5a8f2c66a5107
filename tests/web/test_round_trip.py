import pytest
from django.test import Client
from tests.web.site import AT, crawl, without_token

from tongmun.bundles.actions.export import export_edition
from tongmun.bundles.actions.load import load_bundle
from tongmun.campaigns.models import Campaign, Cause, City, Edition, EditionCity, Membership, Organisation
from tongmun.events.models import Event
from tongmun.missions.models import Mission


def site():
    """Give every answer a reader can reach, but for what is made anew each time."""
    answers = crawl(Client(), "/en/")
    return {url: (answer.status_code, without_token(answer.content)) for url, answer in answers.items()}


def emptied():
    """Delete all that a bundle can bring."""
    for model in (Event, EditionCity, Membership, Edition, City, Mission, Organisation, Campaign, Cause):
        model.objects.all().delete()


@pytest.mark.slow
@pytest.mark.django_db
def test_exported_editions_make_the_same_site_in_an_empty_database(tmp_path, crawled):
    first = {url: (answer.status_code, without_token(answer.content)) for url, answer in crawled.items()}
    for edition in Edition.objects.all():
        export_edition(edition=edition, folder=tmp_path / edition.slug)
    emptied()

    for edition in ("2012", "coming"):
        load_bundle(path=tmp_path / edition, by=None, at=AT)
    second = site()

    assert set(second) == set(first)
    assert [url for url in first if first[url] != second[url]] == []
