"""`tongmun witness`: register who may cosign the log of an edition."""

import argparse

from django.utils import timezone
from rich.console import Console

from tongmun.campaigns.models import Edition
from tongmun.config.first_start import prepare
from tongmun.counts.actions.register_witness import WitnessRefused, register_witness


def run(options: argparse.Namespace) -> int:
    """Register the witness, or say why not."""
    prepare()
    errors = Console(stderr=True, soft_wrap=True, highlight=False)
    edition = Edition.objects.filter(slug=options.edition).first()
    if edition is None:
        errors.print(f"There is no edition {options.edition}.", markup=False)
        return 1
    try:
        register_witness(edition=edition, name=options.name, key=options.vkey, by=None, at=timezone.now())
    except WitnessRefused as refused:
        errors.print(str(refused), markup=False)
        return 1
    Console().print(f"{options.name} may cosign the log of {edition.slug}.", markup=False)
    return 0
