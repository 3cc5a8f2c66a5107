"""All addresses. Public ones are a contract: docs/reference/addresses.md."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    path("desk/", include("tongmun.desk.urls")),
    path("", include("tongmun.web.urls_without_language")),
    *i18n_patterns(path("", include("tongmun.web.urls"))),
]

handler404 = "tongmun.web.views.errors.not_found"
handler500 = "tongmun.web.views.errors.broken"
