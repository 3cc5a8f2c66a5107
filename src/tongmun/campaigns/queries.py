"""Reads of an edition for pages."""

from tongmun.campaigns.models import Edition, EditionCity, Membership, Post


def cities_by_instant(edition: Edition) -> list[EditionCity]:
    """Give the cities of an edition in the order in which its moment reaches them; two queries."""
    cities = EditionCity.objects.filter(edition=edition).select_related("city", "edition").prefetch_related("missions")
    return sorted(cities, key=lambda place: (place.starts_at(), place.city.slug))


def coalition_of(edition: Edition) -> list[Membership]:
    """Give who takes part, in the order of the slugs."""
    return list(edition.memberships.select_related("organisation").order_by("organisation__slug"))


def news_of(edition: Edition, language: str) -> list[Post]:
    """Give the news in one language, the newest first."""
    return list(edition.posts.filter(language=language).order_by("-published_on", "slug"))


def organisations_by_slug(edition: Edition) -> dict[str, int]:
    """Give the number of every organisation of an edition by its slug; one query."""
    return dict(edition.memberships.values_list("organisation__slug", "organisation"))
