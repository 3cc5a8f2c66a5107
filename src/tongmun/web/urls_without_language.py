"""Addresses that stand in mails, or that machines ask for: they have no language in them."""

from django.urls import path

from tongmun.web.views import health, home, own, sign_on_links

app_name = "plain"
urlpatterns = [
    path("", home.choose_language, name="choose-language"),
    path("confirm/<str:secret>/", own.confirm_signature, name="confirm"),
    path("mine/<str:secret>/", own.show_own, name="mine"),
    path("sign-on/<str:secret>/", sign_on_links.sign_on, name="sign-on"),
    path("organisation/<str:secret>/", sign_on_links.show_organisation, name="organisation"),
    path("live", health.live, name="live"),
    path("ready", health.ready, name="ready"),
]
