"""Put into the database what belongs to one edition, and take out what its bundle no longer has."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from tongmun.bundles.cells import UNKNOWN
from tongmun.bundles.contents import (
    CallPart,
    CityLine,
    ClaimLine,
    EditionPart,
    EventLine,
    LetterPart,
    MissionLine,
    NewsPart,
    OrganisationPart,
)
from tongmun.bundles.settle import differs, remove_unless_referred, settle, with_changed_on
from tongmun.bundles.values import (
    call_values,
    claim_values,
    edition_values,
    event_values,
    letter_values,
    place_values,
    post_values,
)
from tongmun.campaigns.models import Call, Campaign, City, Edition, EditionCity, Membership, Organisation, Post
from tongmun.events.models import Event
from tongmun.letters.actions.render import say_renderings
from tongmun.letters.digests import paragraph_digest
from tongmun.letters.models import Claim, LetterVersion
from tongmun.letters.queries import master_language
from tongmun.missions.models import Mission


def put_edition(part: EditionPart, campaign: Campaign, *, today: date) -> Edition:
    """Put the edition itself; it stays locked until the transaction ends."""
    existing = {row.slug: row for row in Edition.objects.select_for_update().filter(slug=part.slug)}
    values = {**edition_values(part), "campaign_id": campaign.pk}
    wanted = {part.slug: with_changed_on(existing.get(part.slug), values, said=part.changed, today=today)}
    return settle(Edition, existing=existing, wanted=wanted)[part.slug]


def put_memberships(edition: Edition, parts: Iterable[OrganisationPart], stored: Mapping[str, Organisation]) -> None:
    """Put the part that each organisation has, in the order of the bundle."""
    existing = {row.organisation_id: row for row in edition.memberships.all()}
    wanted = {
        stored[part.slug].pk: {
            "edition_id": edition.pk,
            "organisation_id": stored[part.slug].pk,
            "role": part.role,
            "position": position,
        }
        for position, part in enumerate(parts, 1)
    }
    settle(Membership, existing=existing, wanted=wanted)
    _remove_rest(existing, wanted)


def put_calls(edition: Edition, parts: Iterable[CallPart], *, today: date) -> None:
    """Put the calls; each change raises the revision, so that an editor at work notices."""
    existing = {row.language: row for row in Call.objects.select_for_update().filter(edition=edition)}
    wanted = {}
    for part in parts:
        row = existing.get(part.language)
        values = {**call_values(part), "edition_id": edition.pk}
        revision = 1 if row is None else row.revision + differs(row, values)
        changed = with_changed_on(row, values, said=part.changed, today=today)
        wanted[part.language] = {**changed, "revision": revision}
    settle(Call, existing=existing, wanted=wanted)
    _remove_rest(existing, wanted)


def put_news(edition: Edition, parts: Iterable[NewsPart]) -> None:
    """Put the news."""
    existing = {(row.slug, row.language): row for row in edition.posts.all()}
    wanted = {(part.slug, part.language): {**post_values(part), "edition_id": edition.pk} for part in parts}
    settle(Post, existing=existing, wanted=wanted)
    _remove_rest(existing, wanted)


def put_letters(edition: Edition, parts: Sequence[LetterPart], *, today: date) -> None:
    """Write the next version of each letter whose text has changed. Versions stay: signatures point at them.

    A text that is new translates the master that comes with it, paragraph by paragraph, unless its file says otherwise.
    """
    current = {row.language: row for row in LetterVersion.objects.current().filter(edition=edition)}
    written = set()
    for part in parts:
        values, row = letter_values(part), current.get(part.language)
        if row is None or row.digest != values["digest"]:
            current[part.language] = LetterVersion.objects.create(
                edition=edition, number=row.number + 1 if row else 1, changed_on=part.changed or today, **values
            )
            written.add(part.language)
    master = current.get(master_language(edition))
    for part in parts:
        pairs = _renderings(part, current[part.language], master, is_new=part.language in written)
        say_renderings(edition=edition, language=part.language, pairs=pairs)


def _renderings(
    part: LetterPart, letter: LetterVersion, master: LetterVersion | None, *, is_new: bool
) -> list[tuple[str, str]]:
    if master is None or letter == master:
        return []
    own = [paragraph_digest(paragraph) for paragraph in letter.paragraphs]
    if part.translates:
        said = zip(part.translates.split("\n"), own, strict=True)
        return [(digest, mine) for digest, mine in said if digest != UNKNOWN]
    wanted = [paragraph_digest(paragraph) for paragraph in master.paragraphs]
    return list(zip(wanted, own, strict=True)) if is_new and len(wanted) == len(own) else []


def put_claims(edition: Edition, lines: Iterable[ClaimLine]) -> None:
    """Put the claims, in the order of the bundle."""
    existing = {row.slug: row for row in edition.claims.all()}
    wanted = {line.slug: {**claim_values(line, n), "edition_id": edition.pk} for n, line in enumerate(lines, 1)}
    settle(Claim, existing=existing, wanted=wanted)
    _remove_rest(existing, wanted)


def put_places(
    edition: Edition, lines: Iterable[CityLine], cities: Mapping[str, City], *, today: date
) -> dict[str, EditionCity]:
    """Put each city's part; give them by the city's slug. Cities that are gone are taken out by `drop_places`."""
    existing = {row.city_id: row for row in edition.cities.all()}
    wanted: dict[int, dict[str, Any]] = {}
    for line in lines:
        city = cities[line.slug]
        values = {**place_values(line), "edition_id": edition.pk, "city_id": city.pk}
        wanted[city.pk] = with_changed_on(existing.get(city.pk), values, said=line.changed, today=today)
    stored = settle(EditionCity, existing=existing, wanted=wanted)
    return {slug: stored[city.pk] for slug, city in cities.items()}


def drop_places(edition: Edition, places: Mapping[str, EditionCity]) -> None:
    """Take out the cities that the bundle no longer has and that nothing refers to."""
    remove_unless_referred(edition.cities.exclude(pk__in=[place.pk for place in places.values()]))


def put_missions_of_places(
    lines: Iterable[MissionLine], places: Mapping[str, EditionCity], missions: Mapping[str, Mission]
) -> None:
    """Put which missions the letter is carried to in which city."""
    through = EditionCity.missions.through
    stored = through.objects.filter(editioncity__in=[place.pk for place in places.values()])
    existing = {(row.editioncity_id, row.mission_id): row for row in stored}
    wanted = [(places[line.city].pk, missions[line.slug].pk) for line in lines]
    through.objects.filter(pk__in=[row.pk for key, row in existing.items() if key not in wanted]).delete()
    through.objects.bulk_create(
        through(editioncity_id=place, mission_id=mission)
        for place, mission in wanted
        if (place, mission) not in existing
    )


def put_events(edition: Edition, lines: Iterable[EventLine], places: Mapping[str, EditionCity], *, today: date) -> None:
    """Put the events."""
    existing = {row.slug: row for row in edition.events.all()}
    wanted = {}
    for line in lines:
        values = {**event_values(line), "edition_id": edition.pk, "place_id": places[line.city].pk}
        wanted[line.slug] = with_changed_on(existing.get(line.slug), values, said=line.changed, today=today)
    settle(Event, existing=existing, wanted=wanted)
    _remove_rest(existing, wanted)


def _remove_rest(existing: Mapping[Any, Any], wanted: Mapping[Any, Any]) -> None:
    remove_unless_referred(row for key, row in existing.items() if key not in wanted)
