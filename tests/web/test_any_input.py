"""Whatever is sent to a public form, the answer is a page."""

from datetime import timedelta
from urllib.parse import quote_from_bytes

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.signatures.signing_steps import an_edition, an_entry, counted, pending_secret

from tongmun.counts.models import CountEntry
from tongmun.signatures.admission import new_stamp
from tongmun.signatures.models import Asked, Pending, Signature

pytestmark = pytest.mark.django_db
ANSWERS = {200, 302, 400, 403, 404, 405, 410}
FIELDS = (
    "way",
    "name",
    "email",
    "country",
    "letter",
    "consents_to_show",
    "consents_to_print",
    "consents_to_news",
    "do",
    "chosen",
    "to_public",
    "to_organisers",
    "keeps_news",
    "via",
    "website",
)
LOOSE = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
HARD = [
    "\x00",
    "\ud800",
    "\udfff x",
    "\u202e",
    "\ufeff",
    "a@localhost",
    "🇰🇷" * 200,
    "9" * 18,
    "9" * 400,
    "-1",
    "%00",
    "\r\nBcc: x",
]
# Surrogates and bytes that are no UTF-8 come in through percent-encoding.
loose_text = st.one_of(
    st.text(max_size=60),
    st.text(st.characters(), max_size=20),
    st.sampled_from(HARD),
    st.sampled_from(
        [
            "public",
            "private",
            "counted",
            "pseudonym",
            "on",
            "name",
            "chosen",
            "count",
            "change",
            "withdraw",
            "erase",
            "KR",
            "min@example.org",
        ]
    ),
)
loose_bytes = st.one_of(st.binary(max_size=80), loose_text.map(lambda words: words.encode("utf-8", "surrogatepass")))


@pytest.fixture
def edition(db):
    return an_edition()


def stamped(body: bytes) -> bytes:
    """Let a form pass for one that was opened a minute ago."""
    return body + b"&stamp=" + new_stamp(edition="trial", at=timezone.now() - timedelta(minutes=1)).encode()


def encoded(form: list[tuple[str, bytes]]) -> bytes:
    return "&".join(f"{name}={quote_from_bytes(value)}" for name, value in form).encode()


forms = st.lists(st.tuples(st.sampled_from(FIELDS), loose_bytes), max_size=9).map(encoded)


def post(address: str, body: bytes, kind: str = "application/x-www-form-urlencoded") -> int:
    """Send a body as it is; an exception anywhere in the product comes out of the client."""
    return Client(raise_request_exception=True).post(address, body, content_type=kind).status_code


@LOOSE
@given(body=forms)
@example(body=b"way=private&name=%00&email=%00&country=%00&letter=%00")
@example(body=b"way=private&name=%ED%A0%80&email=a%40b.org")
@example(body="way=private&name=Min&email=min@example.org&letter=٣".encode())
def test_sign_form_answers_any_form(edition, body):
    assert post("/en/trial/sign/", body) in ANSWERS
    assert post("/en/trial/sign/", stamped(body)) in ANSWERS


@LOOSE
@given(
    body=st.binary(max_size=300),
    kind=st.sampled_from(
        [
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "text/plain",
            "application/json",
            ";;;",
        ]
    ),
)
def test_sign_form_answers_any_bytes(edition, body, kind):
    assert post("/ko/trial/sign/", body, kind) in ANSWERS


@pytest.mark.parametrize("field", FIELDS)
def test_sign_form_answers_a_huge_value(edition, field):
    assert post("/en/trial/sign/", encoded([(field, b"\xf0\x9f\x95\xaf" * 250_000)])) in ANSWERS
    assert post("/en/trial/sign/", encoded([(field, b"x")] * 5_000)) in ANSWERS


@LOOSE
@given(secret=loose_bytes, body=forms)
def test_links_answer_any_secret_and_any_form(edition, secret, body):
    for page in ("confirm", "mine"):
        address = f"/{page}/{quote_from_bytes(secret)}/"
        assert post(address, body) in ANSWERS
        assert Client().get(address).status_code in ANSWERS


@LOOSE
@given(body=forms)
def test_known_links_answer_any_form(edition, body):
    secret, own = pending_secret(edition, an_entry("a@example.org")), counted(edition, an_entry("b@example.org"))

    assert post(f"/confirm/{secret}/", body) in ANSWERS
    assert post(f"/mine/{own}/", body) in ANSWERS
    for model in (Asked, Pending, Signature, CountEntry):
        model.objects.all().delete()


@LOOSE
@given(words=loose_bytes, language=st.sampled_from(["en", "ko", "ar"]))
@example(words=b"35.18, 129.08", language="en")
@example(words="٣٥, ١٢٩".encode(), language="ar")
@example(words=b"90,180", language="en")
@example(words=b"x" * 5_000, language="en")
def test_city_search_answers_any_words(edition, words, language):
    assert Client().get(f"/{language}/trial/cities/?q={quote_from_bytes(words)}").status_code == 200


@LOOSE
@given(parts=st.lists(loose_bytes, min_size=1, max_size=4), query=loose_bytes)
def test_any_address_is_answered(edition, parts, query):
    address = "/" + "/".join(quote_from_bytes(part) for part in parts) + "/?" + quote_from_bytes(query)
    for start in ("", "/en", "/en/trial", "/en/trial/cities", "/en/trial/events"):
        assert Client().get(start + address).status_code in ANSWERS | {301}


@LOOSE
@given(language=st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=60))
def test_any_wish_for_a_language_is_answered(edition, language):
    for address in ("/", "/nothing", "/en/nothing/"):
        assert Client().get(address, headers={"Accept-Language": language}).status_code in ANSWERS


@LOOSE
@given(language=loose_bytes)
def test_letter_in_any_language_is_answered(edition, language):
    address = f"/en/trial/missions/nothing/letter.pdf?language={quote_from_bytes(language)}"
    assert Client().get(address).status_code == 404
