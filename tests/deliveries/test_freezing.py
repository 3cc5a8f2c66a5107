"""Freezing copies everything a packet says, leaves out what is not ready, and is never changed by what comes later."""

import datetime as dt
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.deliveries.freeze_steps import (
    AT,
    DAY,
    LATE,
    an_entry,
    carla,
    confirmed,
    count,
    disclosed,
    frozen,
    let_through,
    rivers,
)
from tests.desk.desk_sample import LETTER, a_sign_on, account, city, translation

from tongmun.campaigns.models import Organisation
from tongmun.config import worker
from tongmun.counts.models import Checkpoint
from tongmun.deliveries.actions.end import end_frozen_names
from tongmun.deliveries.actions.freeze import ClaimsNotSettled, NotAnOrganiser, NothingToFreeze, freeze_edition
from tongmun.deliveries.models import Freeze, FrozenCopy, FrozenLetter, FrozenMission, FrozenName, FrozenSigner
from tongmun.deliveries.querysets import FrozenRowIsFixed
from tongmun.deliveries.readiness import Why, readiness_of
from tongmun.letters.actions.write_version import write_version
from tongmun.letters.models import Claim, LetterVersion
from tongmun.missions.models import HeadOfMission, Mission, Premises
from tongmun.people.models import JournalEntry
from tongmun.signatures.disclosure import Level
from tongmun.signatures.models import Hold, Signature

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return rivers()


def a_claim(of, **changes) -> Claim:
    fields = {"edition": of, "slug": "figure", "position": 1, "texts": {"en": "Many"}, "source": ""}
    return Claim.objects.create(**{**fields, **changes})


def test_freeze_holds_the_version_of_each_language_by_its_digest(edition):
    freeze = frozen(edition)

    rows = list(FrozenLetter.objects.filter(freeze=freeze).order_by("position"))
    assert [row.language for row in rows] == ["en", "ko"]
    assert [row.digest for row in rows] == [
        LetterVersion.objects.get(edition=edition, language=language).digest for language in ("en", "ko")
    ]


def test_freeze_copies_address_head_and_hour_of_each_mission(edition):
    freeze = frozen(edition)

    rows = FrozenMission.objects.filter(freeze=freeze).order_by("slug")
    assert [(row.slug, row.city, row.lines, row.head_names, row.head_rank) for row in rows] == [
        ("xa-1", "city-1", {"en": "1 River Road"}, {"en": "Head 1"}, "ambassador"),
        ("xa-2", "city-2", {"en": "2 River Road"}, {"en": "Head 2"}, "ambassador"),
    ]
    assert {(row.day, row.time, row.checked_on) for row in rows} == {(DAY, dt.time(12), DAY)}


def test_copies_hold_every_line_that_will_be_printed(edition):
    freeze = frozen(edition)

    copy = FrozenCopy.objects.get(mission__freeze=freeze, mission__slug="xa-1", letter__language="en")
    assert copy.parts["inside_address"] == [
        "Her Excellency Example",
        "President",
        "c/o Ambassador Head 1",
        "Embassy of the Republic of Example",
        "1 River Road",
    ]
    assert copy.parts["paragraphs"] == ["First paragraph.", "Second paragraph."]
    assert FrozenCopy.objects.filter(mission__freeze=freeze).count() == 4


def test_what_changes_later_changes_nothing_that_is_frozen(edition):
    freeze = frozen(edition)
    before = list(FrozenCopy.objects.order_by("pk").values_list("parts", flat=True))

    Premises.objects.update(lines={"en": "9 Other Road"})
    HeadOfMission.objects.update(names={"en": "Somebody Else"})
    Organisation.objects.update(names={"en": "Renamed"})
    freeze.refresh_from_db()

    assert list(FrozenCopy.objects.order_by("pk").values_list("parts", flat=True)) == before
    assert freeze.organisations[0]["names"]["en"] == "River Friends"


@pytest.mark.parametrize("model", [FrozenLetter, FrozenMission, FrozenCopy])
def test_a_frozen_row_cannot_be_written_again(model, edition):
    frozen(edition)
    row = model.objects.first()

    with pytest.raises(FrozenRowIsFixed):
        row.save()
    with pytest.raises(FrozenRowIsFixed):
        model.objects.update(pk=7)


def test_freezing_again_replaces_the_freeze_that_stands(edition):
    first = frozen(edition)
    second = frozen(edition)

    assert [(one.number, one.state) for one in Freeze.objects.of(edition)] == [(2, "STANDS"), (1, "REPLACED")]
    assert (first.number, second.number) == (1, 2)


def test_two_freezes_of_an_edition_cannot_both_stand(edition):
    freeze = frozen(edition)
    freeze.pk, freeze.number = None, 2

    with pytest.raises(IntegrityError), transaction.atomic():
        freeze.save(force_insert=True)


@pytest.mark.parametrize("changes", [{"state": "LOST"}, {"number": 0}, {"log_size": 4}])
def test_a_freeze_that_makes_no_sense_is_refused_by_the_database(changes, edition):
    freeze = frozen(edition)

    with pytest.raises(IntegrityError), transaction.atomic():
        Freeze.objects.filter(pk=freeze.pk).update(**changes)


def test_freezing_is_written_in_the_journal(edition):
    frozen(edition)

    entry = JournalEntry.objects.get(deed="edition.frozen")
    assert (entry.subject, entry.by, entry.at) == ("rivers freeze 1: 2 missions, 2 languages", carla(), AT)


def test_only_an_organiser_freezes(edition):
    eve = account("eve@example.org", is_organiser=False)

    with pytest.raises(NotAnOrganiser):
        freeze_edition(edition=edition, despite_claims=False, by=eve, at=AT)
    assert not Freeze.objects.exists()


def test_an_edition_without_a_letter_or_a_mission_is_not_frozen():
    with pytest.raises(NothingToFreeze):
        frozen(rivers(cities=0))


def test_claims_that_are_not_settled_have_to_be_accepted(edition):
    a_claim(edition)

    with pytest.raises(ClaimsNotSettled) as refusal:
        frozen(edition)
    assert refusal.value.number == 1
    assert frozen(edition, despite_claims=True).open_claims == 1


def test_a_claim_with_a_source_is_settled(edition):
    a_claim(edition, source="A register of treaties", checked_on=AT.date(), checked_by="the organisers")

    assert frozen(edition).open_claims == 0


def test_a_language_without_a_letter_leaves_only_itself_out():
    edition = rivers()
    edition.languages = ["en", "ko", "ar"]
    edition.save(update_fields=["languages"])

    ready = readiness_of(edition, on=AT.date())

    assert (list(ready.letters), ready.unready) == (["en", "ko"], ("ar",))
    assert frozen(edition).letters.count() == 2


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"checked_on": None}, Why.NEVER_CHECKED),
        ({"checked_on": AT.date() - dt.timedelta(days=61)}, Why.CHECKED_TOO_LONG_AGO),
    ],
)
@pytest.mark.parametrize("model", [Premises, HeadOfMission])
def test_a_mission_whose_address_or_head_is_not_checked_blocks_only_itself(model, change, why, edition):
    model.objects.filter(mission__slug="xa-1").update(**change)

    ready = readiness_of(edition, on=AT.date())
    freeze = frozen(edition)

    assert [(one.mission.slug, one.why) for one in ready.blocked] == [("xa-1", why)]
    assert [row.slug for row in freeze.missions.all()] == ["xa-2"]
    assert freeze.left_out == [{"mission": "xa-1", "kind": "embassy", "city_names": {"en": "City 1"}, "why": why.value}]


def test_how_old_a_check_may_be_is_a_setting(edition, settings):
    Premises.objects.filter(mission__slug="xa-1").update(checked_on=AT.date() - dt.timedelta(days=61))
    settings.CHECKED_WITHIN = 61

    assert readiness_of(edition, on=AT.date()).blocked == ()


def test_a_mission_that_is_closed_or_has_no_address_is_left_out(edition):
    Mission.objects.filter(slug="xa-1").update(status="closed")
    Premises.objects.filter(mission__slug="xa-2").delete()

    blocked = readiness_of(edition, on=AT.date()).blocked

    assert [(one.mission.slug, one.why) for one in blocked] == [("xa-1", Why.CLOSED), ("xa-2", Why.NO_ADDRESS)]


def test_looking_takes_as_many_queries_for_many_cities_as_for_few(edition, settings):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            readiness_of(edition, on=AT.date())
        return len(seen)

    few = queries()
    for number in range(3, 9):
        city(edition, number)

    assert queries() == few


def test_numbers_are_those_of_the_public_page_with_its_head(edition):
    confirmed(edition, [an_entry(f"Signer {number}", disclosed()) for number in range(11)])
    confirmed(edition, [an_entry("Alone", disclosed(), country="BR")])
    count(edition)

    freeze = frozen(edition)

    head = Checkpoint.objects.get(size=freeze.log_size)
    assert (freeze.counted, freeze.by_country, freeze.elsewhere) == (12, [["KR", 11]], 1)
    assert (freeze.log_root, freeze.checkpoint) == (bytes(head.root).hex(), head.note)


def test_only_names_for_the_addressee_go_with_a_freeze(edition):
    rows = confirmed(
        edition,
        [
            an_entry("Min Shown", disclosed(Level.NAME, Level.NAME)),
            an_entry("Eve Hidden", disclosed(Level.NAME, Level.PLACE)),
            an_entry("Omar Sealed", disclosed(Level.PLACE, Level.NAME)),
            an_entry("Ana Initial", disclosed(Level.NAME, Level.INITIALS)),
            an_entry("Waiting", disclosed(Level.NAME, Level.NAME)),
        ],
    )
    for row in (rows[0], rows[1], rows[3]):
        let_through(row)

    freeze = frozen(edition)

    assert list(freeze.lines.order_by("line").values_list("line", "country")) == [("A. I.", "KR"), ("Min Shown", "KR")]
    assert list(freeze.signers.values_list("signature", flat=True)) == [rows[2].pk, rows[4].pk]
    assert (freeze.clear_names, freeze.sealed_names) == (2, 2)


def test_a_pseudonym_that_is_shown_gives_no_name_away(edition):
    entry = an_entry("Omar Secret", disclosed(Level.CHOSEN, Level.NAME), chosen="A friend")
    [row] = confirmed(edition, [entry])
    let_through(row)

    freeze = frozen(edition)

    assert (freeze.lines.count(), freeze.signers.count()) == (0, 1)


def test_a_name_that_a_moderator_refused_is_not_printed(edition):
    [row] = confirmed(edition, [an_entry("Rude", disclosed(Level.NAME, Level.NAME))])
    Signature.objects.filter(pk=row.pk).update(moderation="REFUSED", waiting_box=b"")

    freeze = frozen(edition)

    assert (freeze.lines.count(), freeze.signers.count()) == (0, 0)


def test_a_signature_that_is_held_goes_with_no_freeze(edition):
    rows = confirmed(
        edition,
        [an_entry("Min", disclosed(Level.NAME, Level.NAME)), an_entry("Omar", disclosed(Level.PLACE, Level.NAME))],
    )
    let_through(rows[0])
    hold = Hold.objects.create(edition=edition, kind="COUNTRY", value="KR", began_on=AT.date())
    Signature.objects.update(hold=hold)

    freeze = frozen(edition)

    assert (freeze.lines.count(), freeze.signers.count()) == (0, 0)


def test_names_end_with_those_of_the_edition(edition):
    rows = confirmed(
        edition,
        [an_entry("Min", disclosed(Level.NAME, Level.NAME)), an_entry("Omar", disclosed(Level.PLACE, Level.NAME))],
    )
    let_through(rows[0])
    freeze = frozen(edition)

    assert end_frozen_names(at=LATE) == 0
    assert end_frozen_names(at=AT.replace(year=2031)) == 1
    assert end_frozen_names(at=AT.replace(year=2031)) == 0

    freeze.refresh_from_db()
    assert freeze.names_erased_on == dt.date(2031, 8, 10)
    assert not FrozenName.objects.exists()
    assert not FrozenSigner.objects.exists()
    assert JournalEntry.objects.filter(deed="freeze.names-ended").count() == 1


def test_the_worker_ends_names(edition):
    freeze = frozen(edition)

    worker._end(AT.replace(year=2031), threading.Event())

    freeze.refresh_from_db()
    assert freeze.names_erased_on == dt.date(2031, 8, 10)


def test_a_letter_written_later_is_in_the_next_freeze_alone(edition):
    first = frozen(edition)
    edition.languages = ["en", "ko", "en-GB"]
    edition.save(update_fields=["languages"])
    translation(edition, carla(), "en-GB")

    assert [one.language for one in first.letters.order_by("position")] == ["en", "ko"]
    assert frozen(edition).letters.count() == 3


def test_a_translation_that_is_out_of_date_leaves_only_itself_out(edition):
    write_version(
        edition=edition, language="en", based_on=1, by=carla(), at=AT, **{**LETTER, "body": "The rivers are ill."}
    )

    ready = readiness_of(edition, on=AT.date())

    assert (list(ready.letters), ready.unready) == (["en"], ("ko",))
    assert [one.language for one in frozen(edition).letters.all()] == ["en"]


def test_an_organisation_that_has_signed_on_stands_in_the_annex(edition):
    lake = Organisation.objects.create(slug="lake-watch", names={"en": "Lake Watch"})
    stands = {"state": "STANDING", "held_for": "", "address_box": b"", "organisation": lake, "names": lake.names}
    a_sign_on(edition, edition.letters.get(language="en"), **stands)
    a_sign_on(edition, edition.letters.get(language="en"), names={"en": "Held Back"})

    organisations = frozen(edition).organisations

    assert [one["names"]["en"] for one in organisations] == ["River Friends", "Lake Watch"]


def test_whoever_withdraws_waits_until_the_edition_is_frozen(edition):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one write at a time")
    confirmed(edition, [an_entry("Omar", disclosed(addressee=Level.NAME))])

    with CaptureQueriesContext(connection) as asked:
        frozen(edition)

    locks = [one["sql"] for one in asked if "FOR UPDATE" in one["sql"]]
    assert any('FROM "signatures_signature"' in lock for lock in locks)
