"""What every answer of the desk carries."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def kept_nowhere(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Keep the desk out of every cache, the browser's own included: it may be a borrowed telephone.

    Here and not at the views, so that refusals and pages that are not there carry it too.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith(settings.SESSION_COOKIE_PATH):
            response.headers["Cache-Control"] = "no-store"
        return response

    return middleware
