"""Sign-ons at the desk: invitations, the deadline, those that wait, the journal."""

import datetime as dt

import pytest
from desk_sample import AT, a_sign_on, carla, client_of, edition, letter

from tongmun.campaigns.models import Organisation
from tongmun.outbox.models import Mail
from tongmun.signons.models import Deadline, Invitation, Logo, SignOn

pytestmark = pytest.mark.django_db

PAGE = "/desk/rivers/sign-ons/"


@pytest.fixture(autouse=True)
def some_day(time_machine_at):
    with time_machine_at(AT):
        yield


@pytest.fixture
def user():
    return carla()


@pytest.fixture
def client(user):
    return client_of(user)


@pytest.fixture
def rivers():
    return edition(state="open")


@pytest.fixture
def held(rivers, user):
    return a_sign_on(rivers, letter(rivers, user))


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_invitation_is_sent_and_neither_shown_nor_written_down(client, rivers):
    friends = Organisation.objects.create(slug="river-friends", names={"en": "River Friends"})
    typed = {"email": "Chair@Rivers.example", "language": "ko", "organisation": friends.pk}

    page = text(client.post(PAGE, typed, follow=True))

    made = Invitation.objects.get()
    assert (made.organisation, made.language, made.is_from_desk) == (friends, "ko", True)
    assert Mail.objects.get().kind == "sign-on-invited"
    assert "The invitation is on its way" in page
    assert "One link has been sent and not used yet." in page
    journal = text(client.get("/desk/journal/"))
    assert "Invited an organisation to sign on" in journal
    assert "rivers river-friends" in journal
    assert "chair@rivers.example" not in (page + journal).lower()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"email": "nobody"}, "not an e-mail address"),
        ({"language": "fr"}, "not one of the available choices"),
        ({"organisation": "999"}, "not one of the available choices"),
    ],
)
def test_invitation_with_a_mistake_is_not_sent(typed, words, client, rivers):
    answer = client.post(PAGE, {"email": "a@rivers.example", "language": "en", **typed})

    assert words in text(answer)
    assert not Invitation.objects.exists()


def test_nobody_is_invited_to_a_draft(client):
    edition()

    page = text(client.post(PAGE, {"email": "a@rivers.example", "language": "en"}))

    assert "Organisations cannot sign on now: open the edition" in page
    assert 'value="a@rivers.example"' in page


def test_deadline_is_set_moved_and_lifted(client, rivers):
    address = f"{PAGE}deadline/"
    client.post(address, {"day": "2027-09-01", "clock": "18:00", "zone": "Asia/Seoul"})
    assert "18:00" in text(client.get(PAGE))
    assert 'value="2027-09-01"' in text(client.get(address))

    client.post(address, {"day": "2027-09-02", "clock": "18:00", "zone": "Asia/Seoul"})

    deadline = Deadline.objects.get()
    assert deadline.ends_at().astimezone(dt.UTC) == dt.datetime(2027, 9, 2, 9, tzinfo=dt.UTC)
    client.post(address, {"do": "lift"})
    assert not Deadline.objects.exists()
    assert "There is no deadline any more." in text(client.post(address, {"do": "lift"}, follow=True))


@pytest.mark.parametrize("typed", [{"day": "2027-02-30"}, {"clock": "25:00"}, {"zone": "Nowhere/City"}])
def test_deadline_with_a_mistake_is_not_set(typed, client, rivers):
    answer = client.post(f"{PAGE}deadline/", {"day": "2027-09-01", "clock": "18:00", "zone": "UTC", **typed})

    assert answer.status_code == 200
    assert not Deadline.objects.exists()


def test_held_sign_on_is_listed_with_its_reason_and_opened_with_who_confirmed(client, held):
    page = text(client.get(PAGE))
    assert "Lake Friends" in page
    assert "at a provider where everybody can have one. <bdi>gmail.com</bdi>" in page

    opened = text(client.get(f"{PAGE}{held.pk}/"))

    for words in ("Mina Park", "chair", "decision of the board", "호수의 벗", "version 1 of the letter in English"):
        assert words in opened
    assert "mina@gmail.com" not in opened


def test_whom_the_desk_invited_is_chosen_already(client, held):
    friends = Organisation.objects.create(slug="lake-friends", names={"en": "Lake Friends"})
    SignOn.objects.filter(pk=held.pk).update(organisation=friends)

    page = text(client.get(f"{PAGE}{held.pk}/"))

    assert f'<option value="{friends.pk}" selected>Lake Friends</option>' in page


def test_held_sign_on_is_admitted(client, rivers, held):
    friends = Organisation.objects.create(slug="lake-friends", names={"en": "Lake Friends"})

    client.post(f"{PAGE}{held.pk}/", {"do": "admit", "organisation": friends.pk})

    assert rivers.sign_ons.standing().get().organisation == friends
    assert Mail.objects.get().kind == "sign-on-stands"


def test_held_sign_on_is_not_admitted_for_one_that_stands(client, rivers, held):
    friends = Organisation.objects.create(slug="lake-friends", names={"en": "Lake Friends"})
    a_sign_on(rivers, held.letter, organisation=friends, state="STANDING", held_for="", address_box=b"")

    page = text(client.post(f"{PAGE}{held.pk}/", {"do": "admit", "organisation": friends.pk}))

    assert "This organisation has signed on already." in page
    assert SignOn.objects.held().get() == held


def test_held_sign_on_is_refused_once(client, held):
    client.post(f"{PAGE}{held.pk}/", {"do": "refuse"})

    held.refresh_from_db()
    assert held.state == "REFUSED"
    page = text(client.post(f"{PAGE}{held.pk}/", {"do": "refuse"}, follow=True))
    assert "somebody else was faster" in page
    assert "Mina Park" not in text(client.get(f"{PAGE}{held.pk}/"))


def test_standing_sign_on_is_withdrawn_and_its_logo_taken_away(client, held):
    client.post(f"{PAGE}{held.pk}/", {"do": "admit"})
    Logo.objects.create(sign_on=held, picture=b"png")
    assert "Take the logo away" in text(client.get(f"{PAGE}{held.pk}/"))

    client.post(f"{PAGE}{held.pk}/", {"do": "remove-logo"})
    assert not Logo.objects.exists()
    client.post(f"{PAGE}{held.pk}/", {"do": "withdraw"})

    held.refresh_from_db()
    assert (held.state, held.withdrawn_on) == ("WITHDRAWN", AT.date())
    journal = text(client.get("/desk/journal/"))
    for words in ("Withdrew a sign-on", "Took a logo away", "Let an organisation’s sign-on stand"):
        assert words in journal


def test_sign_on_of_another_edition_is_not_found(client, held):
    edition("lakes", state="open")

    assert client.get(f"/desk/lakes/sign-ons/{held.pk}/").status_code == 404
    assert client.post(f"/desk/lakes/sign-ons/{held.pk}/", {"do": "refuse"}).status_code == 404
    held.refresh_from_db()
    assert held.state == "HELD"


@pytest.mark.parametrize("item_count", [1, 3])
def test_list_of_sign_ons_takes_eight_queries(item_count, client, rivers, user, django_assert_num_queries):
    version = letter(rivers, user)
    for number in range(item_count):
        a_sign_on(rivers, version, names={"en": f"Held {number}"})
        friends = Organisation.objects.create(slug=f"friends-{number}", names={"en": f"Friends {number}"})
        a_sign_on(rivers, version, organisation=friends, state="STANDING", held_for="", address_box=b"", domain="")

    with django_assert_num_queries(8):
        page = text(client.get(PAGE))

    assert page.count("Held ") == item_count
