"""`tongmun load`: a bundle into the database."""

import argparse

from django.utils import timezone
from rich.console import Console

from tongmun.bundles.actions.load import load_bundle
from tongmun.bundles.problems import BundleRefused
from tongmun.campaigns.models import Edition
from tongmun.config.first_start import prepare
from tongmun.missions.models import Mission
from tongmun.missions.queries import facts_on, rival_claims


def run(options: argparse.Namespace) -> int:
    """Load the bundle, or list everything that is wrong with it and change nothing."""
    prepare()
    try:
        edition = load_bundle(path=options.bundle, by=None, at=timezone.now())
    except BundleRefused as refused:
        print_problems(refused, Console(stderr=True, soft_wrap=True, highlight=False))
        return 1
    for warning in _warnings(edition):
        Console(stderr=True, soft_wrap=True, highlight=False).print(warning, markup=False)
    Console().print(f"Loaded the edition {edition.slug}.", markup=False)
    return 0


def _warnings(edition: Edition) -> list[str]:
    """Name the districts that two missions claim on the day of the edition; both were loaded."""
    missions = Mission.objects.filter(pk__in=edition.cities.values("missions"))
    facts = facts_on(missions, edition.day)
    rivals = rival_claims(facts.values(), edition.day)
    return [
        f"Warning: {facts[pk].mission.slug} claims {region}, and so does {other.slug}. End one of the two districts."
        for pk, of_region in rivals.items()
        for region, others in of_region.items()
        for other in others
    ]


def print_problems(refused: BundleRefused, console: Console) -> None:
    """Print each problem as file:line: field: what is wrong, and what to do."""
    console.print("Nothing was loaded. Please put these right:", style="bold")
    for problem in refused.problems:
        where = ":".join(str(part) for part in (problem.file, problem.line) if part)
        field = f"{problem.field}: " if problem.field else ""
        console.print(f"{where}: {field}{problem.message} {problem.remedy}", markup=False)
