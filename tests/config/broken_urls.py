"""Addresses whose view breaks on what was typed."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

handler404 = "tongmun.web.views.errors.not_found"
handler500 = "tongmun.web.views.errors.broken"


def broken(request: HttpRequest, secret: str) -> HttpResponse:
    """Break with the secret in the message, as a library might."""
    raise RuntimeError(f"no such secret: {secret} {request.POST}")


urlpatterns = [path("confirm/<str:secret>/", broken)]
