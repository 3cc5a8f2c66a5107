"""Who invites to an event."""

from dataclasses import dataclass

from tongmun.campaigns.models import Organisation
from tongmun.events.models import Event
from tongmun.kit.text import in_language


@dataclass(frozen=True)
class Host:
    """The name under which somebody invites; `is_sample` when the organisation was invented for an example."""

    name: str
    is_sample: bool


def host_of(event: Event, language: str) -> Host | None:
    """Give the organisation of the edition whose slug the event names, else the name as it was written. Queries."""
    if not event.host:
        return None
    found = Organisation.objects.filter(slug=event.host, memberships__edition=event.edition_id).first()
    if found is None:
        return Host(event.host, is_sample=False)
    return Host(in_language(found.names, language), is_sample=found.is_sample)
