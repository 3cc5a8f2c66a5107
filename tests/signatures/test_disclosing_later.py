import pytest
from tests.signatures.signing_steps import AT, an_edition, an_entry, counted, opened

from tongmun.counts.models import CountEntry
from tongmun.people.models import User
from tongmun.signatures.actions.disclose import NameNeeded, change_disclosure
from tongmun.signatures.actions.moderate import show_name, waiting_name
from tongmun.signatures.disclosure import Disclosure, Level
from tongmun.signatures.models import Signature
from tongmun.signatures.queries import shown_lines
from tongmun.signatures.ways import Way

pytestmark = pytest.mark.django_db
NOTHING = Disclosure(Level.COUNT, Level.COUNT, Level.COUNT, Level.COUNT)
OPEN = Disclosure(Level.NAME, Level.NAME, Level.NAME, Level.NAME)


def change(
    secret: str, disclosure: Disclosure, name: str = "", chosen: str = "", *, keeps_news: bool = True
) -> Signature:
    return change_disclosure(secret=secret, disclosure=disclosure, name=name, chosen=chosen, keeps_news=keeps_news)


def test_name_that_is_taken_back_is_gone_from_the_page_and_the_row():
    edition = an_edition()
    secret = counted(edition, an_entry(way=Way.PUBLIC))
    show_name(signature=Signature.objects.get(), by=User.objects.create(email="desk@example.org"), at=AT)

    signature = change(secret, NOTHING)

    assert shown_lines(edition, limit=9) == []
    assert (signature.shown_name, bytes(signature.sealed), signature.way) == ("", b"", "counted")
    assert signature.disclosure == NOTHING


def test_name_that_is_to_be_shown_afterwards_is_typed_and_looked_at():
    secret = counted(an_edition(), an_entry())

    signature = change(secret, OPEN, name="Min Example")

    assert (signature.moderation, signature.shown_name, signature.way) == ("WAITING", "", "public")
    assert waiting_name(signature) == "Min Example"
    assert opened(signature)["name"] == "Min Example"


@pytest.mark.parametrize(
    ("disclosure", "fields"),
    [
        (OPEN, ("name",)),
        (Disclosure(Level.CHOSEN, Level.COUNT, Level.COUNT, Level.CHOSEN), ("chosen",)),
        (Disclosure(Level.COUNT, Level.COUNT, Level.CHOSEN, Level.NAME), ("chosen",)),
        (Disclosure(Level.INITIALS, Level.COUNT, Level.COUNT, Level.NAME), ("name",)),
    ],
)
def test_what_cannot_be_read_has_to_be_typed(disclosure, fields):
    secret = counted(an_edition(), an_entry())
    before = Signature.objects.values().get()

    with pytest.raises(NameNeeded) as needed:
        change(secret, disclosure)

    assert needed.value.fields == fields
    assert Signature.objects.values().get() == before


def test_sealed_name_may_be_learned_by_more_audiences_without_typing_it():
    secret = counted(an_edition(), an_entry())
    more = Disclosure(Level.PLACE, Level.NAME, Level.INITIALS, Level.NAME)

    signature = change(secret, more)

    assert signature.disclosure == more
    assert opened(signature)["name"] == "Min Example"


def test_news_end_with_their_address():
    secret = counted(an_edition(), an_entry(consents_to_news=True))
    assert bytes(Signature.objects.get().news_box)

    signature = change(secret, Signature.objects.get().disclosure, keeps_news=False)

    assert (signature.consents_to_news, bytes(signature.news_box)) == (False, b"")


def test_country_that_is_kept_back_leaves_the_public_count():
    secret = counted(an_edition(), an_entry())
    assert CountEntry.objects.get().country == "KR"

    change(secret, NOTHING)
    assert CountEntry.objects.get().country == ""

    change(secret, Disclosure(Level.PLACE, Level.COUNT, Level.COUNT, Level.COUNT))
    assert CountEntry.objects.get().country == "KR"


def test_name_shown_as_initials_shows_no_more(client):
    edition = an_edition()
    disclosure = Disclosure(Level.INITIALS, Level.COUNT, Level.COUNT, Level.NAME)
    counted(edition, an_entry(way=Way.PUBLIC, name="Omar Haddad", disclosure=disclosure))
    show_name(signature=Signature.objects.get(), by=User.objects.create(email="desk@example.org"), at=AT)

    page = client.get("/en/trial/signatures/").content.decode()

    assert "<bdi>O. H.</bdi>, South Korea" in page
    assert "Haddad" not in page


def test_own_page_changes_who_learns_what_and_says_what_it_needs(client):
    secret = counted(an_edition(), an_entry())
    levels = {"to_public": "name", "to_addressee": "place", "to_coalition": "place", "to_organisers": "name"}

    asked = client.post(f"/mine/{secret}/", {"do": "change", **levels})
    done = client.post(f"/mine/{secret}/", {"do": "change", **levels, "name": "Min Example"})

    assert b"we cannot read the one that is sealed" in asked.content
    assert done.headers["Location"] == f"/mine/{secret}/?changed=yes"
    assert b"Changed." in client.get(done.headers["Location"]).content
    assert Signature.objects.get().to_public == "name"


@pytest.mark.parametrize("typed", [{"to_public": "everything"}, {"name": "=cmd()"}, {}])
def test_own_page_refuses_what_is_no_choice(client, typed):
    secret = counted(an_edition(), an_entry())
    levels = {"to_addressee": "place", "to_coalition": "place", "to_organisers": "name", "to_public": "place"}
    before = Signature.objects.values().get()

    answer = client.post(f"/mine/{secret}/", {"do": "change", **(levels | typed if typed else {})})

    assert b"field-wrong" in answer.content
    assert Signature.objects.values().get() == before
