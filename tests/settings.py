"""The product's settings, reading an environment made for tests: a folder of its own, a key that protects nothing."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ["TONGMUN_DATA"] = tempfile.mkdtemp(prefix="tongmun-test-")
os.environ["TONGMUN_SECRET_KEY"] = "only-for-tests-" * 4
os.environ["TONGMUN_PUBLIC_URL"] = "http://testserver"
atexit.register(shutil.rmtree, os.environ["TONGMUN_DATA"], ignore_errors=True)

# The server looks for the static files when it starts.
(Path(os.environ["TONGMUN_DATA"]) / "static").mkdir()

from tongmun.config.settings import *  # noqa: E402, F403 -- they read the environment set above

# Hashing a password is slow on purpose, and no test is about that.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405 -- from the settings above
    # A file, as in production: threads cannot share a database in memory.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(os.environ["TONGMUN_DATA"]) / "test.sqlite3")}  # noqa: F405
