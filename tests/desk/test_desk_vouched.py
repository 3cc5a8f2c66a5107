"""Vouched numbers at the desk."""

import pytest
from desk_sample import AT, carla, client_of, edition

from tongmun.campaigns.models import Membership, Organisation
from tongmun.counts.models import CountEntry
from tongmun.papers.models import VouchedNumber

pytestmark = pytest.mark.django_db

PAGE = "/desk/rivers/papers/vouched/"
STATEMENT = "Collected at our door in July; two of us counted the lists."


@pytest.fixture
def client():
    return client_of(carla())


@pytest.fixture
def rivers():
    return edition()


@pytest.fixture(autouse=True)
def some_day(time_machine_at):
    with time_machine_at(AT):
        yield


def member(of, slug: str = "river-friends") -> Membership:
    organisation = Organisation.objects.create(slug=slug, names={"en": slug.replace("-", " ").title()})
    return Membership.objects.create(edition=of, organisation=organisation, position=1)


def form(by: Membership, **changes: object) -> dict[str, object]:
    newest = VouchedNumber.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    typed = {
        "seen": newest,
        "organisation": by.pk,
        "signatures": "300",
        "statement": STATEMENT,
        "language": "en",
        "stated_on": "2027-08-09",
    }
    return {**typed, **changes}


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_number_is_taken_down_with_its_statement(client, rivers):
    friends = member(rivers)

    page = text(client.post(PAGE, form(friends), follow=True))

    vouched = VouchedNumber.objects.get()
    assert (vouched.membership, vouched.signatures, vouched.statement) == (friends, 300, STATEMENT)
    assert "300 signatures, stated on Monday, 9 August 2027" in page
    assert STATEMENT in page


def test_number_of_the_same_organisation_replaces_the_former(client, rivers):
    friends = member(rivers)
    client.post(PAGE, form(friends))

    page = text(client.post(PAGE, form(friends, signatures="450"), follow=True))

    assert "450 signatures" in page
    assert "300 signatures" not in page
    assert list(CountEntry.objects.order_by("pk").values_list("amount", flat=True)) == [300, 150]


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("signatures", "-1", "greater than or equal to 0"),
        ("signatures", "0", "nothing to take back"),
        ("statement", "We counted.", "at least 20 characters"),
        ("statement", "x" * 1001, "at most 1000"),
        ("language", "fr", "not one of the available choices"),
        ("stated_on", "2027-08-11", "has not come yet"),
        ("organisation", "0", "not one of the available choices"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(field, typed, words, client, rivers):
    page = text(client.post(PAGE, form(member(rivers), **{field: typed})))

    assert words in page
    assert f'id="id_{field}_error"' in page
    assert typed in page or field in {"language", "organisation"}
    assert not VouchedNumber.objects.exists()


def test_same_number_again_is_refused(client, rivers):
    friends = member(rivers)
    client.post(PAGE, form(friends))

    page = text(client.post(PAGE, form(friends, statement=STATEMENT + " Again.")))

    assert "vouches for 300 already" in page
    assert CountEntry.objects.count() == 1


def test_number_that_somebody_else_put_in_meanwhile_is_shown_first(client, rivers):
    friends = member(rivers)
    before = form(friends, signatures="310")
    client.post(PAGE, form(friends))

    page = text(client.post(PAGE, before))

    assert "Somebody else has put in a number" in page
    assert "300 signatures" in page
    assert 'value="310"' in page
    assert f'name="seen" value="{VouchedNumber.objects.get().pk}"' in page


def test_organisation_of_another_edition_cannot_vouch_here(client, rivers):
    stranger = member(edition("lakes"))

    client.post(PAGE, form(stranger))

    assert not VouchedNumber.objects.exists()


def test_statement_survives_the_end_of_a_session(client, rivers):
    page = text(client_of(None).post(PAGE, form(member(rivers))))

    assert STATEMENT in page


@pytest.mark.parametrize("item_count", [1, 3])
def test_vouched_page_takes_five_queries(item_count, client, rivers, django_assert_num_queries):
    for number in range(item_count):
        client.post(PAGE, form(member(rivers, f"friends-{number}")), follow=True)

    with django_assert_num_queries(5):
        page = text(client.get(PAGE))

    assert page.count(STATEMENT) == item_count
