"""The `tongmun` command as its own process, on a folder of its own."""

import os
import subprocess
import sys
from pathlib import Path

SRC = Path(__file__).parents[2] / "src"


def tongmun(*arguments: object, data: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the command with nothing set but the folder of the data and these TONGMUN_* variables."""
    usual = {name: value for name, value in os.environ.items() if not name.startswith(("TONGMUN_", "DJANGO_"))}
    given = {f"TONGMUN_{name}": value for name, value in variables.items()}
    return subprocess.run(  # noqa: S603 -- ourselves
        [sys.executable, "-m", "tongmun", *map(str, arguments)],
        env=usual | given | {"TONGMUN_DATA": str(data), "PYTHONPATH": str(SRC)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
