"""`tongmun read` on a text it cannot read."""

from argparse import Namespace

import pytest

from tongmun.config.commands import read


@pytest.mark.parametrize("text", ["", "Bonjour à toutes et à tous, rendez-vous samedi devant l’ambassade.", "\x01\x02"])
def test_read_of_an_unreadable_text_says_why_and_writes_nothing(tmp_path, capsys, text):
    file = tmp_path / "announcement.txt"
    file.write_text(text, encoding="utf-8")

    code = read.run(Namespace(file=file, to=tmp_path / "draft"))

    printed = capsys.readouterr()
    assert code == 1
    assert "Nothing was written" in printed.err
    assert printed.out.strip()
    assert not (tmp_path / "draft").exists()
