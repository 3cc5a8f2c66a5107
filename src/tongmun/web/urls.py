"""Public pages; the language stands before each of these."""

from django.urls import path

from tongmun.web.views import calendars, cities, edition, events, home, letter, log, news, signing, signons

app_name = "web"
urlpatterns = [
    path("", home.list_campaigns, name="campaigns"),
    path("<slug:edition>/", edition.show_call, name="call"),
    path("<slug:edition>/letter/", letter.show_letter, name="letter"),
    path("<slug:edition>/letter/versions/<slug:language>/<int:number>/", letter.show_version, name="letter-version"),
    path("<slug:edition>/letter.pdf", letter.print_letter, name="letter-pdf"),
    path("<slug:edition>/missions/<slug:mission>/letter.pdf", letter.print_copy, name="copy-pdf"),
    path("<slug:edition>/sign/", signing.sign_letter, name="sign"),
    path("<slug:edition>/sign/sent/", signing.show_sent, name="sent"),
    path("<slug:edition>/sign/counted/", signing.show_counted, name="counted"),
    path("<slug:edition>/sign/withdrawn/", signing.show_withdrawn, name="withdrawn"),
    path("<slug:edition>/sign/erased/", signing.show_erased, name="erased"),
    path("<slug:edition>/signatures/", edition.show_signatures, name="signatures"),
    path("<slug:edition>/log/", log.show_log, name="log"),
    path("<slug:edition>/log/checkpoint", log.checkpoint, name="log-checkpoint"),
    path("<slug:edition>/log/count.json", log.numbers, name="log-numbers"),
    path("<slug:edition>/log/tile/entries/<path:place>", log.entries, name="log-entries"),
    path("<slug:edition>/log/tile/<int:level>/<path:place>", log.tile, name="log-tile"),
    path("<slug:edition>/log/verify_count.py", log.verifier, name="log-verifier"),
    path("<slug:edition>/log/cosign", log.cosign, name="log-cosign"),
    path("<slug:edition>/cities/", cities.list_cities, name="cities"),
    path("<slug:edition>/cities/<slug:city>/", cities.show_city, name="city"),
    path("<slug:edition>/events/<slug:event>/", events.show_event, name="event"),
    path("<slug:edition>/events/<slug:event>.ics", calendars.event_calendar, name="event-ics"),
    path("<slug:edition>/calendar.ics", calendars.edition_calendar, name="calendar"),
    path("<slug:edition>/news/", news.list_news, name="news"),
    path("<slug:edition>/news.atom", news.feed, name="news-atom"),
    path("<slug:edition>/organisations/", signons.show_organisations, name="organisations"),
    path("<slug:edition>/organisations/ring.svg", signons.draw_ring, name="ring-svg"),
    path("<slug:edition>/organisations/ring.pdf", signons.print_ring, name="ring-pdf"),
    path("<slug:edition>/organisations/sign-on/", signons.ask_for_link, name="ask-for-link"),
    path("<slug:edition>/organisations/sign-on/<slug:what>/", signons.show_landing, name="sign-on-landing"),
    path("<slug:edition>/organisations/<slug:organisation>/logo.png", signons.show_logo, name="logo"),
]
