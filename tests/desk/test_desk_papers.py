"""Paper sheets at the desk: print, take back, read twice, count."""

import io

import pytest
from desk_sample import AT, LATER, account, carla, city, client_of, edition, letter, sheets_in_batch
from django.urls import reverse
from pypdf import PdfReader

from tongmun.counts.models import CountEntry
from tongmun.papers.actions.open_batch import open_batch
from tongmun.papers.models import PaperBatch, PaperSheet, SheetReading
from tongmun.people.models import JournalEntry

pytestmark = pytest.mark.django_db

PAGE = "/desk/rivers/papers/"
PRINT = {"amount": "3", "place": "", "language": "en", "destroy_by": "2027-10-22"}


@pytest.fixture
def user():
    return carla()


@pytest.fixture
def minho():
    return account("minho@example.org", is_organiser=True, name="Minho")


@pytest.fixture
def client(user):
    return client_of(user)


@pytest.fixture
def rivers(user):
    rivers = edition()
    letter(rivers, user)
    return rivers


@pytest.fixture
def batch(rivers):
    return sheets_in_batch(rivers, rivers.letters.get(), 2, signatures=15)


@pytest.fixture(autouse=True)
def some_day(time_machine_at):
    with time_machine_at(AT):
        yield


@pytest.fixture
def counted(client, minho, batch):
    read_both(client, minho)
    client.post(f"{PAGE}1/count/")


def reading(client, sheet: int, signatures: object, struck: object = "", *, number: object = 1):
    typed = {"reading": number, "signatures": signatures, "struck": struck}
    return client.post(f"{PAGE}1/{sheet}/", typed)


def read_both(client, other, first: int = 10, second: int = 5) -> None:
    for sheet, signatures in ((1, first), (2, second)):
        reading(client, sheet, signatures, number=1)
        reading(client_of(other), sheet, signatures, number=2)


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_printing_answers_with_the_sheets_and_gives_them_their_numbers(client, rivers):
    place = city(rivers, 1)

    first = client.post(f"{PAGE}sheets/", PRINT | {"place": place.pk})
    second = client.post(f"{PAGE}sheets/", PRINT | {"amount": "1"})

    pages = PdfReader(io.BytesIO(first.content)).pages
    assert (first.headers["Content-Type"], len(pages)) == ("application/pdf", 3)
    assert first.headers["Content-Disposition"] == 'attachment; filename="sheets-001-003.pdf"'
    assert "City 1 Sheet 002" in pages[1].extract_text()
    assert f"http://testserver{reverse('web:letter', args=['rivers'])}" in pages[1].extract_text()
    assert second.headers["Content-Disposition"] == 'attachment; filename="sheets-004-004.pdf"'
    rows = PaperSheet.objects.order_by("number").values_list("number", "place", "destroy_by__day", "printed_on")
    assert list(rows) == [*((number, place.pk, 22, AT.date()) for number in (1, 2, 3)), (4, None, 22, AT.date())]


def test_sheets_of_a_language_lead_to_the_letter_in_it(client, user, rivers):
    letter(rivers, user, language="ko", subject="강")

    answer = client.post(f"{PAGE}sheets/", PRINT | {"language": "ko"})

    assert "http://testserver/ko/rivers/letter/" in PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("amount", "0", "greater than or equal to 1"),
        ("amount", "201", "less than or equal to 200"),
        ("amount", "many", "whole number"),
        ("language", "ar", "not one of the available choices"),
        ("destroy_by", "2027-08-10", "not in the future"),
        ("destroy_by", "soon", "valid date"),
        ("place", "999", "not one of the available choices"),
    ],
)
def test_printing_says_beside_the_field_what_is_wrong_and_gives_no_number(field, typed, words, client, rivers):
    answer = client.post(f"{PAGE}sheets/", PRINT | {field: typed})

    assert words in text(answer)
    assert f'id="id_{field}_error"' in text(answer)
    assert not PaperSheet.objects.exists()


def test_text_that_cannot_be_printed_takes_no_number(client, rivers):
    place = city(rivers, 1)
    place.city.names = {"en": "བོད"}
    place.city.save(update_fields=["names"])

    answer = client.post(f"{PAGE}sheets/", PRINT | {"place": place.pk})

    assert "No font can draw these characters" in text(answer)
    assert 'value="3"' in text(answer)
    assert not PaperSheet.objects.exists()


def test_city_of_another_edition_cannot_be_printed_for(client, rivers):
    foreign = city(edition("lakes"), 1)

    client.post(f"{PAGE}sheets/", PRINT | {"place": foreign.pk})

    assert not PaperSheet.objects.exists()


def test_edition_without_a_letter_has_no_sheets_to_print(client, db):
    edition()

    assert "There is no letter to sign yet" in text(client.get(f"{PAGE}sheets/"))
    assert client.post(f"{PAGE}sheets/", PRINT).headers["Content-Type"].startswith("text/html")


def test_sheets_printed_again_are_the_same_bytes_on_a_later_day(client, user, rivers, time_machine_at):
    first = client.post(f"{PAGE}sheets/", PRINT)

    with time_machine_at(LATER):
        again = client_of(user).post(f"{PAGE}sheets/again/", {"sheets": "1-3"})

    assert again.content == first.content
    assert PaperSheet.objects.count() == 3


@pytest.mark.parametrize(
    ("sheets", "words"),
    [
        ("4", "The highest number is 3"),
        ("x", "not the number of a sheet"),
        ("1-300", "more than 200"),
        ("", "required"),
    ],
)
def test_sheets_that_were_never_printed_are_not_printed_again(sheets, words, client, rivers):
    client.post(f"{PAGE}sheets/", PRINT)

    answer = client.post(f"{PAGE}sheets/again/", {"sheets": sheets})

    assert words in text(answer)


def test_sheets_of_two_kinds_are_not_printed_again_in_one_go(client, rivers):
    client.post(f"{PAGE}sheets/", PRINT)
    client.post(f"{PAGE}sheets/", PRINT | {"place": city(rivers, 1).pk})

    assert "differ in city" in text(client.post(f"{PAGE}sheets/again/", {"sheets": "2-5"}))


def test_batch_is_opened_with_what_was_counted_by_hand(client, rivers):
    place = city(rivers, 1)

    answer = client.post(PAGE, {"place": place.pk, "cover_sheets": "2", "cover_signatures": "15"})

    assert answer.headers["Location"] == f"{PAGE}1/"
    batch = PaperBatch.objects.get()
    assert (batch.number, batch.place, batch.cover_sheets, batch.cover_signatures) == (1, place, 2, 15)


@pytest.mark.parametrize(
    ("sheets", "signatures", "words"),
    [
        ("2", "25", "2 sheets have 24 lines"),
        ("1", "13", "One sheet has 12 lines"),
        ("0", "1", "greater than or equal to 1"),
        ("2", "0", "greater than or equal to 1"),
        ("2", "x", "whole number"),
    ],
)
def test_cover_that_cannot_be_is_refused_and_stays_typed(sheets, signatures, words, client, rivers):
    answer = client.post(PAGE, {"place": "", "cover_sheets": sheets, "cover_signatures": signatures})

    assert words in text(answer)
    assert f'value="{signatures}"' in text(answer)
    assert not PaperBatch.objects.exists()


def test_sheets_are_put_into_a_batch_by_their_numbers(client, rivers):
    client.post(f"{PAGE}sheets/", PRINT)
    client.post(PAGE, {"place": "", "cover_sheets": "2", "cover_signatures": "15"})

    client.post(f"{PAGE}1/", {"sheets": "1, 003"})

    assert list(PaperSheet.objects.filter(batch__number=1).values_list("number", flat=True)) == [1, 3]


def test_sheet_that_cannot_be_put_in_is_explained(client, user, rivers, batch):
    place = city(rivers, 1)
    client.post(f"{PAGE}sheets/", PRINT | {"amount": "1", "place": place.pk})
    open_batch(edition=rivers, place=None, cover_sheets=1, cover_signatures=1, by=user, at=AT)

    page = text(client.post(f"{PAGE}2/", {"sheets": "2, 3, 77"}))
    same = text(client.post(f"{PAGE}1/", {"sheets": "2"}))

    assert "Sheet 002 is in batch 1 already" in page
    assert "Sheet 003 was printed for City 1" in page
    assert "There is no sheet 077. The highest number printed is 003" in page
    assert 'value="2, 3, 77"' in page
    assert "Sheet 002 is in this batch already" in same


def test_full_batch_asks_for_no_more_sheets(client, rivers, batch):
    full = text(client.get(f"{PAGE}1/"))
    client.post(f"{PAGE}1/2/out/")

    assert "Put sheets in" not in full
    assert "put in one sheet more" in text(client.get(f"{PAGE}1/"))


def test_second_reader_does_not_see_the_first_reading(client, minho, batch):
    reading(client, 1, 11, 1)

    pages = [text(client_of(minho).get(f"{PAGE}{page}")) for page in ("1/1/", "1/", "")]

    assert "Read once" in pages[0]
    assert not [page for page in pages if ">11<" in page or 'value="11"' in page]


def test_reader_goes_from_sheet_to_sheet_until_there_is_none_to_read(client, batch):
    first, second = reading(client, 1, 10), reading(client, 2, 5)

    assert [one.headers["Location"] for one in (first, second)] == [f"{PAGE}1/2/", f"{PAGE}1/"]
    page = text(client.get(f"{PAGE}1/"))
    assert "somebody else reads the sheets that you have read" in page


@pytest.mark.parametrize(
    ("signatures", "struck", "words"),
    [
        ("13", "", "less than or equal to 12"),
        ("-1", "", "greater than or equal to 0"),
        ("10", "3", "A sheet has 12 lines, and these are 13 together"),
        ("", "3", "required"),
        ("ten", "", "whole number"),
    ],
)
def test_reading_that_cannot_be_is_refused_and_stays_typed(signatures, struck, words, client, batch):
    answer = reading(client, 1, signatures, struck)

    assert words in text(answer)
    assert f'name="struck" value="{struck}"' in text(answer) or not struck
    assert not SheetReading.objects.exists()


def test_reading_field_brings_up_the_digits_of_a_telephone(client, batch):
    page = text(client.get(f"{PAGE}1/1/"))

    assert page.count('inputmode="numeric"') == 2


def test_one_person_cannot_read_a_sheet_twice(client, minho, batch):
    reading(client, 1, 10)

    page = text(client.get(f"{PAGE}1/1/"))
    answer = text(reading(client, 1, 10, number=2))

    assert "You have read this sheet. Somebody else reads it" in page
    assert 'name="signatures"' not in page
    assert "A second person has to read it too" in answer
    assert SheetReading.objects.count() == 1


@pytest.mark.parametrize("page", ["", "1/"])
def test_single_organiser_is_told_that_a_second_person_is_needed(page, client, batch):
    alone = text(client.get(PAGE + page))
    account("minho@example.org", is_organiser=True)

    assert "A second person is needed" in alone
    assert "A second person is needed" not in text(client.get(PAGE + page))


def test_readings_that_differ_are_shown_and_decided_by_a_third(client, minho, batch):
    reading(client, 1, 10)
    reading(client_of(minho), 1, 9, 1, number=2)

    page = text(client.get(f"{PAGE}1/1/"))
    neither = text(reading(client, 1, 8, number=3))
    reading(client, 1, 9, 1, number=3)

    assert "The two readings differ" in page
    assert ">10<" in page
    assert ">9<" in page
    assert "neither of the two readings" in neither
    assert "Settled by a third reading" in text(client.get(f"{PAGE}1/1/"))


def test_reading_after_somebody_was_faster_is_not_taken(client, minho, batch):
    reading(client, 1, 10)
    reading(client_of(minho), 1, 9, number=2)

    answer = reading(client_of(minho), 1, 10, number=2)

    assert answer.headers["Location"] == f"{PAGE}1/1/"
    assert SheetReading.objects.count() == 2


def test_batch_that_differs_says_by_how_much_and_where_to_look(client, minho, batch):
    read_both(client, minho, first=9)

    page = text(client.get(f"{PAGE}1/"))

    assert "The sheets have one signature fewer than the cover. Nothing is counted." in page
    assert 'action="/desk/rivers/papers/1/count/"' not in page
    assert "not agree with the cover" in text(client.post(f"{PAGE}1/count/", follow=True))
    assert not CountEntry.objects.exists()


def test_suspect_sheets_are_named_where_the_sum_differs(client, minho, batch):
    reading(client, 1, 11, 1)
    reading(client_of(minho), 1, 11, 1, number=2)
    reading(client, 2, 5)
    reading(client_of(minho), 2, 5, number=2)

    page = text(client.get(f"{PAGE}1/"))

    assert "one signature more than the cover" in page
    assert page.count('href="/desk/rivers/papers/1/1/">001<') == 2
    assert page.count('href="/desk/rivers/papers/1/2/">002<') == 1


def test_cover_can_be_counted_again(client, minho, batch):
    read_both(client, minho, first=9)

    client.post(f"{PAGE}1/cover/", {"cover_sheets": "2", "cover_signatures": "14"})

    assert "Count 14 signatures" in text(client.get(f"{PAGE}1/"))
    assert JournalEntry.objects.get(deed="paper.cover-recounted").subject == "rivers batch 1: 2 sheets, 14 signatures"


def test_batch_that_agrees_is_counted_once_and_shows_what_the_log_rests_on(client, minho, batch):
    read_both(client, minho)

    page = text(client.post(f"{PAGE}1/count/", follow=True))
    again = text(client.post(f"{PAGE}1/count/", follow=True))

    entry = CountEntry.objects.get()
    assert (entry.kind, entry.amount) == ("PAPER", 15)
    assert "Batch 1, sheets 1-2" in page
    assert bytes(entry.digest).hex() in page
    assert "&quot;readings&quot;:[[10,0],[10,0]]" in page
    assert "nothing in it can change" in again


def test_counted_batch_is_corrected_with_a_reason(client, counted):
    page = text(
        client.post(f"{PAGE}1/correction/", {"amount": "-3", "reason": "Sheet 2 was signed twice"}, follow=True)
    )

    assert "12 signatures are counted" in page
    assert "Sheet 2 was signed twice" in page
    assert list(CountEntry.objects.order_by("pk").values_list("amount", flat=True)) == [15, -3]


@pytest.mark.parametrize(
    ("amount", "reason", "words"),
    [
        ("-16", "Sheet 2 was signed twice", "The batch counts 15 signatures. No more can be taken away."),
        ("0", "Sheet 2 was signed twice", "A correction of 0 changes nothing"),
        ("-1", "Oops", "at least 10 characters"),
        ("-1", "x" * 201, "at most 200"),
        ("9999999999", "Sheet 2 was signed twice", "less than or equal to"),
    ],
)
def test_correction_that_cannot_be_is_refused_and_stays_typed(amount, reason, words, client, counted):

    answer = text(client.post(f"{PAGE}1/correction/", {"amount": amount, "reason": reason}))

    assert words in answer
    assert f'value="{amount}"' in answer
    assert f'value="{reason}"' in answer
    assert CountEntry.objects.count() == 1


def test_open_batch_is_not_corrected(client, batch):
    answer = client.post(f"{PAGE}1/correction/", {"amount": "-1", "reason": "Sheet 2 was signed twice"})

    assert "not counted yet" in text(answer)
    assert not CountEntry.objects.exists()


def test_sheet_is_read_anew_or_taken_out_with_a_button(client, minho, batch):
    read_both(client, minho)

    client.post(f"{PAGE}1/1/anew/")
    anew = SheetReading.objects.filter(sheet__number=1).count()
    client.post(f"{PAGE}1/2/out/")

    assert anew == 0
    assert list(PaperSheet.objects.filter(batch=batch).values_list("number", flat=True)) == [1]


@pytest.mark.parametrize("deed", ["1/count/", "1/1/anew/", "1/1/out/"])
def test_looking_changes_nothing(deed, client, minho, batch):
    read_both(client, minho)

    client.get(PAGE + deed)

    assert (SheetReading.objects.count(), batch.sheets.count(), CountEntry.objects.count()) == (4, 2, 0)


@pytest.mark.parametrize("page", ["2/", "1/3/", f"{'9' * 30}/", f"1/{'9' * 30}/"])
def test_batch_or_sheet_that_is_not_there_is_not_found(page, client, batch):
    assert client.get(PAGE + page).status_code == 404


def test_batch_of_another_edition_is_not_found(client, user, batch):
    edition("lakes")

    assert client.get("/desk/lakes/papers/1/").status_code == 404


@pytest.mark.parametrize("item_count", [1, 3])
def test_batches_page_takes_nine_queries(item_count, client, rivers, django_assert_num_queries):
    for number in range(item_count):
        sheets_in_batch(rivers, rivers.letters.get(), 2, place=city(rivers, number))

    with django_assert_num_queries(9):
        page = text(client.get(PAGE))

    assert page.count("/papers/1/") + page.count("/papers/2/") + page.count("/papers/3/") == item_count


@pytest.mark.parametrize("item_count", [1, 3])
def test_batch_page_takes_as_many_queries_whatever_it_holds(item_count, client, rivers, django_assert_num_queries):
    sheets_in_batch(rivers, rivers.letters.get(), item_count)

    with django_assert_num_queries(7):
        page = text(client.get(f"{PAGE}1/"))

    assert page.count("Not read yet") == item_count
