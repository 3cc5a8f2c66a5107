"""The links a signer gets by mail."""

from django.conf import settings


class UnknownLink(LookupError):
    """Cannot follow a link: it was used, has expired or never was. Which of these is not said to anybody."""


def confirm_url(secret: str) -> str:
    """Give the address of the page with the button that confirms."""
    return f"{settings.PUBLIC_URL}/confirm/{secret}/"


def own_url(secret: str) -> str:
    """Give the address of the signer's own page."""
    return f"{settings.PUBLIC_URL}/mine/{secret}/"
