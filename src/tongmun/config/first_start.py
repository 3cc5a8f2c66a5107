"""What has to be there before the first page can be served; doing it again changes nothing."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from rich.console import Console

from tongmun.bundles.actions.load import load_bundle
from tongmun.campaigns.models import Edition
from tongmun.kit.keyring import make_coalition_keys, server_key
from tongmun.people.actions.make_link import make_organiser_link
from tongmun.people.models import User


def prepare() -> None:
    """Bring the database to this version, write the static files, and make the keys that are missing."""
    settings.DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
    server_key(settings.KEYS)
    make_coalition_keys(settings.KEYS)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)


def load_examples(folder: Path, console: Console) -> None:
    """Load every bundle in a folder if there is no edition yet."""
    if Edition.objects.exists():
        return
    for bundle in sorted(path for path in folder.iterdir() if (path / "campaign.toml").exists()):
        console.print(f"  Loading the example {bundle.name} ...", markup=False)
        load_bundle(path=bundle, by=None, at=timezone.now())


def needs_organiser() -> bool:
    """Tell whether nobody can open the desk yet."""
    return not User.objects.filter(is_organiser=True, is_active=True).exists()


def open_desk() -> str:
    """Make a one-time link and give its address."""
    secret = make_organiser_link(at=timezone.now())
    return settings.PUBLIC_URL + reverse("desk:open", args=[secret])
