"""Random signers in a frozen edition: no file of any packet names anybody who did not let the addressee learn it.

Another seed in each run; PACKET_SEED repeats one that failed, PACKET_DATASETS=10000 tries as many sets of signers.
"""

import io
import os
import zipfile
from random import Random, SystemRandom
from typing import TYPE_CHECKING

import pytest
from tests.deliveries.freeze_steps import an_entry, confirmed, count, frozen, let_through, rivers
from tests.deliveries.packet_reading import pdf_text
from tests.signatures.canaries import leaks, unpacked

from tongmun.deliveries.models import Freeze, FrozenName
from tongmun.deliveries.names import all_names, clear_names
from tongmun.deliveries.packing import Packing
from tongmun.kit.packets import packed
from tongmun.kit.pairs import private_keys_here
from tongmun.signatures.disclosure import NAMING, Disclosure, Level
from tongmun.signatures.models import Signature

if TYPE_CHECKING:
    from tongmun.signatures.entry import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SEED = int(os.environ.get("PACKET_SEED") or SystemRandom().randrange(2**32))
DATASETS = int(os.environ.get("PACKET_DATASETS", "6"))
LETTERS = "bcdfghjklmnpqrstvwz"
HANGUL = [chr(code) for code in range(ord("가"), ord("힣"), 29)]


class Signer:
    """Somebody with names that are like no other words, and levels at random."""

    def __init__(self, chance: Random) -> None:
        self.name, self.chosen = _name(chance), _name(chance)
        levels = list(Level)
        self.disclosure = Disclosure(*(chance.choice(levels) for _ in range(4)))
        self.entry: Entry = an_entry(
            self.name, self.disclosure, chosen=self.chosen, country=chance.choice(["KR", "DE"])
        )

    @property
    def may_be_printed(self) -> set[str]:
        """What the addressee may learn, of what can be searched for."""
        return {Level.NAME: {self.name}, Level.CHOSEN: {self.chosen}}.get(self.disclosure.addressee, set())

    @property
    def may_not(self) -> set[str]:
        return {self.name, self.chosen, self.entry.email} - self.may_be_printed


def _name(chance: Random) -> str:
    if chance.random() < 0.3:
        return "".join(chance.choice(HANGUL) for _ in range(8))
    first, last = ("".join(chance.choice(LETTERS) for _ in range(9)).title() for _ in range(2))
    return f"{first} {last}"


def everything_in(freeze: Freeze, names) -> dict[str, bytes]:
    """Give all that is in each packet: the bytes of its zip, each file unpacked, and the text of the PDFs."""
    packing = Packing(freeze, names)
    heaps = {}
    for city, missions in packing.chosen().items():
        content = packed(packing.packet(missions))
        parts = [content]
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                inner = archive.read(name)
                parts += [inner, *unpacked(inner), *([pdf_text(inner).encode()] if name.endswith(".pdf") else [])]
        heaps[city] = b"\n".join(parts)
    return heaps


def test_random_signers_are_named_in_no_packet_without_their_consent(settings):
    edition = rivers(cities=1, languages=("en",))
    print(f"PACKET_SEED={SEED}")  # noqa: T201 -- pytest shows it on failure alone
    seen = {"printed": 0, "kept back": 0}
    for number in range(DATASETS):
        chance = Random(SEED + number)  # noqa: S311 -- to be repeated
        Freeze.objects.all().delete()
        Signature.objects.all().delete()
        signers = [Signer(chance) for _ in range(chance.randrange(1, 25))]
        rows = confirmed(edition, [one.entry for one in signers])
        for row in rows:
            if row.moderation == Signature.Moderation.WAITING and chance.random() < 0.7:
                let_through(row)
        count(edition)
        freeze = frozen(edition)
        shown = set(FrozenName.objects.values_list("line", flat=True))

        for names in (
            clear_names(freeze),
            all_names(freeze, private_keys=private_keys_here(settings.KEYS, "names"), track=lambda rows, _: rows),
        ):
            allowed = {word for one in signers for word in one.may_be_printed}
            hidden = {word for one in signers for word in one.may_not} - allowed
            for heap in everything_in(freeze, names).values():
                assert leaks(hidden, heap) == [], f"seed {SEED + number}"
                printed = leaks(allowed, heap)
                assert set(printed) == {one.line for one in names.lines} & allowed
        seen["printed"] += len(printed)
        seen["kept back"] += len(hidden)
        assert shown <= {word for one in signers for word in (one.name, one.chosen)} | {one.line for one in names.lines}
    assert min(seen.values()) > 0


def test_search_finds_a_name_that_is_printed(settings):
    """Else the test above would find nothing because it cannot."""
    edition = rivers(languages=("en", "ko"))
    chance = Random(SEED)  # noqa: S311 -- to be repeated
    name = _name(chance)
    disclosure = Disclosure(Level.PLACE, Level.NAME, Level.PLACE, Level.PLACE)
    confirmed(edition, [an_entry(name, disclosure)])
    freeze = frozen(edition)
    assert disclosure.addressee in NAMING

    names = all_names(freeze, private_keys=private_keys_here(settings.KEYS, "names"), track=lambda rows, _: rows)

    assert {city: leaks([name], heap) for city, heap in everything_in(freeze, names).items()} == {
        "city-1": [name],
        "city-2": [name],
    }
    assert {tuple(leaks([name], heap)) for heap in everything_in(freeze, clear_names(freeze)).values()} == {()}
