"""`tongmun keys drill`: what a court, or a thief with everything on this server, would get for one address."""

import argparse
import getpass

from rich.console import Console

from tongmun.campaigns.models import Edition
from tongmun.kit.mailbox import NotAMailbox
from tongmun.signatures.drill import NOTHING, OF_AN_EDITION, OF_THE_SERVER, Section, drill
from tongmun.signons.drill import OF_ORGANISATIONS, drill_sign_ons

ASK = "-"
AT_MOST = {name: one.at_most for name, one in (OF_AN_EDITION | OF_THE_SERVER).items()} | OF_ORGANISATIONS


def run(options: argparse.Namespace) -> int:
    """Print each class of data: what there is, and what there could be at most."""
    console = Console(soft_wrap=True, highlight=False)
    errors = Console(stderr=True, soft_wrap=True, highlight=False)
    editions = Edition.objects.order_by("day", "slug")
    if options.edition:
        editions = editions.filter(slug=options.edition)
        if not editions:
            slugs = ", ".join(Edition.objects.order_by("slug").values_list("slug", flat=True)) or "none"
            errors.print(f"There is no edition {options.edition!r}. Editions here: {slugs}.", markup=False)
            return 1
    # Not shown and in no history of commands.
    address = getpass.getpass("Address: ") if options.address == ASK else options.address
    try:
        for section in (*drill(address, editions=list(editions)), _organisations(address, list(editions))):
            console.print(section.title, markup=False, style="bold")
            for name, found in section.found.items():
                console.print(f"  {name}: {found}", markup=False)
                if found != NOTHING:
                    console.print(f"    at most: {AT_MOST[name]}", markup=False)
    except NotAMailbox:
        errors.print("That is not an e-mail address that could have signed.", markup=False)
        return 1
    return 0


def _organisations(address: str, editions: list[Edition]) -> Section:
    found = drill_sign_ons(address, editions=editions)
    return Section("Organisations", {**dict.fromkeys(OF_ORGANISATIONS, NOTHING), **found})
