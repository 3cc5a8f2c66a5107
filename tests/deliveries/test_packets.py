"""A packet holds what was frozen, in every language of the letter, and names nobody who did not ask for it."""

import io
import re
from html.parser import HTMLParser

import pytest
from pypdf import PdfReader
from tests.deliveries.freeze_steps import an_entry, confirmed, count, disclosed, frozen, let_through, rivers
from tests.deliveries.packet_reading import manifest, pdf_text, texts

from tongmun.campaigns.models import Membership, Organisation
from tongmun.counts.models import Checkpoint
from tongmun.deliveries.models import Freeze
from tongmun.deliveries.names import all_names, clear_names
from tongmun.deliveries.packing import Packing, stored_copy
from tongmun.kit.packets import found_wrong, packed
from tongmun.kit.pairs import private_keys_here
from tongmun.letters.copies import LetterCopy
from tongmun.missions.models import Mission, Premises
from tongmun.signatures.disclosure import Level
from tongmun.signatures.models import Hold, Signature

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return rivers()


def files_of(freeze: Freeze, mission: str = "xa-1", names=None) -> dict[str, bytes]:
    packing = Packing(freeze, names or clear_names(freeze))
    [missions] = packing.chosen(mission=mission).values()
    return packing.packet(missions)


def opened(freeze: Freeze, keys):
    return all_names(freeze, private_keys=private_keys_here(keys, "names"), track=lambda rows, number: rows)


class Links(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.links += [value for name, value in attrs if name in {"href", "src"}]


def test_a_packet_has_letter_annex_sheets_and_proof(edition):
    assert sorted(files_of(frozen(edition))) == [
        "SHA256SUMS",
        "annex-en.pdf",
        "annex-ko.pdf",
        "index.html",
        "manifest.json",
        "xa-1/instructions-en.pdf",
        "xa-1/instructions-ko.pdf",
        "xa-1/letter-en.pdf",
        "xa-1/letter-ko.pdf",
        "xa-1/phrases.pdf",
        "xa-1/receipt.pdf",
    ]


def test_letters_are_addressed_to_the_mission_as_it_was_frozen(edition):
    freeze = frozen(edition)
    before = files_of(freeze)
    Premises.objects.update(lines={"en": "9 Other Road"})
    Mission.objects.update(kind="consulate")

    after = files_of(freeze)

    assert "c/o Ambassador Head 1 Embassy of the Republic of Example 1 River Road" in pdf_text(
        after["xa-1/letter-en.pdf"]
    )
    assert after == before


def test_manifest_names_texts_numbers_and_the_head_of_the_log(edition):
    confirmed(edition, [an_entry(f"Signer {number}", disclosed()) for number in range(11)])
    confirmed(edition, [an_entry("Alone", disclosed(), country="BR")])
    count(edition)
    freeze = frozen(edition)
    head = Checkpoint.objects.get(edition=edition, size=freeze.log_size)

    files = files_of(freeze)
    said = manifest(files)

    assert said["log"] == {"size": head.size, "root": bytes(head.root).hex(), "key": freeze.log_key}
    assert files["log/checkpoint.txt"].decode() == head.note
    assert said["signatures"] == {"counted": 12, "paper": 0, "vouched": 0, "by_country": {"KR": 11}, "elsewhere": 1}
    assert [(row["language"], row["version"]) for row in said["letters"]] == [("en", 1), ("ko", 1)]
    assert said["letters"][0]["sha256"] == edition.letters.get(language="en").digest
    assert said["missions"] == [{"mission": "xa-1", "city": "city-1", "checked_on": "2027-09-22"}]
    annex = pdf_text(files["annex-en.pdf"])
    assert "South Korea 11" in annex
    assert "Brazil" not in annex
    assert "River Friends" in annex
    assert freeze.log_root in annex.replace(" ", "")


def test_a_packet_is_sound_as_a_zip(edition, tmp_path):
    confirmed(edition, [an_entry(f"Signer {number}", disclosed()) for number in range(6)])
    count(edition)
    (tmp_path / "city-1.zip").write_bytes(packed(files_of(frozen(edition))))

    assert found_wrong(tmp_path / "city-1.zip") == []


def test_names_that_were_shown_are_printed_by_consent_alone(edition):
    rows = confirmed(
        edition,
        [
            an_entry("Min Printed", disclosed(Level.NAME, Level.NAME)),
            an_entry("Eve Hidden", disclosed(Level.NAME, Level.PLACE)),
            an_entry("Omar Sealed", disclosed(Level.PLACE, Level.NAME)),
        ],
    )
    let_through(rows[0])
    let_through(rows[1])

    files = files_of(frozen(edition))

    assert "Min Printed, South Korea" in pdf_text(files["names-en.pdf"])
    assert manifest(files)["names"] == {"source": "clear", "printed": 1, "frozen_clear": 1, "frozen_sealed": 1}
    whole = " ".join(texts(files).values())
    assert "Eve Hidden" not in whole
    assert "Omar Sealed" not in whole


def test_the_private_key_adds_the_sealed_names(edition, settings):
    rows = confirmed(
        edition,
        [an_entry("Min Printed", disclosed(Level.NAME, Level.NAME)), an_entry("Omar", disclosed(addressee=Level.NAME))],
    )
    let_through(rows[0])
    freeze = frozen(edition)

    files = files_of(freeze, names=opened(freeze, settings.KEYS))

    assert "Min Printed, South Korea Omar, South Korea" in pdf_text(files["names-en.pdf"])
    assert manifest(files)["names"]["source"] == "opened"


def test_withdrawing_leaves_the_frozen_packet_and_is_absent_from_the_next(edition):
    [min_] = confirmed(edition, [an_entry("Min Printed", disclosed(Level.NAME, Level.NAME))])
    let_through(min_)
    count(edition)
    first = frozen(edition)
    before = files_of(first)

    Signature.objects.filter(pk=min_.pk).delete()
    second = frozen(edition)

    assert files_of(first) == before
    assert "Min Printed" in pdf_text(files_of(first)["names-en.pdf"])
    assert "Min Printed" not in " ".join(texts(files_of(second)).values())


def test_a_sealed_name_that_was_withdrawn_is_opened_no_more(edition, settings):
    rows = confirmed(edition, [an_entry("Omar", disclosed(addressee=Level.NAME)) for _ in range(2)])
    freeze = frozen(edition)
    Signature.objects.filter(pk=rows[0].pk).delete()

    assert len(opened(freeze, settings.KEYS).lines) == 1
    freeze.refresh_from_db()
    assert freeze.sealed_names == 2


def test_who_no_longer_lets_a_sealed_name_be_printed_is_left_out(edition, settings):
    [omar] = confirmed(edition, [an_entry("Omar", disclosed(addressee=Level.NAME))])
    freeze = frozen(edition)
    Signature.objects.filter(pk=omar.pk).update(to_addressee="place")

    assert opened(freeze, settings.KEYS).lines == ()


def test_a_sealed_name_that_is_refused_or_held_after_freezing_is_left_out(edition, settings):
    rows = confirmed(edition, [an_entry("Omar", disclosed(Level.NAME, Level.NAME)) for _ in range(3)])
    freeze = frozen(edition)
    hold = Hold.objects.create(edition=edition, kind="COUNTRY", value="KR", began_on=freeze.frozen_on)
    Signature.objects.filter(pk=rows[0].pk).update(moderation="REFUSED", waiting_box=b"")
    Signature.objects.filter(pk=rows[1].pk).update(hold=hold)

    assert len(opened(freeze, settings.KEYS).lines) == 1


def test_an_organisation_no_font_can_draw_keeps_nobody_from_being_printed(edition):
    of_signs = Organisation.objects.create(slug="signs", names={"en": "Fund 𓀀 Far"}, is_sample=True)
    Membership.objects.create(edition=edition, organisation=of_signs, position=2)
    helped = Organisation.objects.create(slug="helped", names={"en": "Those Helped"})
    Membership.objects.create(edition=edition, organisation=helped, position=3, role="beneficiary")

    annex = pdf_text(files_of(frozen(edition))["annex-en.pdf"])

    assert "Fund ? Far (sample)" in annex
    assert "River Friends" in annex
    assert "Those Helped" not in annex


def test_a_name_no_font_can_draw_is_left_out_and_the_rest_is_printed(edition):
    rows = confirmed(edition, [an_entry(name, disclosed(Level.NAME, Level.NAME)) for name in ("Min", "བོད")])
    for row in rows:
        let_through(row)

    files = files_of(frozen(edition))

    assert "Min, South Korea" in pdf_text(files["names-en.pdf"])
    assert manifest(files)["names"]["printed"] == 1


def test_instructions_say_where_when_and_what_can_happen(edition):
    said = pdf_text(files_of(frozen(edition))["xa-1/instructions-en.pdf"])

    assert "City 1: embassy" in said
    assert "1 River Road" in said
    assert "22 September 2027, 12:00" in said
    assert "Head 1" in said
    assert "last checked on 22 September 2027" in said
    for outcome in ("taken by a guard", "left at the gate", "torn up or thrown away", "refused"):
        assert outcome in said


def test_a_vacant_post_is_said_to_be_vacant(edition):
    Mission.objects.get(slug="xa-1").heads.all().delete()

    assert "nobody, as far as is known" in pdf_text(files_of(frozen(edition))["xa-1/instructions-en.pdf"])


@pytest.mark.parametrize(
    ("state", "local", "note"),
    [
        ("KR", "이 편지를 받아 주십시오.", "Please take this letter."),
        ("FR", "Veuillez prendre cette lettre", "Please take this letter."),
        ("GB", "Please take this letter.", "No native reader"),
        ("NL", "Please take this letter.", "No native reader"),
        ("", "Please take this letter.", "No native reader"),
    ],
)
def test_phrases_are_in_the_main_language_of_the_state_or_in_english(state, local, note, edition):
    Mission.objects.filter(slug="xa-1").update(receiving=state)

    card = pdf_text(files_of(frozen(edition))["xa-1/phrases.pdf"])

    assert local in card
    assert note in card


def test_receipt_is_in_the_language_of_the_state(edition):
    Mission.objects.filter(slug="xa-1").update(receiving="KR")

    assert "수령증" in pdf_text(files_of(frozen(edition))["xa-1/receipt.pdf"])
    assert "The rivers, dated 22 September 2027" in pdf_text(files_of(frozen(edition), "xa-2")["xa-2/receipt.pdf"])


def test_index_leads_to_every_file_and_nowhere_else(edition):
    count_ = [an_entry(f"Signer {number}", disclosed()) for number in range(5)]
    confirmed(edition, count_)
    count(edition)
    files = files_of(frozen(edition))

    links = Links(files["index.html"].decode()).links

    assert sorted(set(links)) == sorted({*files} - {"index.html"})
    assert not re.search(rb"https?:|//|<script|<style|<link", files["index.html"])


def test_packet_of_a_city_holds_all_its_missions_and_no_other(edition):
    second = Mission.objects.get(slug="xa-2")
    edition.cities.get(city__slug="city-1").missions.add(second)
    edition.cities.get(city__slug="city-2").missions.remove(second)
    packing = Packing(freeze := frozen(edition), clear_names(freeze))

    by_city = packing.chosen()

    assert {city: [one.slug for one in missions] for city, missions in by_city.items()} == {"city-1": ["xa-1", "xa-2"]}
    assert {"xa-1/letter-en.pdf", "xa-2/letter-en.pdf"} < set(packing.packet(by_city["city-1"]))


def test_every_pdf_is_tagged_and_has_a_title(edition):
    for name, content in files_of(frozen(edition)).items():
        if name.endswith(".pdf"):
            reader = PdfReader(io.BytesIO(content))
            assert reader.metadata.title, name
            assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"], name


def test_a_copy_is_printed_as_it_was_frozen(edition):
    freeze = frozen(edition)

    copy = stored_copy(freeze.missions.get(slug="xa-1").copies.get(letter__language="en"))

    assert isinstance(copy, LetterCopy)
    assert copy.paragraphs == ("First paragraph.", "Second paragraph.")


def test_names_that_ended_are_in_no_packet(edition, settings):
    rows = confirmed(
        edition,
        [an_entry("Min Printed", disclosed(Level.NAME, Level.NAME)), an_entry("Omar", disclosed(addressee=Level.NAME))],
    )
    let_through(rows[0])
    freeze = frozen(edition)
    Freeze.objects.filter(pk=freeze.pk).update(names_erased_on="2031-01-01")
    freeze.refresh_from_db()

    files = files_of(freeze)

    assert manifest(files)["names"]["source"] == "erased"
    assert opened(freeze, settings.KEYS).lines == ()
    assert "Min Printed" not in " ".join(texts(files).values())
