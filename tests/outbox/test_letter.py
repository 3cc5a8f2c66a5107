"""What a mail looks like on the wire, and what never gets into its headers."""

import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import SMTPUTF8

import pytest
from hypothesis import assume, example, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from tongmun.kit.mailbox import NotAMailbox, parse_address
from tongmun.outbox.actions.enqueue import NO_HEADER, HeaderRefused, enqueue
from tongmun.outbox.letter import Letter
from tongmun.outbox.models import Mail

KEY = "0b0f3f5e-4c5b-4f0e-9d3c-2f6a1b7c8d9e"
HOUR = datetime(2027, 9, 22, 3, tzinfo=UTC)
HEADERS = {"message-id", "date", "from", "to", "subject", "auto-submitted", "content-language"}
ABOUT_THE_BODY = {"content-type", "content-transfer-encoding", "mime-version"}


def letter(**changes: str) -> Letter:
    fields = {"to": "suzie@example.org", "subject": "Please confirm", "body": "A link.\n", "language": "en"} | changes
    return Letter.from_fields(KEY, fields, at=HOUR)


def read(written: Letter):
    return message_from_bytes(written.as_bytes(), policy=SMTPUTF8)


def test_headers_say_what_a_mail_program_needs_and_no_more(settings):
    settings.MAIL_FROM = "post@tongmun.example"
    settings.PUBLIC_HOST = "tongmun.example"

    mail = read(letter())

    assert mail["Message-ID"] == f"<{KEY}@tongmun.example>"
    assert mail["From"] == "post@tongmun.example"
    assert mail["To"] == "suzie@example.org"
    assert mail["Subject"] == "Please confirm"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "en"
    assert {name.lower() for name in mail} == HEADERS | ABOUT_THE_BODY


@pytest.mark.parametrize(
    "at",
    [
        datetime(2027, 9, 22, 3, 59, 59, 999999, tzinfo=UTC),
        # In Kolkata the full hour is another one than in UTC.
        datetime(2027, 9, 22, 9, 1, tzinfo=timezone(timedelta(hours=5, minutes=30))),
    ],
)
def test_date_tells_the_hour_and_not_the_minute(at):
    written = Letter.from_fields(KEY, {"to": "a@x.org", "subject": "s", "body": "b", "language": "en"}, at=at)

    assert read(written)["Date"] == "Wed, 22 Sep 2027 03:00:00 +0000"


def test_body_is_plain_text_in_seven_bits_that_reads_as_it_was_written():
    body = "통문을 돌립니다.\nمن فضلك\n.\nFrom here: https://tongmun.example/confirm/" + "x" * 90 + "/\n"

    written = letter(body=body, subject="확인해 주세요")

    assert written.as_bytes().isascii()
    assert read(written).get_content_type() == "text/plain"
    assert read(written).get_content().replace("\r\n", "\n") == body
    assert read(written)["Subject"] == "확인해 주세요"


LINK = "https://" + "long-name." * 20 + "example/confirm/" + "x" * 90 + "/"


@pytest.mark.parametrize("words", ["To confirm, open", "확인하시려면", "للتأكيد افتح"])
def test_a_file_can_be_read_in_an_editor_with_the_link_in_one_piece(words):
    body = f"{words}\n\n{LINK}\n"

    written = letter(body=body)

    lines = written.as_bytes(eight_bits=True).decode().split("\r\n")
    assert LINK in lines
    assert words in lines
    mail = message_from_bytes(written.as_bytes(eight_bits=True), policy=SMTPUTF8)
    assert mail.get_content().replace("\r\n", "\n") == body
    assert not mail.defects


def test_a_link_that_is_sent_to_a_server_is_in_one_piece_when_the_words_are_ascii():
    assert LINK.encode() in letter(body=f"Open\n{LINK}\n").as_bytes().split(b"\r\n")


def test_a_line_that_no_mail_may_have_is_folded_in_a_file_too():
    body = "x" * 1000 + "\n"

    written = letter(body=body).as_bytes(eight_bits=True)

    assert max(map(len, written.split(b"\r\n"))) <= 998
    assert message_from_bytes(written, policy=SMTPUTF8).get_content().replace("\r\n", "\n") == body


def test_a_subject_that_looks_encoded_is_read_as_it_was_typed():
    typed = "=?utf-8?q?=0ABcc:_eve@example.org?="

    assert str(make_header(decode_header(message_from_bytes(letter(subject=typed).as_bytes())["Subject"]))) == typed


def test_an_address_in_another_script_is_written_as_it_is():
    written = letter(to="한@xn--3e0b707e.kr")

    assert written.needs_utf8
    assert "To: 한@xn--3e0b707e.kr\r\n".encode() in written.as_bytes()
    assert not letter().needs_utf8


def test_the_same_letter_is_the_same_bytes():
    assert letter().as_bytes() == letter().as_bytes()


TYPED = st.text(
    st.one_of(st.sampled_from("@.ax한ü'!#$%&*/?^`{|}~_+-=1"), st.characters(categories=["L", "N", "S"])),
    min_size=1,
    max_size=20,
)
SUBJECTS = st.text(st.characters(exclude_categories=["Cs", *sorted(NO_HEADER)]), max_size=300)
LINES = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


@examples(max_examples=300, deadline=None)
@given(
    local=TYPED,
    domain=st.sampled_from(["x.org", "한국.kr", "a" * 63 + "." + "b" * 63 + ".org"]),
    subject=SUBJECTS,
    body=LINES,
)
@example(local="x" * 64, domain="a" * 63 + "." + "b" * 63 + ".org", subject="s" * 300, body="")
@example(local="a=?utf-8?q?b?=", domain="x.org", subject="=?utf-8?q?=0ABcc:_eve@x.org?=", body="\nBcc: eve@x.org\n")
def test_nothing_that_is_typed_becomes_a_header(local, domain, subject, body):
    try:
        to = parse_address(f"{local}@{domain}")
    except NotAMailbox:
        assume(False)
    assume(not any(unicodedata.category(sign) in NO_HEADER for sign in subject))

    written = letter(to=to, subject=subject, body=body).as_bytes()

    mail = message_from_bytes(written)
    assert sorted(name.lower() for name in mail.keys()) == sorted(HEADERS | ABOUT_THE_BODY)  # noqa: SIM118 -- with repeats
    assert f"To: {to}".encode() in written.split(b"\r\n")
    assert mail.defects == []
    assert max(map(len, written.split(b"\r\n"))) <= 998


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["to", "subject", "language"])
@pytest.mark.parametrize(
    "sign", ["\n", "\r", "\r\n", "\0", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\ud800"]
)
def test_a_header_with_a_line_break_is_refused_without_repeating_it(field, sign):
    fields = {"to": "suzie@example.org", "subject": "Please confirm", "body": "A link.", "language": "en"}
    fields[field] += f"{sign}Bcc: eve@example.org"

    with pytest.raises(HeaderRefused) as refusal:
        enqueue(kind="confirmation", **fields)

    assert "eve" not in str(refusal.value)
    assert not Mail.objects.exists()
