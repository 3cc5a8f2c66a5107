from pathlib import Path

import pytest

from tongmun.look import finders


def test_joined_stylesheet_follows_the_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in (("20-b.css", "b"), ("00-a.css", "a"), ("100-c.css", "c"), ("note.txt", "no")):
        (tmp_path / name).write_text(text)
    monkeypatch.setattr(finders, "PARTS", tmp_path)

    assert finders.joined_stylesheet() == "a\nc\nb"


def test_finder_offers_one_stylesheet_that_begins_with_the_layers() -> None:
    [(name, storage)] = finders.JoinedStylesheetFinder().list([])

    with storage.open(name) as file:
        content = file.read()

    assert name == "look/tongmun.css"
    assert content.startswith(b"@layer reset, tokens, base, layout, parts, pages, print;")
    assert content.decode() == finders.joined_stylesheet()
