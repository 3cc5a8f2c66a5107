"""What somebody can reach at the desk. No page fetches an edition in any other way."""

from django.http import Http404

from tongmun.campaigns.models import Edition
from tongmun.campaigns.querysets import EditionQuerySet
from tongmun.people.models import User
from tongmun.people.rules import may_work_at_desk


def editions_for(user: User) -> EditionQuerySet:
    """Give the editions somebody may work on: an organiser's are all, drafts included."""
    return Edition.objects.all() if may_work_at_desk(user) else Edition.objects.none()


def edition_for(user: User, slug: str) -> Edition:
    """Get one edition with its campaign; raises Http404 when there is none or it is not this person's."""
    edition = editions_for(user).select_related("campaign").filter(slug=slug).first()
    if edition is None:
        raise Http404
    return edition


def language_of(edition: Edition, language: str) -> str:
    """Give a language of the edition; raises Http404 for any other."""
    if language not in edition.languages:
        raise Http404
    return language
