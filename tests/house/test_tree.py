"""What may and may not lie in this tree."""

import re
import tomllib
from collections.abc import Iterator
from gettext import GNUTranslations
from itertools import pairwise
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src"
LOCALE = SRC / "tongmun" / "look" / "locale"
PLACES = ["src", "tests", "docs", "examples", "scripts", "requirements"]
NOT_TEXT = {".mo", ".pyc", ".png", ".jpg", ".ico", ".pdf", ".woff2", ".ttf", ".zip"}
# Django finds these by their names.
FOUND_BY_DJANGO = {"403.html", "403_csrf.html", "404.html", "500.html"}
TEMPLATE_NAME = re.compile(r"""["']([\w./{}-]+\.(?:html|txt|typ|svg))["']""")


def texts(*places: str) -> Iterator[tuple[Path, str]]:
    """Give every text file of the tree but this one, which has to name what it looks for."""
    loose = [path for path in ROOT.iterdir() if path.is_file() and not path.name.startswith(".")] if not places else []
    for path in [*loose, *(path for place in places or PLACES for path in (ROOT / place).rglob("*"))]:
        if path.is_file() and path.suffix not in NOT_TEXT and path != Path(__file__):
            yield path, path.read_text(encoding="utf-8", errors="replace")


def found(pattern: str, *places: str) -> list[str]:
    wanted = re.compile(pattern)
    return [str(path.relative_to(ROOT)) for path, text in texts(*places) if wanted.search(text)]


def test_nothing_is_left_to_do_in_the_source():
    assert found(r"\b(TODO|FIXME|XXX)\b", "src") == []


def test_the_tree_names_no_place_it_was_made_in():
    assert found(r"\.\./shared|/work/main|/root/") == []


def test_the_tree_names_no_package_registry():
    assert found(r"pypi|pythonhosted|/simple\b|(?<!emit-)index-url|find-links|artifactory|nexus|npmjs") == []


@pytest.mark.parametrize("lock", sorted((ROOT / "requirements").glob("*.lock")), ids=lambda path: path.name)
def test_a_lock_pins_every_package_by_hash_and_names_no_address(lock):
    lines = [line for line in lock.read_text("utf-8").splitlines() if not line.startswith("#")]
    packages = [line for line in lines if not line.startswith(" ")]

    assert packages
    assert [line for line in packages if not re.match(r"[\w.\[\]-]+==\S+ .*\\$", line)] == []
    assert [line for line in lines if "://" in line] == []
    for line, following in pairwise(lines):
        assert line.startswith(" ") or following.startswith("    --hash=sha256:"), line


def test_every_dependency_says_what_it_is_for():
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    known = tomllib.loads(project)
    wanted = [
        *known["project"]["dependencies"],
        *(one for group in known["project"]["optional-dependencies"].values() for one in group),
        *(one for group in known["dependency-groups"].values() for one in group),
    ]

    explained = re.findall(r'^    "([^"]+)", # \w.{4,}$', project, flags=re.MULTILINE)

    assert wanted
    assert [one for one in wanted if one not in explained] == []


def templates() -> list[str]:
    return sorted(
        str(path.relative_to(folder))
        for folder in SRC.glob("tongmun/*/templates")
        for path in folder.rglob("*")
        if path.is_file()
    )


def test_every_template_is_used_somewhere():
    named: dict[str, set[Path]] = {}
    for path, text in texts("src"):
        if path.suffix in {".py", ".html", ".txt"}:
            for name in TEMPLATE_NAME.findall(text):
                named.setdefault(name, set()).add(path)

    unused = []
    for template in templates():
        # A name that is put together stands for all it can become.
        users = {
            user
            for name, paths in named.items()
            if re.fullmatch(re.sub(r"\\\{[^}]*\\\}", "[^/]+", re.escape(name)), template)
            or template.endswith("/" + name)
            for user in paths
            if not str(user).endswith(template)
        }
        if not users and template not in FOUND_BY_DJANGO:
            unused.append(template)
    assert unused == []


CATALOGUES = sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))


def test_there_is_a_catalogue_for_each_language_but_english():
    assert [path.parts[-3] for path in CATALOGUES] == ["ar", "ko"]


@pytest.mark.parametrize("po", CATALOGUES, ids=lambda path: path.parts[-3])
def test_a_compiled_catalogue_is_what_its_source_says(po):
    with po.open("rb") as source, po.with_suffix(".mo").open("rb") as compiled:
        written = read_po(source)
        shown = GNUTranslations(compiled)

    for message in written:
        if not message.id or message.fuzzy:
            continue
        if isinstance(message.id, tuple):
            one, many = message.id
            for n in (0, 1, 2, 3, 11, 100):
                form = shown.plural(n)
                assert shown.ngettext(one, many, n) == (message.string[form] or (one if n == 1 else many)), one
        else:
            translated = shown.pgettext(message.context, message.id) if message.context else shown.gettext(message.id)
            assert translated == (message.string or message.id)
