"""Public pages; the language stands before each of these."""

from django.urls import path

from tongmun.web.views import calendars, cities, edition, events, home, letter, news, signing

app_name = "web"
urlpatterns = [
    path("", home.list_campaigns, name="campaigns"),
    path("<slug:edition>/", edition.show_call, name="call"),
    path("<slug:edition>/letter/", letter.show_letter, name="letter"),
    path("<slug:edition>/letter.pdf", letter.print_letter, name="letter-pdf"),
    path("<slug:edition>/missions/<slug:mission>/letter.pdf", letter.print_copy, name="copy-pdf"),
    path("<slug:edition>/sign/", signing.sign_letter, name="sign"),
    path("<slug:edition>/sign/sent/", signing.show_sent, name="sent"),
    path("<slug:edition>/sign/counted/", signing.show_counted, name="counted"),
    path("<slug:edition>/sign/withdrawn/", signing.show_withdrawn, name="withdrawn"),
    path("<slug:edition>/sign/erased/", signing.show_erased, name="erased"),
    path("<slug:edition>/signatures/", edition.show_signatures, name="signatures"),
    path("<slug:edition>/cities/", cities.list_cities, name="cities"),
    path("<slug:edition>/cities/<slug:city>/", cities.show_city, name="city"),
    path("<slug:edition>/events/<slug:event>/", events.show_event, name="event"),
    path("<slug:edition>/events/<slug:event>.ics", calendars.event_calendar, name="event-ics"),
    path("<slug:edition>/calendar.ics", calendars.edition_calendar, name="calendar"),
    path("<slug:edition>/news/", news.list_news, name="news"),
    path("<slug:edition>/news.atom", news.feed, name="news-atom"),
    path("<slug:edition>/organisations/", edition.show_organisations, name="organisations"),
]
