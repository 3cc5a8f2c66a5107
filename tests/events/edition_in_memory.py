"""An edition at noon local time with one city in one zone, none of it in a database."""

from datetime import date, time

from tongmun.campaigns.models import Campaign, Cause, City, Edition, EditionCity
from tongmun.events.models import Event

CAMPAIGN = Campaign(
    cause=Cause(slug="cause", names={"en": "Cause"}),
    slug="campaign",
    names={"en": "Campaign"},
    sending_state="CN",
    sending_state_names={"en": "the People's Republic of China"},
)


def an_event(zone: str, day: date, **changes: object) -> Event:
    """Make an event at noon in a city of this zone on this day, but for the changes."""
    edition = Edition(
        campaign=CAMPAIGN, slug="trial", names={"en": "Trial"}, day=day, time=time(12), languages=["en"], changed_on=day
    )
    city = City(slug="town", names={"en": "Town"}, country="KR", zone=zone, latitude=1.5, longitude=2.5)
    place = EditionCity(edition=edition, city=city, changed_on=day)
    fields = {"slug": "noon", "kind": "rally", "titles": {"en": "Noon"}, "changed_on": day, **changes}
    return Event(edition=edition, place=place, **fields)
