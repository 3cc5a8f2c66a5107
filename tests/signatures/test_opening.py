"""Opening sealed names: each audience gets what it may learn and no more; keys that do not fit are told apart."""

import random

import pytest
from tests.signatures.canaries import canaries, count_all_of
from tests.signatures.signing_steps import AT, an_edition

from tongmun.kit.keyring import coalition_public_key
from tongmun.kit.pairs import as_text, install, new_pairs, private_keys_here, write_new
from tongmun.kit.sealing import new_key
from tongmun.people.models import User
from tongmun.signatures.actions.end import end_data
from tongmun.signatures.actions.moderate import refuse_name, show_name
from tongmun.signatures.disclosure import Audience, Learned, learned
from tongmun.signatures.models import Hold, Signature
from tongmun.signatures.opening import Opened, WrongKey, counted_signatures, open_names

pytestmark = pytest.mark.django_db
NOT_PUBLIC = [Audience.ADDRESSEE, Audience.COALITION, Audience.ORGANISERS]


@pytest.fixture(autouse=True)
def keys(settings, tmp_path):
    settings.KEYS = tmp_path / "keys"
    return settings.KEYS


@pytest.fixture
def signers():
    return canaries(random.SystemRandom(), 24)


@pytest.fixture
def edition(keys, signers):
    edition = an_edition()
    count_all_of(edition, signers)
    return edition


def opened(edition, audience, keys) -> Opened:
    return open_names(counted_signatures(edition), private_keys=keys, audience=audience)


def wanted(signers, audience) -> tuple[list[Learned], int]:
    """Give what an audience is to learn, from what was typed and chosen."""
    found = [learned(one.entry.person, one.entry.disclosure, audience) for one in signers]
    lines = sorted((one for one in found if one != Learned()), key=lambda one: (one.line, one.country))
    return lines, found.count(Learned())


@pytest.mark.parametrize("audience", NOT_PUBLIC)
def test_an_audience_gets_what_every_signer_allowed_it(audience, edition, signers, keys):
    got = opened(edition, audience, private_keys_here(keys, "names"))

    assert (got.lines, got.silent) == wanted(signers, audience)
    assert got.closed == 0


@pytest.mark.parametrize("audience", NOT_PUBLIC)
def test_a_name_that_an_audience_may_not_learn_is_nowhere_in_its_list(audience, edition, signers, keys):
    got = repr(opened(edition, audience, private_keys_here(keys, "names")))

    hidden = [one for one in signers if one.entry.disclosure.level(audience) not in ("name", "chosen")]
    assert hidden
    assert [word for one in hidden for word in one.words if word in got] == []
    assert [one.entry.email for one in signers if one.entry.email in got] == []


def test_the_public_gets_only_names_that_were_let_through(edition, signers, keys):
    by = User.objects.create(email="desk@example.org")
    shown, refused, *_ = Signature.objects.waiting().order_by("pk")
    assert show_name(signature=shown, by=by, at=AT)
    assert refuse_name(signature=refused, by=by, at=AT)
    shown.refresh_from_db()

    got = opened(edition, Audience.PUBLIC, private_keys_here(keys, "names"))

    assert [one.line for one in got.lines if one.line] == [shown.shown_name]
    assert len(got.lines) + got.silent == len(signers)


def test_shown_names_are_still_given_to_the_public_when_the_sealed_are_gone(edition, keys):
    shown = Signature.objects.waiting().order_by("pk")[0]
    show_name(signature=shown, by=User.objects.create(email="desk@example.org"), at=AT)
    shown.refresh_from_db()

    end_data(at=AT.replace(year=2040))
    got = opened(edition, Audience.PUBLIC, [])

    assert got == Opened([Learned(shown.shown_name, "")])


def test_lines_are_in_their_own_order_and_not_in_that_of_signing(edition, keys):
    lines = [one.line for one in opened(edition, Audience.ORGANISERS, private_keys_here(keys, "names")).lines]

    assert lines == sorted(lines)


def test_who_waits_for_a_look_at_a_flood_is_not_in_the_list(edition, signers, keys):
    hold = Hold.objects.create(edition=edition, kind="COUNTRY", value="KR", began_on=AT.date())
    Signature.objects.filter(pk__in=Signature.objects.values("pk")[:10]).update(hold=hold)

    got = opened(edition, Audience.ORGANISERS, private_keys_here(keys, "names"))

    assert len(got.lines) + got.silent == len(signers) - 10


def test_a_wrong_key_opens_nothing_and_is_refused(edition, keys):
    with pytest.raises(WrongKey):
        opened(edition, Audience.ORGANISERS, [new_key()])


def test_the_key_of_the_news_opens_no_name(edition, keys):
    with pytest.raises(WrongKey):
        opened(edition, Audience.ORGANISERS, private_keys_here(keys, "news"))


def test_names_sealed_before_and_after_a_change_of_keys_are_opened_with_both(edition, signers, keys, tmp_path):
    [old] = private_keys_here(keys, "names")
    new = new_pairs()
    write_new(tmp_path / "stick", {name: as_text(key) for name, key in new.items()})
    install(tmp_path / "stick", keys)
    coalition_public_key.cache_clear()
    later = canaries(random.SystemRandom(), 8)
    count_all_of(edition, later)
    named = sum(1 for one in later if one.entry.name or one.entry.chosen)

    part = opened(edition, Audience.ORGANISERS, [old])
    whole = opened(edition, Audience.ORGANISERS, [old, new["coalition.private.key"]])

    assert part.closed == named > 0
    assert (whole.lines, whole.silent) == wanted([*signers, *later], Audience.ORGANISERS)
    assert whole.closed == 0
