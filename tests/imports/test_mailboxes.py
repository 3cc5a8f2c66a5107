"""Addresses of a file are read as the form reads them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongmun.imports.mailboxes import read_mailbox
from tongmun.kit.mailbox import NotAMailbox, canonical_address, parse_address

LOCAL = st.text(alphabet="aZ9._-+é@ ", min_size=0, max_size=12)
DOMAIN = st.sampled_from(
    [
        "gmail.com",
        "GoogleMail.com",
        "example.org",
        "exämple.org",
        "localhost",
        "a..b",
        "1.2.3.4",
        "-a.org",
        "x.local",
        "a.1",
        "outlook.com",
    ]
)


def by_the_form(value: str) -> tuple[str, str] | None:
    try:
        return parse_address(value), canonical_address(value)
    except NotAMailbox:
        return None


def by_the_import(value: str) -> tuple[str, str] | None:
    try:
        return read_mailbox(value)
    except NotAMailbox:
        return None


@given(local=LOCAL, domain=DOMAIN, space=st.sampled_from(["", " ", "\t", "\u200b"]))
def test_any_address_is_read_as_by_the_form(local, domain, space):
    value = f"{space}{local}@{domain}{space}"

    assert by_the_import(value) == by_the_form(value)


@pytest.mark.parametrize(
    "value",
    [
        "Suzie.Signer@gmail.com",
        "suzie.signer@googlemail.com",
        "suzie+news@gmail.com",
        "suzie-signer@EXAMPLE.org",
        "a" * 64 + "@example.org",
        "a" * 65 + "@example.org",
        "a" * 64 + "@" + "b" * 60 + "." + "c" * 60 + "." + "d" * 60 + ".org",
        "a" * 64 + "@" + "b" * 63 + "." + "c" * 63 + "." + "d" * 62 + ".org",
        "a@" + "b" * 64 + ".org",
        "a.@example.org",
        ".a@example.org",
        "a..b@example.org",
        "suzie@a--b.org",
    ],
)
def test_address_is_read_as_by_the_form(value):
    assert by_the_import(value) == by_the_form(value)
