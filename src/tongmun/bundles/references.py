"""What the files of a bundle say of each other: names used twice, names nobody has given, languages missing."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from tongmun.bundles.cells import read_site_language
from tongmun.bundles.contents import (
    CampaignPart,
    CausePart,
    CityLine,
    ClaimLine,
    EditionPart,
    LetterPart,
    NewsPart,
    OrganisationPart,
)
from tongmun.bundles.files import CAMPAIGN
from tongmun.bundles.problems import Place, Problem, Unreadable, guesses
from tongmun.bundles.tables import RawLine
from tongmun.campaigns.models import Edition


def repeated_lines(lines: Iterable[RawLine], key: Sequence[str]) -> list[Problem]:
    """Find lines that have the same words in the columns that name a line."""
    first: dict[tuple[str, ...], int | None] = {}
    problems = []
    for line in lines:
        words = tuple(line.text(column) for column in key)
        if words in first:
            problems.append(_repeated(line.place.at(key[0]), " ".join(filter(None, words)), first[words]))
        elif words[0]:
            first[words] = line.place.line
    return problems


def repeated_wikidata(missions: Iterable[RawLine]) -> list[Problem]:
    """Find missions that claim the same item of Wikidata."""
    return repeated_lines((line for line in missions if line.text("wikidata")), ("wikidata",))


def repeated_organisations(organisations: Iterable[OrganisationPart]) -> list[Problem]:
    """Find organisations that have the same slug."""
    first: dict[str, int | None] = {}
    problems = []
    for part in organisations:
        if part.slug in first:
            problems.append(_repeated(part.origin.place("slug"), part.slug, first[part.slug]))
        first.setdefault(part.slug, part.origin.line)
    return problems


def unknown_references(lines: Iterable[RawLine], column: str, named: Iterable[RawLine], file: str) -> list[Problem]:
    """Find words in a column that are no slug of another file."""
    known = {line.text("slug") for line in named}
    return [
        line.place.at(column).problem(
            _("“%(slug)s” is not in %(file)s.") % {"slug": line.text(column), "file": file},
            _reference_remedy(line.text(column), known, file),
        )
        for line in lines
        if line.text(column) and line.text(column) not in known
    ]


def paragraph_problems(claims: Iterable[ClaimLine], letters: Iterable[LetterPart]) -> list[Problem]:
    """Find claims in a paragraph that no letter has; without a readable letter there is nothing to compare."""
    most = max((sum(1 for block in letter.body.split("\n\n") if block.strip()) for letter in letters), default=0)
    return [
        claim.origin.at("paragraph").problem(
            _("No letter has a paragraph %(number)s.") % {"number": claim.paragraph},
            _("Write a number from 1 to %(most)s.") % {"most": most},
        )
        for claim in claims
        if most and claim.paragraph is not None and not 1 <= claim.paragraph <= most
    ]


def coordinate_problems(lines: Iterable[RawLine]) -> list[Problem]:
    """Find lines that give one coordinate without the other."""
    return [
        line.place.at(column).problem(
            _("“%(field)s” is missing, and the other coordinate is there.") % {"field": column},
            _("Write both latitude and longitude, or neither."),
        )
        for line in lines
        for column, other in (("latitude", "longitude"), ("longitude", "latitude"))
        if line.text(other) and not line.text(column)
    ]


def zone_problems(edition: EditionPart) -> list[Problem]:
    """Find a single instant without a zone of its own, or a local wall clock with one."""
    needs = edition.time_rule == Edition.TimeRule.SINGLE_INSTANT
    place = edition.origin.place("zone")
    if needs and not edition.zone:
        return [
            place.problem(
                _("A single instant is read on the clock of a zone, and “zone” is missing."),
                _('Write the zone of the time, for example: zone = "Europe/Geneva"'),
            )
        ]
    if edition.zone and not needs:
        return [
            place.problem(
                _("With the local wall clock every city has its own zone."),
                _('Delete “zone”, or write: time_rule = "single-instant"'),
            )
        ]
    return []


def name_problems(edition: EditionPart, parts: Iterable[CausePart | CampaignPart | EditionPart]) -> list[Problem]:
    """Find names that are missing in a language of the edition."""
    wanted = [
        (part, field, texts)
        for part in parts
        for field, texts in (("name", part.name), ("sending_state_name", getattr(part, "sending_state_name", None)))
        if texts is not None
    ]
    return [
        _nameless(part.origin.place(f"{field}.{language}"), language)
        for part, field, texts in wanted
        for language in edition.languages
        if language not in texts
    ]


def call_problems(edition: EditionPart, files: Iterable[str]) -> list[Problem]:
    """Find languages of the edition without a call, and calls in other languages."""
    spoken = {name.removeprefix("call.").removesuffix(".md"): name for name in files if name.startswith("call.")}
    problems = [
        Place(f"call.{language}.md").problem(
            _("The edition speaks “%(language)s”, but there is no call in this language.") % {"language": language},
            _("Add call.%(language)s.md, or take the language out of “languages” in campaign.toml.")
            % {"language": language},
        )
        for language in edition.languages
        if language not in spoken
    ]
    return problems + [p for code, name in spoken.items() for p in language_problems(edition, code, name)]


def news_problems(edition: EditionPart, news: Iterable[NewsPart]) -> list[Problem]:
    """Find news in a language in which the edition has no pages."""
    return [p for post in news for p in language_problems(edition, post.language, post.origin.file)]


def language_problems(edition: EditionPart, language: str, file: str) -> list[Problem]:
    """Say that a file is in a language that the site or the edition does not speak."""
    if language in edition.languages:
        return []
    place = Place(file, None, "language")
    try:
        read_site_language(language)
    except Unreadable as error:
        return [place.problem(error.message, error.remedy)]
    return [
        place.problem(
            _("The language “%(language)s” is not one of the edition's.") % {"language": language},
            _("Add it to “languages” in %(file)s, or delete this file.") % {"file": CAMPAIGN},
        )
    ]


def city_name_problems(edition: EditionPart, cities: Iterable[CityLine]) -> list[Problem]:
    """Find cities without a name in the language that translations start from."""
    language = edition.languages[0]
    return [_nameless(city.origin.at(f"name_{language}"), language) for city in cities if language not in city.name]


def _nameless(place: Place, language: str) -> Problem:
    return place.problem(
        _("The name in the language “%(language)s” is missing.") % {"language": language},
        _("Write “%(field)s”.") % {"field": place.field},
    )


def _repeated(place: Place, words: str, line: int | None) -> Problem:
    return place.problem(
        _("“%(words)s” stands on line %(line)s already.") % {"words": words, "line": line},
        _("Give each its own, or delete one of the two."),
    )


def _reference_remedy(slug: str, known: Iterable[str], file: str) -> str:
    near = guesses(slug, known)
    if near:
        return _("Did you mean “%(guess)s”? Or add “%(slug)s” to %(file)s.") % {
            "guess": near[0],
            "slug": slug,
            "file": file,
        }
    return _("Add “%(slug)s” to %(file)s.") % {"slug": slug, "file": file}
