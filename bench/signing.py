"""Measure durable signings per second against a handler that does nothing, and against a plain Django view.

Starts the product on an empty folder, as `tongmun web` does, and floods its form with wrk; before and after that the
same server with a handler that does nothing. Prints rates, latencies and the ratio; checks that every acknowledged
form is a row.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

TOP = Path(__file__).parents[1]
PORT = 8765
PAGE = "/en/coming/sign/"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--database", default="", help="an empty PostgreSQL database; SQLite without it")
    parser.add_argument("--data", metavar="DIR", help="an installation to flood, such as filling.py makes")
    options = parser.parse_args()
    if not shutil.which("wrk"):
        raise SystemExit("This needs wrk: apt install wrk")
    with tempfile.TemporaryDirectory(prefix="tongmun-bench-") as folder:
        environment = _environment(options.data or folder, options.database)
        if not options.data:
            _tongmun(environment, "load", str(TOP / "examples" / "coming"))
        trivial = _measured([sys.executable, "-m", "granian", *_granian(), "trivial:application"], environment, options)
        plain = _measured(
            [sys.executable, "-m", "granian", *_granian(), "plain_django:application"], environment, options
        )
        signing = _measured([sys.executable, "-m", "tongmun", "web", "--port", str(PORT)], environment, options)
        rows = _rows(environment)
    print(f"trivial handler   {trivial[0]:8.0f} /s   p50 {trivial[1]:6.1f} ms   p99 {trivial[2]:6.1f} ms")
    print(f"plain Django      {plain[0]:8.0f} /s   p50 {plain[1]:6.1f} ms   p99 {plain[2]:6.1f} ms   on SQLite")
    print(f"signing, durable  {signing[0]:8.0f} /s   p50 {signing[1]:6.1f} ms   p99 {signing[2]:6.1f} ms")
    print(
        f"signing is {signing[0] / trivial[0]:.3f} of the trivial handler, {signing[0] / plain[0]:.2f} of plain Django"
    )
    print(f"rows {rows}, answers that were not an acknowledgement {signing[3]:.0f}")


def _environment(folder: str, database: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TONGMUN_")}
    more = {"TONGMUN_DATA": folder, "PYTHONPATH": f"{TOP / 'src'}:{TOP / 'bench'}"}
    return kept | more | ({"TONGMUN_DATABASE_URL": database} if database else {})


def _granian() -> list[str]:
    return ["--interface", "wsgi", "--port", str(PORT), "--blocking-threads", "72", "--log-level", "error"]


def _measured(command: list[str], environment: dict[str, str], options: argparse.Namespace) -> tuple[float, ...]:
    server = subprocess.Popen(command, env=environment)
    try:
        page = _page()
        hidden = dict(re.findall(r'name="(letter|stamp)" value="([^"]+)"', page))
        time.sleep(4)  # a stamp is good after three seconds
        more = {"LETTER": hidden.get("letter", "x"), "STAMP": hidden.get("stamp", "x")}
        flood = [
            "wrk",
            "-t2",
            f"-c{options.connections}",
            f"-d{options.seconds}s",
            "-s",
            str(TOP / "bench/signing.lua"),
        ]
        printed = subprocess.run(
            [*flood, f"http://127.0.0.1:{PORT}{PAGE}"],
            env=environment | more,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        return tuple(float(one) for one in re.search(r"RESULT (.+)", printed)[1].split())
    finally:
        server.terminate()
        server.wait(20)


def _page() -> str:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            with urlopen(f"http://127.0.0.1:{PORT}{PAGE}", timeout=5) as answer:
                return answer.read().decode()
        except URLError:
            time.sleep(0.2)
    raise SystemExit("The server has not started.")


def _tongmun(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "tongmun", *arguments], env=environment, check=True)


def _rows(environment: dict[str, str]) -> int:
    code = (
        "import tongmun.config.cli as c, argparse; c._find_installation(argparse.Namespace(data=None));"
        "from tongmun.signatures.models import Pending; print(Pending.objects.count())"
    )
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    return int(done.stdout)


if __name__ == "__main__":
    main()
