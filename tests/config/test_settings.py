"""A bad setting is refused with one line that names it; every setting is described."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.config.command_line import tongmun

ROOT = Path(__file__).parents[2]
BAD = [
    ("SECRET_KEY", "s3cret"),
    ("SECRET_KEY", ""),
    ("PUBLIC_URL", "s3cret"),
    ("PUBLIC_URL", "ftp://s3cret.org"),
    ("PUBLIC_URL", "https://example.org/s3cret"),
    ("PUBLIC_URL", "https://ana:s3cret@example.org"),
    ("PUBLIC_URL", ""),
    ("COUNT_EVERY", "0"),
    ("COUNT_EVERY", "3601"),
    ("COUNT_EVERY", "s3cret"),
    ("CLAIM_DAYS", "0"),
    ("CLAIM_DAYS", "s3cret"),
    ("DATABASE_URL", "s3cret"),
    ("DATABASE_URL", "oracles://ana:s3cret@host/name"),
    ("CACHE_URL", "nowhere://ana:s3cret@host"),
    ("MAIL_URL", "http://ana:s3cret@mail.example.org"),
    ("MAIL_FROM", "s3cret"),
    ("MAIL_FROM", "Ana <s3cret@example.org>"),
    ("MAIL_FROM", "ana@example.org\nBcc: s3cret@example.org"),
    ("BEHIND_PROXY", "s3cret"),
    ("HTTPS_REDIRECT", "s3cret"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("variable", "value"), BAD)
def test_a_bad_value_is_refused_in_one_line_that_names_it(variable, value, tmp_path):
    ended = tongmun("doctor", data=tmp_path, **{variable: value})

    assert ended.returncode == 1
    assert ended.stdout == ""
    assert f"TONGMUN_{variable}" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
    assert "s3cret" not in ended.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://tongmun.example", "tongmun.example"),
        ("https://tongmun.example/", "tongmun.example"),
        ("http://localhost:8000", "localhost"),
        ("http://[::1]:8000", "[::1]"),
        ("http://[::1]", "[::1]"),
    ],
)
def test_the_host_is_taken_from_the_public_address(url, host, tmp_path):
    program = "from tongmun.config import settings; print(settings.PUBLIC_HOST, settings.PUBLIC_URL, settings.HTTPS)"

    shown = python(program, tmp_path, PUBLIC_URL=url)

    assert shown == f"{host} {url.rstrip('/')} {url.startswith('https')}\n"


def python(program: str, data: Path, **variables: str) -> str:
    given = {f"TONGMUN_{name}": value for name, value in variables.items()}
    places = {"TONGMUN_DATA": str(data), "TONGMUN_SECRET_KEY": "x" * 32, "PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(  # noqa: S603 -- ourselves
        [sys.executable, "-c", program], env=os.environ | given | places, capture_output=True, text=True, check=True
    ).stdout


def test_every_setting_is_described_and_nothing_else():
    code = (ROOT / "src/tongmun/config/settings.py").read_text("utf-8")
    page = (ROOT / "docs/reference/settings.md").read_text("utf-8")

    read = re.findall(r'\benv\.\w+\(\s*"(\w+)"', code)
    described = re.findall(r"^\| `TONGMUN_(\w+)` \| \S.+ \| \S.* \| \S.+ \|$", page, flags=re.MULTILINE)

    assert sorted(described) == sorted(read)
    assert len(read) == len(set(read)) > 10


def test_no_variable_is_read_past_the_settings():
    page = (ROOT / "docs/reference/settings.md").read_text("utf-8")
    sources = [path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py")]

    named = {name for text in sources for name in re.findall(r"\bTONGMUN_[A-Z_]+\b", text)}

    assert {name for name in named if f"`{name}`" not in page} == set()
