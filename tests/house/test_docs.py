"""The reference pages name what there is, all of it and nothing else."""

import re
from pathlib import Path

import pytest
from django.utils.translation import gettext, override

from tongmun.config.arguments import COMMANDS, KEY_DEEDS, parser
from tongmun.web import urls, urls_without_language

DOCS = Path(__file__).parents[2] / "docs"
ADR_WORDS = 300


def sections(page: str) -> dict[str, str]:
    text = (DOCS / "reference" / page).read_text(encoding="utf-8")
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_commands_are_all_described():
    assert set(sections("commands.md")) == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_options_of_a_command_are_all_described(command, capsys):
    with pytest.raises(SystemExit):
        parser().parse_args([command, "--help"])
    options = set(re.findall(r"--[a-z-]+", capsys.readouterr().out.split("options:")[1])) - {"--help", "--data"}

    assert described_options(sections("commands.md")[command].partition("\n### ")[0]) == options


@pytest.mark.parametrize("deed", KEY_DEEDS)
def test_options_of_a_deed_with_keys_are_all_described(deed, capsys):
    with pytest.raises(SystemExit):
        parser().parse_args(["keys", deed, "--help"])
    options = set(re.findall(r"(?<!`)--[a-z-]+", capsys.readouterr().out.split("options:")[1])) - {"--help", "--data"}

    parts = re.split(r"^### (.+)$", sections("commands.md")["keys"], flags=re.MULTILINE)
    described = dict(zip(parts[1::2], parts[2::2], strict=True))
    assert set(described) == set(KEY_DEEDS)
    assert described_options(described[deed]) == options


def described_options(text: str) -> set[str]:
    return set(re.findall(r"^- `(--[a-z-]+)", text, flags=re.MULTILINE))


def test_public_addresses_are_all_described():
    described = set(re.findall(r"^\| `(/[^`]*)` \|", (DOCS / "reference" / "addresses.md").read_text(), re.MULTILINE))

    routes = ["/{lang}/" + str(one.pattern) for one in urls.urlpatterns]
    routes += ["/" + str(one.pattern) for one in urls_without_language.urlpatterns]
    assert described == {re.sub(r"<\w+:(\w+)>", r"{\1}", route) for route in routes}


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page):
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", sorted((DOCS / "adr").glob("*.md")), ids=lambda page: page.name)
def test_decisions_are_short_and_say_what_would_change_them(page):
    text = page.read_text(encoding="utf-8")

    assert re.findall(r"^## (.+)$", text, flags=re.MULTILINE) == [
        "Context",
        "Decision",
        "Consequences",
        "What would change our mind",
    ]
    assert len(text.split()) <= ADR_WORDS
    assert text.startswith(f"# {page.name[:4]}. ")


@pytest.mark.parametrize(("column", "language"), [(1, "ko"), (2, "ar")])
def test_words_of_the_vocabulary_are_those_of_the_pages(column, language):
    rows = re.findall(
        r"^\| (.+?) \| (.+?) \| (.+?) \|", (DOCS / "reference" / "vocabulary.md").read_text(), re.MULTILINE
    )
    written = {row[0]: row[column] for row in rows if row[0] != "English"}

    with override(language):
        on_pages = {english: gettext(english) for english in written}
    assert {word: on_pages[word] for word in written if on_pages[word] not in (word, written[word])} == {}
