"""Addresses of the desk: docs/reference/desk-urls.md says who may go where."""

from django.urls import path

from tongmun.desk.views import door, editions, floods, house, names, texts

app_name = "desk"
urlpatterns = [
    path("open/<str:secret>/", door.open_desk, name="open"),
    path("sign-in/", door.sign_in, name="sign-in"),
    path("sign-out/", door.sign_out, name="sign-out"),
    path("language/", door.choose_language, name="choose-language"),
    path("", editions.show_overview, name="overview"),
    path("mail/", house.decide_mail, name="mail"),
    path("journal/", house.show_journal, name="journal"),
    path("<slug:edition>/", editions.show_edition, name="edition"),
    path("<slug:edition>/call/<slug:language>/", texts.edit_call, name="edit-call"),
    path("<slug:edition>/letter/<slug:language>/", texts.edit_letter, name="edit-letter"),
    path("<slug:edition>/names/", names.decide_names, name="names"),
    path("<slug:edition>/floods/", floods.decide_floods, name="floods"),
]
