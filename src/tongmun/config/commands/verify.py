"""`tongmun verify`: check the public count of any site, by the same file that stands there for download."""

import argparse

from tongmun.kit import verify_count


def run(options: argparse.Namespace) -> int:
    """Say in plain words what was found; the code is 1 when something is wrong."""
    return verify_count.run(options)
