"""Packets of a frozen edition: the files for whoever carries its letter to the missions of a city."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from functools import partial
from typing import Any

from babel import Locale
from django.template.loader import render_to_string

from tongmun.deliveries.annex import Annexes, annex_files
from tongmun.deliveries.instructions import Carried, instructions, mission_name, phrase_card, receipt
from tongmun.deliveries.models import Freeze, FrozenCopy, FrozenMission
from tongmun.deliveries.names import Names
from tongmun.deliveries.sheets import sheet_pdf
from tongmun.deliveries.wording import main_language, sheet_language, sheet_words
from tongmun.kit.packets import CHECKPOINT, MANIFEST, SUMS, packed, sealed_up
from tongmun.kit.text import direction, in_language
from tongmun.letters.copies import LetterCopy
from tongmun.letters.printing import letter_pdf

INDEX = "index.html"
# The typesetter works outside of Python's lock, so threads are enough.
THREADS = 4


class Packing:
    """A frozen edition with the names that go with it, ready to be packed. Reads everything at once.

    What depends on the edition alone, the annexes, is made once however many packets there are.
    """

    def __init__(self, freeze: Freeze, names: Names) -> None:
        self.freeze = freeze
        self.names = names
        self.letters = list(freeze.letters.select_related("letter").order_by("position"))
        self.missions = list(freeze.missions.order_by("city", "slug").prefetch_related("copies__letter"))
        self._annexes: dict[str, Annexes] = {}

    def chosen(self, *, mission: str = "", city: str = "") -> dict[str, list[FrozenMission]]:
        """Give the missions with these slugs, or all, by the slug of their city."""
        by_city: dict[str, list[FrozenMission]] = {}
        for one in self.missions:
            if mission in {"", one.slug} and city in {"", one.city}:
                by_city.setdefault(one.city, []).append(one)
        return by_city

    def packet(self, missions: Sequence[FrozenMission]) -> dict[str, bytes]:
        """Make the files for missions of one city. Raises kit.pdf.MissingGlyph for text that no font can draw."""
        self._make_annexes()
        jobs = dict(job for one in missions for job in self._jobs(one))
        with ThreadPoolExecutor(THREADS) as pool:
            made = dict(zip(jobs, pool.map(lambda job: job(), jobs.values()), strict=True))
        files = {name: content for one in self._annexes.values() for name, content in one.files.items()} | made
        if self.freeze.checkpoint:
            files[CHECKPOINT] = self.freeze.checkpoint.encode()
        files[INDEX] = self._index(missions, files)
        return sealed_up(files, self.about(missions))

    def whole(self, cities: Iterable[tuple[str, Sequence[FrozenMission]]]) -> Iterator[tuple[str, bytes]]:
        """Make a zip for each city, and when the last is made what proves them all; gives each file by its name."""
        zips: dict[str, bytes] = {}
        packed_for: list[FrozenMission] = []
        for city, missions in cities:
            name = f"{city}.zip"
            zips[name] = packed(self.packet(missions))
            packed_for += missions
            yield name, zips[name]
        proved = sealed_up(zips, self.about(packed_for))
        yield from ((name, proved[name]) for name in (MANIFEST, SUMS))

    def about(self, missions: Iterable[FrozenMission]) -> dict[str, Any]:
        """Give what a manifest says of the freeze and of these missions."""
        freeze = self.freeze
        return {
            "edition": freeze.edition.slug,
            "freeze": freeze.number,
            "frozen_on": freeze.frozen_on.isoformat(),
            "missions": [
                {"mission": one.slug, "city": one.city, "checked_on": one.checked_on.isoformat()} for one in missions
            ],
            "letters": [
                {"language": one.language, "version": one.letter.number, "sha256": one.digest} for one in self.letters
            ],
            "signatures": {
                "counted": freeze.counted,
                "paper": freeze.paper,
                "vouched": freeze.vouched,
                "by_country": dict(freeze.by_country),
                "elsewhere": freeze.elsewhere,
            },
            "names": {
                "source": self.names.source.value,
                "printed": len(self.names.lines) - max((one.left_out for one in self._annexes.values()), default=0),
                "frozen_clear": freeze.clear_names,
                "frozen_sealed": freeze.sealed_names,
            },
            "log": {"size": freeze.log_size, "root": freeze.log_root, "key": freeze.log_key}
            if freeze.log_root
            else None,
        }

    def _make_annexes(self) -> None:
        for one in self.letters:
            if one.language not in self._annexes:
                letter = one.letter
                self._annexes[one.language] = annex_files(
                    self.freeze,
                    self.names.lines,
                    subject=letter.subject or letter.salutation,
                    language=one.language,
                    day=self.freeze.frozen_on,
                )

    def _jobs(self, mission: FrozenMission) -> Iterator[tuple[str, Callable[[], bytes]]]:
        """Give what makes each file of a mission, by its path."""
        copies = {one.letter.language: one for one in mission.copies.all()}
        day = self.freeze.frozen_on
        for language in self._languages():
            copy = copies[language]
            yield f"{mission.slug}/letter-{language}.pdf", partial(letter_pdf, stored_copy(copy), day=copy.dated)
        for language in self.sheet_languages():
            sheet = instructions(mission, _carried(copies, self._languages(), language), language)
            yield f"{mission.slug}/instructions-{language}.pdf", partial(sheet_pdf, sheet, day=day)
        local = sheet_language(main_language(mission.receiving))
        carried = _carried(copies, self._languages(), local)
        yield f"{mission.slug}/receipt.pdf", partial(sheet_pdf, receipt(mission, carried, local), day=day)
        card = phrase_card(mission.receiving, self.sheet_languages()[0])
        yield f"{mission.slug}/phrases.pdf", partial(sheet_pdf, card, day=day)

    def _languages(self) -> list[str]:
        return [one.language for one in self.letters]

    def sheet_languages(self) -> list[str]:
        """Give the languages of the sheets for whoever carries the letter: those of the letter that have words."""
        return list(dict.fromkeys(sheet_language(language) for language in self._languages()))

    def _index(self, missions: Sequence[FrozenMission], files: Mapping[str, bytes]) -> bytes:
        language = self.sheet_languages()[0]
        said = sheet_words(language)["index"]
        annexes = [
            (name, _named(said[kind], name, language))
            for kind in ("annex", "names_of")
            for name in sorted(files)
            if name.startswith("annex-" if kind == "annex" else "names-")
        ]
        context = {
            "language": language,
            "direction": direction(language),
            "edition": in_language(self.freeze.names, language),
            "title": said["title"].format(city=in_language(missions[0].city_names, language)),
            "for_whom": said["for_whom"],
            "missions": [(mission_name(one, language), _links(one, files, said, language)) for one in missions],
            "annexes": annexes,
            "warning": said["names"] if self.names.lines else "",
            "proof": said["proof"].format(manifest=MANIFEST, sums=SUMS),
            "checks": [name for name in (MANIFEST, SUMS, CHECKPOINT) if name != CHECKPOINT or name in files],
        }
        return render_to_string("deliveries/index.html", context).encode()


def stored_copy(copy: FrozenCopy) -> LetterCopy:
    """Give a copy as it was frozen, ready to be printed."""
    known = {one.name for one in fields(LetterCopy)}
    parts: dict[str, Any] = {
        name: tuple(part) if isinstance(part, list) else part for name, part in copy.parts.items() if name in known
    }
    return LetterCopy(**parts)


def _carried(copies: Mapping[str, FrozenCopy], languages: Sequence[str], language: str) -> Carried:
    """Give the letter in a language, or else in the first there is."""
    spoken = next((code for code in languages if sheet_language(code) == language), languages[0])
    copy = stored_copy(copies[spoken])
    return Carried(copy.subject or copy.salutation, copies[spoken].dated, copy.inside_address)


def _links(
    mission: FrozenMission, files: Mapping[str, bytes], said: Mapping[str, str], language: str
) -> list[tuple[str, str]]:
    """Give path and words of each file of a mission, in the order in which they are needed."""
    rank = ("letter", "instructions", "receipt", "phrases")
    own = [name for name in files if name.startswith(f"{mission.slug}/")]
    kinds = {name: name.partition("/")[2].partition("-")[0].partition(".")[0] for name in own}
    return [
        (name, _named(said[kinds[name]], name, language))
        for name in sorted(own, key=lambda one: (rank.index(kinds[one]), one))
    ]


def _named(words: str, name: str, language: str) -> str:
    # What is behind the language is the number of a volume.
    code = name.rpartition("/")[2].partition("-")[2].removesuffix(".pdf").partition(".")[0]
    return words.format(language=Locale.parse(code, sep="-").get_display_name(language) if code else "")
