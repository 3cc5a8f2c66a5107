"""Put a bundle into the database."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from tongmun.bundles.bundle import Bundle, read_bundle
from tongmun.bundles.clashes import clashes
from tongmun.bundles.lasting import (
    put_campaign,
    put_cities,
    put_districts,
    put_heads,
    put_missions,
    put_organisations,
    put_premises,
)
from tongmun.bundles.passing import (
    drop_places,
    put_calls,
    put_claims,
    put_edition,
    put_events,
    put_letters,
    put_memberships,
    put_missions_of_places,
    put_news,
    put_places,
)
from tongmun.bundles.problems import BundleRefused
from tongmun.campaigns.models import Edition
from tongmun.people.actions.record import record
from tongmun.people.models import User


@transaction.atomic
def load_bundle(*, path: Path, by: User | None, at: datetime) -> Edition:
    """Put a folder or zip into the database, or bring an edition that is there to what the bundle says.

    `by` is None on the command line; `at` is aware. Raises BundleRefused with every problem, and then writes nothing.
    """
    bundle = read_bundle(path=path, on=at.date())
    problems = clashes(bundle)
    if problems:
        raise BundleRefused(problems)
    edition = _put(bundle, at)
    record(deed="bundle.loaded", subject=edition.slug, by=by, at=at)
    return edition


def _put(bundle: Bundle, at: datetime) -> Edition:
    today, tables, documents = at.date(), bundle.tables, bundle.documents
    campaign = put_campaign(bundle.cause, bundle.campaign)
    organisations = put_organisations(bundle.organisations)
    cities = put_cities(tables.cities)
    missions = put_missions(tables.missions.good, bundle.campaign.sending_state)
    put_premises(tables.premises, missions)
    put_heads(tables.heads, missions)
    put_districts(tables.districts, tables.missions.good, missions)
    edition = put_edition(bundle.edition, campaign, today=today)
    put_memberships(edition, bundle.organisations, organisations)
    put_calls(edition, documents.calls, today=today)
    put_letters(edition, documents.letters, today=today)
    put_news(edition, documents.news)
    put_claims(edition, tables.claims.good)
    places = put_places(edition, tables.cities.good, cities, today=today)
    put_missions_of_places(tables.missions.good, places, missions)
    put_events(edition, tables.events.good, places, today=today)
    drop_places(edition, places)
    return edition
