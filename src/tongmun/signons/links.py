"""The links that organisations get by mail."""

from django.conf import settings


class UnknownLink(LookupError):
    """Cannot follow a link: it was used, has expired or never was. Which of these is not said to anybody."""


def sign_on_url(secret: str) -> str:
    """Give the address of the page on which an organisation signs on."""
    return f"{settings.PUBLIC_URL}/sign-on/{secret}/"


def own_url(secret: str) -> str:
    """Give the address of the organisation's own page."""
    return f"{settings.PUBLIC_URL}/organisation/{secret}/"
