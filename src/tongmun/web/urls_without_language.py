"""Addresses that stand in mails, or that machines ask for: they have no language in them."""

from django.urls import path

from tongmun.web.views import health, home, own

app_name = "plain"
urlpatterns = [
    path("", home.choose_language, name="choose-language"),
    path("confirm/<str:secret>/", own.confirm_signature, name="confirm"),
    path("mine/<str:secret>/", own.show_own, name="mine"),
    path("live", health.live, name="live"),
    path("ready", health.ready, name="ready"),
]
