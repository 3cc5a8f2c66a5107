"""`tongmun export`: an edition as a bundle."""

import argparse

from rich.console import Console

from tongmun.bundles.actions.export import FolderIsNotEmpty, export_edition
from tongmun.campaigns.models import Edition
from tongmun.config.first_start import prepare


def run(options: argparse.Namespace) -> int:
    """Write the bundle, or say which editions there are."""
    prepare()
    errors = Console(stderr=True, soft_wrap=True)
    edition = Edition.objects.filter(slug=options.edition).first()
    if edition is None:
        slugs = ", ".join(Edition.objects.order_by("slug").values_list("slug", flat=True)) or "none"
        errors.print(f"There is no edition {options.edition!r}. Editions here: {slugs}.", markup=False)
        return 1
    try:
        written = export_edition(edition=edition, folder=options.folder)
    except FolderIsNotEmpty:
        errors.print(f"The folder {options.folder} is not empty. Name one that is, or a new one.", markup=False)
        return 1
    Console().print(f"Wrote {len(written)} files to {options.folder}.", markup=False)
    return 0
