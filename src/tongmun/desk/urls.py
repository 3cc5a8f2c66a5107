"""Addresses of the desk: docs/reference/desk-urls.md says who may go where."""

from django.urls import path

from tongmun.desk.views import (
    door,
    editions,
    floods,
    house,
    imports,
    names,
    packets,
    paper_batches,
    papers,
    texts,
    vouched,
)

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
    path("<slug:edition>/papers/", papers.list_batches, name="papers"),
    path("<slug:edition>/papers/sheets/", papers.print_sheets, name="print-sheets"),
    path("<slug:edition>/papers/sheets/again/", papers.print_sheets_again, name="print-again"),
    path("<slug:edition>/papers/vouched/", vouched.vouch_for_number, name="vouched"),
    path("<slug:edition>/papers/<int:batch>/", paper_batches.show_batch, name="paper-batch"),
    path("<slug:edition>/papers/<int:batch>/cover/", paper_batches.recount_batch, name="recount-batch"),
    path("<slug:edition>/papers/<int:batch>/count/", paper_batches.count_batch, name="count-batch"),
    path("<slug:edition>/papers/<int:batch>/correction/", paper_batches.correct_counted_batch, name="correct-batch"),
    path("<slug:edition>/papers/<int:batch>/<int:sheet>/", paper_batches.read_one_sheet, name="read-sheet"),
    path("<slug:edition>/papers/<int:batch>/<int:sheet>/anew/", paper_batches.read_sheet_anew, name="read-anew"),
    path("<slug:edition>/papers/<int:batch>/<int:sheet>/out/", paper_batches.take_sheet_out, name="take-out"),
    path("<slug:edition>/packets/", packets.freeze, name="packets"),
    path("<slug:edition>/packets/<int:freeze>/", packets.show_freeze, name="freeze"),
    path("<slug:edition>/packets/<int:freeze>/all.zip", packets.download_all, name="packets-all"),
    path("<slug:edition>/packets/<int:freeze>/city/<slug:city>.zip", packets.download_city, name="packets-city"),
    path(
        "<slug:edition>/packets/<int:freeze>/mission/<slug:mission>.zip",
        packets.download_mission,
        name="packets-mission",
    ),
    path("<slug:edition>/imports/", imports.upload_file, name="imports"),
    path("<slug:edition>/imports/<int:number>/", imports.decide_import, name="import"),
    path("<slug:edition>/imports/<int:number>/rejected.csv", imports.download_rejected, name="import-rejected"),
]
