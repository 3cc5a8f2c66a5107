"""Installations to be broken, without the wait for their first start."""

import shutil
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from bench.faults.installation import SLUG, Installation
from django.utils import timezone

from tongmun.signatures.admission import new_stamp


@pytest.fixture(scope="session")
def loaded(tmp_path_factory) -> Path:
    """Load the worked example into a folder that is only copied."""
    folder = tmp_path_factory.mktemp("loaded")
    Installation(folder).load()
    return folder


@pytest.fixture
def folder(loaded, tmp_path) -> Path:
    shutil.copytree(loaded, tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def hidden(loaded, settings) -> dict[str, str]:
    """Give what a form carries along that was opened a minute ago."""
    settings.KEYS = loaded / "keys"
    with sqlite3.connect(loaded / "tongmun.sqlite3") as line:
        (digest,) = line.execute("SELECT digest FROM letters_letterversion WHERE language = 'en'").fetchone()
    return {"letter": digest, "stamp": new_stamp(edition=SLUG, at=timezone.now() - timedelta(minutes=1))}
