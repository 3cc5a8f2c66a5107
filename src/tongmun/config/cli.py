"""The `tongmun` command: finds the installation, then runs one of config/commands."""

import argparse
import importlib
import os
import sys
from pathlib import Path
from typing import NoReturn

import django
from django.db import OperationalError
from environs import EnvError
from rich.console import Console

from tongmun.config.arguments import parser
from tongmun.kit.keyring import KeyUnreadable, django_secret


def main(arguments: list[str] | None = None) -> None:
    """Run one command and exit with its code: 0 done, 1 refused with the reason, 2 wrong arguments."""
    options = parser().parse_args(arguments)
    try:
        _find_folder(options)
        if not getattr(options, "is_offline", False):
            _find_installation(options)
    except (KeyUnreadable, EnvError, OSError) as error:
        _refuse(str(error))
    # Models can be imported only now that Django has its settings.
    command = importlib.import_module(f"tongmun.config.commands.{options.module}")
    try:
        code = command.run(options)
    except KeyUnreadable as error:
        _refuse(str(error))
    except OperationalError as error:
        _refuse(f"The database does not answer: {error}\nCheck TONGMUN_DATABASE_URL, and that its server runs.")
    sys.exit(code)


def _refuse(reason: str) -> NoReturn:
    Console(stderr=True, soft_wrap=True, highlight=False).print(reason, markup=False)
    raise SystemExit(1)


def _find_folder(options: argparse.Namespace) -> None:
    """Settle the folder of the data."""
    os.environ["TONGMUN_DATA"] = str(Path(options.data or os.environ.get("TONGMUN_DATA", "var")).absolute())


def _find_installation(options: argparse.Namespace) -> None:
    """Settle the environment before Django reads it: a secret made on first use, and the address."""
    folder = Path(os.environ["TONGMUN_DATA"])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongmun.config.settings")
    if "TONGMUN_SECRET_KEY" not in os.environ:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.environ["TONGMUN_SECRET_KEY"] = django_secret(Path(os.environ.get("TONGMUN_KEYS", folder / "keys")))
    if hasattr(options, "port"):
        host = f"[{options.host}]" if ":" in options.host else options.host
        os.environ.setdefault("TONGMUN_PUBLIC_URL", f"http://{host}:{options.port}")
    django.setup()
