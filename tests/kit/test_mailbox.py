"""Which addresses are taken, which are refused, and which of them are one mailbox."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tongmun.kit.mailbox import NotAMailbox, canonical_address, gives_to_anybody, parse_address

ACCEPTED = [
    ("ana@example.org", "ana@example.org"),
    ("  ana@example.org\n", "ana@example.org"),
    ("Ana.Maria@Example.ORG", "Ana.Maria@example.org"),
    ("ana+news@example.org", "ana+news@example.org"),
    ("o'neill@example.org", "o'neill@example.org"),
    ("a@sub.example.co.uk", "a@sub.example.co.uk"),
    ("a@1and1.com", "a@1and1.com"),
    ("한@x.org", "한@x.org"),
    # Decomposed Hangul, as some systems type it, is put together.
    ("\u1112\u1161\u11ab@x.org", "한@x.org"),
    ("علي@x.org", "علي@x.org"),
    ("ana@한국.kr", "ana@xn--3e0b707e.kr"),
    ("ana@bücher.example", "ana@xn--bcher-kva.example"),
    # The full stops people type in Chinese and Japanese.
    ("ana@x。org", "ana@x.org"),
    # Another domain than strasse.de since IDNA 2008.
    ("ana@Straße.de", "ana@xn--strae-oqa.de"),
    ("a" * 64 + "@x.org", "a" * 64 + "@x.org"),
]

REFUSED = [
    "",
    " ",
    "@",
    "ana",
    "ana@",
    "@example.org",
    "a@localhost",
    "a@printer.local",
    "a@x.localhost",
    "a@x.invalid",
    "a@[127.0.0.1]",
    "a@127.0.0.1",
    "a@[IPv6:::1]",
    "a@x",
    "a@.org",
    "a@x..org",
    "a@x.org.",
    "a@-x.org",
    "a@x-.org",
    "a@x_y.org",
    "a@x.123",
    "a b@x.org",
    "a\u00a0b@x.org",
    "a\tb@x.org",
    "a\nb@x.org",
    "a\0b@x.org",
    "a\u200bb@x.org",
    "a\u202eb@x.org",
    "a@x\u200b.org",
    "a@x\u00ad.org",
    "a@x.org\r\nBcc: b@y.org",
    "a@x.org,b@y.org",
    "a@x.org;b@y.org",
    "Ana <a@x.org>",
    '"a b"@x.org',
    "a(comment)@x.org",
    "a\\b@x.org",
    "a:b@x.org",
    ".a@x.org",
    "a.@x.org",
    "a..b@x.org",
    "=cmd@x.org",
    "+cmd@x.org",
    "-cmd@x.org",
    # Full-width signs: spreadsheets of East Asia run them too.
    "＝cmd@x.org",
    "＋cmd@x.org",
    # In the compared form these become a space and a second @.
    "´a@x.org",
    "a＠b@x.org",
    "a" * 65 + "@x.org",
    # 22 characters, but 66 bytes.
    "한" * 22 + "@x.org",
    "a@" + "x" * 64 + ".org",
    "a@" + ".".join(["x" * 60] * 5) + ".org",
    "a@" + "ü" * 2000 + ".org",
    "\ud800@x.org",
    "a@\ud800.org",
]


@pytest.mark.parametrize(("typed", "kept"), ACCEPTED)
def test_an_address_is_kept_as_mail_should_be_sent_to_it(typed, kept):
    assert parse_address(typed) == kept


@pytest.mark.parametrize("typed", REFUSED)
def test_what_is_no_public_mailbox_is_refused_without_repeating_it(typed):
    with pytest.raises(NotAMailbox) as refused:
        parse_address(typed)

    assert str(refused.value) == ""
    with pytest.raises(NotAMailbox):
        canonical_address(typed)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ana.maria@gmail.com", "anamaria@gmail.com"),
        ("ana+tag@gmail.com", "ana@gmail.com"),
        ("a.n.a+x+y@googlemail.com", "ana@gmail.com"),
        ("ana+tag@outlook.com", "ana@outlook.com"),
        ("ana.+tag@outlook.com", "ana@outlook.com"),
        ("ana+tag@proton.me", "ana@proton.me"),
        ("ANA@example.org", "ana@example.org"),
        ("ana@EXAMPLE.org", "ana@example.org"),
        ("ａｎａ@example.org", "ana@example.org"),
        ("ΑΝΑΣ@example.org", "ανας@example.org"),
        ("ana@한국.kr", "ana@xn--3e0b707e.kr"),
    ],
)
def test_spellings_of_one_mailbox_are_one(one, other):
    assert canonical_address(one) == canonical_address(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ana.maria@example.org", "anamaria@example.org"),
        ("ana+tag@example.org", "ana@example.org"),
        ("ana.maria@outlook.com", "anamaria@outlook.com"),
        ("ana@outlook.com", "ana@hotmail.com"),
        ("ana@straße.de", "ana@strasse.de"),
        ("jose@example.org", "josé@example.org"),
    ],
)
def test_mailboxes_that_may_differ_stay_two(one, other):
    assert canonical_address(one) != canonical_address(other)


# Characters that change when they are folded, or that divide an address, more often than chance would bring them.
SIGNS = st.text(st.one_of(st.sampled_from("@.+-=ßςſΐﬁＡ＝´\u2024\u00ad\u200d'_aZ9한"), st.characters()), max_size=20)
DOMAINS = st.one_of(
    SIGNS, st.sampled_from(["x.org", "gmail.com", "outlook.com", "googlemail.com", "straße.de", "한국.kr"])
)


@settings(max_examples=500, deadline=None)
@given(SIGNS, DOMAINS)
@example("ΐ" * 20, "x.org")
@example("a\u2024", "outlook.com")
@example("ŉ", "x.org")
def test_any_text_is_a_mailbox_or_not_and_its_canonical_form_is_final(local, domain):
    try:
        canonical = canonical_address(f"{local}@{domain}")
    except NotAMailbox:
        return

    assert canonical_address(canonical) == canonical


@settings(max_examples=500, deadline=None)
@given(SIGNS, DOMAINS)
def test_what_is_kept_can_be_read_again_and_stays(local, domain):
    try:
        kept = parse_address(f"{local}@{domain}")
    except NotAMailbox:
        return

    assert parse_address(kept) == kept
    assert not kept.startswith(("=", "+", "-", "@"))
    assert kept.isprintable()
    assert " " not in kept


@pytest.mark.parametrize(
    "domain", ["gmail.com", "yahoo.fr", "hotmail.co.uk", "gmx.at", "mailinator.com", "foxmail.com"]
)
def test_a_provider_where_anybody_can_have_a_mailbox_vouches_for_nobody(domain):
    assert gives_to_anybody(domain)


@pytest.mark.parametrize("domain", ["rivers.example", "yahoo-watch.example", "live-rivers.org"])
def test_a_domain_of_ones_own_vouches(domain):
    assert not gives_to_anybody(domain)
