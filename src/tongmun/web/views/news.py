"""News, as a page and as an Atom feed."""

from datetime import UTC, date, datetime, time

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from tongmun.campaigns.models import Edition
from tongmun.campaigns.queries import news_of
from tongmun.kit.text import in_language
from tongmun.look.templatetags.look import markdown
from tongmun.web.page import edition_page, page_language, public_edition

# RFC 4151 2.1: a day on which whoever runs the server held its name; fixed, since an id must never change.
MINTED_SINCE = "2026-01-01"


@require_safe
def list_news(request: HttpRequest, edition: str) -> HttpResponse:
    """Show the news, the newest first."""
    found = public_edition(edition)
    posts = news_of(found, page_language())
    return render(request, "web/news/news.html", {**edition_page(request, found), "posts": posts})


@require_safe
def feed(request: HttpRequest, edition: str) -> HttpResponse:
    """Give the news as Atom (RFC 4287), with ids that stay when days and words change."""
    found = public_edition(edition)
    language = page_language()
    page = settings.PUBLIC_URL + reverse("web:news", args=[found.slug])
    atom = Atom1Feed(
        title=in_language(found.names, language),
        link=page,
        description=None,
        language=language,
        feed_url=settings.PUBLIC_URL + request.path,
        feed_guid=f"{_tag(found)}/{language}",
    )
    for post in news_of(found, language):
        atom.add_item(
            title=post.title,
            link=f"{page}#{post.slug}",
            description=str(markdown(post.body)),
            unique_id=f"{_tag(found)}/{post.slug}/{language}",
            pubdate=_midnight(post.published_on),
            updateddate=_midnight(post.published_on),
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _tag(edition: Edition) -> str:
    """Give the beginning of the ids of an edition: what no other host may mint, and what no change of a day touches."""
    return f"tag:{settings.PUBLIC_HOST},{MINTED_SINCE}:{edition.slug}"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)
