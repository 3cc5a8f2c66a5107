"""From an invitation or a request to a sign-on that stands, is held, refused or withdrawn."""

import datetime as dt
import threading
from io import BytesIO

import pytest
from django.db import connection
from PIL import Image
from sign_on_steps import AT, MINA, a_letter, an_edition, asked, carla, invited, last_secret, mails, said, signed

from tongmun.campaigns.models import Membership, Organisation
from tongmun.kit.pictures import PictureRefused
from tongmun.outbox.models import Mail
from tongmun.people.models import JournalEntry
from tongmun.signons.actions.confirm import AlreadySignedOn, confirm, find_invitation
from tongmun.signons.actions.erase import erase_due
from tongmun.signons.actions.invite import SignOnsClosed, ask, invite
from tongmun.signons.actions.set_deadline import lift_deadline, set_deadline
from tongmun.signons.actions.settle import admit, refuse
from tongmun.signons.actions.show_logo import show_logo
from tongmun.signons.actions.withdraw import find_own, withdraw, withdraw_for
from tongmun.signons.boxes import address_in, person_in
from tongmun.signons.links import UnknownLink
from tongmun.signons.models import Invitation, SignOn
from tongmun.signons.queries import SignedOn, signed_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def rivers():
    return an_edition()


@pytest.fixture
def letter(rivers):
    return a_letter(rivers)


def journal() -> list[tuple[str, str, bool]]:
    entries = JournalEntry.objects.filter(deed__startswith="sign-on.").select_related("by").order_by("pk")
    return [(entry.deed, entry.subject, entry.by is not None) for entry in entries]


def test_invited_organisation_stands_once_it_has_confirmed(rivers, letter):
    friends = Organisation.objects.create(slug="river-friends", names={"en": "River Friends"}, country="DE")
    secret = invited(rivers, "chair@rivers.example", friends)

    made = confirm(secret=secret, letter=letter, said=said(), at=AT)

    assert (made.state, made.organisation, made.letter, made.domain) == ("STANDING", friends, letter, "rivers.example")
    assert journal() == [
        ("sign-on.invited", "rivers river-friends", True),
        ("sign-on.confirmed", "rivers river-friends", False),
    ]
    assert not Invitation.objects.exists()
    assert [(mail["kind"], mail["to"]) for mail in mails()] == [
        ("sign-on-invited", "chair@rivers.example"),
        ("sign-on-stands", "chair@rivers.example"),
    ]


def test_organisation_that_asked_becomes_one_of_its_own(rivers, letter):
    made = signed(rivers, letter, "River Friends", names={"en": "River Friends", "ko": "강의 벗"}, country="KR")

    assert made.organisation.names == {"en": "River Friends", "ko": "강의 벗"}
    assert made.organisation.country == "KR"
    assert made.organisation.slug.startswith("river-friends-")


def test_address_is_forgotten_and_who_confirmed_is_kept_in_a_box(rivers, letter):
    made = signed(rivers, letter)

    assert bytes(made.address_box) == b""
    assert person_in(made.person_box) == MINA
    assert MINA.name.encode() not in bytes(made.person_box)


def test_links_are_kept_as_hashes_alone(rivers, letter):
    secret = asked(rivers, "office@rivers.example")

    kept = Invitation.objects.get()

    assert secret.encode() not in bytes(kept.link_hash) + bytes(kept.box)
    assert find_invitation(secret=secret, at=AT) == kept


def test_link_works_once(rivers, letter):
    secret = asked(rivers, "office@rivers.example")
    confirm(secret=secret, letter=letter, said=said(), at=AT)

    with pytest.raises(UnknownLink):
        confirm(secret=secret, letter=letter, said=said(), at=AT)
    assert SignOn.objects.count() == 1


@pytest.mark.parametrize(("days", "works"), [(2, True), (3, False)])
def test_link_that_was_asked_for_works_for_three_days(days, works, rivers):
    secret = asked(rivers, "office@rivers.example")
    later = AT + dt.timedelta(days=days)

    erase_due(at=later)

    assert Invitation.objects.exists() == works
    if not works:
        with pytest.raises(UnknownLink):
            find_invitation(secret=secret, at=later)


def test_mailbox_that_has_a_link_gets_no_second_one_and_the_work_is_the_same(rivers):
    first = asked(rivers, "office@rivers.example")

    ask(edition=rivers, address="Office@rivers.example", language="en", at=AT)

    assert len(mails()) == 1
    assert Mail.objects.count() == 2
    assert find_invitation(secret=first, at=AT)


def test_mailbox_can_ask_again_once_its_link_is_over(rivers):
    asked(rivers, "office@rivers.example")

    asked(rivers, "office@rivers.example", at=AT + dt.timedelta(days=3))

    assert len(mails()) == 2


def test_second_invitation_makes_the_first_link_void(rivers):
    first = invited(rivers, "office@rivers.example")

    second = invited(rivers, "office@rivers.example")

    assert find_invitation(secret=second, at=AT)
    with pytest.raises(UnknownLink):
        find_invitation(secret=first, at=AT)


def test_mail_holds_nothing_that_was_typed_but_the_address(rivers):
    asked(rivers, "buy-now@rivers.example")

    (mail,) = mails()
    assert "buy-now" not in mail["subject"] + mail["body"]
    assert "Day of the rivers" in mail["body"]
    assert "3 days" in mail["body"]


@pytest.mark.parametrize("invite_first", [True, False])
def test_sign_on_from_a_free_mail_provider_waits_for_a_person(invite_first, rivers, letter):
    secret = (invited if invite_first else asked)(rivers, "river.friends@gmail.com")

    made = confirm(secret=secret, letter=letter, said=said(), at=AT)

    assert (made.state, made.held_for, made.organisation) == ("HELD", "FREE_MAIL", None)
    assert address_in(made.address_box) == "river.friends@gmail.com"
    assert not signed_on(rivers, "en")
    assert len(mails()) == 1


def test_second_organisation_from_one_domain_waits_for_a_person(rivers, letter):
    signed(rivers, letter, "River Friends", address="a@rivers.example")

    made = signed(rivers, letter, "Lake Friends", address="b@rivers.example")

    assert (made.state, made.held_for) == ("HELD", "SAME_DOMAIN")


def test_name_of_an_organisation_that_is_known_is_given_to_nobody_else(rivers, letter):
    Organisation.objects.create(slug="known", names={"ko": "강의 벗", "en": "The River Friends"})

    made = signed(rivers, letter, "the  RIVER friends", address="a@elsewhere.example")

    assert (made.state, made.held_for, made.organisation) == ("HELD", "SAME_NAME", None)


def test_organisation_that_comes_back_from_its_own_domain_is_recognised(rivers, letter):
    before = signed(rivers, letter)
    withdraw_for(sign_on=before, by=carla(), at=AT)

    again = signed(rivers, letter)

    assert (again.state, again.organisation) == ("STANDING", before.organisation)


def test_a_provider_of_another_country_vouches_for_nobody_either(rivers, letter):
    held = signed(rivers, letter, address="a@yahoo.fr")

    assert (held.state, held.held_for) == ("HELD", "FREE_MAIL")


def test_nobody_is_recognised_by_a_free_mail_provider(rivers, letter):
    held = signed(rivers, letter, address="a@gmail.com")
    admit(sign_on=held, organisation=None, by=carla(), at=AT)
    SignOn.objects.update(domain="gmail.com")

    again = signed(rivers, letter, address="b@gmail.com")

    assert (again.state, again.held_for, again.organisation) == ("HELD", "FREE_MAIL", None)


def test_organisation_signs_on_once_and_keeps_its_link_when_it_tries_again(rivers, letter):
    friends = Organisation.objects.create(slug="river-friends", names={"en": "River Friends"})
    confirm(secret=invited(rivers, "a@rivers.example", friends), letter=letter, said=said(), at=AT)
    second = invited(rivers, "b@rivers.example", friends)

    with pytest.raises(AlreadySignedOn):
        confirm(secret=second, letter=letter, said=said(), at=AT)

    assert SignOn.objects.count() == 1
    assert find_invitation(secret=second, at=AT)


def test_letter_of_another_edition_is_not_signed(rivers):
    lakes = a_letter(an_edition("lakes"))
    secret = asked(rivers, "office@rivers.example")

    with pytest.raises(ValueError, match="another edition"):
        confirm(secret=secret, letter=lakes, said=said(), at=AT)
    assert find_invitation(secret=secret, at=AT)


def test_admitted_sign_on_stands_with_a_link_of_its_own(rivers, letter):
    held = signed(rivers, letter, address="a@gmail.com")

    assert admit(sign_on=held, organisation=None, by=carla(), at=AT)

    made = find_own(secret=last_secret())
    assert (made.pk, made.state, made.domain, bytes(made.address_box)) == (held.pk, "STANDING", "", b"")
    assert mails()[-1]["to"] == "a@gmail.com"
    assert journal()[-1] == ("sign-on.admitted", f"rivers {made.organisation.slug}", True)
    assert not admit(sign_on=held, organisation=None, by=carla(), at=AT)


def test_held_sign_on_is_admitted_for_an_organisation_that_is_known(rivers, letter):
    friends = Organisation.objects.create(slug="river-friends", names={"en": "River Friends"})
    held = signed(rivers, letter, address="a@gmail.com")

    admit(sign_on=held, organisation=friends, by=carla(), at=AT)

    assert rivers.sign_ons.standing().get().organisation == friends


def test_held_sign_on_is_not_admitted_for_an_organisation_that_stands(rivers, letter):
    standing = signed(rivers, letter)
    held = signed(rivers, letter, "Lake Friends", address="a@gmail.com")

    with pytest.raises(AlreadySignedOn):
        admit(sign_on=held, organisation=standing.organisation, by=carla(), at=AT)
    assert SignOn.objects.held().get() == held


def test_refused_sign_on_forgets_who_sent_it_and_says_so(rivers, letter):
    held = signed(rivers, letter, address="a@gmail.com")

    assert refuse(sign_on=held, by=carla(), at=AT)

    held.refresh_from_db()
    assert (held.state, bytes(held.address_box), bytes(held.person_box)) == ("REFUSED", b"", b"")
    assert held.domain == ""
    assert [(mail["kind"], mail["to"]) for mail in mails()][-1] == ("sign-on-refused", "a@gmail.com")
    assert not refuse(sign_on=held, by=carla(), at=AT)


def test_withdrawing_by_the_own_link_ends_it_and_forgets_who_confirmed(rivers, letter):
    made = signed(rivers, letter)
    secret = last_secret()

    withdraw(secret=secret, at=AT + dt.timedelta(days=1))

    made.refresh_from_db()
    assert (made.state, made.withdrawn_on, bytes(made.person_box)) == ("WITHDRAWN", dt.date(2027, 8, 11), b"")
    assert (made.letter, made.names) == (letter, {"en": "River Friends"})
    assert not signed_on(rivers, "en")
    assert journal()[-1] == ("sign-on.withdrawn", f"rivers {made.organisation.slug}", False)
    with pytest.raises(UnknownLink):
        withdraw(secret=secret, at=AT)


def test_withdrawing_at_the_desk_is_written_down_with_who_did_it(rivers, letter):
    made = signed(rivers, letter)

    assert withdraw_for(sign_on=made, by=carla(), at=AT)

    assert journal()[-1] == ("sign-on.withdrawn", f"rivers {made.organisation.slug}", True)
    assert not withdraw_for(sign_on=made, by=carla(), at=AT)


def test_sign_on_belongs_to_the_version_that_was_agreed_to(rivers, letter):
    made = signed(rivers, letter)

    a_letter(rivers, based_on=1, body="Another text.")

    assert [one.version for one in signed_on(rivers, "en")] == [letter.pk]
    assert made.letter.number == 1


def test_other_rooms_read_names_in_their_language_and_its_alphabet(rivers, letter):
    signed(rivers, letter, "Zebra", names={"en": "Zebra", "ko": "가람"}, country="KR")
    signed(rivers, letter, "Ärzte", names={"de": "Ärzte"}, members=300, members_as_of=dt.date(2027, 1, 1))
    signed(rivers, letter, "Held", address="held@gmail.com")

    assert signed_on(rivers, "en") == [
        SignedOn("Ärzte", "DE", 300, dt.date(2027, 1, 1), letter.pk),
        SignedOn("Zebra", "KR", None, None, letter.pk),
    ]
    assert [one.name for one in signed_on(rivers, "ko")] == ["가람", "Ärzte"]


@pytest.mark.parametrize("item_count", [1, 3])
def test_reading_who_signed_on_takes_one_query(item_count, rivers, letter, django_assert_num_queries):
    for number in range(item_count):
        signed(rivers, letter, f"Friends {number}")

    with django_assert_num_queries(1):
        assert len(signed_on(rivers, "en")) == item_count


def test_sign_on_makes_no_member_so_that_loading_a_bundle_cannot_take_it_out(rivers, letter):
    signed(rivers, letter)

    assert not Membership.objects.exists()


# 18:30 in Seoul is 09:30 in UTC.
@pytest.mark.parametrize(
    ("clock", "is_open"), [(dt.time(18, 29), False), (dt.time(18, 30), False), (dt.time(18, 31), True)]
)
def test_deadline_is_a_time_by_the_clock_of_its_zone(clock, is_open, rivers, letter):
    secret = asked(rivers, "office@rivers.example")
    set_deadline(edition=rivers, day=AT.date(), clock=clock, zone="Asia/Seoul", by=carla(), at=AT)

    if is_open:
        assert confirm(secret=secret, letter=letter, said=said(), at=AT).state == "STANDING"
        return
    with pytest.raises(SignOnsClosed):
        confirm(secret=secret, letter=letter, said=said(), at=AT)
    with pytest.raises(SignOnsClosed):
        ask(edition=rivers, address="b@rivers.example", language="en", at=AT)
    with pytest.raises(SignOnsClosed):
        invite(edition=rivers, address="b@rivers.example", organisation=None, language="en", by=carla(), at=AT)
    assert not SignOn.objects.exists()


def test_lifted_deadline_lets_organisations_in_again(rivers, letter):
    set_deadline(edition=rivers, day=dt.date(2027, 8, 1), clock=dt.time(12), zone="UTC", by=carla(), at=AT)

    assert lift_deadline(edition=rivers, by=carla(), at=AT)

    assert signed(rivers, letter).state == "STANDING"
    assert [deed for deed, _, _ in journal()][:2] == ["sign-on.deadline-set", "sign-on.deadline-lifted"]
    assert not lift_deadline(edition=rivers, by=carla(), at=AT)


@pytest.mark.parametrize("state", ["draft", "closed"])
def test_edition_that_is_not_open_takes_no_sign_ons(state):
    with pytest.raises(SignOnsClosed):
        ask(edition=an_edition(state=state), address="a@rivers.example", language="en", at=AT)


def test_who_confirmed_is_erased_when_the_data_of_the_edition_ends(rivers, letter):
    standing = signed(rivers, letter)
    held = signed(rivers, letter, "Lake Friends", address="a@gmail.com")
    lasting = signed(other := an_edition("lakes", day=dt.date(2028, 9, 22)), a_letter(other), "Sea Friends")

    assert erase_due(at=dt.datetime(2027, 10, 21, 23, tzinfo=dt.UTC)) == 0
    assert erase_due(at=dt.datetime(2027, 10, 22, tzinfo=dt.UTC)) == 2

    for one in (standing, held, lasting):
        one.refresh_from_db()
    assert (standing.state, bytes(standing.person_box)) == ("STANDING", b"")
    assert (held.state, bytes(held.address_box), bytes(held.person_box)) == ("REFUSED", b"", b"")
    assert person_in(lasting.person_box) == MINA


def test_picture_that_is_refused_leaves_the_old_logo(rivers, letter):
    made = signed(rivers, letter)
    secret = last_secret()
    written = BytesIO()
    Image.new("RGB", (40, 40)).save(written, "PNG")
    show_logo(secret=secret, content=written.getvalue(), at=AT)

    with pytest.raises(PictureRefused):
        show_logo(secret=secret, content=b"<svg/>", at=AT)

    made.refresh_from_db()
    assert bytes(made.logo.picture).startswith(b"\x89PNG")
    assert journal()[-1][0] == "sign-on.logo-shown"
    withdraw(secret=secret, at=AT)
    assert not hasattr(SignOn.objects.get(), "logo")


@pytest.mark.django_db(transaction=True)
def test_two_who_sign_on_from_one_domain_at_once_do_not_both_stand(rivers, letter):
    secrets = [asked(rivers, f"{name}@rivers.example") for name in ("a", "b")]
    both, made = threading.Barrier(2), []

    def press(secret: str) -> None:
        try:
            both.wait(timeout=10)
            made.append(confirm(secret=secret, letter=letter, said=said(f"Friends {secret}"), at=AT).state)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[secret]) for secret in secrets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(made) == ["HELD", "STANDING"]


@pytest.mark.django_db(transaction=True)
def test_one_link_that_is_pressed_twice_at_once_signs_once(rivers, letter):
    secret = asked(rivers, "office@rivers.example")
    both, ended = threading.Barrier(2), []

    def press() -> None:
        try:
            both.wait(timeout=10)
            ended.append(confirm(secret=secret, letter=letter, said=said(), at=AT).state)
        except UnknownLink:
            ended.append("unknown")
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(ended) == ["STANDING", "unknown"]
    assert SignOn.objects.count() == 1
