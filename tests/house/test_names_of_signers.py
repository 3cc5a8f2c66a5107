"""A signer's name is read in few places, each of which asks `learned` or shows it to nobody but its owner."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SRC = Path(__file__).parents[2] / "src" / "tongmun"
# The columns that hold a name or an address, and what opens them.
COLUMNS = {"shown_name", "sealed", "waiting_box", "news_box"}
OPENERS = {"unseal", "unsealed", "waiting_name"}
# File → what it reads, and why it may.
ALLOWED = {
    # The constraints that keep them apart.
    "signatures/models.py": {"shown_name", "waiting_box", "news_box"},
    # Filters of rows, which give no name.
    "signatures/querysets.py": {"shown_name", "sealed", "news_box"},
    # These ask `learned` for what they give or write.
    "signatures/queries.py": {"shown_name"},
    "signatures/opening.py": {"shown_name", "sealed", "unseal", "unsealed"},
    "signatures/actions/confirm.py": {"sealed", "waiting_box", "news_box"},
    "signatures/actions/disclose.py": {"shown_name", "sealed", "waiting_box", "news_box"},
    # What is shown to a moderator is what `learned` gave when it was signed.
    "signatures/actions/moderate.py": {"shown_name", "waiting_box", "waiting_name"},
    "desk/views/names.py": {"waiting_name"},
    # Erasing.
    "signatures/actions/end.py": {"sealed", "waiting_box", "news_box"},
    # What a court would get for one address, and how many boxes a thief could open; on the server alone.
    "signatures/drill.py": {"shown_name", "sealed", "waiting_box", "news_box", "unsealed"},
    "config/seizure.py": {"sealed", "waiting_box", "news_box", "unsealed"},
    # To the signer, behind their own link.
    "web/templates/web/signing/own.html": {"shown_name"},
    # Where it is defined.
    "kit/sealing.py": {"unseal"},
}


def reads(tree: ast.AST) -> Iterator[str]:
    """Give every name that could be a column or open one: attributes, arguments, imports, keys and lookups."""
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=name) | ast.FunctionDef(name=name):
                yield name
            case ast.keyword(arg=str(name)):
                yield name.partition("__")[0]
            case ast.ImportFrom(names=names):
                yield from (one.name for one in names)
            case ast.Constant(value=str(words)):
                # As in a lookup, "shown_name__startswith", or an order, "-shown_name".
                yield words.removeprefix("-").partition("__")[0]
            case ast.Name(id=name) if name in OPENERS:
                yield name


def found_in(path: Path) -> set[str]:
    text = path.read_text("utf-8")
    if path.suffix == ".py":
        return set(reads(ast.parse(text))) & (COLUMNS | OPENERS)
    return {name for name in COLUMNS | OPENERS if re.search(rf"\.{name}\b", text)}


def files() -> list[Path]:
    return [
        path for path in SRC.rglob("*") if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts
    ]


def test_names_of_signers_are_read_nowhere_else():
    found = {str(path.relative_to(SRC)): names for path in files() if (names := found_in(path))}

    assert found == ALLOWED


@pytest.mark.parametrize(
    "line",
    [
        "row.shown_name",
        "Signature.objects.values_list('shown_name', flat=True)",
        "Signature.objects.order_by('-shown_name')",
        "Signature.objects.filter(shown_name__startswith='M')",
        "Signature.objects.filter(shown_name='Min')",
        "getattr(row, 'shown_name')",
    ],
)
def test_a_reader_of_names_is_recognised(line):
    assert "shown_name" in set(reads(ast.parse(line)))


@pytest.mark.parametrize("name", ["queries", "opening", "actions/confirm", "actions/disclose"])
def test_who_gives_names_asks_what_is_to_be_learned(name):
    tree = ast.parse((SRC / "signatures" / f"{name}.py").read_text("utf-8"))

    calls = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert "learned" in calls
