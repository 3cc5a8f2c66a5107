import re
from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.signatures.signing_steps import (
    AT,
    an_edition,
    an_entry,
    counted,
    last_secret,
    mails,
    pending_secret,
    writing_connection,
)
from tests.web.site import LANGUAGES, page_of, without_token

from tongmun.counts.actions.count import count_all
from tongmun.counts.models import CountEntry
from tongmun.people.models import User
from tongmun.signatures.actions.moderate import refuse_name, show_name
from tongmun.signatures.actions.withdraw import withdraw
from tongmun.signatures.admission import new_stamp
from tongmun.signatures.models import Pending, Signature
from tongmun.signatures.ways import Way

pytestmark = pytest.mark.django_db
STAMP = new_stamp(edition="trial", at=AT - timedelta(minutes=1))
FORM = {"way": "private", "name": "Min Example", "email": "min@example.org", "country": "KR", "stamp": STAMP}


@pytest.fixture
def edition(db, settings):
    settings.COUNT_LEAST = 1
    with time_machine.travel(AT, tick=False):
        yield an_edition()


def told(client, form):
    """Sign through the pages; give all that an onlooker can compare: answers, bytes, headers, number of queries."""
    with CaptureQueriesContext(connection) as queries:
        first = client.post("/en/trial/sign/", form)
        second = client.get(first.headers["Location"])
    return [
        (answer.status_code, without_token(answer.content), dict(answer.headers), dict(answer.cookies))
        for answer in (first, second)
    ], len(queries)


def test_new_pending_counted_and_withdrawn_mailboxes_get_the_same_answer(edition):
    pending_secret(edition, an_entry("pending@example.org"))
    counted(edition, an_entry("counted@example.org"))
    withdraw(secret=counted(edition, an_entry("withdrawn@example.org")))
    twice = pending_secret(edition, an_entry("counted.twice@example.org"))
    assert twice
    told(Client(), FORM)

    answers = [
        told(Client(), {**FORM, "email": f"{name}@example.org"})
        for name in ("new", "pending", "counted", "withdrawn", "counted.twice")
    ]

    assert answers == [answers[0]] * 5
    assert answers[0][0][0][0] == 302


@pytest.mark.parametrize("language", LANGUAGES)
def test_reader_signs_confirms_and_withdraws(client, edition, language):
    sent = client.post(f"/{language}/trial/sign/", FORM)
    secret = last_secret("confirmation")
    asked = client.get(f"/confirm/{secret}/")
    done = client.post(f"/confirm/{secret}/")
    count_all(at=AT)
    after = client.get(f"/{language}/trial/signatures/").content.decode()
    own = last_secret("receipt")
    mine = client.get(f"/mine/{own}/")
    gone = client.post(f"/mine/{own}/", {"do": "withdraw"})
    count_all(at=AT)

    assert [answer.headers["Location"] for answer in (sent, done, gone)] == [
        f"/{language}/trial/sign/{page}/" for page in ("sent", "counted", "withdrawn")
    ]
    for page in (asked, mine):
        assert page.status_code == 200
        assert page_of(page).all("html")[0]["lang"] == language
    assert re.search(r'count-figure">1<', after)
    assert 'count-figure">1<' not in client.get(f"/{language}/trial/signatures/").content.decode()
    assert mails("confirmation")[0]["language"] == mails("receipt")[0]["language"] == language


def test_opening_a_link_changes_nothing(client, edition):
    secret = pending_secret(edition, an_entry())
    own = counted(edition, an_entry("other@example.org"))
    before = Pending.objects.count(), Signature.objects.count(), CountEntry.objects.count(), len(mails("receipt"))

    for address in (f"/confirm/{secret}/", f"/mine/{own}/"):
        assert [client.get(address).status_code, client.head(address).status_code] == [200, 200]
    assert client.get(f"/mine/{own}/", {"do": "withdraw"}).status_code == 200
    assert client.post(f"/mine/{own}/", {"do": "something"}).status_code == 200

    assert before == (
        Pending.objects.count(),
        Signature.objects.count(),
        CountEntry.objects.count(),
        len(mails("receipt")),
    )


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("address", ["/confirm/{}/", "/mine/{}/"])
@pytest.mark.parametrize("secret", ["unknown", "x" * 3000, "%00", "%ff", "%ed%a0%80", "서울", "'; DROP TABLE"])
def test_unknown_link_is_gone(client, edition, method, address, secret):
    answer = getattr(client, method)(address.format(secret), {"do": "withdraw"} if method == "post" else None)

    assert answer.status_code == 410
    assert (b"does not work any more" in answer.content) == address.startswith("/confirm")
    assert (b"Nothing is kept behind this link" in answer.content) == address.startswith("/mine")


def test_used_and_expired_links_are_gone_and_look_alike(client, edition):
    used, expired = pending_secret(edition, an_entry()), pending_secret(edition, an_entry("late@example.org"))
    client.post(f"/confirm/{used}/")
    first = client.post(f"/confirm/{used}/")

    with time_machine.travel(AT + timedelta(hours=24), tick=False):
        second, third = client.get(f"/confirm/{expired}/"), client.post(f"/confirm/{expired}/")

    assert [answer.status_code for answer in (first, second, third)] == [410] * 3
    assert first.content == second.content == third.content
    assert CountEntry.objects.count() == 1


def test_own_link_is_dead_once_everything_is_erased_and_does_not_say_that_one_is_counted(client, edition):
    withdrawn, erased = counted(edition, an_entry()), counted(edition, an_entry("other@example.org"))
    client.post(f"/mine/{withdrawn}/", {"do": "withdraw"})
    client.post(f"/mine/{erased}/", {"do": "erase"})

    answers = [client.get(f"/mine/{secret}/") for secret in (withdrawn, erased, "cut-off")]

    assert [answer.status_code for answer in answers] == [410] * 3
    assert answers[0].content == answers[1].content == answers[2].content
    assert b"Nothing is kept behind this link" in answers[0].content
    assert b"counted" not in answers[0].content


def test_pages_after_signing_have_no_secret_and_no_address_in_their_url(client, edition):
    sent = client.post("/en/trial/sign/", FORM)
    done = client.post(f"/confirm/{last_secret('confirmation')}/")

    for answer in (sent, done):
        assert answer.headers["Location"].startswith("/en/trial/sign/")
        assert "?" not in answer.headers["Location"]


def test_forms_behind_links_need_their_token(edition):
    strict = Client(enforce_csrf_checks=True)
    secret, own = pending_secret(edition, an_entry()), counted(edition, an_entry("other@example.org"))

    for address, form in (
        (f"/confirm/{secret}/", {}),
        (f"/mine/{own}/", {"do": "withdraw"}),
    ):
        assert strict.post(address, form).status_code == 403
    assert (Pending.objects.count(), CountEntry.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "https://testserver.elsewhere.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"},
    ],
)
def test_form_on_somebody_elses_page_signs_nothing(edition, headers):
    answer = Client(enforce_csrf_checks=True).post("/en/trial/sign/", FORM, headers=headers)

    assert answer.status_code == 403
    assert not Pending.objects.exists()


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}, {"Origin": "null"}]
)
def test_form_on_our_own_page_needs_no_cookie(edition, headers):
    answer = Client(enforce_csrf_checks=True).post("/en/trial/sign/", FORM, headers=headers)

    assert answer.status_code == 302
    assert not answer.cookies
    assert Pending.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"stamp": ""}, b"open for a long time"),
        ({"stamp": "forged"}, b"open for a long time"),
        ({"stamp": new_stamp(edition="other", at=AT - timedelta(minutes=1))}, b"open for a long time"),
        ({"stamp": new_stamp(edition="trial", at=AT - timedelta(hours=6, seconds=1))}, b"open for a long time"),
        ({"stamp": new_stamp(edition="trial", at=AT - timedelta(seconds=2))}, b"quicker than anybody reads"),
        ({"website": "https://example.org"}, b"has to stay empty"),
    ],
)
def test_form_a_machine_filled_in_is_given_back_with_the_reason(client, edition, changes, words):
    answer = client.post("/en/trial/sign/", {**FORM, **changes})

    assert answer.status_code == 200
    assert words in answer.content
    assert b'value="Min Example"' in answer.content
    assert not Pending.objects.exists()


def test_form_that_was_given_back_can_be_sent_again(client, edition):
    hurried = {**FORM, "stamp": new_stamp(edition="trial", at=AT - timedelta(seconds=1))}
    old = {**FORM, "stamp": "forged"}
    later = AT + timedelta(seconds=5)

    for form in (hurried, old):
        page = page_of(client.post("/en/trial/sign/", form))
        [stamp] = [one["value"] for one in page.all("input") if one.get("name") == "stamp"]
        with time_machine.travel(later, tick=False):
            assert client.post("/en/trial/sign/", {**form, "stamp": stamp}).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_full_database_says_not_recorded_and_keeps_what_was_typed(client, edition):
    def full(execute, sql, params, many, context):
        if sql.startswith("INSERT"):
            raise OperationalError("database or disk is full")
        return execute(sql, params, many, context)

    with writing_connection().execute_wrapper(full):
        answer = client.post("/en/trial/sign/", FORM)

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert b"not recorded" in answer.content
    assert b'value="min@example.org"' in answer.content


def test_closed_edition_cannot_be_signed(client, edition):
    edition.state = "closed"
    edition.save()

    shown, sent = client.get("/en/trial/sign/"), client.post("/en/trial/sign/", FORM)

    assert b"Signing is closed" in shown.content
    assert b"Signing is closed" in sent.content
    assert not Pending.objects.exists()
    assert not mails("confirmation")


def test_page_says_who_is_responsible_and_until_when(client, edition, settings):
    settings.CONTROLLER = "The coalition, post@example.org"

    page = client.get("/en/trial/sign/").content.decode()

    assert "Responsible for your data: The coalition, post@example.org." in page
    assert "By Tuesday, 22 October 2030 we erase everything that could tell that you signed" in page


def test_what_was_refused_is_kept_in_the_form_and_told_beside_the_field(client, edition):
    answer = client.post("/en/trial/sign/", {**FORM, "email": "a@localhost", "consents_to_news": "on", "way": "public"})

    page = page_of(answer)
    inputs = {one["name"]: one for one in page.all("input") if one.get("type") not in {"radio", "hidden"}}
    described = inputs["email"]["aria-describedby"].split()
    ids = {attributes["id"] for _tag, attributes in page.elements if "id" in attributes}
    assert answer.status_code == 200
    assert inputs["email"]["value"] == "a@localhost"
    assert inputs["name"]["value"] == "Min Example"
    assert "checked" in inputs["consents_to_news"]
    assert [one["value"] for one in page.all("input") if one.get("type") == "radio" and "checked" in one] == ["public"]
    assert "selected" in next(option for option in page.all("option") if option["value"] == "KR")
    assert inputs["email"]["aria-invalid"] == "true"
    assert set(described) <= ids
    assert "id_email_error" in described
    assert "id_consents_to_show_error" in inputs["consents_to_show"]["aria-describedby"]
    assert not Pending.objects.exists()


def test_signature_stays_with_the_version_its_signer_read(client, edition):
    old = edition.letters.get()
    fields = {field.name: getattr(old, field.name) for field in old._meta.fields if field.name not in {"id", "number"}}
    page = page_of(client.get("/en/trial/sign/"))
    [seen] = [one["value"] for one in page.all("input") if one.get("name") == "letter"]
    type(old).objects.create(**{**fields, "number": 2, "body": "Another text.", "digest": "f" * 64})

    client.post("/en/trial/sign/", {**FORM, "letter": seen})
    client.post("/en/trial/sign/", {**FORM, "email": "other@example.org", "letter": "9" * 64})

    assert sorted(Pending.objects.values_list("letter__number", flat=True)) == [1, 2]


def test_letter_of_another_edition_cannot_be_signed_here(client, edition):
    other = an_edition("other")
    foreign = other.letters.get()
    type(foreign).objects.filter(pk=foreign.pk).delete()
    foreign.pk, foreign.digest, foreign._state.adding = None, "e" * 64, True
    foreign.save()

    client.post("/en/trial/sign/", {**FORM, "letter": foreign.digest})

    assert Pending.objects.get().letter == edition.letters.get()


def test_name_with_markup_is_shown_as_text_once_it_is_let_through(client, edition):
    name = "Min <script>alert(1)</script>"
    counted(edition, an_entry(way=Way.PUBLIC, name=name))
    before = client.get("/en/trial/signatures/").content.decode()
    show_name(signature=Signature.objects.get(), by=User.objects.create(email="desk@example.org"), at=AT)

    after = client.get("/en/trial/signatures/").content.decode()

    assert "Min" not in before
    assert "<script>alert" not in after
    assert "Min &lt;script&gt;alert(1)&lt;/script&gt;" in after


def test_refused_name_is_on_no_page_and_stays_counted(client, edition):
    counted(edition, an_entry(way=Way.PUBLIC, name="Napoleon"))
    refuse_name(signature=Signature.objects.get(), by=User.objects.create(email="desk@example.org"), at=AT)
    count_all(at=AT)

    content = client.get("/en/trial/signatures/").content.decode()

    assert "Napoleon" not in content
    assert 'count-figure">1<' in content


def test_own_page_shows_a_name_only_when_all_may_read_it(client, edition):
    own = counted(edition, an_entry(way=Way.PUBLIC, name="Min Example"))
    before = client.get(f"/mine/{own}/").content
    show_name(signature=Signature.objects.get(), by=User.objects.create(email="desk@example.org"), at=AT)

    assert b"Min Example" not in before
    assert b"Min Example" in client.get(f"/mine/{own}/").content
    assert b"example.org" not in client.get(f"/mine/{own}/").content


PUBLIC = ("", "letter/", "cities/", "signatures/", "organisations/", "news/", "news.atom", "calendar.ics", "sign/")
signers = st.lists(
    st.tuples(
        st.sampled_from([way.value for way in Way]),
        st.booleans(),
        st.booleans(),
        st.sampled_from(["show", "refuse", "leave"]),
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(signers=signers)
def test_no_name_is_public_unless_its_owner_and_a_moderator_said_so(edition, signers):
    client = Client()
    before = transaction.savepoint()
    by = User.objects.create(email="desk@example.org")
    allowed = set()
    for number, (way, prints, news, verdict) in enumerate(signers):
        name = "" if way == "counted" else f"Signer{number}x"
        entry = an_entry(
            f"s{number}@example.org",
            Way(way),
            name=name,
            consents_to_print=prints and way != "counted",
            consents_to_news=news,
        )
        counted(edition, entry)
        signature = Signature.objects.latest("pk")
        if verdict == "show" and signature.moderation == "WAITING":
            show_name(signature=signature, by=by, at=AT)
            allowed.add(name)
        elif verdict == "refuse":
            refuse_name(signature=signature, by=by, at=AT)
    count_all(at=AT)
    pages = "".join(client.get(f"/en/trial/{address}").content.decode() for address in PUBLIC)
    transaction.savepoint_rollback(before)

    assert set(re.findall(r"Signer\dx", pages)) == allowed
    assert not re.search(r"s\d@example", pages)


def test_number_of_queries_of_signing_is_what_it_is_however_many_have_signed(edition):
    _, first = told(Client(), FORM)
    for number in range(12):
        counted(edition, an_entry(f"{number}@example.org"))

    _, later = told(Client(), {**FORM, "email": "later@example.org"})

    assert first == later
